package policy

import (
	"slices"

	"antena/internal/desk"
)

// ambiguous asks which of the matters is meant by a message that several intents
// claim as a whole.
func ambiguous(p *pass) (desk.Decision, bool) {
	said := fold(p.scene.Text())
	if said == "" || p.asked() || p.scene.Choice() != nil {
		return desk.Decision{}, false
	}
	var labels []string
	for label, in := range p.scene.Book.Intents {
		for _, phrases := range in.Ambiguous {
			if slices.ContainsFunc(phrases, func(x string) bool { return fold(x) == said }) {
				labels = append(labels, label)
				break
			}
		}
	}
	if len(labels) < 2 {
		return desk.Decision{}, false
	}
	slices.Sort(labels)
	q := &desk.Question{}
	for _, label := range labels[:min(len(labels), mostButtons)] {
		q.Options = append(q.Options, desk.Option{ID: desk.IntentButtonID(label), Intent: label})
	}
	return desk.Decision{Action: desk.ActAsk, Reason: desk.ReasonUnsure, Confidence: p.seen.Accept, Phrase: desk.PhraseWhich, Question: q}, true
}

// bareAnswers are words that answer a question. When nobody asked one, they say nothing.
var bareAnswers = map[string]bool{
	"si": true, "no": true, "sim": true, "nao": true, "yes": true, "yep": true, "nope": true, "nah": true,
	"dale": true, "claro": true, "ya": true, "ja": true, "s": true, "n": true, "y": true, "x": true,
}

func bareAnswer(p *pass) (desk.Decision, bool) {
	if !bareAnswers[fold(p.scene.Text())] {
		return desk.Decision{}, false
	}
	return otherWords(p)
}

// offTopic declines, kindly, what is not an ISP's business; the third time nothing is said.
func offTopic(p *pass) (desk.Decision, bool) {
	t := p.scene.Profile.Thresholds
	if p.seen.None < offTopicBorder || p.seen.Accept >= t.Ask && p.best.Label != desk.LabelNone {
		return desk.Decision{}, false
	}
	return p.decline(desk.LabelNone, p.seen.None), true
}

func (p *pass) decline(label string, confidence float64) desk.Decision {
	d := desk.Decision{Action: desk.ActReply, Reason: desk.ReasonOffTopic, Intent: label, Confidence: confidence, Phrase: desk.PhraseOffTopic, Missed: true}
	if p.scene.Conversation.Misses >= mostMissesTopic {
		d.Action, d.Phrase = desk.ActSilent, ""
	}
	return d
}

// unsure are the rules that decide when nothing certain was said, no state settles
// the matter, and neither an intent nor an article is sure.
var unsure = map[string]bool{"person_advised": true, "unclear_with_ticket": true, "one_question": true, "other_words": true}

// Unsure reports whether the words alone are in the way: Decide would have to ask,
// to give up or to guess what they belong to. That is where advice is worth its price.
func Unsure(scene *desk.Scene, seen desk.Understanding) bool { return unsure[Decide(scene, seen).Rule] }

// personAdvised takes a language model's hint where the desk is unsure itself: a
// needless person costs less than a question to somebody in danger.
func personAdvised(p *pass) (desk.Decision, bool) {
	if p.seen.Advice == nil || !p.seen.Advice.NeedsPerson {
		return desk.Decision{}, false
	}
	return p.handoff(desk.ReasonPersonAdvised), true
}

// oneQuestion offers the likeliest matters as buttons, once.
func oneQuestion(p *pass) (desk.Decision, bool) {
	hinted := p.hinted()
	if p.asked() || p.scene.Conversation.Misses > mostMisses || p.seen.Accept < p.scene.Profile.Thresholds.Ask && len(hinted) == 0 {
		return desk.Decision{}, false
	}
	q := &desk.Question{}
	for _, label := range hinted[:min(len(hinted), mostOptions-1)] {
		q.Options = append(q.Options, desk.Option{ID: desk.IntentButtonID(label), Intent: label})
	}
	for _, s := range p.likeliest() {
		in := p.scene.Book.Intents[s.Label]
		if in == nil || !askable(in) || slices.Contains(hinted, s.Label) || s.Confidence < plausible && len(q.Options) > 0 {
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

// likeliest are the intents found, best first, the second matter of the same
// message right after the best: of two matters, both are asked about.
func (p *pass) likeliest() []desk.Score {
	if p.seen.Second == "" || len(p.seen.Intents) == 0 {
		return p.seen.Intents
	}
	list := []desk.Score{p.best, {Label: p.seen.Second, Confidence: max(p.confidence(p.seen.Second), plausible)}}
	for _, s := range p.seen.Intents[1:] {
		if s.Label != p.seen.Second {
			list = append(list, s)
		}
	}
	return list
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
