package api_test

import (
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"antena/internal/account"
	"antena/internal/desk"
)

// Of many requests with one key one has an effect; the others wait or get its answer.
func TestIdempotency(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		token := w.token(t, "CRM")
		open := request{method: http.MethodPost, path: "/tickets", token: token, key: "open-1",
			body: map[string]any{"conversation_id": w.thread.ID, "subject": "sem internet"}}
		answers := make([]answer, 12)
		var wait sync.WaitGroup
		for i := range answers {
			wait.Go(func() { answers[i] = w.ask(t, open) })
		}
		wait.Wait()
		made := 0
		for _, a := range answers {
			switch {
			case a.status == http.StatusCreated && a.header.Get("Idempotency-Replayed") == "":
				made++
			case a.status == http.StatusCreated:
			case a.status != http.StatusConflict || a.field(t, "code") != "idempotency_busy":
				t.Errorf("got %d %s", a.status, a.body)
			}
		}
		tickets, _, err := w.store.QueryTickets(t.Context(), desk.TicketQuery{})
		if err != nil || made != 1 || len(tickets) != 1 {
			t.Fatalf("%d answers of their own, %d tickets, %v", made, len(tickets), err)
		}
		again := w.ask(t, open)
		if again.status != http.StatusCreated || again.field(t, "id") != tickets[0].ID.String() || again.header.Get("ETag") == "" {
			t.Errorf("a repeated request got %d %s", again.status, again.body)
		}
		other := open
		other.body = map[string]any{"conversation_id": w.thread.ID, "subject": "outra coisa"}
		if got := w.ask(t, other); got.status != http.StatusUnprocessableEntity || got.field(t, "code") != "idempotency_mismatch" {
			t.Errorf("another request with the key got %d %s", got.status, got.body)
		}
		strange := open
		strange.token = w.token(t, "ERP")
		if got := w.ask(t, strange); got.status != http.StatusCreated || got.field(t, "id") == tickets[0].ID.String() {
			t.Errorf("another token with the same key got %d %s", got.status, got.body)
		}
	})
}

// Whatever id a key gives a ticket, lists tell the newest first.
func TestIdempotency_TicketsAreListedByTheirTime(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		token := w.token(t, "CRM")
		var want []string
		for _, key := range []string{"a", "b", "c", "d", "e", "f"} {
			made := w.ask(t, request{method: http.MethodPost, path: "/tickets", token: token, key: key, body: map[string]any{"conversation_id": w.thread.ID, "subject": key}})
			if made.status != http.StatusCreated {
				t.Fatalf("got %d %s", made.status, made.body)
			}
			want = append(want, made.field(t, "id"))
		}
		slices.Reverse(want)
		var got []string
		for after, more := "", true; more; more = after != "" {
			tickets, next, err := w.store.QueryTickets(t.Context(), desk.TicketQuery{After: after, Limit: 2})
			if err != nil {
				t.Fatal(err)
			}
			for i := range tickets {
				got = append(got, tickets[i].ID.String())
			}
			after = next
		}
		if !slices.Equal(got, want) {
			t.Errorf("listed %v, want %v", got, want)
		}
	})
}

// A reply that is asked for twice is sent once, also when the first answer was lost
// before it was kept.
func TestIdempotency_ALostAnswerIsNoSecondMessage(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		token := w.token(t, "CRM")
		if got := w.ask(t, request{method: http.MethodPost, path: "/conversations/" + w.thread.ID.String() + "/claim", token: token}); got.status != http.StatusOK {
			t.Fatalf("got %d %s", got.status, got.body)
		}
		say := request{method: http.MethodPost, path: "/conversations/" + w.thread.ID.String() + "/messages", token: token, key: "k", body: map[string]any{"text": "olá"}}
		if got := w.ask(t, say); got.status != http.StatusCreated {
			t.Fatalf("got %d %s", got.status, got.body)
		}
		if err := w.store.DeleteAnswers(t.Context(), desk.Instant(farFuture())); err != nil {
			t.Fatal(err)
		}
		if got := w.ask(t, say); got.status != http.StatusCreated {
			t.Fatalf("got %d %s", got.status, got.body)
		}
		page, err := w.store.Messages(t.Context(), w.thread.ID, [16]byte{}, 0)
		count := 0
		for i := range page.Messages {
			if page.Messages[i].Text == "olá" {
				count++
			}
		}
		if err != nil || count != 1 {
			t.Errorf("the contact gets it %d times, %v", count, err)
		}
	})
}

// Programs that hold nothing, or saw something old, change nothing.
func TestConflicts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "sqlite")
	token := w.token(t, "CRM")
	thread := "/conversations/" + w.thread.ID.String()
	got := w.ask(t, request{method: http.MethodPost, path: thread + "/messages", token: token, body: map[string]any{"text": "olá"}, language: "en;q=0.5, pt-BR"})
	if got.status != http.StatusConflict || got.field(t, "code") != "not_holder" || got.field(t, "title") != "pt not_holder" {
		t.Errorf("got %d %s", got.status, got.body)
	}
	opened := w.ask(t, request{method: http.MethodPost, path: "/tickets", token: token, body: map[string]any{"conversation_id": w.thread.ID, "subject": "a"}})
	ticket, tag := "/tickets/"+opened.field(t, "id"), opened.header.Get("ETag")
	change := request{method: http.MethodPatch, path: ticket, token: token, match: tag, body: map[string]any{"subject": "b"}}
	if got := w.ask(t, change); got.status != http.StatusOK {
		t.Fatalf("got %d %s", got.status, got.body)
	}
	if got := w.ask(t, change); got.status != http.StatusPreconditionFailed || got.field(t, "code") != "stale" {
		t.Errorf("an old state was overwritten: %d %s", got.status, got.body)
	}
}

// A revoked token opens nothing from the next request on, and its program stands in the
// history under its name.
func TestTokens_RevokedAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "sqlite")
	token := w.token(t, "CRM")
	me := w.ask(t, request{method: http.MethodGet, path: "/token", token: token})
	if me.status != http.StatusOK || me.field(t, "source") != "crm" {
		t.Fatalf("got %d %s", me.status, me.body)
	}
	all, err := w.tokens.List(t.Context(), account.Operator())
	if err != nil || len(all) != 1 || all[0].LastUsedAt == nil {
		t.Fatalf("%+v, %v", all, err)
	}
	program, err := w.store.Agent(t.Context(), all[0].AgentID)
	if err != nil || program.Name != "API: CRM" || !program.Program {
		t.Errorf("%+v, %v", program, err)
	}
	if err := w.tokens.Revoke(t.Context(), account.Operator(), all[0].ID); err != nil {
		t.Fatal(err)
	}
	if got := w.ask(t, request{method: http.MethodGet, path: "/token", token: token}); got.status != http.StatusUnauthorized {
		t.Errorf("a revoked token got %d", got.status)
	}
}

func farFuture() time.Time { return time.Now().Add(48 * time.Hour) }
