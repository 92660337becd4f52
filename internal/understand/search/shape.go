package search

import (
	"maps"
	"math"
	"slices"
)

// shape compares texts by their runs of characters: TF-IDF vectors and their cosine.
type shape struct {
	postings map[uint32][]posting // count holds the weight in a vector of length one
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
			list[n-1].count++
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
			norm[p.passage] += float64(p.count) * float64(p.count) * idf * idf
		}
	}
	for h, list := range s.postings {
		for i, p := range list {
			list[i].count = float32(float64(p.count) * s.idf[h] / math.Sqrt(norm[p.passage]))
		}
	}
}

// score adds to out, by passage, the cosine with a query. N-grams no passage has count as part of the query: it is that much less like
// any of them.
func (s *shape) score(out []float64, text, language string) {
	count := map[uint32]float64{}
	var order []uint32
	grams(text, language, func(h uint32) {
		if count[h]++; count[h] == 1 {
			order = append(order, h)
		}
	})
	rare := math.Log(float64(1+s.docs)) + 1
	norm := 0.0
	for _, h := range order {
		n := count[h]
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
	for _, h := range order {
		w := count[h] * s.idf[h] / norm
		for _, p := range s.postings[h] {
			out[p.passage] += w * float64(p.count)
		}
	}
}
