package search

import (
	"maps"
	"math"
	"slices"
)

// shape compares texts by their runs of characters: TF-IDF vectors and their cosine.
type shape struct {
	postings map[uint32][]posting // weight holds how often the n-gram occurs, once finished its weight in a vector of length one
	idf      map[uint32]float64
	docs     int
}

func newShape() *shape { return &shape{postings: map[uint32][]posting{}, idf: map[uint32]float64{}} }

// add counts the n-grams of a passage.
func (s *shape) add(passage int32, text, language string) {
	s.docs++
	grams(text, language, func(h uint32) {
		list := s.postings[h]
		if n := len(list); n > 0 && list[n-1].passage == passage {
			list[n-1].weight++
			return
		}
		s.postings[h] = append(list, posting{passage, 1})
	})
}

// In an index of more than manyDocs passages, n-grams that more than one in commonShare of them have tell little and cost most of the time
// of a search: they are left out.
const (
	manyDocs    = 3000
	commonShare = 12
)

// finish turns counts into weights.
func (s *shape) finish(passages int) {
	if s.docs > manyDocs {
		for h, list := range s.postings {
			if len(list) > s.docs/commonShare {
				delete(s.postings, h)
				s.idf[h] = 0
			}
		}
	}
	norm := make([]float64, passages)
	for _, h := range slices.Sorted(maps.Keys(s.postings)) { // in one order, so that sums come out the same every time
		list := s.postings[h]
		idf := math.Log(float64(1+s.docs)/float64(1+len(list))) + 1
		s.idf[h] = idf
		for _, p := range list {
			norm[p.passage] += float64(p.weight) * float64(p.weight) * idf * idf
		}
	}
	for h, list := range s.postings {
		for i, p := range list {
			list[i].weight = float32(float64(p.weight) * s.idf[h] / math.Sqrt(norm[p.passage]))
		}
	}
}

// score adds to sums, by passage, the cosine with the n-grams of a query. Those no passage has count as part of the query: it is that much
// less like any of them.
func (s *shape) score(sums []float32, query *tally) {
	rare := math.Log(float64(1+s.docs)) + 1
	norm := 0.0
	for _, h := range query.order {
		n := query.count[h]
		idf, ok := s.idf[h]
		if !ok {
			idf = rare
		}
		norm += n * n * idf * idf
	}
	if norm == 0 {
		return
	}
	norm = math.Sqrt(norm)
	for _, h := range query.order {
		w := float32(query.count[h] * s.idf[h] / norm)
		for _, p := range s.postings[h] {
			sums[p.passage] += w * p.weight
		}
	}
}

// tally counts the n-grams of a query. It is reused from query to query.
type tally struct {
	count map[uint32]float64
	order []uint32 // of first appearance
}

func (t *tally) read(text, language string) {
	clear(t.count)
	t.order = t.order[:0]
	grams(text, language, func(h uint32) {
		if t.count[h]++; t.count[h] == 1 {
			t.order = append(t.order, h)
		}
	})
}
