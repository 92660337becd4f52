package policy

import (
	"slices"

	"antena/internal/desk"
)

// mediaOnly decides about messages that carry no words. A file belongs to the
// matter in progress; without one we ask what it is about. It is never taken as
// proof of anything.
func mediaOnly(p *pass) (desk.Decision, bool) {
	if p.scene.Text() != "" {
		return desk.Decision{}, false
	}
	s := p.scene
	switch {
	case s.Has(desk.KindAudio):
		return p.askOnce(desk.PhraseVoiceAsText)
	case s.Has(desk.KindImage, desk.KindDocument, desk.KindVideo, desk.KindLocation, desk.KindContacts):
		return p.file()
	case s.Has(desk.KindOther, desk.KindUnsupported):
		return p.askOnce(desk.PhraseSendAsText)
	}
	return desk.Decision{Action: desk.ActSilent, Reason: desk.ReasonReactionOnly}, true // stickers
}

// askOnce asks for words, once; then a person looks at it.
func (p *pass) askOnce(phrase desk.Phrase) (desk.Decision, bool) {
	if p.scene.Conversation.Misses >= mostMisses {
		return p.handoff(desk.ReasonUnansweredMedia), true
	}
	return desk.Decision{Action: desk.ActAsk, Reason: desk.ReasonUnreadable, Phrase: phrase, Missed: true}, true
}

func (p *pass) file() (desk.Decision, bool) {
	if t := p.liveTicket(); t != nil {
		return p.update(t, desk.ReasonTicketUpdate), true
	}
	if p.scene.Conversation.Misses >= mostMisses {
		return p.handoff(desk.ReasonUnansweredMedia), true
	}
	q := &desk.Question{}
	var offered []string
	for _, label := range append(p.hinted(), desk.LabelPaymentProof, p.fault()) {
		if p.scene.Book.Intents[label] != nil && !slices.Contains(offered, label) && len(offered) < mostOptions {
			offered = append(offered, label)
			q.Options = append(q.Options, desk.Option{ID: desk.IntentButtonID(label), Intent: label})
		}
	}
	d := desk.Decision{Action: desk.ActAsk, Reason: desk.ReasonUnreadable, Phrase: desk.PhraseWhatIsIt, Missed: true}
	if len(q.Options) > 0 {
		d.Question = q
	}
	return d, true
}

// hinted are the matters that a model saw signs of in a picture. A picture is never
// proof, so they are only offered, before any other.
func (p *pass) hinted() []string {
	var labels []string
	for _, label := range p.seen.Hints {
		if in := p.scene.Book.Intents[label]; in != nil && askable(in) {
			labels = append(labels, label)
		}
	}
	return labels
}

// fault is the matter a photo of equipment is most likely about: the flow in
// progress, else the desk's first one that is guided.
func (p *pass) fault() string {
	if w := p.scene.Pending(); w != nil && w.Flow != nil {
		return w.Flow.Intent
	}
	found := ""
	for label, in := range p.scene.Book.Intents {
		if in.Action == desk.IntentFlow && in.Ticket.Priority == desk.PriorityHigh && (found == "" || label < found) {
			found = label
		}
	}
	return found
}
