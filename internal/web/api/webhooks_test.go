package api_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/account"
	"antena/internal/desk"
	"antena/internal/hooks"
	"antena/internal/store"
)

// A change arrives signed, as the API shows it, in the order of the changes; what the
// receiver's own token did does not come back to it.
func TestWebhooks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		r, mirror := newReceiver(t, http.StatusOK), newReceiver(t, http.StatusOK)
		hook := w.webhook(t, r.URL, "")
		w.webhook(t, mirror.URL, "crm")
		token := w.token(t, "CRM")
		opened := w.ask(t, request{method: http.MethodPost, path: "/tickets", token: token, body: map[string]any{"conversation_id": w.thread.ID, "subject": "a", "external_id": "CRM-1"}})
		ticket := opened.field(t, "id")
		w.relay.Turn(t.Context())
		if got := w.ask(t, request{method: http.MethodPatch, path: "/tickets/" + ticket, token: token, body: map[string]any{"subject": "b"}}); got.status != http.StatusOK {
			t.Fatalf("got %d %s", got.status, got.body)
		}
		w.relay.Turn(t.Context())
		events, headers, bodies := r.got()
		if len(events) != 2 || events[0].Type != "ticket.created" || events[1].Type != "ticket.updated" || events[0].Sequence >= events[1].Sequence {
			t.Fatalf("%d events: %+v", len(events), events)
		}
		for i := range events {
			w.fits(t, "/components/schemas/Event", bodies[i])
			w.fits(t, "/components/schemas/Ticket", events[i].Data)
			if events[i].Source != "crm" || headers[i].Get("webhook-id") != events[i].ID.String() || !signed(hook.Secret, headers[i], bodies[i]) {
				t.Errorf("event %d: source %q, headers %v", i, events[i].Source, headers[i])
			}
		}
		if got, _, _ := mirror.got(); len(got) != 0 {
			t.Errorf("its own changes came back: %+v", got)
		}
		w.do(t, answerOf(w)) // somebody else's doing
		w.relay.Turn(t.Context())
		if got, _, _ := mirror.got(); len(got) != 1 || got[0].Type != "message.created" || got[0].Source != "" {
			t.Errorf("the mirror heard %+v", got)
		}
		left, err := w.store.FeedChanges(t.Context(), 10)
		if err != nil || len(left) != 0 {
			t.Errorf("%d changes are left, %v", len(left), err)
		}
	})
}

// What fails stays in the log, is tried later, and can be replayed with the same id.
func TestWebhooks_FailReplayRotate(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		r := newReceiver(t, http.StatusInternalServerError)
		hook := w.webhook(t, r.URL, "")
		w.do(t, answerOf(w))
		w.relay.Turn(t.Context())
		log := w.entries(t, hook.ID)
		if len(log) != 1 || log[0].State != desk.DeliveryPending || log[0].Status != 500 || log[0].Attempts != 1 || !log[0].DueAt.After(*log[0].TriedAt) {
			t.Fatalf("the log is %+v", log)
		}
		now, err := w.store.Webhook(t.Context(), hook.ID)
		if err != nil || now.FailingSince == nil {
			t.Errorf("%+v, %v", now, err)
		}
		w.relay.Turn(t.Context())
		if got, _, _ := r.got(); len(got) != 1 {
			t.Errorf("it was tried %d times at once", len(got))
		}
		if _, err := w.hooks.Replay(t.Context(), account.Operator(), hook.ID, log[0].ID); err == nil {
			t.Error("what still waits was replayed")
		}
		r.answer(http.StatusNoContent)
		if _, err := w.hooks.Rotate(t.Context(), account.Operator(), hook.ID); err != nil {
			t.Fatal(err)
		}
		w.do(t, answerOf(w))
		w.relay.Turn(t.Context())
		log = w.entries(t, hook.ID)
		if len(log) != 2 || log[0].State != desk.DeliveryDelivered {
			t.Fatalf("the log is %+v", log)
		}
		if _, err := w.hooks.Replay(t.Context(), account.Operator(), hook.ID, log[0].ID); err != nil {
			t.Fatal(err)
		}
		w.relay.Turn(t.Context())
		events, headers, bodies := r.got()
		if len(events) != 3 || events[1].ID != events[2].ID || events[1].Sequence != events[2].Sequence || !slices.Equal(bodies[1], bodies[2]) {
			t.Fatalf("replayed as %+v", events)
		}
		if !signed(hook.Secret, headers[2], bodies[2]) {
			t.Error("the former secret does not sign any more")
		}
	})
}

// Without a webhook nothing is written down.
func TestWebhooks_NoneRecordNothing(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		if left, err := w.store.FeedChanges(t.Context(), 10); err != nil || len(left) != 0 {
			t.Errorf("%d changes were recorded, %v", len(left), err)
		}
		r := newReceiver(t, http.StatusOK)
		hook := w.webhook(t, r.URL, "")
		w.do(t, answerOf(w))
		if left, err := w.store.FeedChanges(t.Context(), 10); err != nil || len(left) != 1 {
			t.Errorf("%d changes were recorded, %v", len(left), err)
		}
		if err := w.hooks.Delete(t.Context(), account.Operator(), hook.ID); err != nil {
			t.Fatal(err)
		}
		w.relay.Turn(t.Context())
		w.do(t, answerOf(w))
		if left, err := w.store.FeedChanges(t.Context(), 10); err != nil || len(left) != 0 {
			t.Errorf("%d changes are left, %v", len(left), err)
		}
	})
}

func (w *world) webhook(t *testing.T, url, skip string) *desk.Webhook {
	t.Helper()
	hook, err := w.hooks.Create(t.Context(), account.Operator(), hooks.Wanted{
		Name: "CRM", URL: url, Topics: []desk.Subject{desk.SubjectTicket, desk.SubjectMessage}, Source: skip,
	})
	if err != nil {
		t.Fatal(err)
	}
	return hook
}

func (w *world) entries(t *testing.T, hook uuid.UUID) []desk.WebhookDelivery {
	t.Helper()
	log, _, err := w.hooks.Deliveries(t.Context(), account.Operator(), hook, uuid.Nil, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// signed checks a delivery as a receiver would.
func signed(secret string, h http.Header, body []byte) bool {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(h.Get("webhook-id") + "." + h.Get("webhook-timestamp") + "." + string(body)))
	return slices.Contains(strings.Fields(h.Get("webhook-signature")), "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
}

// answerOf adds a message of the assistant's to the thread.
func answerOf(w *world) func(context.Context, *store.Tx) error {
	return func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.AddMessage(ctx, &desk.Message{
			ID: desk.NewID(), ConversationID: w.thread.ID, Channel: "100", Direction: desk.Outbound, Author: desk.ByAssistant, Kind: desk.KindText,
			Text: "um momento", Status: desk.StatusQueued, CreatedAt: desk.Instant(time.Now()),
		})
		return err
	}
}
