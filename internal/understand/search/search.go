package search

import (
	"cmp"
	"math"
	"slices"
)

// defaultLimit is how many articles a query without a limit gets.
const defaultLimit = 5

// Search returns the articles that fit the query, best first. Those in another language than asked are returned only when none in that
// language has anything in common with the question.
func (ix *Index) Search(q Query) []Hit {
	if q.Limit <= 0 {
		q.Limit = defaultLimit
	}
	var asked []Hit
	for _, s := range ix.shards {
		if q.Language == "" || s.language == q.Language {
			asked = append(asked, s.search(&q)...)
		}
	}
	if len(asked) == 0 && q.Language != "" {
		for _, s := range ix.shards {
			if s.language != q.Language {
				asked = append(asked, s.search(&q)...)
			}
		}
	}
	slices.SortStableFunc(asked, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(b.Score, a.Score))
	})
	seen := map[string]bool{}
	asked = slices.DeleteFunc(asked, func(h Hit) bool {
		again := seen[h.ArticleID]
		seen[h.ArticleID] = true
		return again
	})
	return asked[:min(len(asked), q.Limit)]
}

// standing is how one article fares.
type standing struct {
	article  int32   // noArticle: of those that have nothing of the question in them
	question float64 // BM25 of its best question
	body     float64
	look     float64 // cosine of its best question
	bodyLook float64
	passage  int32 // the best
	lead     float64
	fused    float64
}

// The weights of the views: questions in full, bodies half.
const (
	weightQuestion = 1.0
	weightBody     = 0.5
	weightLook     = 1.0
	weightBodyLook = 0.5
)

func (s *shard) search(q *Query) []Hit {
	query := terms(q.Text, s.language, s.synonyms)
	w := s.scratch.Get().(*scratch)
	defer s.scratch.Put(w)
	clear(w.sums)
	clear(w.cosines)
	s.question.score(w.sums, query)
	s.body.score(w.sums, query)
	w.query.read(q.Text, s.language)
	s.look.score(w.cosines, &w.query)
	s.bodyLook.score(w.cosines, &w.query)
	articles := s.admitted(q)
	s.gather(q, w, articles)
	fuse(w.table, articles)
	return s.hits(q, query, foremost(w.table, spare*q.Limit))
}

// spare is how many times the articles wanted are looked at, as those that only look like the question are passed over.
const spare = 4

// foremost returns the best of a table, best first, at least two if there are: the first is judged by how far it is ahead of the second.
// Sorting thousands to show five would take longer than finding them.
func foremost(table []standing, limit int) []standing {
	limit = max(limit, 2)
	best := make([]standing, 0, limit+1)
	for i := range table {
		st := &table[i]
		if len(best) == limit && st.fused <= best[limit-1].fused {
			continue
		}
		at := len(best)
		for at > 0 && best[at-1].fused < st.fused {
			at--
		}
		best = slices.Insert(best, at, *st)
		best = best[:min(len(best), limit)]
	}
	return best
}

// fuse adds the standard scores of the views over a number of articles. Those that are not in the table have nothing of the question in them.
func fuse(table []standing, articles int) {
	for _, v := range [...]struct {
		weight float64
		of     func(*standing) float64
	}{
		{weightQuestion, func(s *standing) float64 { return s.question }},
		{weightBody, func(s *standing) float64 { return s.body }},
		{weightLook, func(s *standing) float64 { return s.look }},
		{weightBodyLook, func(s *standing) float64 { return s.bodyLook }},
	} {
		var sum, square float64
		for i := range table {
			x := v.of(&table[i])
			sum += x
			square += x * x
		}
		n := float64(articles)
		mean := sum / n
		spread := math.Sqrt(max(square/n-mean*mean, 0))
		if spread < 1e-9 {
			continue
		}
		for i := range table {
			table[i].fused += v.weight * (v.of(&table[i]) - mean) / spread
		}
	}
}

// hits describes the best of a sorted table. An article without a single word of the question is none.
func (s *shard) hits(q *Query, query []string, table []standing) []Hit {
	var hits []Hit
	for i := range table {
		st := &table[i]
		if len(hits) == q.Limit {
			break
		}
		if st.article == noArticle || st.question == 0 && st.body == 0 && st.look < 0.2 {
			continue
		}
		p := &s.passages[st.passage]
		why, covered := s.why(st, query)
		hits = append(hits, Hit{
			ArticleID: p.ArticleID, PassageID: p.ID, Version: p.Version, Language: p.Language, Score: st.fused,
			Confidence: confidence(st, rival(table, i), covered), Why: why,
		})
	}
	return hits
}

// rival is the score of the best other article.
func rival(table []standing, i int) float64 {
	switch {
	case len(table) == 1:
		return 0
	case i == 0:
		return table[1].fused
	}
	return table[0].fused
}

// maxWhy is how many words explain a hit.
const maxWhy = 6

// why lists the words of the query the article has, the rarest first, and the share of the query's weight they make up.
func (s *shard) why(st *standing, query []string) ([]string, float64) {
	type word struct {
		term string
		idf  float64
	}
	var found []word
	var total, covered float64
	for i, t := range query {
		if repeated(query, i) {
			continue
		}
		idf, known := s.question.idf[t]
		if !known {
			if idf, known = s.body.idf[t]; !known {
				idf = math.Log(1 + 2*float64(len(s.articles)))
			}
		}
		total += idf
		if s.has(st.article, s.question.postings[t]) || s.has(st.article, s.body.postings[t]) {
			covered += idf
			found = append(found, word{t, idf})
		}
	}
	slices.SortStableFunc(found, func(a, b word) int { return cmp.Compare(b.idf, a.idf) })
	var why []string
	for _, w := range found[:min(len(found), maxWhy)] {
		why = append(why, w.term)
	}
	if total == 0 {
		return why, 0
	}
	return why, covered / total
}

func (s *shard) has(article int32, list []posting) bool {
	_, ok := slices.BinarySearchFunc(list, article, func(p posting, a int32) int { return cmp.Compare(s.articleOf[p.passage], a) })
	return ok
}
