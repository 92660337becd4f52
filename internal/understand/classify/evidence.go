package classify

import "math"

// evidenceSize is the number of things looked at before the best intent is trusted.
const evidenceSize = 12

// likeness is how close a message is to the examples of one intent.
type likeness struct {
	nearest, centroid float64 // cosines
	words             float64 // the weight of its words and pairs that any of the examples has, as a share of all
}

// text is what a message is like, whatever it is about.
type text struct {
	unknown float64    // share of its words that no example has
	known   [2]float64 // as of a vector
	length  int        // in words
}

// evidence lists what the acceptance models judge by. Scores are decision values, probabilities their softmax; best is the leading class
// that is an intent, and none the class of None or -1.
func evidence(scores, probabilities []float64, best, none int, like likeness, t text) [evidenceSize]float64 {
	second, pNone, entropy := math.Inf(-1), 0.0, 0.0
	for k, s := range scores {
		if k != best && k != none {
			second = max(second, s)
		}
		if p := probabilities[k]; p > 1e-12 {
			entropy -= p * math.Log(p)
		}
	}
	if math.IsInf(second, -1) {
		second = scores[best] - 1
	}
	if none >= 0 {
		pNone = probabilities[none]
	}
	return [evidenceSize]float64{
		scores[best], scores[best] - second, probabilities[best], entropy / math.Log(float64(len(scores)+1)), pNone,
		like.nearest, like.centroid, t.unknown, math.Log1p(float64(t.length)), like.nearest * t.unknown,
		t.known[block(true)], like.words,
	}
}

// leading returns the class with the highest score, none left aside unless it is the only one.
func leading(scores []float64, none int) int {
	best := -1
	for k, s := range scores {
		if k != none && (best < 0 || s > scores[best]) {
			best = k
		}
	}
	return best
}

// softmax writes the probabilities of scores at a temperature into out.
func softmax(out, scores []float64, temperature float64) {
	top := math.Inf(-1)
	for _, s := range scores {
		top = max(top, s)
	}
	var sum float64
	for k, s := range scores {
		out[k] = math.Exp((s - top) / temperature)
		sum += out[k]
	}
	for k := range out {
		out[k] /= sum
	}
}

// fitTemperature finds the temperature under which the true classes of held-out messages are likeliest, by golden-section search.
func fitTemperature(rows []outcome) float64 {
	usual := 0.16 // what most data sets end at, for when there is nothing to fit on
	loss := func(logT float64) float64 {
		t, sum := math.Exp(logT), 0.0
		for i := range rows {
			if r := &rows[i]; r.truth >= 0 {
				sum += r.surprise(t)
			}
		}
		return sum
	}
	known := 0
	for i := range rows {
		if rows[i].truth >= 0 {
			known++
		}
	}
	if known < 10 {
		return usual
	}
	const ratio = 0.6180339887498949
	low, high := math.Log(0.03), math.Log(1.5)
	a, b := high-ratio*(high-low), low+ratio*(high-low)
	lossA, lossB := loss(a), loss(b)
	for range 24 {
		if lossA < lossB {
			high, b, lossB = b, a, lossA
			a = high - ratio*(high-low)
			lossA = loss(a)
		} else {
			low, a, lossA = a, b, lossB
			b = low + ratio*(high-low)
			lossB = loss(b)
		}
	}
	return math.Exp((low + high) / 2)
}
