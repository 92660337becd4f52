package inbox_test

import (
	"slices"
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

// News that come late do not undo what the provider said since, whichever way it did.
func TestIngest_LateTemplateNews(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		known := desk.Template{ID: "1", Name: "visit", Language: "es", Status: desk.TemplateApproved, SyncedAt: noon.Add(400 * time.Millisecond)}
		if err := w.store.InTx(w.t.Context(), func(tx inbox.Tx) error { return tx.SaveTemplate(w.t.Context(), &known) }); err != nil {
			w.t.Fatal(err)
		}
		for _, step := range []struct {
			name string
			at   time.Time
			give desk.TemplateStatus
			want desk.TemplateStatus
		}{
			{"before the list was read", noon.Add(-time.Second), desk.TemplatePaused, desk.TemplateApproved},
			{"in the second it was read", noon, desk.TemplatePaused, desk.TemplatePaused},
			{"later", noon.Add(time.Hour), desk.TemplateDisabled, desk.TemplateDisabled},
			{"before that", noon.Add(time.Minute), desk.TemplateApproved, desk.TemplateDisabled},
			{"at a time nobody knows", time.Time{}, desk.TemplateApproved, desk.TemplateApproved},
		} {
			w.comes(w.arrival(desk.Arrival{Template: &desk.TemplateNews{ID: "1", At: step.at, Status: step.give}}))
			if got, err := w.store.Template(w.t.Context(), "1"); err != nil || got.Status != step.want {
				w.t.Errorf("%s: %+v: %v", step.name, got, err)
			}
		}
	})
}

// What was not understood is told of once it is stored, and what was is not.
func TestIngest_TellsOfWhatIsStrange(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		at := noon
		w.comes(
			w.arrival(desk.Arrival{Ignored: "kept", Strange: "field warped"}),
			w.arrival(desk.Arrival{From: bruna, Strange: "message dance", Message: &desk.Message{Kind: desk.KindText, Text: "?", ProviderID: "wamid.strange", SentAt: &at}}),
			w.arrival(desk.Arrival{Ignored: "a group"}),
		)
		slices.Sort(w.strange)
		if want := []string{"field warped", "message dance"}; !slices.Equal(w.strange, want) {
			w.t.Errorf("told of %q", w.strange)
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
