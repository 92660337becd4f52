package classify

import (
	"errors"
	"fmt"
	"slices"
)

// corpus is the training data, read and turned into vectors.
type corpus struct {
	vocab  *vocabulary
	space  *space
	labels []string // sorted
	none   int      // index of None in labels, or -1
	docs   []vector
	class  []int32
	words  [][]int32
}

var errFewLabels = errors.New("classify: examples of at least two labels are needed")

func newCorpus(examples []Example, opts Options) (*corpus, error) {
	c := &corpus{vocab: newVocabulary(), space: newSpace(opts.Bits), none: -1}
	for i, e := range examples {
		if e.Label == "" {
			return nil, fmt.Errorf("classify: example %d (%.40q) has no label", i+1, e.Text)
		}
		c.labels = append(c.labels, e.Label)
	}
	slices.Sort(c.labels)
	c.labels = slices.Compact(c.labels)
	if len(c.labels) < 2 {
		return nil, errFewLabels
	}
	if at, ok := slices.BinarySearch(c.labels, None); ok {
		c.none = at
	}
	c.vectorise(examples)
	if !opts.Plain {
		c.vocab.index()
	}
	return c, nil
}

func (c *corpus) vectorise(examples []Example) {
	var r reading
	counts := make([]float32, 1<<c.space.bits)
	for _, e := range examples {
		r.read(e.Text, e.Language, nil)
		if len(r.spans) == 0 {
			continue
		}
		r.hash(c.space.bits)
		c.space.learn(r.grams)
		ids := make([]int32, len(r.spans))
		for i := range r.spans {
			ids[i] = c.vocab.add(r.word(i))
		}
		at, _ := slices.BinarySearch(c.labels, e.Label)
		c.words = append(c.words, ids)
		c.class = append(c.class, int32(at))
		c.docs = append(c.docs, c.space.count(vector{}, r.grams, counts))
	}
	c.space.setIDF(c.docs, c.class, len(c.labels))
	for i := range c.docs {
		c.space.weigh(&c.docs[i])
	}
}
