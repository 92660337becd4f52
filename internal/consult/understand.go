package consult

import (
	"context"
	"slices"
	"strings"

	"antena/internal/desk"
	"antena/internal/policy"
	"antena/prompts"
)

// Brain is the local understanding, which always runs.
type Brain interface {
	Understand(ctx context.Context, scene *desk.Scene) (desk.Understanding, error)
}

// Reader understands with the local brain, and asks a model where that is unsure.
type Reader struct {
	desk  *Desk
	brain Brain
}

// Reader returns one that thinks with a brain first.
func (d *Desk) Reader(b Brain) *Reader { return &Reader{desk: d, brain: b} }

// Understand reads the new messages of a scene. The context bounds the model alone:
// when its time is over, the local finding stands.
func (r *Reader) Understand(ctx context.Context, scene *desk.Scene) (desk.Understanding, error) {
	u, err := r.brain.Understand(context.WithoutCancel(ctx), scene)
	if err != nil || !policy.Unsure(scene, u) {
		return u, err
	}
	matters := candidates(scene.Book, &u)
	if len(matters) == 0 {
		return u, nil
	}
	u.Advice = r.advise(ctx, scene, &u, matters)
	weigh(&u, scene)
	return u, nil
}

// advise asks the model what a message means. Labels it invents are left out.
func (r *Reader) advise(ctx context.Context, scene *desk.Scene, u *desk.Understanding, labels []string) *desk.Advice {
	history, texts, _ := redacted(known(&scene.Contact), recent(scene.History), u.Text)
	in := prompts.Inputs{"message": texts[0], "matters": named(scene.Book, labels, u.Language), "likely": u.Language}
	if len(history) > 0 {
		in["history"] = history
	}
	var said prompts.Understood
	a := &desk.Advice{Consulted: r.desk.ask(ctx, scene.Conversation.ID, r.desk.Prompts.Understand, in, nil, &said)}
	if a.Problem != "" {
		return a
	}
	a.Language, a.NeedsPerson = said.Language, said.NeedsPerson
	for _, g := range said.Intents {
		if g.Label != desk.LabelNone && !slices.Contains(labels, g.Label) {
			a.Refused = append(a.Refused, refusedLabel)
			continue
		}
		if !slices.ContainsFunc(a.Intents, func(s desk.Score) bool { return s.Label == g.Label }) {
			a.Intents = append(a.Intents, desk.Score{Label: g.Label, Confidence: g.Probability})
		}
	}
	if said.Second != nil && slices.Contains(labels, *said.Second) {
		a.Second = *said.Second
	}
	a.Refused = slices.Compact(a.Refused)
	return a
}

// refusedLabel is the code of a label that nobody offered.
const refusedLabel = "label"

// mostCandidates is how many matters a model chooses among.
const mostCandidates = 60

// candidates are the labels a model may name: matters of which something can be
// said, opened or handed over. What only certain words may bring about (stop writing,
// personal data, silence) is not for a model to find. The brain's own come first when
// there are more than a model is shown; the order is the label's, so that prompts
// begin alike.
func candidates(b *desk.Book, u *desk.Understanding) []string {
	var all []string
	for label, in := range b.Intents {
		switch in.Action {
		case desk.IntentAnswer, desk.IntentFlow, desk.IntentTicket, desk.IntentTicketStatus, desk.IntentHandoff:
			all = append(all, label)
		}
	}
	slices.Sort(all)
	if len(all) > mostCandidates {
		own := func(label string) bool {
			return slices.ContainsFunc(u.Intents, func(s desk.Score) bool { return s.Label == label })
		}
		slices.SortStableFunc(all, func(a, b string) int { return order(own(b)) - order(own(a)) })
		all = all[:mostCandidates]
		slices.Sort(all)
	}
	return all
}

func order(first bool) int {
	if first {
		return 1
	}
	return 0
}

// named gives labels their names in a language, and an example of how contacts say
// it; and what stands for none of them.
func named(b *desk.Book, labels []string, language string) []prompts.Choice {
	out := make([]prompts.Choice, 0, len(labels)+1)
	for _, label := range labels {
		in := b.Intents[label]
		about := in.Names.In(language)
		if examples := in.Examples[language]; len(examples) > 0 {
			about += " (" + strings.Join(examples[:min(len(examples), 3)], " / ") + ")"
		}
		out = append(out, prompts.Choice{Label: label, About: about})
	}
	return append(out, prompts.Choice{Label: desk.LabelNone, About: noneOf(b, language)})
}

// noneOf says in a language that no matter fits.
func noneOf(b *desk.Book, language string) string {
	if in := b.Intents[desk.LabelNone]; in != nil {
		return in.Names.In(language)
	}
	return "-"
}
