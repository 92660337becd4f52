package policy

import (
	"slices"

	"antena/internal/desk"
)

// sure reports whether the first intent is sure enough to act on.
func (p *pass) sure() bool {
	t := p.scene.Profile.Thresholds
	return p.best.Label != "" && p.best.Label != desk.LabelNone && p.seen.Accept >= t.AnswerFor(p.best.Label)
}

func sureIntent(p *pass) (desk.Decision, bool) {
	if !p.sure() {
		return desk.Decision{}, false
	}
	return p.act(p.best.Label, desk.ReasonSureIntent)
}

// act does what an intent's data says.
func (p *pass) act(label string, reason desk.Reason) (desk.Decision, bool) {
	in := p.scene.Book.Intents[label]
	if in == nil {
		return desk.Decision{}, false
	}
	d := desk.Decision{Reason: reason, Intent: label, Confidence: p.confidence(label)}
	switch in.Action {
	case desk.IntentAnswer:
		return p.answer(in, d), true
	case desk.IntentFlow:
		return p.startFlow(in, reason), true
	case desk.IntentTicket:
		if a := p.answerFirst(in, reason); a != nil {
			d.Action, d.Article = desk.ActAnswer, a
			d.Question = &desk.Question{Options: []desk.Option{{ID: desk.IntentButtonID(label), Intent: label}}}
			return d, true
		}
		return p.ticketFor(label, desk.ReasonTicketNeeded, nil), true
	case desk.IntentHandoff:
		return p.toPeople(in), true
	case desk.IntentReply:
		d.Action, d.Phrase = desk.ActReply, desk.PhraseGreeting
		return d, true
	case desk.IntentSilent:
		d.Action = desk.ActSilent
		if label != desk.LabelThanks {
			d.Reason = desk.ReasonSpam
		}
		return d, true
	case desk.IntentOptOut:
		return p.stopWriting(), true
	case desk.IntentDataRequest:
		return p.aboutData(), true
	case desk.IntentTicketStatus:
		return p.statusOf(p.namedTicket()), true
	case desk.IntentDecline:
		return p.decline(label, d.Confidence), true
	}
	return desk.Decision{}, false
}

func (p *pass) confidence(label string) float64 {
	for _, s := range p.seen.Intents {
		if s.Label == label {
			return s.Confidence
		}
	}
	return 1 // chosen by the contact, or certain
}

// answerFirst returns the article that is said before a ticket is offered: when
// the intent wants that, an article of its own fits, and the contact has neither
// pressed for a ticket nor has one already.
func (p *pass) answerFirst(in *desk.Intent, reason desk.Reason) *desk.ArticleRef {
	if !in.AnswerFirst || reason == desk.ReasonChosen || len(p.seen.Passages) == 0 || p.liveTicketOf(in.Label) != nil {
		return nil
	}
	hit := p.seen.Passages[0]
	if hit.Confidence < p.scene.Profile.Thresholds.First || !slices.Contains(in.Articles, hit.Article.ID) {
		return nil
	}
	a, _ := p.usable(hit.Article.ID)
	if a == nil {
		return nil
	}
	ref := a.Ref()
	return &ref
}

// answer picks the article for an intent: of those found for the words, the
// best that the intent allows; when none was found, the intent's first. An
// article that lacks a value of the ISP is not replaced by a less fitting one.
func (p *pass) answer(in *desk.Intent, d desk.Decision) desk.Decision {
	var ids []string
	for _, hit := range p.seen.Passages {
		if slices.Contains(in.Articles, hit.Article.ID) {
			ids = append(ids, hit.Article.ID)
		}
	}
	if len(ids) == 0 {
		ids = p.own(in)
	}
	for _, id := range ids {
		a, why := p.usable(id)
		if a != nil {
			ref := a.Ref()
			d.Action, d.Article = desk.ActAnswer, &ref
			return d
		}
		if why != desk.ReasonNoArticle {
			return p.handoff(why)
		}
	}
	return p.handoff(desk.ReasonNoArticle)
}

// own is the first article of an intent that is for the contact, or may be; at most one.
func (p *pass) own(in *desk.Intent) []string {
	for _, id := range in.Articles {
		if a := p.article(id); a == nil || a.For(&p.scene.Contact) != desk.ReachNo {
			return []string{id}
		}
	}
	return nil
}

func (p *pass) article(id string) *desk.Article {
	language := p.seen.Language
	if language == "" {
		language = p.scene.Language()
	}
	return p.scene.Book.Article(id, language)
}

// usable returns an article that may be said now to this contact: in force, for their zone and plan, with every placeholder filled in; or why
// there is none.
func (p *pass) usable(id string) (a *desk.Article, why desk.Reason) {
	a = p.article(id)
	if a == nil || !a.InForce(p.scene.Now) {
		return nil, desk.ReasonNoArticle
	}
	switch a.For(&p.scene.Contact) {
	case desk.ReachNo:
		return nil, desk.ReasonNoArticle
	case desk.ReachUnknown:
		return nil, desk.ReasonScopeUnknown
	}
	if _, missing := p.scene.Profile.Fill(a.Body, a.Language); len(missing) > 0 {
		return nil, desk.ReasonPlaceholder
	}
	return a, ""
}

// toPeople opens a ticket and hands over: the intent belongs to people.
func (p *pass) toPeople(in *desk.Intent) desk.Decision {
	d := p.handoff(desk.ReasonPolicyHandoff)
	if in.Label == desk.LabelHuman {
		d.Reason, d.Handoff.Reason = desk.ReasonPersonAsked, desk.ReasonPersonAsked
		d.Intent = desk.LabelHuman
		return d
	}
	d.Intent, d.Confidence = in.Label, p.confidence(in.Label)
	p.withTicket(&d, in.Label)
	return d
}

// sureArticle answers from an article that fits the words though no intent was sure.
func sureArticle(p *pass) (desk.Decision, bool) {
	if len(p.seen.Passages) == 0 || p.seen.None >= strangerBorder {
		return desk.Decision{}, false
	}
	hit := p.seen.Passages[0]
	if hit.Confidence < p.scene.Profile.Thresholds.Article {
		return desk.Decision{}, false
	}
	a, why := p.usable(hit.Article.ID)
	if a == nil {
		return p.handoff(why), true
	}
	ref := a.Ref()
	return desk.Decision{Action: desk.ActAnswer, Reason: desk.ReasonSureArticle, Intent: p.intentOf(ref.ID), Confidence: hit.Confidence, Article: &ref}, true
}

// intentOf names the likeliest intent that an article belongs to.
func (p *pass) intentOf(article string) string {
	for _, s := range p.seen.Intents {
		if in := p.scene.Book.Intents[s.Label]; in != nil && slices.Contains(in.Articles, article) {
			return s.Label
		}
	}
	return ""
}
