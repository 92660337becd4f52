package classify

import (
	"math"

	"antena/internal/understand/words"
)

// The weights of a logistic regression fitted on pairs of phrases of the shipped intents that the model had not learned, joined as people join
// them and with openings and thanks, against the same phrases alone and pairs of one intent. On other such phrases the second matter was found
// in about half of the pairs, and in 2 to 3 % of messages that have one.
const (
	secondBias   = -4.747 // a second is named from a probability of 0.3 on
	secondApart  = 0.336  // how much likelier the parts are of two intents than of one
	secondWhole  = 0.202  // log-probability of the second in the whole
	secondBest   = 0.305  // of the best in the whole
	secondStrong = 1.619  // cut at the end of a sentence, or where several words join
	secondLength = 2.385  // log of the words of the shorter part
	secondOwn    = 0.409  // log-probability of the best in its part
	secondOther  = 0.686  // of the second in its part
	secondFloor  = 1e-4   // of a probability: beyond it, the model's differences mean nothing
	secondLong   = 2.0    // the most that a length counts
)

// maxCuts bounds the work of looking for a second intent. Of more places to cut, those in the middle are tried.
const maxCuts = 4

// second looks for a further intent in a message, as in "manda o boleto e troca minha senha": it cuts the text in two wherever a sentence may
// end, and asks whether the parts are of two intents, one of them the best of the whole. The whole is what s has read.
func (m *Model) second(s *scratch, text, language string, best int) string {
	if m.aside[best] {
		return ""
	}
	folded := words.Fold(text)
	s.whole = append(s.whole[:0], s.p...)
	other := m.clear(s, folded, language, best)
	if other < 0 {
		other = m.likely(s, folded, language, best)
	}
	if other < 0 {
		return ""
	}
	return m.labels[other]
}

const (
	maxClauses  = 4
	secondClear = 0.6 // acceptance of two clauses from which they need no other proof
)

// clear finds a clause that is clearly of another intent than the best, in a text where another clause is clearly of the best.
func (m *Model) clear(s *scratch, folded, language string, best int) int {
	backed, other, sure := false, -1, secondClear
	for _, c := range clauses(folded) {
		p, class := m.predict(s, c, language)
		switch {
		case p.Accept < secondClear || m.aside[class]:
		case class == best:
			backed = true
		case p.Accept >= sure:
			other, sure = class, p.Accept
		}
	}
	if !backed {
		return -1
	}
	return other
}

// likely finds the second intent of a text cut in two, by all that speaks for it, or -1.
func (m *Model) likely(s *scratch, folded, language string, best int) int {
	var room [maxCuts]cut
	cuts := cuts(room[:0], folded)
	likely, odds := -1, 0.0
	for _, c := range cuts {
		m.score(s, folded[:c.end], language)
		softmax(s.p, s.scores, m.temperature)
		first := leading(s.scores, m.none)
		short := len(s.spans)
		s.left = append(s.left[:0], s.p...)
		m.score(s, folded[c.start:], language)
		softmax(s.p, s.scores, m.temperature)
		last := leading(s.scores, m.none)
		short = min(short, len(s.spans))
		if short == 0 || m.aside[first] || m.aside[last] {
			continue
		}
		p := m.couple(s.left, s.p, best)
		if z := m.odds(s, p, best, short, c.strong); z > odds {
			likely, odds = p.other, z
		}
	}
	return likely
}

// odds is the logarithm of the odds that a couple is right, less those from which it is believed. Short is the number of words of the shorter part.
func (m *Model) odds(s *scratch, p couple, best, short int, strong bool) float64 {
	if p.other < 0 {
		return math.Inf(-1)
	}
	z := secondBias + secondApart*p.apart + secondWhole*floored(s.whole[p.other]) + secondBest*floored(s.whole[best]) +
		secondLength*min(math.Log(float64(short)), secondLong) + secondOwn*p.own + secondOther*p.theirs
	if strong {
		z += secondStrong
	}
	return z
}

// couple is a reading of two parts as two matters.
type couple struct {
	other       int     // the intent beside the best, -1 when there is none
	apart       float64 // logarithm of how much likelier it is than the likeliest reading as one matter
	own, theirs float64 // log-probabilities of the best and of the other in their parts
}

// couple finds the likeliest way in which one of two parts is of the best intent and the other of another.
func (m *Model) couple(left, right []float64, best int) couple {
	p, one, two := couple{other: -1}, math.Inf(-1), math.Inf(-1)
	bestLeft, bestRight := floored(left[best]), floored(right[best])
	for k := range left {
		l, r := floored(left[k]), floored(right[k])
		one = max(one, l+r)
		if k == best || m.aside[k] {
			continue
		}
		if bestLeft+r > two {
			two, p.other, p.own, p.theirs = bestLeft+r, k, bestLeft, r
		}
		if l+bestRight > two {
			two, p.other, p.own, p.theirs = l+bestRight, k, bestRight, l
		}
	}
	p.apart = two - one
	return p
}

func floored(p float64) float64 { return math.Log(p + secondFloor) }
