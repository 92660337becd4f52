package classify

// None is the label of messages that belong to no intent. Examples that carry it teach the model what to leave alone; it never appears
// among the scores of a prediction, whose None field speaks for it.
const None = "none"

// Example is one phrase somebody labelled.
type Example struct {
	Text     string
	Label    string // intent, or None
	Language string // "es", "pt", "en"; empty when unknown: only the abbreviations every language shares are then written out
}

// Prediction is what the model makes of one message.
type Prediction struct {
	Scores []Score // every intent, best first; their confidences and that of None add up to one
	Accept float64 // probability, 0 to 1, that the best intent is the right one
	None   float64 // probability, 0 to 1, that no intent of the model is the right one
	Second string  // another intent the same message holds, empty when it holds one
	Why    []Gram  // words and word pairs that spoke for the best intent, strongest first, at most six
}

// Score is one intent with its calibrated probability.
type Score struct {
	Label      string
	Confidence float64
}

// Gram is a word or a pair of words, as the model read it, with what it added to the decision value.
type Gram struct {
	Text   string
	Weight float64
}

// Best is the leading intent, or the zero Score of an empty prediction.
func (p Prediction) Best() Score {
	if len(p.Scores) == 0 {
		return Score{}
	}
	return p.Scores[0]
}

// Margin is how far the best intent's confidence is ahead of the second's.
func (p Prediction) Margin() float64 {
	switch len(p.Scores) {
	case 0:
		return 0
	case 1:
		return p.Scores[0].Confidence
	}
	return p.Scores[0].Confidence - p.Scores[1].Confidence
}
