package classify

import (
	"context"
	"math"
	"slices"
	"sync"
)

// Model is a trained classifier. It never changes, so any number of goroutines may predict with it.
type Model struct {
	vocab       *vocabulary
	space       *space
	labels      []string
	none        int
	aside       []bool    // by class: says nothing beside another
	weight      []float32 // by feature, then class
	bias        []float32
	docs        []vector
	members     [][]int32 // docs of each class
	lifts       []float64 // by class, see lifts
	heart       []float64 // length of the sum of each class's docs
	has         []uint64  // by feature, then class: bits, whether a doc of the class has it
	temperature float64
	accept      regression
	outside     regression
	scratch     sync.Pool
}

// Train learns a model from examples. It fails when an example has no label, when fewer than two labels have one, and when ctx ends.
func Train(ctx context.Context, examples []Example, opts Options) (*Model, error) {
	opts = opts.filled()
	c, err := newCorpus(examples, opts)
	if err != nil {
		return nil, err
	}
	m := &Model{vocab: c.vocab, space: c.space, labels: c.labels, none: c.none, aside: make([]bool, len(c.labels)), docs: c.docs}
	for k, label := range m.labels {
		m.aside[k] = k == m.none || slices.Contains(opts.Aside, label)
	}
	m.scratch.New = func() any { return m.newScratch() }
	if err := m.fit(ctx, c, opts); err != nil {
		return nil, err
	}
	outcomes, err := newRehearsal(c, opts).run(ctx, rounds(c))
	if err != nil {
		return nil, err
	}
	m.calibrate(outcomes)
	return m, nil
}

// rounds is how often intents are hidden. Large data sets make up in messages what they lack in rounds, and start sooner.
func rounds(c *corpus) int {
	switch {
	case len(c.docs)*len(c.labels) > 400_000:
		return 2
	case len(c.docs) > 2000:
		return 3
	}
	return folds
}

// fit trains every class on all examples.
func (m *Model) fit(ctx context.Context, c *corpus, opts Options) error {
	k, features := len(c.labels), len(c.space.idf)
	m.weight, m.bias = make([]float32, k*features), make([]float32, k)
	m.members, m.heart = make([][]int32, k), make([]float64, k)
	m.has = make([]uint64, features*m.stride())
	var has sync.Mutex // classes share words of bits
	for i, class := range c.class {
		m.members[class] = append(m.members[class], int32(i))
	}
	m.lifts = lifts(m.members, c.none)
	return eachClass(ctx, opts, k, features, c.docs, func(s *svm, class int) {
		s.fit(c.docs, c.class, int32(class), opts.Seed)
		for f, w := range s.w {
			m.weight[f*k+class] = w
		}
		m.bias[class] = s.bias
		clear(s.w)
		for _, i := range m.members[class] {
			c.docs[i].addTo(s.w, 1)
		}
		var sum float64
		for _, v := range s.w {
			sum += float64(v) * float64(v)
		}
		m.heart[class] = math.Sqrt(sum)
		has.Lock()
		defer has.Unlock()
		m.own(s.w, class)
	})
}

// stride is how many words of bits each feature has in has.
func (m *Model) stride() int { return (len(m.labels) + 63) / 64 }

// own notes which features the docs of a class have, of which sum is the sum.
func (m *Model) own(sum []float32, class int) {
	stride, bit := m.stride(), uint64(1)<<(class%64)
	for f, v := range sum {
		if v > 0 {
			m.has[f*stride+class/64] |= bit
		}
	}
}

// outsideShare is the share of messages outside all intents that the acceptance models expect.
const outsideShare = 0.25

// calibrate fits the temperature and the two acceptance models on what happened in the rehearsal.
func (m *Model) calibrate(outcomes []outcome) {
	m.temperature = fitTemperature(outcomes)
	var hidden float64
	for i := range outcomes {
		if outcomes[i].truth < 0 {
			hidden++
		}
	}
	known := float64(len(outcomes)) - hidden
	accept, outside := make([]sample, 0, len(outcomes)), make([]sample, 0, len(outcomes))
	for i := range outcomes {
		o := &outcomes[i]
		p := make([]float64, len(o.scores))
		softmax(p, o.scores, m.temperature)
		best := leading(o.scores, o.none)
		weight := 1.0
		if o.truth < 0 {
			weight = outsideShare / (1 - outsideShare) * max(known, 1) / hidden
		}
		seen := evidence(o.scores, p, best, o.none, o.like, o.text)
		accept = append(accept, sample{seen, o.truth == best, weight})
		outside = append(outside, sample{seen, o.truth < 0 || o.truth == o.none, weight})
	}
	m.accept, m.outside = fitRegression(accept), fitRegression(outside)
}

// Labels are the intents the model knows, sorted, without None.
func (m *Model) Labels() []string {
	return slices.DeleteFunc(slices.Clone(m.labels), func(l string) bool { return l == None })
}
