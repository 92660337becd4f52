package eval

import (
	"context"
	"hash/fnv"
	"slices"
	"strconv"

	"antena/internal/desk"
	"antena/internal/understand"
	"antena/internal/understand/classify"
	"antena/internal/understand/search"
)

// foldOf deals texts into folds, the same way every time.
func foldOf(text string, folds int) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(text)) // never fails
	return int(h.Sum32() % uint32(folds))
}

// heldOut predicts every example by a model that has not seen it, nor others of its fold.
func heldOut(ctx context.Context, book *desk.Book, folds int, tell Progress) ([]sample, error) {
	all := understand.Examples(book)
	var out []sample
	for fold := range folds {
		tell.tell("learning what others say", fold, folds)
		var train []classify.Example
		var test []Utterance
		for _, x := range all {
			if foldOf(x.Text, folds) == fold {
				test = append(test, Utterance{Text: x.Text, Intent: x.Label, Language: x.Language})
				continue
			}
			train = append(train, x)
		}
		got, err := predict(ctx, book, train, test)
		if err != nil {
			return nil, err
		}
		out = append(out, got...)
	}
	return out, nil
}

// predict learns from some messages and reads others, but for those that need no
// model.
func predict(ctx context.Context, book *desk.Book, train []classify.Example, test []Utterance) ([]sample, error) {
	model, err := classify.Train(ctx, train, classify.Options{})
	if err != nil {
		return nil, err
	}
	var out []sample
	for _, u := range test {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if !understand.Undecided(u.Text) {
			continue
		}
		p := model.PredictIn(u.Text, u.Language)
		s := sample{truth: u.Intent, top: p.Best().Label, accept: p.Accept, none: p.None, weight: 1}
		if in := book.Intents[s.top]; in != nil {
			s.action = in.Action
		}
		s.offered = slices.ContainsFunc(p.Scores[:min(len(p.Scores), offeredCount)], func(x classify.Score) bool {
			return x.Label == u.Intent && (x.Label == s.top || x.Confidence >= plausible)
		})
		out = append(out, s)
	}
	return out, nil
}

// heldOutQuestions asks every question of the articles in an index that has not
// got it, nor others of its fold, and everything that is none of ours. The action
// of a sample is to answer; its top is the article.
func heldOutQuestions(ctx context.Context, book *desk.Book, folds int, tell Progress) ([]sample, error) {
	all := understand.Passages(book)
	var out []sample
	for fold := range folds {
		tell.tell("searching for what others ask", fold, folds)
		var kept []search.Passage
		var asked []Question
		for _, p := range all {
			if p.Kind == search.Question && foldOf(p.Text, folds) == fold {
				asked = append(asked, Question{Text: p.Text, Language: p.Language, Article: p.ArticleID})
				continue
			}
			kept = append(kept, p)
		}
		for _, x := range understand.Examples(book) {
			if x.Label == desk.LabelNone && foldOf(x.Text, folds) == fold {
				asked = append(asked, Question{Text: x.Text, Language: x.Language})
			}
		}
		got, err := answers(ctx, kept, asked)
		if err != nil {
			return nil, err
		}
		out = append(out, got...)
	}
	return out, nil
}

func answers(ctx context.Context, kept []search.Passage, asked []Question) ([]sample, error) {
	index := search.NewIndex(kept)
	var out []sample
	for _, q := range asked {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s := sample{truth: q.Article, action: desk.IntentAnswer, weight: 1, offered: true}
		if q.Article == "" {
			s.truth = desk.LabelNone
		}
		if hits := index.Search(search.Query{Text: q.Text, Language: q.Language, Limit: 1}); len(hits) > 0 {
			s.top, s.accept = hits[0].ArticleID, hits[0].Confidence
		}
		out = append(out, s)
	}
	return out, nil
}

// weigh makes messages that are none of ours a share of all: nobody writes as many
// examples of them as arrive.
func weigh(all []sample, share float64) {
	var outside, inside float64
	for i := range all {
		if all[i].outside() {
			outside++
		} else {
			inside++
		}
	}
	if outside == 0 || inside == 0 {
		return
	}
	for i := range all {
		if all[i].outside() {
			all[i].weight = share / (1 - share) * inside / outside
		}
	}
}

func percent(v float64) string { return strconv.FormatFloat(100*v, 'f', 1, 64) + " %" }
