package search

import "math"

// The weights of a logistic regression fitted on the questions of an ISP's articles in three languages, each held out of the index,
// and on public FAQ and reading sets, with a third to a half of the questions lacking an answer. They hold for few and for many articles.
const (
	sureBias     = -5.2
	sureLead     = 1.3
	sureLook     = 2.4
	sureBodyLook = 4.9
	sureCovered  = 4.4
	sureQuestion = -1.3 // a body alone that looks like it counts for more than a question that does
)

// confidence is the probability that an article answers the question: a matter of how far it is ahead of the best other one, how much of
// the question it has in it, and how alike they look. Covered is the share of the question's weight found in the article.
func confidence(st *standing, rival, covered float64) float64 {
	lead := st.fused - rival
	z := sureBias + sureLead*math.Copysign(math.Log1p(math.Abs(lead)), lead) + sureLook*st.look + sureBodyLook*st.bodyLook + sureCovered*covered
	if st.look > 0 {
		z += sureQuestion
	}
	return 1 / (1 + math.Exp(-z))
}
