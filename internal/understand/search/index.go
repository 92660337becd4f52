package search

import (
	"cmp"
	"slices"
)

// Index is an immutable search index: build a new one when an article changes. It may be shared.
type Index struct {
	shards []*shard // by language, sorted
}

// shard holds the passages of one language.
type shard struct {
	language  string
	synonyms  map[string]string
	passages  []Passage
	articleOf []int32
	articles  []string
	question  *field
	body      *field
	look      *shape // of questions and titles
	bodyLook  *shape
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
		list := terms(p.Text, p.Language, s.synonyms)
		if len(list) == 0 {
			continue
		}
		if n := len(s.articles); n == 0 || s.articles[n-1] != p.ArticleID {
			s.articles = append(s.articles, p.ArticleID)
		}
		n := int32(len(s.passages))
		s.passages = append(s.passages, p)
		s.articleOf = append(s.articleOf, int32(len(s.articles)-1))
		if p.Kind == Body {
			s.question.add(n, nil)
			s.body.add(n, list)
			s.bodyLook.add(n, p.Text, p.Language)
			continue
		}
		s.question.add(n, list)
		s.body.add(n, nil)
		s.look.add(n, p.Text, p.Language)
	}
	s.question.finish(s.articleOf, len(s.articles))
	s.body.finish(s.articleOf, len(s.articles))
	s.look.finish(len(s.passages))
	s.bodyLook.finish(len(s.passages))
	return s
}
