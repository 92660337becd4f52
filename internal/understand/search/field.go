package search

import "math"

// field is the inverted index of one part of all articles in one language.
type field struct {
	postings map[string][]posting // weight holds how often the term occurs, once finished its BM25
	idf      map[string]float64
	length   []float64 // in terms, by passage; nil once finished
	k1, b    float64   // saturation and length normalisation of BM25
}

type posting struct {
	passage int32
	weight  float32
}

func newField(b float64) *field {
	return &field{postings: map[string][]posting{}, idf: map[string]float64{}, k1: 1.2, b: b}
}

// add indexes the terms of the next passage. Passages of other parts are added without terms, to keep numbers aligned.
func (f *field) add(passage int32, list []string) {
	count := map[string]float32{}
	for _, t := range list {
		count[t]++
	}
	for t, n := range count {
		f.postings[t] = append(f.postings[t], posting{passage, n})
	}
	f.length = append(f.length, float64(len(list)))
}

// finish derives what depends on all passages. Rarity is counted in articles: an article with many questions must not make its own words
// look common.
func (f *field) finish(articleOf []int32, articles int) {
	mean := f.meanLength()
	for t, list := range f.postings {
		last, df := int32(-1), 0
		for _, p := range list {
			if a := articleOf[p.passage]; a != last {
				df++
				last = a
			}
		}
		idf := math.Log(1 + (float64(articles-df)+0.5)/(float64(df)+0.5))
		f.idf[t] = idf
		for i, p := range list {
			n := float64(p.weight)
			list[i].weight = float32(idf * n * (f.k1 + 1) / (n + f.k1*(1-f.b+f.b*f.length[p.passage]/mean)))
		}
	}
	f.length = nil
}

// meanLength is the mean over the passages of this part, never zero.
func (f *field) meanLength() float64 {
	used, total := 0, 0.0
	for _, n := range f.length {
		if n > 0 {
			used++
			total += n
		}
	}
	if used == 0 {
		return 1
	}
	return total / float64(used)
}

// score adds to sums, by passage, the BM25 of a query.
func (f *field) score(sums []float32, query []string) {
	for i, t := range query {
		if repeated(query, i) {
			continue
		}
		for _, p := range f.postings[t] {
			sums[p.passage] += p.weight
		}
	}
}

func repeated(list []string, i int) bool {
	for _, t := range list[:i] {
		if t == list[i] {
			return true
		}
	}
	return false
}
