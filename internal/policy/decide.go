package policy

import (
	"antena/internal/desk"
)

// Decide says what the assistant does about the new messages of a scene.
func Decide(scene *desk.Scene, seen desk.Understanding) desk.Decision {
	p := &pass{scene: scene, seen: &seen, best: seen.Best()}
	for _, r := range rules {
		if d, ok := r.decide(p); ok {
			d.Rule = r.name
			return p.finish(d)
		}
	}
	return p.finish(p.handoff(desk.ReasonStillUnclear)) // unreachable: the last rule always decides
}

type rule struct {
	name   string
	decide func(*pass) (desk.Decision, bool)
}

var rules = []rule{
	{"nothing_new", nothingNew},
	{"window_closed", windowClosed},
	{"opt_out", optOut},
	{"person", person},
	{"complaint", complaint},
	{"data_request", dataRequest},
	{"pressed_button", pressedButton},
	{"answered_question", answeredQuestion},
	{"flow_answer", flowAnswer},
	{"media_only", mediaOnly},
	{"small_talk", smallTalk},
	{"ambiguous", ambiguous},
	{"bare_answer", bareAnswer},
	{"not_working", understandingFailed},
	{"ticket_status", ticketStatus},
	{"works_again", worksAgain},
	{"same_matter", sameMatter},
	{"lost_patience", lostPatience},
	{"sure_intent", sureIntent},
	{"sure_article", sureArticle},
	{"person_advised", personAdvised},
	{"unclear_with_ticket", unclearWithTicket},
	{"off_topic", offTopic},
	{"one_question", oneQuestion},
	{"other_words", otherWords},
}

// pass is one run of the rules.
type pass struct {
	scene *desk.Scene
	seen  *desk.Understanding
	best  desk.Score
}

func (p *pass) finish(d desk.Decision) desk.Decision {
	d = p.heeding(d)
	d.Language = p.seen.Language
	if d.Language == "" {
		d.Language = p.scene.Language()
	}
	if d.Handoff != nil {
		d.Handoff.Language = d.Language
	}
	p.route(&d)
	return d
}

func nothingNew(p *pass) (desk.Decision, bool) {
	if len(p.scene.New) > 0 {
		return desk.Decision{}, false
	}
	return desk.Decision{Action: desk.ActSilent, Reason: desk.ReasonAllSettled}, true
}

// windowClosed gives a contact we may no longer answer freely to people, who can
// use a template: it happens when the provider delivers a day late.
func windowClosed(p *pass) (desk.Decision, bool) {
	if p.scene.Conversation.WindowOpen(p.scene.Now) {
		return desk.Decision{}, false
	}
	return p.handoff(desk.ReasonWindowClosed), true
}

func optOut(p *pass) (desk.Decision, bool) {
	if p.seen.Certain != desk.CertainOptOut {
		return desk.Decision{}, false
	}
	return p.stopWriting(), true
}

func (p *pass) stopWriting() desk.Decision {
	return desk.Decision{Action: desk.ActReply, Reason: desk.ReasonOptOut, Intent: desk.LabelOptOut, Confidence: 1, Phrase: desk.PhraseOptedOut, OptOut: true}
}

func person(p *pass) (desk.Decision, bool) {
	pressed := p.scene.Choice()
	if p.seen.Certain != desk.CertainPerson && (pressed == nil || pressed.ID != desk.ButtonPerson) {
		return desk.Decision{}, false
	}
	d := p.handoff(desk.ReasonPersonAsked)
	d.Intent, d.Confidence = desk.LabelHuman, 1
	return d, true
}

// heeding adds to what is done about the rest of a message that its writer wants no more messages.
func (p *pass) heeding(d desk.Decision) desk.Decision {
	if !p.seen.OptOut {
		return d
	}
	if d.Action == desk.ActSilent {
		rule := d.Rule
		d = p.stopWriting()
		d.Rule = rule
	}
	d.OptOut = true
	return d
}

// complaint gives who lodges a complaint to people at once, whatever the model makes of the words.
func complaint(p *pass) (desk.Decision, bool) {
	if p.seen.Certain != desk.CertainComplaint {
		return desk.Decision{}, false
	}
	in := p.scene.Book.Intents[desk.LabelComplaint]
	if in == nil || in.Action != desk.IntentHandoff {
		return p.handoff(desk.ReasonPersonAsked), true
	}
	d := p.toPeople(in)
	d.Confidence = 1
	return d, true
}

func dataRequest(p *pass) (desk.Decision, bool) {
	if p.seen.Certain != desk.CertainDataRequest {
		return desk.Decision{}, false
	}
	return p.aboutData(), true
}

func (p *pass) aboutData() desk.Decision {
	d := p.handoff(desk.ReasonDataRequest)
	d.Intent, d.Confidence = desk.LabelDataRequest, 1
	p.withTicket(&d, desk.LabelDataRequest)
	return d
}

func understandingFailed(p *pass) (desk.Decision, bool) {
	if p.seen.Problem == "" {
		return desk.Decision{}, false
	}
	return p.handoff(desk.ReasonSystemFailure), true
}

func smallTalk(p *pass) (desk.Decision, bool) {
	switch p.seen.Certain {
	case desk.CertainGreeting:
		return desk.Decision{Action: desk.ActReply, Reason: desk.ReasonGreeting, Intent: desk.LabelGreeting, Confidence: 1, Phrase: desk.PhraseGreeting}, true
	case desk.CertainThanks:
		if p.seen.WorksNow {
			return desk.Decision{}, false // "thanks, it is back" also ends a matter
		}
		return desk.Decision{Action: desk.ActSilent, Reason: desk.ReasonThanks, Intent: desk.LabelThanks, Confidence: 1}, true
	}
	return desk.Decision{}, false
}

// lostPatience gives an angry contact whom we failed once to a person.
func lostPatience(p *pass) (desk.Decision, bool) {
	if p.seen.Mood != desk.MoodAngry || p.scene.Conversation.Misses == 0 {
		return desk.Decision{}, false
	}
	return p.handoff(desk.ReasonAngry), true
}
