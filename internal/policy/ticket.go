package policy

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// opening is a new ticket about an intent.
func (p *pass) opening(label string, notes []string) *desk.TicketOpening {
	return &desk.TicketOpening{
		TicketPlan: p.plan(label), Intent: label, Notes: notes, Facts: p.facts(),
		Subject: shorten(firstLine(p.subject()), subjectLength),
	}
}

// subject is the contact's words that began the matter.
func (p *pass) subject() string {
	if text := p.scene.Text(); text != "" && p.scene.Choice() == nil {
		return text
	}
	for i := len(p.scene.History) - 1; i >= 0; i-- {
		if m := p.scene.History[i]; m.Direction == desk.Inbound && m.Text != "" && m.Choice == nil {
			return m.Text
		}
	}
	return p.scene.Text()
}

// ticketFor opens a ticket for an intent, or updates the live one of the same matter.
func (p *pass) ticketFor(label string, reason desk.Reason, notes []string) desk.Decision {
	if t := p.liveTicketOf(label); t != nil {
		return p.update(t, desk.ReasonTicketUpdate)
	}
	return desk.Decision{
		Action: desk.ActTicket, Reason: reason, Intent: label, Confidence: p.best.Confidence,
		Open: p.opening(label, p.withSecond(label, notes)), Phrase: desk.PhraseTicketOpened,
	}
}

// withSecond adds to the notes of a new ticket the other matter of the same
// message, so that the people who read it see both.
func (p *pass) withSecond(label string, notes []string) []string {
	in := p.scene.Book.Intents[p.seen.Second]
	if in == nil || p.seen.Second == label || !askable(in) {
		return notes
	}
	return append(slices.Clone(notes), "+ "+in.Names.In(p.scene.Language()))
}

func (p *pass) update(t *desk.Ticket, reason desk.Reason) desk.Decision {
	return desk.Decision{
		Action: desk.ActTicket, Reason: reason, Intent: t.Intent, Confidence: p.best.Confidence,
		Update: &t.ID, Status: &t.ID, Phrase: desk.PhraseTicketUpdated,
	}
}

// ticketStatus answers "how is my ticket?".
func ticketStatus(p *pass) (desk.Decision, bool) {
	asked := p.best.Label == desk.LabelTicketStatus && p.sure()
	t, named := p.namedTicket()
	if !asked && t == nil {
		return desk.Decision{}, false
	}
	return p.statusOf(t, named), true
}

// statusOf tells how a ticket is: the one named by its number, if it is the
// contact's own, else the newest live one, else the newest. A number that was merged
// into another is answered with the state of that one.
func (p *pass) statusOf(t *desk.Ticket, named bool) desk.Decision {
	if t == nil && !named {
		if t = p.liveTicket(); t == nil {
			t = p.newestTicket()
		}
	}
	d := desk.Decision{Action: desk.ActReply, Reason: desk.ReasonTicketStatus, Intent: desk.LabelTicketStatus, Confidence: p.best.Confidence}
	if t == nil {
		d.Phrase = desk.PhraseNoTicket
		return d
	}
	if t.MergedInto == nil {
		d.Phrase, d.Status = desk.PhraseTicketStatus, &t.ID
		return d
	}
	if main := p.ticket(*t.MergedInto); main != nil {
		d.Phrase, d.Status = desk.PhraseTicketMerged, &main.ID
		return d
	}
	d.Phrase = desk.PhraseNoTicket
	return d
}

// namedTicket finds the ticket whose number is in the words; named tells that
// some number was, though perhaps not one of this contact's.
func (p *pass) namedTicket() (t *desk.Ticket, named bool) {
	for _, e := range p.seen.Entities {
		if e.Kind != "protocol" {
			continue
		}
		named = true
		for i := range p.scene.Tickets {
			if p.scene.Tickets[i].Protocol == e.Value {
				return &p.scene.Tickets[i], true
			}
		}
	}
	return nil, named
}

// worksAgain resolves what the contact says is solved.
func worksAgain(p *pass) (desk.Decision, bool) {
	if !p.seen.WorksNow || p.seen.StillBroken {
		return desk.Decision{}, false
	}
	d := desk.Decision{Action: desk.ActReply, Reason: desk.ReasonFlowSolved, Confidence: 1, Phrase: desk.PhraseSolved}
	if t := p.liveTicket(); t != nil && p.guided(t.Intent) {
		d.Intent, d.Resolve, d.Status, d.Phrase = t.Intent, &t.ID, &t.ID, desk.PhraseSolvedTicket
		return d, true
	}
	if p.seen.Certain == desk.CertainThanks || p.best.Label == desk.LabelThanks {
		return desk.Decision{Action: desk.ActSilent, Reason: desk.ReasonThanks, Intent: desk.LabelThanks, Confidence: 1}, true
	}
	return desk.Decision{}, false
}

// sameMatter writes more words about a live ticket into it, and takes a
// resolved one up again when the contact says it still fails.
func sameMatter(p *pass) (desk.Decision, bool) {
	about := func(label string) bool { return p.best.Label == label || p.guided(p.best.Label) && p.guided(label) }
	for i := range p.scene.Tickets {
		t := &p.scene.Tickets[i]
		fresh := p.scene.Now.Sub(t.UpdatedAt) < desk.SameMatterWindow
		again := p.seen.StillBroken && p.guided(t.Intent) || p.wantsTicket(p.best.Label) && p.sure() && about(t.Intent)
		switch {
		case !again:
		case t.State.Live() && fresh:
			return p.update(t, desk.ReasonTicketUpdate), true
		case t.Reopenable(p.scene.Now) && p.seen.StillBroken && p.liveTicket() == nil:
			return desk.Decision{
				Action: desk.ActTicket, Reason: desk.ReasonTicketReopened, Intent: t.Intent, Confidence: p.best.Confidence,
				Reopen: &t.ID, Status: &t.ID, Phrase: desk.PhraseTicketReopened,
			}, true
		}
	}
	return desk.Decision{}, false
}

// unclearWithTicket writes words nothing else understood into a ticket of the last day.
func unclearWithTicket(p *pass) (desk.Decision, bool) {
	t := p.liveTicket()
	if t == nil || p.scene.Now.Sub(t.UpdatedAt) > ticketMemory*time.Hour || p.seen.None >= strangerBorder {
		return desk.Decision{}, false
	}
	return p.update(t, desk.ReasonTicketUpdate), true
}

func (p *pass) liveTicket() *desk.Ticket {
	i := slices.IndexFunc(p.scene.Tickets, func(t desk.Ticket) bool { return t.State.Live() })
	if i < 0 {
		return nil
	}
	return &p.scene.Tickets[i]
}

// newestTicket is the newest one that stands on its own.
func (p *pass) newestTicket() *desk.Ticket {
	i := slices.IndexFunc(p.scene.Tickets, func(t desk.Ticket) bool { return t.MergedInto == nil })
	if i < 0 {
		return nil
	}
	return &p.scene.Tickets[i]
}

func (p *pass) liveTicketOf(label string) *desk.Ticket {
	for i := range p.scene.Tickets {
		if t := &p.scene.Tickets[i]; t.State.Live() && t.Intent == label && p.scene.Now.Sub(t.UpdatedAt) < desk.SameMatterWindow {
			return t
		}
	}
	return nil
}

func (p *pass) ticket(id uuid.UUID) *desk.Ticket {
	for i := range p.scene.Tickets {
		if p.scene.Tickets[i].ID == id {
			return &p.scene.Tickets[i]
		}
	}
	return nil
}

// guided reports whether an intent is settled by a guided flow, that is,
// something is broken; such matters are one matter to the contact.
func (p *pass) guided(label string) bool {
	in := p.scene.Book.Intents[label]
	return in != nil && in.Action == desk.IntentFlow
}

func (p *pass) wantsTicket(label string) bool {
	in := p.scene.Book.Intents[label]
	return in != nil && (in.Action == desk.IntentTicket || in.Action == desk.IntentFlow)
}
