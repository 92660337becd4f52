package agents_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/store"
)

// The holder's emoji stands on the contact's message and is sent once; the same
// again, on our own words, or without the conversation is not.
func TestReact(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.conversation("ana")
		theirs := w.say(c, func(m *desk.Message) {
			m.Direction, m.Author, m.ProviderID, m.Status = desk.Inbound, desk.ByContact, "wamid.in", ""
		})
		ours := w.say(c, func(m *desk.Message) { m.ProviderID = "wamid.out" })
		ctx, ana := w.t.Context(), w.team["ana"]
		for range 2 {
			if err := w.desk.React(ctx, ana, theirs.ID, "👍"); err != nil {
				w.t.Fatal(err)
			}
		}
		sent := 0
		for _, m := range w.thread(c.ID) {
			if m.Kind == desk.KindReaction && m.QuotedID == "wamid.in" && m.Text == "👍" && m.Status == desk.StatusQueued {
				sent++
			}
			if m.ID == theirs.ID && m.OwnReaction != "👍" {
				w.t.Errorf("shown %q", m.OwnReaction)
			}
		}
		if sent != 1 || w.now(c.ID).Preview == "👍" {
			w.t.Errorf("%d reactions sent, preview %q", sent, w.now(c.ID).Preview)
		}
		if err := w.desk.React(ctx, ana, ours.ID, "👍"); !errors.Is(err, desk.ErrTransition) {
			w.t.Errorf("on our own words: %v", err)
		}
		if err := w.desk.React(ctx, w.team["eva"], theirs.ID, "👍"); !errors.Is(err, desk.ErrNotHolder) {
			w.t.Errorf("by who does not hold it: %v", err)
		}
	})
}

// A contact known by an id alone is asked for the number; one whose number is known
// is not. Nothing can be said while another app holds the thread.
func TestAskPhone(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx, ana := w.t.Context(), w.team["ana"]
		c := w.conversation("ana")
		if err := w.desk.AskPhone(ctx, ana, c.ID); !errors.Is(err, desk.ErrPhoneKnown) {
			w.t.Errorf("a known number: %v", err)
		}
		w.do(func(ctx context.Context, tx *store.Tx) error {
			contact, err := tx.Contact(ctx, c.ContactID)
			if err != nil {
				return err
			}
			contact.Phone, contact.BSUID = "", "BR.1"
			return tx.SaveContact(ctx, contact)
		})
		if err := w.desk.AskPhone(ctx, ana, c.ID); err != nil {
			w.t.Fatal(err)
		}
		last := w.thread(c.ID)
		if m := last[len(last)-1]; m.Kind != desk.KindAskPhone || m.Text != "¿tu número?" || w.now(c.ID).PhoneAskedAt == nil {
			w.t.Errorf("got %+v", m)
		}
		w.do(func(ctx context.Context, tx *store.Tx) error {
			conv, err := tx.LockConversation(ctx, c.ID)
			if err != nil {
				return err
			}
			conv.Control("marketing", noon.Add(time.Minute))
			return tx.SaveConversation(ctx, conv)
		})
		if err := w.desk.AskPhone(ctx, ana, c.ID); !errors.Is(err, desk.ErrControl) {
			w.t.Errorf("while another app holds the thread: %v", err)
		}
	})
}
