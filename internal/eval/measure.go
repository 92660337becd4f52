package eval

import (
	"cmp"
	"slices"
	"time"

	"antena/internal/understand/classify"
)

// bet is a probability that was named and whether the thing happened.
type bet struct {
	p    float64
	held bool
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// coverage is the largest share of bets, taken from the most certain down, of which at least the share precision held.
func coverage(bets []bet, precision float64) float64 {
	sorted := slices.SortedFunc(slices.Values(bets), func(a, b bet) int { return cmp.Compare(b.p, a.p) })
	held, most := 0, 0
	for i, b := range sorted {
		if b.held {
			held++
		}
		tied := i+1 < len(sorted) && sorted[i+1].p == b.p // a threshold cannot tell these apart
		if !tied && float64(held) >= precision*float64(i+1) {
			most = i + 1
		}
	}
	return ratio(most, len(bets))
}

// calibrationError is the mean distance between named and actual probability over ten bins of equal width, weighed by their size.
func calibrationError(bets []bet) float64 {
	var named, actual [10]float64
	for _, b := range bets {
		bin := min(int(b.p*10), 9)
		named[bin] += b.p
		if b.held {
			actual[bin]++
		}
	}
	sum := 0.0
	for bin := range named {
		sum += max(named[bin]-actual[bin], actual[bin]-named[bin])
	}
	return sum / float64(max(len(bets), 1))
}

// auroc is the probability that a random one of inside ranks above a random one of outside; ties count half.
func auroc(inside, outside []float64) float64 {
	if len(inside) == 0 || len(outside) == 0 {
		return 0
	}
	low := slices.Sorted(slices.Values(outside))
	sum := 0.0
	for _, v := range inside {
		below, found := slices.BinarySearch(low, v)
		upTo := below
		if found {
			for upTo < len(low) && low[upTo] == v {
				upTo++
			}
		}
		sum += float64(below) + float64(upTo-below)/2
	}
	return sum / float64(len(inside)*len(outside))
}

// macroF1 is the mean F1 over the intents of the messages that have one.
func macroF1(all []judged) float64 {
	type tally struct{ hit, truth, taken int }
	count := map[string]tally{}
	for _, j := range all {
		if j.truth == classify.None {
			continue
		}
		t := count[j.truth]
		t.truth++
		if j.best == j.truth {
			t.hit++
		}
		count[j.truth] = t
		b := count[j.best]
		b.taken++
		count[j.best] = b
	}
	sum, n := 0.0, 0
	for _, t := range count {
		if t.truth > 0 {
			sum += ratio(2*t.hit, t.truth+t.taken)
			n++
		}
	}
	return sum / float64(max(n, 1))
}

func confusions(all []judged) []Confusion {
	count := map[Confusion]int{}
	for _, j := range all {
		if j.best != j.truth && j.truth != classify.None {
			count[Confusion{Truth: j.truth, Taken: j.best}]++
		}
	}
	var out []Confusion
	for c, n := range count {
		c.Count = n
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Confusion) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Truth, b.Truth), cmp.Compare(a.Taken, b.Taken))
	})
	return out[:min(len(out), 20)]
}

func percentiles(times []time.Duration) (median, p99 time.Duration) {
	if len(times) == 0 {
		return 0, 0
	}
	sorted := slices.Sorted(slices.Values(times))
	return sorted[len(sorted)/2], sorted[len(sorted)*99/100]
}
