package search

import (
	"cmp"
	"slices"
	"sync"
)

// Index is an immutable search index: build a new one when an article changes. It may be shared.
type Index struct {
	shards []*shard // by language, sorted
}

// shard holds the passages of one language.
type shard struct {
	language  string
	synonyms  map[string]string
	passages  []Passage // by article
	isBody    []bool    // by passage
	isScoped  []bool    // by passage: not for everyone, or not always
	articleOf []int32   // by passage
	articles  []string
	scoped    []int32 // articles with a scoped passage
	first     []int32 // passage of every article, and one more for the end
	question  *field
	body      *field
	look      *shape // of questions and titles
	bodyLook  *shape
	scratch   sync.Pool
}

// NewIndex indexes passages. Passages without a word are left out.
func NewIndex(passages []Passage) *Index {
	sorted := slices.Clone(passages)
	slices.SortStableFunc(sorted, func(a, b Passage) int {
		return cmp.Or(cmp.Compare(a.Language, b.Language), cmp.Compare(a.ArticleID, b.ArticleID))
	})
	ix := &Index{}
	for from := 0; from < len(sorted); {
		to := from
		for to < len(sorted) && sorted[to].Language == sorted[from].Language {
			to++
		}
		ix.shards = append(ix.shards, newShard(sorted[from:to]))
		from = to
	}
	return ix
}

func newShard(passages []Passage) *shard {
	s := &shard{language: passages[0].Language, synonyms: synonyms(passages[0].Language), question: newField(0.3), body: newField(0.75), look: newShape(), bodyLook: newShape()}
	for _, p := range passages {
		if list := terms(p.Text, p.Language, s.synonyms); len(list) > 0 {
			s.add(p, list)
		}
	}
	s.first = append(s.first, int32(len(s.passages)))
	s.question.finish(s.articleOf, len(s.articles))
	s.body.finish(s.articleOf, len(s.articles))
	s.look.finish(len(s.passages))
	s.bodyLook.finish(len(s.passages))
	s.scratch.New = func() any { return newScratch(len(s.passages)) }
	return s
}

// add takes in the next passage with its terms.
func (s *shard) add(p Passage, list []string) {
	n := int32(len(s.passages))
	if a := len(s.articles); a == 0 || s.articles[a-1] != p.ArticleID {
		s.articles = append(s.articles, p.ArticleID)
		s.first = append(s.first, n)
	}
	article := int32(len(s.articles) - 1)
	if p.Scope.limits() && (len(s.scoped) == 0 || s.scoped[len(s.scoped)-1] != article) {
		s.scoped = append(s.scoped, article)
	}
	s.passages = append(s.passages, p)
	s.isBody = append(s.isBody, p.Kind == Body)
	s.isScoped = append(s.isScoped, p.Scope.limits())
	s.articleOf = append(s.articleOf, article)
	if p.Kind == Body {
		s.question.add(n, nil)
		s.body.add(n, list)
		s.bodyLook.add(n, p.Text, p.Language)
		return
	}
	s.question.add(n, list)
	s.body.add(n, nil)
	s.look.add(n, p.Text, p.Language)
}
