package inbox_test

import (
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/inbox"
)

// News of a template count at once, and have the whole list read again; a template
// we do not know yet has only the latter.
func TestIngest_TemplateNews(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		known := desk.Template{ID: "1", Name: "visit", Language: "es", Status: desk.TemplateApproved, Quality: "GREEN", SyncedAt: noon}
		err := w.store.InTx(w.t.Context(), func(tx inbox.Tx) error { return tx.SaveTemplate(w.t.Context(), &known) })
		if err != nil {
			w.t.Fatal(err)
		}
		w.comes(w.arrival(desk.Arrival{Template: &desk.TemplateNews{ID: "1", Status: desk.TemplatePaused, Reason: "LOW_QUALITY"}}))
		w.comes(w.arrival(desk.Arrival{Template: &desk.TemplateNews{ID: "1", Quality: "RED"}}))
		w.comes(w.arrival(desk.Arrival{Template: &desk.TemplateNews{ID: "unknown", Status: desk.TemplateApproved}}))
		got, err := w.store.Template(w.t.Context(), "1")
		if err != nil || got.Status != desk.TemplatePaused || got.Quality != "RED" || got.Usable() {
			w.t.Errorf("%+v: %v", got, err)
		}
		if n := w.jobs("templates"); n != 3 {
			w.t.Errorf("%d readings", n)
		}
	})
}

// A contact whom an advert brought costs nothing for 72 hours from our answer on.
func TestIngest_ReferralOpensTheEntryPoint(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		at := noon.Add(-time.Minute)
		id := w.comes(w.arrival(desk.Arrival{From: bruna, Referred: true, Message: &desk.Message{Kind: desk.KindText, Text: "quiero fibra", ProviderID: "wamid.ad", SentAt: &at}}))[0]
		c := w.conversation(w.message(id).ConversationID)
		if c.ReferredAt == nil || !c.ReferredAt.Equal(at) || c.EntryOpen(noon) {
			w.t.Fatalf("before the answer: %+v", c)
		}
		c.Say(&desk.Message{Direction: desk.Outbound}, noon)
		if !c.EntryOpen(noon.Add(desk.EntryPoint-time.Second)) || c.EntryOpen(noon.Add(desk.EntryPoint)) || c.ReferredAt != nil {
			w.t.Errorf("after the answer: %v", c.EntryEndsAt)
		}
		late := desk.Conversation{}
		late.Refer(noon)
		late.Say(&desk.Message{Direction: desk.Outbound}, noon.Add(desk.Window))
		if late.EntryEndsAt != nil {
			w.t.Error("an answer after a day opened it")
		}
	})
}
