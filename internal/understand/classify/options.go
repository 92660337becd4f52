package classify

import "runtime"

// Options tune training. The zero value is what serves.
type Options struct {
	Seed    uint64   // same seed, same examples in the same order: same model
	C       float64  // price of a wrong training example; 1.5 when zero
	Workers int      // goroutines used by Train; GOMAXPROCS when zero
	Bits    int      // n-grams are hashed to 2^Bits buckets, 10 to 22; 18 when zero
	Aside   []string // labels that are no matter beside another, as greetings and thanks: never a message's second intent
	Plain   bool     // true leaves misspelled words as they are
}

func (o Options) filled() Options {
	if o.C <= 0 {
		o.C = 1.5
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Bits == 0 {
		o.Bits = 18
	}
	o.Bits = min(max(o.Bits, 10), 22)
	return o
}
