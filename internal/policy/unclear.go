package policy

import (
	"antena/internal/desk"
)

// offTopic declines, kindly, what is not an ISP's business; the third time nothing is said.
func offTopic(p *pass) (desk.Decision, bool) {
	t := p.scene.Profile.Thresholds
	if p.seen.None < offTopicBorder || p.seen.Accept >= t.Ask && p.best.Label != desk.LabelNone {
		return desk.Decision{}, false
	}
	d := desk.Decision{Action: desk.ActReply, Reason: desk.ReasonOffTopic, Intent: desk.LabelNone, Confidence: p.seen.None, Phrase: desk.PhraseOffTopic, Missed: true}
	if p.scene.Conversation.Misses >= mostMissesTopic {
		d.Action, d.Phrase = desk.ActSilent, ""
	}
	return d, true
}

// oneQuestion offers the likeliest matters as buttons, once.
func oneQuestion(p *pass) (desk.Decision, bool) {
	if p.asked() || p.scene.Conversation.Misses > mostMisses || p.seen.Accept < p.scene.Profile.Thresholds.Ask {
		return desk.Decision{}, false
	}
	q := &desk.Question{}
	for _, s := range p.seen.Intents {
		in := p.scene.Book.Intents[s.Label]
		if in == nil || !askable(in) || s.Confidence < plausible && len(q.Options) > 0 {
			continue
		}
		q.Options = append(q.Options, desk.Option{ID: desk.IntentButtonID(s.Label), Intent: s.Label})
		if len(q.Options) == mostOptions {
			break
		}
	}
	if len(q.Options) == 0 {
		return desk.Decision{}, false
	}
	return desk.Decision{Action: desk.ActAsk, Reason: desk.ReasonUnsure, Intent: p.best.Label, Confidence: p.seen.Accept, Phrase: desk.PhraseWhich, Question: q, Missed: true}, true
}

// askable reports whether an intent makes sense as a button.
func askable(in *desk.Intent) bool {
	switch in.Action {
	case desk.IntentAnswer, desk.IntentFlow, desk.IntentTicket, desk.IntentTicketStatus:
		return true
	case desk.IntentHandoff:
		return in.Label != desk.LabelHuman // a person is always offered
	}
	return false
}

// asked reports whether our last words were a question that is still open.
func (p *pass) asked() bool {
	w := p.scene.Pending()
	return w != nil && w.Question != nil
}

// otherWords asks to say it differently, once; then it is for people.
func otherWords(p *pass) (desk.Decision, bool) {
	if p.asked() || p.scene.Conversation.Misses >= mostMisses {
		return p.handoff(desk.ReasonStillUnclear), true
	}
	return desk.Decision{Action: desk.ActAsk, Reason: desk.ReasonNotUnderstood, Confidence: p.seen.Accept, Phrase: desk.PhraseOtherWords, Missed: true}, true
}
