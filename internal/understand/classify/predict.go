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

// predict scores one message. What it read stays in s.
func (m *Model) predict(s *scratch, message, language string) (Prediction, int) {
	seen := m.score(s, message, language)
	softmax(s.p, s.scores, m.temperature)
	best := leading(s.scores, m.none)
	found := evidence(s.scores, s.p, best, m.none, m.likeness(s, best), seen)
	p := Prediction{Scores: make([]Score, 0, len(m.labels)), Accept: m.accept.probability(found), None: m.outside.probability(found)}
	for k, label := range m.labels {
		if k != m.none {
			p.Scores = append(p.Scores, Score{label, s.p[k]})
		}
	}
	slices.SortStableFunc(p.Scores, func(a, b Score) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return p, best
}

// score reads a message and fills s.scores with decision values.
func (m *Model) score(s *scratch, message, language string) text {
	s.read(message, language, m.vocab)
	s.hash(m.space.bits)
	s.x = vector{idx: s.x.idx[:0], val: s.x.val[:0]}
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
	lift(s.scores, m.lifts, s.dense, &s.x, m.docs, m.members)
	return text{unknown: m.unknown(s), known: s.x.known, length: len(s.spans)}
}

// unknown is the share of the words read that no example has.
func (m *Model) unknown(s *scratch) float64 {
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
		d := &m.docs[members[i]]
		dot := float64(d.dot(s.dense))
		sum += dot
		top = max(top, dot/(norm*d.norm))
		compared++
	}
	sum *= float64(len(members)) / float64(compared)
	return likeness{nearest: top, centroid: sum / (norm * m.heart[best]), words: m.shared(&s.x, best)}
}

// shared is the weight of the words and pairs that any example of a class has, as a share of all.
func (m *Model) shared(x *vector, class int) float64 {
	stride, bit, sum := m.stride(), uint64(1)<<(class%64), 0.0
	for i, f := range x.idx[:x.words] {
		if m.has[int(f)*stride+class/64]&bit != 0 {
			sum += float64(x.val[i]) * float64(x.val[i])
		}
	}
	return sum * x.known[block(false)]
}
