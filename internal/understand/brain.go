package understand

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"antena/internal/desk"
	"antena/internal/understand/classify"
	"antena/internal/understand/cues"
	"antena/internal/understand/entity"
	"antena/internal/understand/language"
	"antena/internal/understand/search"
)

// Brain understands messages with the book it learned last. It may be used by many goroutines at once; learning a new book does not
// interrupt those that read with the old one.
type Brain struct {
	now      func() time.Time
	detector *language.Detector
	learning sync.Mutex
	learned  atomic.Pointer[learned]
}

// learned is what one book became.
type learned struct {
	version string
	model   *classify.Model
	index   *search.Index
	texts   map[string]passageText
}

var errNothingLearned = errors.New("understand: no book has been learned yet")

// New returns a Brain that has yet to learn a book.
func New(now func() time.Time) *Brain {
	return &Brain{now: desk.Clock(now), detector: language.New()}
}

// Learn trains on the intents of a book and indexes its published articles, then puts the result in the place of what was known. It takes
// a second or less for a book of the usual size. When it fails, what was known stays. The book it knows already costs nothing.
func (b *Brain) Learn(ctx context.Context, book *desk.Book) error {
	b.learning.Lock()
	defer b.learning.Unlock()
	if known := b.learned.Load(); known != nil && known.version != "" && known.version == book.Version {
		return nil
	}
	model, err := classify.Train(ctx, examples(book), classify.Options{Aside: aside(book), Workers: b.workers()})
	if err != nil {
		return fmt.Errorf("train on book %s: %w", book.Version, err)
	}
	passages, texts := passages(book)
	b.learned.Store(&learned{version: book.Version, model: model, index: search.NewIndex(passages), texts: texts})
	return nil
}

// workers is how many processors learning takes: all but one once there is something to answer with, which then has that one to itself.
func (b *Brain) workers() int {
	all := runtime.GOMAXPROCS(0)
	if b.learned.Load() == nil {
		return all
	}
	return max(1, all-1)
}

// most is how many intents and how many articles an understanding lists.
const most = 5

// Understand reads the new messages of a scene.
func (b *Brain) Understand(ctx context.Context, scene *desk.Scene) (desk.Understanding, error) {
	start := b.now()
	known := b.learned.Load()
	if known == nil {
		return desk.Understanding{}, errNothingLearned
	}
	if err := ctx.Err(); err != nil {
		return desk.Understanding{}, err
	}
	u := desk.Understanding{Text: scene.Text(), Model: "local/" + known.version}
	guess := b.detector.Detect(u.Text, scene.Language())
	u.Language, u.LanguageConfidence = guess.Language, guess.Confidence
	text, found := u.Text, cues.Read(u.Text)
	if rest, more := beside(text, &found); more {
		text, found, u.OptOut = rest, cues.Read(rest), true
	}
	addCues(&u, found)
	for _, e := range entity.Find(u.Text) {
		u.Entities = append(u.Entities, desk.Entity{Kind: string(e.Kind), Value: kept(e)})
	}
	u.Hints = hints(scene)
	if matter := matter(text); matter != "" {
		known.addIntents(&u, matter)
		known.addPassages(&u, matter, scene)
	}
	u.Took = b.now().Sub(start)
	return u, nil
}

// kept is what the record of a turn keeps of a datum: of a payment card, which
// nobody should have sent, no more than a receipt prints.
func kept(e entity.Entity) string {
	if e.Kind == entity.Card && len(e.Value) > 4 {
		return "…" + e.Value[len(e.Value)-4:]
	}
	return e.Value
}

func (k *learned) addIntents(u *desk.Understanding, text string) {
	p := k.model.PredictIn(text, u.Language)
	u.Accept, u.None, u.Second = p.Accept, p.None, p.Second
	for _, s := range p.Scores[:min(len(p.Scores), most)] {
		u.Intents = append(u.Intents, desk.Score{Label: s.Label, Confidence: s.Confidence})
	}
	for _, g := range p.Why {
		u.Why = append(u.Why, desk.Gram{Text: g.Text, Weight: g.Weight})
	}
}

// addPassages finds articles for the contact's zone and plan; those of some zones or plans are not for whom these are not known of.
func (k *learned) addPassages(u *desk.Understanding, text string, scene *desk.Scene) {
	q := search.Query{Text: text, Language: u.Language, Zone: []string{scene.Contact.Zone}, Plan: scene.Contact.Plan, Now: scene.Now, Limit: most}
	for _, h := range k.index.Search(q) {
		found := k.texts[h.PassageID]
		u.Passages = append(u.Passages, desk.Passage{
			Article:    desk.ArticleRef{ID: h.ArticleID, Language: h.Language, Version: h.Version, Title: found.title},
			Confidence: h.Confidence, Score: h.Score, Matched: found.matched(h.Why),
		})
	}
}
