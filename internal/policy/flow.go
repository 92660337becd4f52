package policy

import (
	"slices"
	"strings"

	"antena/internal/desk"
)

// startFlow begins a guided flow, passing over what the contact's words settle.
func (p *pass) startFlow(in *desk.Intent, reason desk.Reason) desk.Decision {
	flow := p.scene.Book.Flows[in.Flow]
	if flow == nil {
		return p.ticketFor(in.Label, desk.ReasonTicketNeeded, nil)
	}
	if t := p.liveTicketOf(in.Label); t != nil {
		return p.update(t, desk.ReasonTicketUpdate)
	}
	return p.enter(flow, desk.FlowPosition{Flow: flow.ID, Step: flow.Start, Intent: in.Label, Facts: p.facts()}, reason)
}

// enter says a step, or what comes instead of it.
func (p *pass) enter(flow *desk.Flow, pos desk.FlowPosition, reason desk.Reason) desk.Decision {
	said := " " + fold(p.scene.Text()) + " "
	for range len(flow.Steps) + 1 { // a flow is finite, its data might not be
		if pos.Step == desk.FlowSolved || pos.Step == desk.FlowTicket || pos.Step == desk.FlowPerson {
			return p.end(pos)
		}
		skip := p.skipped(flow, pos.Step, said)
		if skip == nil {
			break
		}
		if note := skip.Note.In(p.language()); note != "" {
			pos.Notes = append(slices.Clone(pos.Notes), note)
		}
		pos.Step = skip.To
	}
	step, ok := flow.Steps[pos.Step]
	if !ok {
		pos.Step = desk.FlowTicket
		return p.end(pos)
	}
	d := desk.Decision{Action: desk.ActFlow, Reason: reason, Intent: pos.Intent, Confidence: p.confidence(pos.Intent), Flow: &pos}
	if step.Article != "" {
		a, why := p.usable(step.Article)
		if a == nil {
			return p.handoff(why)
		}
		ref := a.Ref()
		d.Article = &ref
	}
	return d
}

func (p *pass) skipped(flow *desk.Flow, step, said string) *desk.FlowSkip {
	for i := range flow.Skip {
		s := &flow.Skip[i]
		if s.Step != step {
			continue
		}
		for _, phrases := range s.When {
			for _, phrase := range phrases {
				if f := fold(phrase); f != "" && strings.Contains(said, " "+f+" ") {
					return s
				}
			}
		}
	}
	return nil
}

// follow goes where a button leads.
func (p *pass) follow(flow *desk.Flow, pos desk.FlowPosition, b desk.FlowButton) (desk.Decision, bool) {
	if note := b.Note.In(p.language()); note != "" {
		pos.Notes = append(slices.Clone(pos.Notes), note)
	}
	pos.Step = b.To
	return p.enter(flow, pos, desk.ReasonFlowStep), true
}

// end closes a flow: solved, with a ticket, or with a person.
func (p *pass) end(pos desk.FlowPosition) desk.Decision {
	switch pos.Step {
	case desk.FlowSolved:
		d := desk.Decision{Action: desk.ActReply, Reason: desk.ReasonFlowSolved, Intent: pos.Intent, Confidence: 1, Phrase: desk.PhraseSolved}
		if t := p.liveTicketOf(pos.Intent); t != nil {
			d.Resolve, d.Status, d.Phrase = &t.ID, &t.ID, desk.PhraseSolvedTicket
		}
		return d
	case desk.FlowPerson:
		d, plan := p.handoff(desk.ReasonPersonAsked), p.plan(pos.Intent)
		d.Intent, d.Handoff.Intent, d.Handoff.Team, d.Handoff.Priority = pos.Intent, pos.Intent, plan.Team, plan.Priority
		for _, note := range pos.Notes {
			if !slices.Contains(d.Handoff.Tried, note) {
				d.Handoff.Tried = append(d.Handoff.Tried, note)
			}
		}
		return d
	}
	d := p.ticketFor(pos.Intent, desk.ReasonFlowFailed, pos.Notes)
	d.Confidence = p.confidence(pos.Intent)
	return d
}

// flowAnswer understands an answer in words to a step: it works, it still does
// not, or the words of a button. Words about another matter leave the flow.
func flowAnswer(p *pass) (desk.Decision, bool) {
	w := p.scene.Pending()
	if w == nil || w.Flow == nil || p.scene.Choice() != nil || p.scene.Text() == "" {
		return desk.Decision{}, false
	}
	flow := p.scene.Book.Flows[w.Flow.Flow]
	if flow == nil {
		return desk.Decision{}, false
	}
	step, ok := flow.Steps[w.Flow.Step]
	if !ok {
		return desk.Decision{}, false // the flow was changed meanwhile
	}
	pos := *w.Flow
	if b := p.named(step); b != nil {
		return p.follow(flow, pos, *b)
	}
	if p.seen.WorksNow && !p.seen.StillBroken {
		pos.Step = desk.FlowSolved
		return p.end(pos), true
	}
	other := p.sure() && p.best.Label != pos.Intent && !p.guided(p.best.Label)
	if other || p.seen.Certain == desk.CertainThanks || p.seen.Certain == desk.CertainGreeting {
		return desk.Decision{}, false
	}
	return p.unsettledStep(flow, step, pos)
}

func (p *pass) named(step desk.FlowStep) *desk.FlowButton {
	said := fold(p.scene.Text())
	for i := range step.Buttons {
		b := &step.Buttons[i]
		if said == string(rune('1'+i)) {
			return b
		}
		for _, label := range b.Label {
			if said == fold(label) {
				return b
			}
		}
	}
	return nil
}

// unsettledStep: the contact answers in own words that neither solve the matter
// nor leave it. Still broken goes on; the same step may skip by the new words;
// otherwise what was said is kept as a note and the matter goes on to people.
func (p *pass) unsettledStep(flow *desk.Flow, step desk.FlowStep, pos desk.FlowPosition) (desk.Decision, bool) {
	if skip := p.skipped(flow, pos.Step, " "+fold(p.scene.Text())+" "); skip != nil {
		return p.enter(flow, pos, desk.ReasonFlowStep), true
	}
	for _, b := range step.Buttons {
		if b.ID == step.FreeText {
			pos.Notes = append(slices.Clone(pos.Notes), shorten(firstLine(p.scene.Text()), triedLength))
			return p.follow(flow, pos, b)
		}
	}
	if p.scene.Conversation.Misses == 0 {
		d := desk.Decision{Action: desk.ActFlow, Reason: desk.ReasonNotUnderstood, Intent: pos.Intent, Flow: &pos, Phrase: desk.PhraseChoose, Missed: true}
		return d, true
	}
	pos.Notes = append(slices.Clone(pos.Notes), shorten(firstLine(p.scene.Text()), triedLength))
	pos.Step = desk.FlowTicket
	return p.end(pos), true
}

func (p *pass) language() string {
	if p.seen.Language != "" {
		return p.seen.Language
	}
	return p.scene.Language()
}
