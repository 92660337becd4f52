package search

import "math"

// field is the inverted index of one part of all articles in one language.
type field struct {
	postings map[string][]posting
	length   []float64 // in terms, by passage
	mean     float64   // of length
	idf      map[string]float64
	k1, b    float64 // saturation and length normalisation of BM25
}

type posting struct {
	passage int32
	count   float32
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
	used, total := 0, 0.0
	for _, n := range f.length {
		if n > 0 {
			used++
			total += n
		}
	}
	f.mean = total / math.Max(float64(used), 1)
	for t, list := range f.postings {
		last, df := int32(-1), 0
		for _, p := range list {
			if a := articleOf[p.passage]; a != last {
				df++
				last = a
			}
		}
		f.idf[t] = math.Log(1 + (float64(articles-df)+0.5)/(float64(df)+0.5))
	}
}

// score adds to out, by passage, the BM25 of a query.
func (f *field) score(out []float64, query []string) {
	for i, t := range query {
		if repeated(query, i) {
			continue
		}
		idf := f.idf[t]
		for _, p := range f.postings[t] {
			n := float64(p.count)
			out[p.passage] += idf * n * (f.k1 + 1) / (n + f.k1*(1-f.b+f.b*f.length[p.passage]/f.mean))
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
