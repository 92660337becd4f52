package classify

import (
	"math"
	"math/rand/v2"
)

// svm solves one class against the rest by dual coordinate descent on the squared hinge loss, with shrinking, after Hsieh et al., "A Dual
// Coordinate Descent Method for Large-scale Linear SVM" (2008), algorithm 3. Its buffers are reused from class to class.
type svm struct {
	c     float64
	w     []float32
	bias  float32
	alpha []float64
	order []int32
	diag  []float64 // of the last docs, squared length; shared by all classes
}

const (
	mostRare     = 8
	svmTolerance = 0.1
	svmEpochs    = 60
)

func newSVM(c float64, features int, docs []vector) *svm {
	s := &svm{c: c, w: make([]float32, features), alpha: make([]float64, len(docs)), order: make([]int32, len(docs)), diag: make([]float64, len(docs))}
	for i, d := range docs {
		sum := 1.0 // the bias is a feature that is always one
		for _, v := range d.val {
			sum += float64(v) * float64(v)
		}
		s.diag[i] = sum
	}
	return s
}

// rareness is how much more an example of a class counts that has less than half as many as classes have on average: ten phrases of a new
// intent stand against hundreds of others.
func rareness(labels []int32, class int32) float64 {
	own, classes := 0, int32(0)
	for _, l := range labels {
		classes = max(classes, l+1)
		if l == class {
			own++
		}
	}
	return min(max(float64(len(labels))/float64(2*max(own, 1))/float64(classes), 1), mostRare)
}

// fit finds the weights that tell the docs labelled class from all others.
func (s *svm) fit(docs []vector, labels []int32, class int32, seed uint64) {
	rare := s.c * rareness(labels, class)
	clear(s.w)
	clear(s.alpha)
	s.bias = 0
	for i := range s.order {
		s.order[i] = int32(i)
	}
	rng := rand.New(rand.NewPCG(seed, uint64(class)))
	active, limit := len(docs), math.Inf(1)
	for range svmEpochs {
		high, low := math.Inf(-1), math.Inf(1)
		for i := range active {
			j := i + rng.IntN(active-i)
			s.order[i], s.order[j] = s.order[j], s.order[i]
		}
		for i := 0; i < active; i++ {
			at := s.order[i]
			c, positive := s.c, labels[at] == class
			if positive {
				c = rare
			}
			gradient, shrink := s.step(&docs[at], positive, c, at, limit)
			if shrink {
				active--
				s.order[i], s.order[active] = s.order[active], at
				i--
				continue
			}
			high, low = max(high, gradient), min(low, gradient)
		}
		if high-low > svmTolerance {
			limit = high
			if limit <= 0 {
				limit = math.Inf(1)
			}
			continue
		}
		if active == len(docs) {
			return
		}
		active, limit = len(docs), math.Inf(1) // settled on the few that matter: look at all of them once more
	}
}

// step moves along one coordinate. It returns the projected gradient and whether the example can be left out for now.
func (s *svm) step(x *vector, positive bool, c float64, at int32, limit float64) (gradient float64, shrink bool) {
	y := float32(-1)
	if positive {
		y = 1
	}
	alpha := s.alpha[at]
	g := float64(y*(x.dot(s.w)+s.bias)) - 1 + alpha/(2*c)
	if alpha == 0 {
		if g > limit {
			return 0, true
		}
		if g >= 0 {
			return 0, false
		}
	}
	if math.Abs(g) > 1e-12 {
		s.alpha[at] = max(alpha-g/(s.diag[at]+1/(2*c)), 0)
		delta := float32(s.alpha[at]-alpha) * y
		x.addTo(s.w, delta)
		s.bias += delta
	}
	return g, false
}
