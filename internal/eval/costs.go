package eval

import "antena/internal/desk"

// Costs say how bad the ways to fail a contact are, in any unit: only their
// relation matters.
type Costs struct {
	Wrong    float64 `json:"wrong"`    // an answer or act that was not asked for
	Question float64 `json:"question"` // a question, when acting at once would have been right
	Handover float64 `json:"handover"` // a person, though the assistant could have settled it
}

// DefaultCosts are what tuning reckons with unless told otherwise. A question is a
// message more for both sides. A hand-over costs several minutes of a person's
// time. A wrong answer costs a hand-over later and the contact's trust.
var DefaultCosts = Costs{Wrong: 20, Question: 1, Handover: 4}

// wrongly is the cost of acting on an intent that was not meant. Some acts weigh
// more than a wrong answer, which the contact can put right in the next message:
// whoever is taken for spam or for one who wants no more messages is told nothing
// again, and a request about personal data starts a procedure of law. A wrong
// hand-over is at least a person.
func (c Costs) wrongly(action desk.IntentAction) float64 {
	switch action {
	case desk.IntentOptOut:
		return 4 * c.Wrong
	case desk.IntentSilent, desk.IntentDataRequest:
		return 2 * c.Wrong
	case desk.IntentHandoff:
		return max(c.Handover+c.Question, c.Wrong/2)
	}
	return c.Wrong
}

// sample is one message with what the model made of it.
type sample struct {
	truth   string
	top     string            // the likeliest intent
	action  desk.IntentAction // of the likeliest intent
	accept  float64
	none    float64
	offered bool    // the truth is among the buttons of a question
	weight  float64 // how many messages it stands for
}

func (s *sample) outside() bool { return s.truth == desk.LabelNone }

// Of policy: what is certainly none of ours is declined at once; a question offers
// two matters, the second only when it is plausible.
const (
	declined     = 0.93
	offeredCount = 2
	plausible    = 0.12
)

// act is what acting on the likeliest intent costs.
func (s *sample) act(c Costs, action desk.IntentAction) float64 {
	if s.truth == s.top {
		return 0
	}
	return c.wrongly(action)
}

// ask is what a question with buttons costs. Who is offered nothing of what they
// meant needs a person; who meant nothing of ours is led astray by buttons, and
// has to say so.
func (s *sample) ask(c Costs) float64 {
	switch {
	case s.offered:
		return c.Question
	case s.outside():
		return 2 * c.Question
	}
	return c.Question + c.Handover
}

// first is what it costs to say an article before a ticket is offered, with the
// ticket a button away: a wrong one puts the contact off, a missing one costs a
// ticket that the article would have spared.
func (s *sample) first(c Costs, at float64) float64 {
	said, fits := s.accept >= at, s.truth == s.top
	switch {
	case said && !fits:
		return s.weight * (c.Question + c.Handover)
	case !said && fits:
		return s.weight * c.Handover
	}
	return 0
}

// rephrased is the share of contacts who are understood when asked for other words:
// an assumption, not a measurement. A question that offers the wrong matters leads
// to a person at once.
const rephrased = 0.5

// pass is what it costs not to have understood: other words are asked for, then for
// some a person. What is none of ours needs neither.
func (s *sample) pass(c Costs) float64 {
	switch {
	case s.outside() && s.none >= declined:
		return 0
	case s.outside():
		return c.Question
	}
	return c.Question + (1-rephrased)*c.Handover
}

// cost is what a message costs with two borders, were the likeliest intent's
// action this one.
func (s *sample) cost(c Costs, action desk.IntentAction, answer, ask float64) float64 {
	switch {
	case s.accept >= answer:
		return s.weight * s.act(c, action)
	case s.accept >= ask:
		return s.weight * s.ask(c)
	}
	return s.weight * s.pass(c)
}
