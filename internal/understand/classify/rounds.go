package classify

import (
	"context"
	"math"
	"math/rand/v2"
)

// outcome is what a model that had never seen a message, and perhaps not even its intent, made of it.
type outcome struct {
	scores []float64
	truth  int // class among those of the round, -1: its intent was hidden
	none   int // class of None in the round, or -1
	like   likeness
	text   text
}

// surprise is the negative log-likelihood of the truth at a temperature.
func (o *outcome) surprise(temperature float64) float64 {
	top := o.scores[0]
	for _, s := range o.scores {
		top = max(top, s)
	}
	var sum float64
	for _, s := range o.scores {
		sum += math.Exp((s - top) / temperature)
	}
	return math.Log(sum) - (o.scores[o.truth]-top)/temperature
}

const folds = 5

// rehearsal splits the examples into rounds: in each, a fifth of the intents is hidden and a fifth of the rest is held out.
type rehearsal struct {
	c    *corpus
	opts Options
	fold []int8 // of every example, spread evenly within a label
	part []int8 // of every label: the round that hides it; -1: never hidden
}

func newRehearsal(c *corpus, opts Options) *rehearsal {
	r := &rehearsal{c: c, opts: opts, fold: make([]int8, len(c.docs)), part: make([]int8, len(c.labels))}
	rng := rand.New(rand.NewPCG(opts.Seed, 7))
	seen := make([]int, len(c.labels))
	for _, i := range rng.Perm(len(c.docs)) {
		label := c.class[i]
		r.fold[i] = int8((seen[label] + int(label)) % folds)
		seen[label]++
	}
	for k := range r.part {
		r.part[k] = -1
	}
	if len(c.labels) < 4 {
		return r
	}
	for n, k := range rng.Perm(len(c.labels)) {
		if k != c.none {
			r.part[k] = int8(n % folds)
		}
	}
	return r
}

// run plays the rounds and returns what happened, in a fixed order.
func (r *rehearsal) run(ctx context.Context, rounds int) ([]outcome, error) {
	var all []outcome
	for n := range int8(rounds) {
		got, err := r.round(ctx, n)
		if err != nil {
			return nil, err
		}
		all = append(all, got...)
	}
	return all, nil
}

// stage is one round being played: who trains, who is asked.
type stage struct {
	docs      []vector // of those that train
	class     []int32  // theirs, numbered as in classes
	members   [][]int32
	classes   int
	none      int
	asked     []vector
	outcomes  []outcome
	frequency []int32 // of every vocabulary word among those that train
}

func (r *rehearsal) round(ctx context.Context, n int8) ([]outcome, error) {
	st := r.stage(n)
	if st.classes < 2 || len(st.asked) == 0 {
		return nil, ctx.Err()
	}
	centroid, shared := make([][]float64, st.classes), make([][]float64, st.classes)
	err := eachClass(ctx, r.opts, st.classes, len(r.c.space.idf), st.docs, func(s *svm, k int) {
		s.fit(st.docs, st.class, int32(k), r.opts.Seed+uint64(n)*1000)
		for i, x := range st.asked {
			st.outcomes[i].scores[k] = float64(x.dot(s.w) + s.bias)
		}
		centroid[k], shared[k] = st.compare(s.w, k)
	})
	if err != nil {
		return nil, err
	}
	worth := lifts(st.members, st.none)
	return st.outcomes, eachChunk(ctx, r.opts, len(st.asked), len(r.c.space.idf), func(dense []float32, i int) {
		o := &st.outcomes[i]
		x := &st.asked[i]
		lift(o.scores, worth, dense, x, st.docs, st.members)
		best := leading(o.scores, o.none)
		o.like = likeness{nearest: nearest(dense, x, st.docs, st.members[best]), centroid: centroid[best][i], words: shared[best][i]}
	})
}

// stage sorts the examples of a round into those that train and those that are asked.
func (r *rehearsal) stage(n int8) *stage {
	c := r.c
	st := &stage{none: -1, frequency: make([]int32, len(c.vocab.words))}
	number := make([]int, len(c.labels)) // class in this round, -1: none of its examples trains
	for k := range number {
		number[k] = -1
	}
	seen := make([]bool, len(c.space.idf))
	var ask []int
	for i, x := range c.docs {
		k := int(c.class[i])
		if r.part[k] == n || r.fold[i] == n {
			ask = append(ask, i)
			continue
		}
		if number[k] < 0 {
			number[k] = st.classes
			st.classes++
			st.members = append(st.members, nil)
		}
		st.members[number[k]] = append(st.members[number[k]], int32(len(st.docs)))
		st.docs = append(st.docs, x)
		st.class = append(st.class, int32(number[k]))
		for _, f := range x.idx {
			seen[f] = true
		}
		for _, w := range c.words[i] {
			st.frequency[w]++
		}
	}
	if c.none >= 0 {
		st.none = number[c.none]
	}
	if st.classes < 2 || st.classes == 2 && st.none >= 0 && len(c.labels) > 2 {
		return st
	}
	scores := make([]float64, st.classes*len(ask))
	for _, i := range ask {
		x := c.space.only(c.docs[i], seen)
		st.asked = append(st.asked, x)
		st.outcomes = append(st.outcomes, outcome{
			scores: scores[:st.classes:st.classes], truth: number[c.class[i]], none: st.none,
			text: text{unknown: share(c.words[i], st.frequency), known: x.known, length: len(c.words[i])},
		})
		scores = scores[st.classes:]
	}
	return st
}

// share is the part of words that did not train.
func share(ids []int32, frequency []int32) float64 {
	if len(ids) == 0 {
		return 1
	}
	n := 0
	for _, w := range ids {
		if frequency[w] == 0 {
			n++
		}
	}
	return float64(n) / float64(len(ids))
}

// compare compares every asked message with the sum of class k: the cosine, and the weight of the words it has too. Dense is scratch space, all
// of it overwritten.
func (st *stage) compare(dense []float32, k int) (cosines, shared []float64) {
	clear(dense)
	for _, i := range st.members[k] {
		st.docs[i].addTo(dense, 1)
	}
	var norm float64
	for _, v := range dense {
		norm += float64(v) * float64(v)
	}
	norm = math.Sqrt(max(norm, 1e-12))
	cosines, shared = make([]float64, len(st.asked)), make([]float64, len(st.asked))
	for i := range st.asked {
		x := &st.asked[i]
		cosines[i] = float64(x.dot(dense)) / (norm * x.norm)
		shared[i] = x.shared(dense) * x.known[block(false)]
	}
	return cosines, shared
}

// nearest is the cosine of x to the closest of the member docs. Dense is all zeros before and after.
func nearest(dense []float32, x *vector, docs []vector, members []int32) float64 {
	x.scatter(dense)
	best := 0.0
	norm := x.norm
	for _, i := range members {
		best = max(best, float64(docs[i].dot(dense))/(norm*docs[i].norm))
	}
	x.clear(dense)
	return best
}
