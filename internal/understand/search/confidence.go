package search

import "math"

// confidence is the probability that an article answers the question: mostly a matter of how far it is ahead of the next.
func confidence(st *standing, rival, covered float64, articles int) float64 {
	z := -3 + 1.0*(st.fused-rival) + 2*st.look + 1*covered
	return 1 / (1 + math.Exp(-z))
}
