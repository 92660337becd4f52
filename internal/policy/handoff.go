package policy

import (
	"slices"
	"strings"

	"antena/internal/desk"
)

// handoff gives the conversation to people, with what is known.
func (p *pass) handoff(reason desk.Reason) desk.Decision {
	plan := p.plan(p.matter())
	h := &desk.Handoff{
		Reason: reason, Intent: p.matter(), Team: plan.Team, Priority: plan.Priority,
		Wants: p.wants(), Tried: p.tried(), Facts: p.facts(), Mood: string(p.seen.Mood), At: p.scene.Now,
	}
	return desk.Decision{
		Action: desk.ActHandoff, Reason: reason, Intent: h.Intent, Confidence: p.best.Confidence,
		Handoff: h, Phrase: p.peopleSoon(desk.PhraseHandoff, desk.PhraseHandoffClosed),
	}
}

// peopleSoon picks the phrase for the present hour.
func (p *pass) peopleSoon(open, closed desk.Phrase) desk.Phrase {
	if p.scene.Profile.PeopleAnswer(p.scene.Now) {
		return open
	}
	return closed
}

// matter is the intent the conversation is about: the flow in progress, a sure
// intent, or what the contact has a live ticket for.
func (p *pass) matter() string {
	if w := p.scene.Pending(); w != nil && w.Flow != nil {
		return w.Flow.Intent
	}
	if p.sure() && p.best.Label != desk.LabelHuman {
		return p.best.Label
	}
	if t := p.liveTicket(); t != nil {
		return t.Intent
	}
	return ""
}

// plan says which team a matter is for and how urgent it is now.
func (p *pass) plan(label string) desk.TicketPlan {
	plan := desk.TicketPlan{Team: desk.TeamSupport, Priority: desk.PriorityNormal}
	if in := p.scene.Book.Intents[label]; in != nil {
		if in.Ticket.Team != "" {
			plan.Team = in.Ticket.Team
		}
		if in.Ticket.Priority != "" {
			plan.Priority = in.Ticket.Priority
		}
	}
	plan.Priority = p.raised(plan.Priority)
	return plan
}

// withTicket gives a handoff its ticket: the live one of the matter, or a new one.
func (p *pass) withTicket(d *desk.Decision, label string) {
	plan := p.plan(label)
	d.Handoff.Intent, d.Handoff.Team, d.Handoff.Priority = label, plan.Team, plan.Priority
	if t := p.liveTicketOf(label); t != nil {
		d.Update, d.Status = &t.ID, &t.ID
		d.Handoff.Protocol = t.Protocol
		return
	}
	d.Open = p.opening(label, nil)
	d.Phrase = p.peopleSoon(desk.PhraseTicketPerson, desk.PhraseTicketPersonClosed)
}

// raised lifts a priority for urgency and anger.
func (p *pass) raised(base desk.Priority) desk.Priority {
	switch {
	case p.seen.Urgent:
		return desk.PriorityUrgent
	case p.seen.Mood == desk.MoodAngry && base.Rank() < desk.PriorityHigh.Rank():
		return desk.PriorityHigh
	}
	return base
}

// wants is what the contact says in their own words; when the new words only ask
// for a person, the words before them are what it is about.
func (p *pass) wants() string {
	text := p.scene.Text()
	if p.seen.Certain == desk.CertainPerson || text == "" {
		for i := len(p.scene.History) - 1; i >= 0; i-- {
			if m := p.scene.History[i]; m.Direction == desk.Inbound && m.Text != "" {
				text = strings.TrimSpace(m.Text + "\n" + text)
				break
			}
		}
	}
	return shorten(text, wantsLength)
}

// tried lists what the assistant said and did already, and the notes of a flow.
func (p *pass) tried() []string {
	var out []string
	for _, m := range p.scene.History {
		if m.Author == desk.ByAssistant && m.Direction == desk.Outbound && m.Text != "" {
			out = append(out, shorten(firstLine(m.Text), triedLength))
		}
	}
	if w := p.scene.Pending(); w != nil && w.Flow != nil {
		out = append(out, w.Flow.Notes...)
	}
	if n := len(out); n > mostTried {
		out = out[n-mostTried:]
	}
	return out
}

// facts are the data the contact gave, now and in the flow.
func (p *pass) facts() []desk.Fact {
	var out []desk.Fact
	if w := p.scene.Pending(); w != nil && w.Flow != nil {
		out = append(out, w.Flow.Facts...)
	}
	for _, e := range p.seen.Entities {
		if f := (desk.Fact{Kind: e.Kind, Value: e.Value}); !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}

// shorten cuts a text to a number of characters, at a word where there is one.
func shorten(s string, most int) string {
	s = strings.TrimSpace(s)
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	cut := string(runes[:most-1])
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return strings.TrimSpace(cut) + "…"
}
