package consult

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"antena/internal/desk"
	"antena/internal/guard"
	"antena/internal/understand/words"
	"antena/prompts"
)

// Writer proposes words for what was decided: an answer fitted to its question, or
// the one question that tells matters apart.
type Writer struct {
	desk  *Desk
	guard *guard.Guard
}

// Writer returns one whose words a guard checks.
func (d *Desk) Writer(g *guard.Guard) *Writer { return &Writer{desk: d, guard: g} }

// Word proposes words in the place of an article's own, or of the fixed question, and
// nil where the fixed words fit as they are. Its Text is empty unless the words may be
// said.
func (w *Writer) Word(ctx context.Context, scene *desk.Scene, seen *desk.Understanding, d *desk.Decision) *desk.Wording {
	if scene.Choice() != nil || strings.TrimSpace(seen.Text) == "" {
		return nil // a button asks for just that article
	}
	switch {
	case d.Action == desk.ActAnswer && d.Article != nil && d.Phrase == "":
		return w.rewrite(ctx, scene, seen, d)
	case d.Action == desk.ActAsk && d.Phrase == desk.PhraseWhich && d.Question != nil && len(d.Question.Options) > 1:
		return w.clarify(ctx, scene, seen, d)
	}
	return nil
}

// Lengths of an answer, in characters. Beneath a text with buttons there is room for
// 1024, of which the introduction of a first contact may take 200.
const (
	wantedLength = 700
	mostLength   = 820
)

// Codes of what is wrong with words, beside the guard's.
const (
	refusedMark  = "mark"  // a placeholder nobody issued, or the wreck of one
	refusedForm  = "form"  // a question that is none, or several
	refusedMatch = "match" // a question about other matters than those offered
)

// notCovered: the model finds that the article does not answer the question. The
// article's own words are said all the same: policy was sure of it.
const notCovered = "not_covered"

func (w *Writer) rewrite(ctx context.Context, scene *desk.Scene, seen *desk.Understanding, d *desk.Decision) *desk.Wording {
	a := scene.Book.Articles[d.Article.ID][d.Article.Language]
	if a == nil {
		return nil
	}
	body, missing := scene.Profile.Fill(a.Body, d.Language)
	if len(missing) > 0 || strings.Contains(body, desk.ProtocolToken) {
		return nil // only whole words go out, and a ticket's number is the commit's
	}
	history, texts, vault := redacted(known(&scene.Contact), recent(scene.History), seen.Text, a.Title, body)
	id := "article:" + a.ID + "/" + a.Language
	in := prompts.Inputs{
		"question": texts[0], "language": d.Language, "longest": wantedLength,
		"sources": []prompts.Source{{ID: id, Title: texts[1], Text: texts[2]}},
	}
	if len(history) > 0 {
		in["history"] = history
	}
	prompt := w.desk.Prompts.Rewrite
	var said prompts.Rewritten
	out := &desk.Wording{Consulted: w.desk.ask(ctx, scene.Conversation.ID, prompt, in, nil, &said)}
	if out.Problem != "" {
		return out
	}
	if !said.Covers {
		out.Unused = notCovered
		return out
	}
	text, err := vault.Restore(strings.TrimSpace(said.Text))
	if err != nil {
		out.Refused = []string{refusedMark}
		return out
	}
	out.Refused = flaws(w.guard.Check(guard.Proposal{Text: text, Citations: said.Citations}, guard.Given{
		Language: d.Language, Sources: []guard.Source{{ID: id, Text: a.Title + "\n" + body}}, Facts: facts(scene.Profile, d.Language),
		Asked: []string{seen.Text}, Prompts: []string{instructions(prompt, in)}, MaxLength: mostLength,
	}))
	if len(out.Refused) == 0 {
		out.Text = text
	}
	return out
}

// facts are what may be said without a source: the name of the ISP.
func facts(p *desk.Profile, language string) []string {
	if name := p.Placeholders["isp_name"].In(language); name != "" {
		return []string{name}
	}
	if p.Name == "" {
		return nil
	}
	return []string{p.Name}
}

// mostQuestion is the longest question, in characters.
const mostQuestion = 240

// clarify proposes the words of a question. Which matters it is between was decided,
// and the buttons are made of that.
func (w *Writer) clarify(ctx context.Context, scene *desk.Scene, seen *desk.Understanding, d *desk.Decision) *desk.Wording {
	var labels, names []string
	for _, o := range d.Question.Options {
		if in := scene.Book.Intents[o.Intent]; in != nil {
			labels, names = append(labels, o.Intent), append(names, in.Names.In(d.Language))
		}
	}
	history, texts, vault := redacted(known(&scene.Contact), recent(scene.History), seen.Text)
	matters := named(scene.Book, labels, d.Language)
	in := prompts.Inputs{"message": texts[0], "matters": matters[:len(labels)], "language": d.Language}
	if len(history) > 0 {
		in["history"] = history
	}
	prompt := w.desk.Prompts.Clarify
	var said prompts.Clarified
	out := &desk.Wording{Consulted: w.desk.ask(ctx, scene.Conversation.ID, prompt, in, nil, &said)}
	if out.Problem != "" {
		return out
	}
	text, err := vault.Restore(strings.TrimSpace(said.Question))
	switch {
	case err != nil:
		out.Refused = append(out.Refused, refusedMark)
	case slices.ContainsFunc(said.Options, func(label string) bool { return !slices.Contains(labels, label) }):
		out.Refused = append(out.Refused, refusedMatch)
	case strings.Count(text, "?") != 1 || !strings.HasSuffix(text, "?") || strings.ContainsFunc(text, unfit):
		out.Refused = append(out.Refused, refusedForm)
	}
	if err == nil {
		out.Refused = append(out.Refused, w.asked(text, names, scene, seen, d, instructions(prompt, in))...)
	}
	if len(out.Refused) == 0 {
		out.Text = text
	}
	return out
}

// unfit tells what no question needs: a number, or a second line.
func unfit(r rune) bool { return unicode.IsNumber(r) || r == '\n' }

// asked checks a question: it may speak of the matters by their names, in words the
// contact used or that hold no fact.
func (w *Writer) asked(text string, names []string, scene *desk.Scene, seen *desk.Understanding, d *desk.Decision, prompt string) []string {
	const id = "matters"
	found := flaws(w.guard.Check(guard.Proposal{Text: text, Citations: []string{id}}, guard.Given{
		Language: d.Language, Sources: []guard.Source{{ID: id, Text: strings.Join(names, "\n")}}, Facts: facts(scene.Profile, d.Language),
		Asked: []string{seen.Text}, Prompts: []string{prompt}, MaxLength: mostQuestion,
	}), guard.Negation) // a question denies nothing
	if !shares(text, append(slices.Clone(names), seen.Text)) {
		found = append(found, refusedMatch)
	}
	return found
}

// shares reports whether a question has a word of the matters or of the contact, in
// some form of it.
func shares(text string, ground []string) bool {
	known := map[string]bool{}
	for _, g := range ground {
		for _, f := range words.Fields(words.Fold(g)) {
			known[root(f)] = true
		}
	}
	return slices.ContainsFunc(words.Fields(words.Fold(text)), func(f string) bool { return len(f) >= rootLength && known[root(f)] })
}

// rootLength is how much of a word stays the same in its forms, in letters.
const rootLength = 5

func root(word string) string { return word[:min(len(word), rootLength)] }
