package guard

// check is one proposal being checked.
type check struct {
	p     Proposal
	given Given
	found []Violation
}

func newCheck(p Proposal, given Given) *check { return &check{p: p, given: given} }

func (c *check) fail(code Code, detail string) { c.found = append(c.found, Violation{code, detail}) }
