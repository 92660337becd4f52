package inbox_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

func TestIngest_Message(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		at := noon.Add(-time.Minute)
		id := w.comes(w.arrival(desk.Arrival{From: bruna, Message: &desk.Message{Kind: desk.KindText, Text: "hola", ProviderID: "wamid.1", QuotedID: "wamid.0", SentAt: &at}}))[0]
		m := w.message(id)
		c := w.conversation(m.ConversationID)
		if m.Direction != desk.Inbound || m.Author != desk.ByContact || m.Channel != channel || m.CreatedAt != noon || !m.SentAt.Equal(at) || m.QuotedID != "wamid.0" {
			w.t.Errorf("got %+v", m)
		}
		if c.Owner != desk.OwnerAssistant || c.Unread != 1 || c.Preview != "hola" || !c.WindowEndsAt.Equal(at.Add(desk.Window)) || !c.TurnDueAt.Equal(noon.Add(2500*time.Millisecond)) {
			w.t.Errorf("got %+v", c)
		}
		contact, err := w.store.Contact(w.t.Context(), c.ContactID)
		if err != nil || contact.Phone != bruna.Phone || contact.BSUID != bruna.BSUID || contact.Name != "Bruna" {
			w.t.Errorf("%+v: %v", contact, err)
		}
		if w.jobs("turn") != 1 || w.jobs("fetch") != 0 || !slices.Equal(w.heard, []string{"hola"}) {
			w.t.Errorf("%d turns, %d fetches, heard %q", w.jobs("turn"), w.jobs("fetch"), w.heard)
		}
	})
}

func TestIngest_RepeatsChangeNothing(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		e := w.says(bruna, "hola")
		id := w.comes(e)[0]
		again := e
		again.ID = desk.NewID()
		w.comes(again)                 // the provider repeats the event
		w.comes(w.says(bruna, "hola")) // the same message in another event
		if err := w.inbox.Ingest(w.t.Context(), []uuid.UUID{id, id}); err != nil {
			w.t.Error(err)
		}
		c := w.conversation(w.message(id).ConversationID)
		if n := len(w.thread(c.ID)); n != 1 || c.Unread != 1 || w.jobs("turn") != 1 || w.jobs("ingest") != 2 || len(w.heard) != 1 {
			w.t.Errorf("%d messages, %d unread, %d turns, %d ingests, heard %d", n, c.Unread, w.jobs("turn"), w.jobs("ingest"), len(w.heard))
		}
	})
}

func TestIngest_BurstsAndPresses(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.begun(nil)
		for i := range 3 {
			w.now = w.now.Add(time.Second)
			w.comes(w.says(bruna, fmt.Sprint(i)))
		}
		if due := w.conversation(c.ID).TurnDueAt; w.jobs("turn") != 1 || !due.Equal(noon.Add(5500*time.Millisecond)) {
			w.t.Errorf("%d turns, due %v", w.jobs("turn"), due)
		}
		press := &desk.Message{Kind: desk.KindReply, Choice: &desk.Choice{ID: "person", Title: "Alguien"}, ProviderID: "wamid.press"}
		w.comes(w.arrival(desk.Arrival{From: bruna, Message: press}))
		if due := w.conversation(c.ID).TurnDueAt; w.jobs("turn") != 2 || !due.Equal(w.now) {
			w.t.Errorf("a press: %d turns, due %v", w.jobs("turn"), due)
		}
	})
}

func TestIngest_FilesAreFetched(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		for i, a := range []*desk.Attachment{{MediaID: "1"}, {MediaID: "2", Error: "too large"}, {}} {
			w.comes(w.arrival(desk.Arrival{From: bruna, Message: &desk.Message{Kind: desk.KindImage, Attachment: a, ProviderID: fmt.Sprint("wamid.", i)}}))
		}
		if n := w.jobs("fetch"); n != 1 {
			w.t.Errorf("%d fetches", n)
		}
	})
}

func TestIngest_PeopleHaveIt(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.begun(func(c *desk.Conversation) { c.Owner = desk.OwnerQueue; c.TurnDueAt, c.BurstAt = nil, nil })
		w.comes(w.says(bruna, "¿hay alguien?"))
		now := w.conversation(c.ID)
		if now.TurnDueAt != nil || now.Unread != 2 || w.jobs("turn") != 1 || len(w.heard) != 1 {
			w.t.Errorf("due %v, %d unread, %d turns, heard %q", now.TurnDueAt, now.Unread, w.jobs("turn"), w.heard)
		}
	})
}

// A wish to be left alone is recorded at once with its proof, whoever has the
// conversation.
func TestIngest_StopCountsAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.begun(nil)
		id := w.comes(w.says(bruna, "stop"))[0]
		got := w.consents(c.ContactID)
		for _, k := range got {
			if k.Granted || *k.MessageID != id || k.Wording != "stop" {
				w.t.Errorf("got %+v", k)
			}
		}
		if len(got) != 3 {
			w.t.Errorf("%d consents", len(got))
		}
		w.do(owner(c.ID, desk.OwnerQueue))
		w.comes(w.says(bruna, "hola otra vez"), w.says(bruna, "STOP"))
		if n := len(w.consents(c.ContactID)); n != 6 {
			w.t.Errorf("%d consents while people have it", n)
		}
	})
}

func (w *world) consents(contact uuid.UUID) []desk.Consent {
	w.t.Helper()
	list, err := w.store.Consents(w.t.Context(), contact)
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

func TestIngest_Receipts(t *testing.T) {
	t.Parallel()
	sent, delivered, read, failed := desk.StatusSent, desk.StatusDelivered, desk.StatusRead, desk.StatusFailed
	each(t, func(w *world) {
		c := w.begun(nil)
		for i, row := range []struct {
			from desk.Status
			give []desk.Status
			want desk.Status
			code int
		}{
			{desk.StatusSending, []desk.Status{sent, delivered, read}, read, 0},
			{desk.StatusSending, []desk.Status{read, delivered, sent}, read, 0},
			{desk.StatusUnknown, []desk.Status{delivered}, delivered, 0},
			{desk.StatusSent, []desk.Status{failed}, failed, 131026},
			{desk.StatusSent, []desk.Status{delivered, failed}, delivered, 131026}, // both are kept
			{desk.StatusSent, []desk.Status{failed, delivered}, delivered, 131026},
			{desk.StatusSent, []desk.Status{delivered, delivered}, delivered, 0},
			{desk.StatusDropped, []desk.Status{sent}, desk.StatusDropped, 0},
		} {
			wamid := fmt.Sprint("wamid.row", i)
			m := w.sent(c, row.from, wamid)
			for _, s := range row.give {
				r := &desk.Receipt{ProviderID: wamid, Status: s, At: noon.Add(time.Second)}
				if s == failed {
					r.Code, r.Detail = 131026, "undeliverable"
				}
				w.comes(w.arrival(desk.Arrival{Receipt: r}))
			}
			if got := w.message(m.ID); got.Status != row.want || got.FailureCode != row.code {
				w.t.Errorf("%s with %v: %s, code %d", row.from, row.give, got.Status, got.FailureCode)
			}
		}
	})
}

// TestIngest_RefusedForTheWindow: a receipt that says so ends what we believed.
func TestIngest_RefusedForTheWindow(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.begun(nil)
		w.sent(c, desk.StatusSent, "wamid.late")
		if open := w.conversation(c.ID).WindowEndsAt; open == nil || !open.After(noon) {
			w.t.Fatalf("the window ends at %v before", open)
		}
		w.comes(w.arrival(desk.Arrival{Receipt: &desk.Receipt{ProviderID: "wamid.late", Status: desk.StatusFailed, Code: desk.CodeWindow, At: noon.Add(time.Second)}}))
		if end := w.conversation(c.ID).WindowEndsAt; end == nil || end.After(noon.Add(time.Hour)) {
			w.t.Errorf("the window ends at %v after", end)
		}
	})
}

// TestIngest_ReceiptsFindTheirMessage: by our own id when the provider's was
// never learned, and never anything but what we sent.
func TestIngest_ReceiptsFindTheirMessage(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.begun(nil)
		receipt := func(wamid, ours string) {
			w.comes(w.arrival(desk.Arrival{Receipt: &desk.Receipt{ProviderID: wamid, MessageID: ours, Status: desk.StatusDelivered, At: noon}}))
		}
		lost, other := w.sent(c, desk.StatusUnknown, ""), w.sent(c, desk.StatusSent, "wamid.other")
		inbound := w.thread(c.ID)[0]
		receipt("wamid.lost", lost.ID.String())
		if got := w.message(lost.ID); got.Status != desk.StatusDelivered || got.ProviderID != "wamid.lost" {
			w.t.Errorf("by our id: %+v", got)
		}
		receipt("wamid.other", lost.ID.String())
		if got := w.message(other.ID); got.Status != desk.StatusDelivered {
			w.t.Errorf("an id of ours that belongs to another wamid: %s", got.Status)
		}
		receipt("wamid.stranger", inbound.ID.String())
		receipt("wamid.nobody", "not an id")
		receipt("", "")
		if got := w.message(inbound.ID); got.Status != desk.StatusNone || got.DeliveredAt != nil {
			w.t.Errorf("a message of the contact's was ticked: %+v", got)
		}
		if n := len(w.alerts()); n != 0 {
			w.t.Errorf("%d alerts", n)
		}
	})
}

func (w *world) alerts() []desk.Alert {
	w.t.Helper()
	list, err := w.store.Alerts(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

func TestIngest_ReactionsEditsAndDeletions(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.begun(nil)
		ours := w.sent(c, desk.StatusSent, "wamid.ours")
		theirs := w.thread(c.ID)[0]
		before := w.conversation(c.ID)
		seconds := 0
		at := func() time.Time { seconds++; return noon.Add(time.Duration(seconds-60) * time.Second) }
		react := func(wamid, emoji string) {
			w.comes(w.arrival(desk.Arrival{From: bruna, Reaction: &desk.ReactionChange{ProviderID: wamid, Emoji: emoji, At: at()}}))
		}
		react("wamid.ours", "👍")
		react("wamid.nothing", "👍")
		if got := w.message(ours.ID).Reaction; got != "👍" {
			w.t.Errorf("reaction %q", got)
		}
		react("wamid.ours", "")
		if got := w.message(ours.ID).Reaction; got != "" {
			w.t.Errorf("a reaction taken away stays: %q", got)
		}
		change := func(wamid, text string, deleted bool) {
			w.comes(w.arrival(desk.Arrival{From: bruna, Change: &desk.MessageChange{ProviderID: wamid, Text: text, Deleted: deleted, At: at()}}))
		}
		change("wamid.hola", "hola, otra cosa", false)
		if m := w.message(theirs.ID); m.Notice != "edited" || m.Text != "hola, otra cosa" {
			w.t.Errorf("edited: %+v", m)
		}
		change("wamid.hola", "", true)
		if m := w.message(theirs.ID); m.Notice != "deleted" || m.Text != "hola, otra cosa" {
			w.t.Errorf("deleted: %+v", m)
		}
		change("wamid.ours", "yo no dije eso", false)
		change("wamid.nothing", "x", false)
		if m := w.message(ours.ID); m.Text != "¡hola!" || m.Notice != "" {
			w.t.Errorf("our own words were changed: %+v", m)
		}
		if now := w.conversation(c.ID); now.Unread != before.Unread || w.jobs("turn") != 1 {
			w.t.Error("a reaction or an edit started something")
		}
	})
}

func TestIngest_MovedAndRecycled(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.begun(nil)
		moved := desk.Identity{BSUID: "BR.2", Phone: "5521911111111"}
		w.comes(w.arrival(desk.Arrival{From: bruna, Moved: &desk.Moved{Previous: bruna, Current: moved}}))
		if got := w.message(w.comes(w.says(moved, "soy yo"))[0]).ConversationID; got != c.ID {
			w.t.Error("who changed their number is somebody new")
		}
		stranger := desk.Identity{BSUID: "BR.9", Phone: moved.Phone, Name: "Otro"}
		if got := w.message(w.comes(w.says(stranger, "buenas"))[0]).ConversationID; got == c.ID {
			w.t.Error("who got a number from somebody else reads their conversation")
		}
	})
}

func TestIngest_PhoneAppTakesOver(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.begun(nil)
		e := w.arrival(desk.Arrival{From: bruna, Echo: &desk.Message{Kind: desk.KindText, Text: "ya lo veo", ProviderID: "wamid.echo"}})
		id := w.comes(e)[0]
		m, now := w.message(id), w.conversation(c.ID)
		if m.Direction != desk.Outbound || m.Author != desk.ByAgent || m.Status != desk.StatusSent || m.ConversationID != c.ID {
			w.t.Errorf("got %+v", m)
		}
		if now.Owner != desk.OwnerQueue || now.Handoff.Reason != desk.ReasonPhoneApp || now.TurnDueAt != nil || now.Border != id || now.Preview != "ya lo veo" {
			w.t.Errorf("got %+v", now)
		}
		version := now.Version
		w.now = noon.Add(time.Second)
		w.comes(w.arrival(desk.Arrival{From: bruna, Echo: &desk.Message{Kind: desk.KindText, Text: "listo", ProviderID: "wamid.echo2"}}))
		if now := w.conversation(c.ID); now.Version != version || now.Preview != "listo" {
			w.t.Errorf("a second word from the phone: %+v", now)
		}
	})
}

func TestIngest_PreferenceNoticeAndNothing(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.begun(nil)
		w.comes(
			w.arrival(desk.Arrival{From: bruna, Stop: &desk.Preference{Stopped: true, At: noon}}),
			w.arrival(desk.Arrival{Notice: &desk.PlatformNotice{Subject: "visita", Detail: "PAUSED", Severity: desk.SeverityError}}),
			w.arrival(desk.Arrival{Ignored: "a group"}),
		)
		got := w.consents(c.ContactID)
		if len(got) != 1 || got[0].Purpose != desk.PurposeMarketing || got[0].Granted || got[0].Source != "whatsapp_preference" {
			w.t.Errorf("got %+v", got)
		}
		if a := w.alerts(); len(a) != 1 || a[0].Kind != desk.AlertPlatform || a[0].Subject != "visita" || a[0].Severity != desk.SeverityError {
			w.t.Errorf("got %+v", a)
		}
	})
}

// TestIngest_UnreadableStandsAlone: one event nobody can read holds back neither
// its neighbours nor itself for ever, and is told of.
func TestIngest_UnreadableStandsAlone(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		poison := w.says(bruna, "x")
		poison.Raw = []byte("poison")
		nobody := w.says(desk.Identity{Name: "sin nada"}, "nobody")
		ids := w.comes(w.says(bruna, "uno"), poison, nobody, w.says(bruna, "dos"))
		c := w.conversation(w.message(ids[0]).ConversationID)
		if n := len(w.thread(c.ID)); n != 2 || c.Unread != 2 || w.jobs("turn") != 1 || len(w.heard) != 2 {
			w.t.Errorf("%d messages, %d unread, %d turns, heard %q", n, c.Unread, w.jobs("turn"), w.heard)
		}
		if a := w.alerts(); len(a) != 1 || a[0].Kind != desk.AlertEventUnread || a[0].Count != 2 {
			w.t.Errorf("got %+v", a)
		}
		if err := w.inbox.Ingest(w.t.Context(), ids); err != nil || w.alerts()[0].Count != 2 {
			w.t.Errorf("tried again: %v, %+v", err, w.alerts())
		}
	})
}

// TestIngest_DatabaseAway: what cannot be used now is no unreadable event.
func TestIngest_DatabaseAway(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		e := w.says(bruna, "hola")
		e.ReceivedAt = noon
		if err := w.inbox.AcceptEvents(w.t.Context(), []desk.Event{e}); err != nil {
			w.t.Fatal(err)
		}
		w.store.away = fmt.Errorf("x: %w", desk.ErrUnavailable)
		if err := w.inbox.Ingest(w.t.Context(), []uuid.UUID{e.ID}); !errors.Is(err, desk.ErrUnavailable) {
			w.t.Errorf("got %v", err)
		}
		w.store.away = nil
		ctx, cancel := context.WithCancel(w.t.Context())
		cancel()
		if err := w.inbox.Ingest(ctx, []uuid.UUID{e.ID}); err == nil {
			w.t.Error("a stopped job was done")
		}
		if err := w.inbox.Ingest(w.t.Context(), []uuid.UUID{e.ID}); err != nil || len(w.alerts()) != 0 {
			w.t.Errorf("%v, alerts %+v", err, w.alerts())
		}
		w.message(e.ID)
	})
}

// TestIngest_TwoFirstMessagesAtOnce make one contact and one conversation.
func TestIngest_TwoFirstMessagesAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		var ids []uuid.UUID
		for i := range 8 {
			e := w.says(bruna, fmt.Sprint(i))
			e.ReceivedAt = noon
			ids = append(ids, e.ID)
			if err := w.inbox.AcceptEvents(w.t.Context(), []desk.Event{e}); err != nil {
				w.t.Fatal(err)
			}
		}
		var all sync.WaitGroup
		for _, id := range ids {
			all.Go(func() {
				if err := w.inbox.Ingest(w.t.Context(), []uuid.UUID{id}); err != nil {
					w.t.Error(err)
				}
			})
		}
		all.Wait()
		c := w.conversation(w.message(ids[0]).ConversationID)
		if n := len(w.thread(c.ID)); n != 8 || c.Unread != 8 || w.jobs("turn") != 1 || len(w.alerts()) != 0 {
			w.t.Errorf("%d messages, %d unread, %d turns, alerts %+v", n, c.Unread, w.jobs("turn"), w.alerts())
		}
	})
}

func TestIngest_ClosedConversationOpensForTheAssistant(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		c := w.begun(func(c *desk.Conversation) {
			if err := c.Close(uuid.Nil); err != nil {
				w.t.Error(err)
			}
		})
		w.comes(w.says(bruna, "otra cosa"))
		if now := w.conversation(c.ID); now.State != desk.ConversationOpen || now.Owner != desk.OwnerAssistant || now.TurnDueAt == nil || w.jobs("turn") != 2 {
			w.t.Errorf("got %+v with %d turns", now, w.jobs("turn"))
		}
	})
}
