package search

// scratch is what one search needs, kept for the next: what it would otherwise leave to the collector of garbage takes that longer than the
// search itself.
type scratch struct {
	sums    []float32 // BM25 by passage
	cosines []float32 // of n-grams, by passage
	table   []standing
	query   tally
}

func newScratch(passages int) *scratch {
	return &scratch{sums: make([]float32, passages), cosines: make([]float32, passages), query: tally{count: map[uint32]float64{}}}
}

// gather fills the table with the best of every view for each article that may be used and has anything in common with the question. One
// more stands for all others, when there are any: they fare alike.
func (s *shard) gather(q *Query, w *scratch, admitted int) {
	w.table = w.table[:0]
	for i, sum := range w.sums {
		cosine := w.cosines[i]
		if sum == 0 && cosine == 0 || s.isScoped[i] && !s.passages[i].Scope.admits(q) {
			continue
		}
		if n := len(w.table); n == 0 || w.table[n-1].article != s.articleOf[i] {
			w.table = append(w.table, standing{article: s.articleOf[i], lead: -1})
		}
		w.table[len(w.table)-1].take(int32(i), s.isBody[i], float64(sum), float64(cosine))
	}
	if len(w.table) < admitted {
		w.table = append(w.table, standing{article: noArticle})
	}
}

// noArticle is the article of the standing of those that have nothing of the question in them.
const noArticle = -1

// take weighs in one passage.
func (st *standing) take(passage int32, isBody bool, sum, cosine float64) {
	lead := sum + 10*cosine
	if isBody {
		st.body, st.bodyLook = max(st.body, sum), max(st.bodyLook, cosine)
		lead /= 2
	} else {
		st.question, st.look = max(st.question, sum), max(st.look, cosine)
	}
	if lead > st.lead {
		st.lead, st.passage = lead, passage
	}
}

// admitted is how many articles may be used for the query.
func (s *shard) admitted(q *Query) int {
	n := len(s.articles)
	for _, a := range s.scoped {
		if !s.admits(q, a) {
			n--
		}
	}
	return n
}

// admits reports whether any passage of an article may be used.
func (s *shard) admits(q *Query, article int32) bool {
	for i := s.first[article]; i < s.first[article+1]; i++ {
		if s.passages[i].Scope.admits(q) {
			return true
		}
	}
	return false
}
