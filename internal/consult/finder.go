package consult

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Nearer tells how near a question is to each passage, by the passage's id, which
// begins with the article's id and language; nothing, and why, when it cannot.
type Nearer interface {
	Near(ctx context.Context, conversation uuid.UUID, question string) (map[string]float64, desk.ModelReason)
}

// Finder finds articles by meaning beside those the local brain finds by words, and
// ranks them together.
//
// What is found by words keeps its confidence, which is calibrated; what is found by
// meaning alone gets one below every threshold. So this changes which article comes
// first and what is offered, and never makes the desk surer than words alone did.
type Finder struct {
	Brain  Brain
	Nearer Nearer
	Model  string
	Now    func() time.Time // needed
}

const (
	nearTime  = 2 * time.Second // for the vector of a question
	rankBase  = 60.0            // of reciprocal ranks: how little the first places stand out
	mostFound = 5               // articles an understanding lists
	alone     = 0.9             // share of the lowest threshold that meaning alone may reach
)

// Understand reads the new messages of a scene.
func (f *Finder) Understand(ctx context.Context, scene *desk.Scene) (desk.Understanding, error) {
	u, err := f.Brain.Understand(ctx, scene)
	if err != nil || u.Certain != desk.CertainNothing || strings.TrimSpace(u.Text) == "" || scene.Choice() != nil {
		return u, err
	}
	start := f.Now()
	ctx, cancel := context.WithTimeout(ctx, nearTime)
	defer cancel()
	near, problem := f.Nearer.Near(ctx, scene.Conversation.ID, u.Text)
	u.Meaning = &desk.Meaning{Model: f.Model, Problem: problem}
	if problem == "" {
		u.Passages = fuse(scene, &u, nearest(scene, u.Language, near))
	}
	u.Meaning.Took = f.Now().Sub(start)
	return u, nil
}

// meant is an article found by meaning.
type meant struct {
	article *desk.Article
	near    float64
}

// nearest are the articles in force with the nearest passages, best first: in the
// language asked for, or in another where an article has no such variant; none for
// other zones or plans than the contact's.
func nearest(scene *desk.Scene, language string, near map[string]float64) []meant {
	best := map[string]meant{}
	for id, cosine := range near {
		parts := strings.SplitN(id, "/", 3)
		if len(parts) != 3 {
			continue
		}
		a := scene.Book.Articles[parts[0]][parts[1]]
		if a == nil || !a.InForce(scene.Now) || a.For(&scene.Contact) != desk.ReachYes {
			continue
		}
		if own := scene.Book.Articles[a.ID][language]; a.Language != language && own != nil {
			continue
		}
		if have, ok := best[a.ID]; !ok || cosine > have.near || cosine == have.near && a.Language < have.article.Language {
			best[a.ID] = meant{a, cosine}
		}
	}
	all := make([]meant, 0, len(best))
	for _, m := range best {
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b meant) int {
		return cmp.Or(cmp.Compare(b.near, a.near), cmp.Compare(a.article.ID, b.article.ID))
	})
	return all[:min(len(all), mostFound)]
}

// fuse ranks both lists together by their reciprocal ranks; of equals, the one found
// by words is first.
func fuse(scene *desk.Scene, u *desk.Understanding, meanings []meant) []desk.Passage {
	type candidate struct {
		desk.Passage
		rank float64
	}
	var all []candidate
	for i, p := range u.Passages {
		all = append(all, candidate{p, 1 / (rankBase + float64(i+1))})
	}
	t := scene.Profile.Thresholds
	most := alone * min(t.Article, t.First)
	for i, m := range meanings {
		rank := 1 / (rankBase + float64(i+1))
		at := slices.IndexFunc(all, func(c candidate) bool { return c.Article.ID == m.article.ID })
		if at >= 0 {
			all[at].rank += rank
			continue
		}
		all = append(all, candidate{desk.Passage{Article: m.article.Ref(), Confidence: min(max(m.near, 0), 1) * most, Matched: "≈ " + m.article.Title}, rank})
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(b.Confidence, a.Confidence))
	})
	out := make([]desk.Passage, 0, mostFound)
	for _, c := range all[:min(len(all), mostFound)] {
		out = append(out, c.Passage)
	}
	return out
}
