package classify

import (
	"cmp"
	"slices"
)

// scratch is what one prediction needs, kept for the next.
type scratch struct {
	reading
	x      vector
	dense  []float32 // by feature, zeros between uses
	sums   []float32 // by class
	scores []float64
	p      []float64
	whole  []float64 // probabilities of the whole text while its parts are read
	left   []float64 // and of the part before a cut
	spoke  []float64 // by word, then by pair
}

func (m *Model) newScratch() *scratch {
	return &scratch{
		dense: make([]float32, len(m.space.idf)), sums: make([]float32, len(m.labels)),
		scores: make([]float64, len(m.labels)), p: make([]float64, len(m.labels)),
	}
}

// Predict reads one message whose language is not known.
func (m *Model) Predict(text string) Prediction { return m.PredictIn(text, "") }

// PredictIn reads one message in a language ("es", "pt", "en"), whose abbreviations it then understands.
func (m *Model) PredictIn(text, language string) Prediction {
	s := m.scratch.Get().(*scratch)
	defer m.scratch.Put(s)
	p, best := m.predict(s, text, language)
	p.Why = m.why(s, best)
	p.Second = m.second(s, text, language, best)
	return p
}

// predict scores one text. What it read stays in s.
func (m *Model) predict(s *scratch, text, language string) (Prediction, int) {
	unknown := m.score(s, text, language)
	softmax(s.p, s.scores, m.temperature)
	best := leading(s.scores, m.none)
	seen := evidence(s.scores, s.p, best, m.none, m.likeness(s, best), unknown, len(s.spans))
	p := Prediction{Scores: make([]Score, 0, len(m.labels)), Accept: m.accept.probability(seen), None: m.outside.probability(seen)}
	for k, label := range m.labels {
		if k != m.none {
			p.Scores = append(p.Scores, Score{label, s.p[k]})
		}
	}
	slices.SortStableFunc(p.Scores, func(a, b Score) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return p, best
}

// score reads text and fills s.scores with decision values. It returns the share of words no example had.
func (m *Model) score(s *scratch, text, language string) (unknown float64) {
	s.read(text, language, m.vocab)
	s.hash(m.space.bits)
	s.x.idx, s.x.val = s.x.idx[:0], s.x.val[:0]
	s.x = m.space.count(s.x, s.grams, s.dense)
	m.space.weigh(&s.x)
	copy(s.sums, m.bias)
	k := len(m.labels)
	for i, f := range s.x.idx {
		v := s.x.val[i]
		for class, w := range m.weight[int(f)*k : int(f)*k+k] {
			s.sums[class] += v * w
		}
	}
	for class, sum := range s.sums {
		s.scores[class] = float64(sum)
	}
	if len(s.spans) == 0 {
		return 1
	}
	n := 0
	for i := range s.spans {
		if !m.vocab.known(s.word(i)) {
			n++
		}
	}
	return float64(n) / float64(len(s.spans))
}

// maxCompared bounds how many examples of an intent a message is compared with.
const maxCompared = 400

func (m *Model) likeness(s *scratch, best int) likeness {
	members := m.members[best]
	if len(members) == 0 || len(s.x.idx) == 0 {
		return likeness{}
	}
	s.x.scatter(s.dense)
	defer s.x.clear(s.dense)
	norm, sum, top := s.x.norm, 0.0, 0.0
	step := 1 + (len(members)-1)/maxCompared
	compared := 0
	for i := 0; i < len(members); i += step {
		d := m.docs[members[i]]
		dot := float64(d.dot(s.dense))
		sum += dot
		top = max(top, dot/(norm*d.norm))
		compared++
	}
	sum *= float64(len(members)) / float64(compared)
	return likeness{nearest: top, centroid: sum / (norm * m.heart[best])}
}
