package consult

import (
	"cmp"
	"slices"

	"antena/internal/desk"
)

// How much a model's word counts. Nothing here was measured with a model: it errs
// towards the local brain, which was.
const (
	// trust is how many times more often a model names the right matter than any one
	// wrong one, at its own full certainty.
	trust = 8.0
	// stranger is the probability of a matter that the local brain does not list.
	stranger = 0.05
	// hint is the probability from which the local brain lists a matter in earnest.
	hint = 0.12
	// below is how far under the border a finding without evidence stays.
	below = 0.01
	// mostNone is the most a model can make of "none of ours": it stays an unclear
	// message, and is not declined, unless the local brain finds so too.
	mostNone = 0.9
	// sureLanguage is the local brain's certainty that a model does not overrule.
	sureLanguage = 0.6
)

// weigh takes a model's advice into the finding: by the odds, as one more witness.
// The first matter may become sure only with the local brain's own evidence for it;
// one that begins a flow only if it is the local brain's own first; and one that writes
// something (a ticket) never: then the contact is asked, and the press of a button
// decides.
func weigh(u *desk.Understanding, scene *desk.Scene) {
	a := u.Advice
	if a.Problem != "" {
		return
	}
	u.Model += " + " + a.Model
	if u.LanguageConfidence < sureLanguage && slices.Contains(scene.Profile.Languages, a.Language) && desk.KnownLanguage(a.Language) {
		u.Language = a.Language
	}
	u.Second = cmp.Or(u.Second, a.Second)
	if len(a.Intents) == 0 {
		return
	}
	named := a.Intents[0]
	weight := 1 + (trust-1)*min(max(named.Confidence, 0), 1)
	switch own := u.Best(); named.Label {
	case desk.LabelNone:
		u.Accept = odds(u.Accept, 1/weight)
		u.None = max(u.None, min(odds(u.None, weight), mostNone))
	case own.Label:
		now := odds(u.Accept, weight)
		if writes(scene.Book.Intents[own.Label]) {
			now = min(now, short(scene, own.Label))
		}
		u.Accept = max(u.Accept, now)
		u.Intents[0].Confidence = max(own.Confidence, u.Accept)
	default:
		other(u, scene, named.Label, weight)
	}
}

// other weighs a matter that is not the local brain's first.
func other(u *desk.Understanding, scene *desk.Scene, label string, weight float64) {
	prior := 0.0
	for _, s := range u.Intents {
		if s.Label == label {
			prior = s.Confidence * (1 - u.None) // the brain's is among ours
		}
	}
	now := odds(max(prior, stranger), weight)
	in := scene.Book.Intents[label]
	if writes(in) || in.Action == desk.IntentFlow || prior < hint && !answered(u, in, scene.Profile.Thresholds.First) {
		now = min(now, short(scene, label))
	}
	u.Accept = odds(u.Accept, 1/weight)
	if len(u.Intents) > 0 {
		u.Intents[0].Confidence = min(u.Intents[0].Confidence, odds(u.Intents[0].Confidence, 1/weight))
	}
	u.Intents = slices.DeleteFunc(u.Intents, func(s desk.Score) bool { return s.Label == label })
	if now > u.Accept {
		u.Accept, u.Why = now, nil // the words did not speak for it
		u.Intents = slices.Insert(u.Intents, 0, desk.Score{Label: label, Confidence: now})
		return
	}
	u.Intents = slices.Insert(u.Intents, min(1, len(u.Intents)), desk.Score{Label: label, Confidence: now})
}

// writes reports whether acting on an intent changes anything but the conversation.
func writes(in *desk.Intent) bool {
	return in == nil || in.Action != desk.IntentAnswer && in.Action != desk.IntentFlow && in.Action != desk.IntentTicketStatus
}

// short is the most a matter can have and not be sure.
func short(scene *desk.Scene, label string) float64 {
	return max(scene.Profile.Thresholds.AnswerFor(label)-below, 0)
}

// answered reports whether an article of an intent was found for the words.
func answered(u *desk.Understanding, in *desk.Intent, enough float64) bool {
	return slices.ContainsFunc(u.Passages, func(p desk.Passage) bool {
		return p.Confidence >= enough && slices.Contains(in.Articles, p.Article.ID)
	})
}

// odds moves a probability by a weight on its odds. Nothing becomes certain.
func odds(p, weight float64) float64 {
	p = min(max(p, 0), 0.999)
	o := p / (1 - p) * weight
	return o / (1 + o)
}
