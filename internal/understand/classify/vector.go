package classify

import "math"

// vector is a sparse vector in feature order of appearance: words and pairs before characters.
type vector struct {
	idx   []int32
	val   []float32
	words int        // how many of the features are words and pairs
	known [2]float64 // by block: the weight of the text's n-grams that are features, as a share of all
	norm  float64    // length, set when the vector is normalised; never zero
}

// The four loops below touch only what one class's training owns. The race detector would watch each of their billion steps and
// make learning ten times as long in every test that learns, so it is told to look away.

// dot is where training spends its time: four sums at once, as each addition would otherwise wait for the one before.
//
//go:norace
func (v *vector) dot(dense []float32) float32 {
	var a, b, c, d float32
	idx, val := v.idx, v.val[:len(v.idx)]
	for len(idx) >= 4 && len(val) >= 4 {
		a += val[0] * dense[idx[0]]
		b += val[1] * dense[idx[1]]
		c += val[2] * dense[idx[2]]
		d += val[3] * dense[idx[3]]
		idx, val = idx[4:], val[4:]
	}
	for i, f := range idx {
		a += val[i] * dense[f]
	}
	return a + b + c + d
}

//go:norace
func (v *vector) addTo(dense []float32, factor float32) {
	for i, f := range v.idx {
		dense[f] += factor * v.val[i]
	}
}

//go:norace
func (v *vector) scatter(dense []float32) {
	for i, f := range v.idx {
		dense[f] = v.val[i]
	}
}

//go:norace
func (v *vector) clear(dense []float32) {
	for _, f := range v.idx {
		dense[f] = 0
	}
}

// shared is the part of the weight of a normalised vector's words that dense has too.
//
//go:norace
func (v *vector) shared(dense []float32) float64 {
	sum := 0.0
	for i, f := range v.idx[:v.words] {
		if dense[f] > 0 {
			sum += float64(v.val[i]) * float64(v.val[i])
		}
	}
	return sum
}

// space maps hashed n-grams to features: only buckets seen in training have one, numbered in order of appearance.
type space struct {
	bits    int
	feature []int32   // by bucket; -1: never seen
	idf     []float32 // how telling a feature is
	novel   float64   // square of how telling an n-gram counts that is no feature
	isChar  []bool
}

func newSpace(bits int) *space {
	s := &space{bits: bits, feature: make([]int32, 1<<bits)}
	for i := range s.feature {
		s.feature[i] = -1
	}
	return s
}

// learn gives every n-gram of a training text a feature.
func (s *space) learn(grams []gram) {
	for _, g := range grams {
		if s.feature[g.bucket] < 0 {
			s.feature[g.bucket] = int32(len(s.isChar))
			s.isChar = append(s.isChar, g.kind == chars)
		}
	}
}

// count appends to v the features of grams with how often each occurs, and leaves in known how many are none. Counts is all zeros, one per feature, before and after.
func (s *space) count(v vector, grams []gram, counts []float32) vector {
	from := len(v.idx)
	for _, g := range grams {
		f := s.feature[g.bucket]
		if f < 0 {
			v.known[block(g.kind == chars)]++
			continue
		}
		if counts[f] == 0 {
			v.idx = append(v.idx, f)
			if g.kind != chars {
				v.words++
			}
		}
		counts[f]++
	}
	for _, f := range v.idx[from:] {
		v.val = append(v.val, counts[f])
		counts[f] = 0
	}
	return v
}

// setIDF derives how telling each feature is from the number of classes it occurs in, of which there are at most the given number. A word
// that one intent uses in every phrase is as telling as one it uses once, so documents are not what is counted. The root keeps common words
// from being silenced: with few examples, what looks rare is often chance.
func (s *space) setIDF(docs []vector, class []int32, classes int) {
	members := make([][]int32, classes)
	for i, k := range class {
		members[k] = append(members[k], int32(i))
	}
	n, last := make([]int32, len(s.isChar)), make([]int32, len(s.isChar)) // last: one more than the class that was counted last
	for k, list := range members {
		for _, i := range list {
			for _, f := range docs[i].idx {
				if last[f] != int32(k)+1 {
					last[f] = int32(k) + 1
					n[f]++
				}
			}
		}
	}
	s.novel = math.Log(float64(1+classes)/2) + 1
	s.idf = make([]float32, len(n))
	for f, in := range n {
		s.idf[f] = float32(math.Sqrt(math.Log(float64(1+classes)/float64(1+in)) + 1))
	}
}

// weigh turns counts into TF-IDF, words and characters each of length one: neither may drown the other.
func (s *space) weigh(v *vector) {
	for i, f := range v.idx {
		v.val[i] *= s.idf[f]
	}
	square := s.squares(v)
	for b, unknown := range v.known {
		v.known[b] = square[b] / max(square[b]+unknown*s.novel, 1e-12)
	}
	s.normalise(v)
}

// squares is the squared length of each block.
func (s *space) squares(v *vector) (sum [2]float64) {
	for i, f := range v.idx {
		sum[block(s.isChar[f])] += float64(v.val[i]) * float64(v.val[i])
	}
	return sum
}

func (s *space) normalise(v *vector) {
	norm := s.squares(v)
	var scale [2]float32
	blocks := 0.0
	for b, n := range norm {
		if n > 0 {
			scale[b] = float32(1 / math.Sqrt(n))
			blocks++
		}
	}
	v.norm = math.Sqrt(max(blocks, 1))
	for i, f := range v.idx {
		v.val[i] *= scale[block(s.isChar[f])]
	}
}

func block(isChar bool) int {
	if isChar {
		return 1
	}
	return 0
}

// only is v without the features that are not in keep, normalised again.
func (s *space) only(v vector, keep []bool) vector {
	out := vector{idx: make([]int32, 0, len(v.idx)), val: make([]float32, 0, len(v.val))}
	for i, f := range v.idx {
		if keep[f] {
			out.idx = append(out.idx, f)
			out.val = append(out.val, v.val[i])
			if !s.isChar[f] {
				out.words++
			}
		}
	}
	out.known = s.squares(&out) // of a vector with blocks of length one
	s.normalise(&out)
	return out
}
