package emulator

import (
	"fmt"
	"time"
)

// FaultProfile is a way for a network to be bad.
type FaultProfile struct {
	Name   string
	Faults []Fault
}

// FaultProfiles returns those there are, in the order they are offered.
func FaultProfiles() []FaultProfile {
	twice := Fault{Kind: FaultDuplicate, Copies: 3, Probability: .5}
	swapped := Fault{Kind: FaultReorder, Delay: 400 * time.Millisecond, Probability: .5}
	days := Fault{Kind: FaultHold, Delay: 2 * 24 * time.Hour, Probability: .3}
	batch := Fault{Kind: FaultBatch, Copies: 1000, Delay: 500 * time.Millisecond}
	lost := Fault{Kind: FaultStatusLost, Probability: .5}
	return []FaultProfile{
		{"duplicates", []Fault{twice}},
		{"reordered", []Fault{swapped, {Kind: FaultLate, Delay: time.Second, Probability: .3}}},
		{"days-late", []Fault{days}},
		{"batches", []Fault{batch}},
		{"slow", []Fault{{Kind: FaultSlow, Delay: 2 * time.Second}}},
		{"errors-after", []Fault{{Kind: FaultErrorAfter, HTTPStatus: 500, Probability: .3}, {Kind: FaultResetAfter, Probability: .2}}},
		{"timeouts", []Fault{{Kind: FaultHang, Probability: .3}}},
		{"lost-statuses", []Fault{lost}},
		{"early-statuses", []Fault{{Kind: FaultStatusFirst}}},
		{"refusals", []Fault{{Kind: FaultRefuse, Code: 130429, Probability: .3}, {Kind: FaultBareStatus, HTTPStatus: 503, Probability: .2}}},
		{"storm", []Fault{
			{Kind: FaultErrorAfter, HTTPStatus: 500, Probability: .05}, {Kind: FaultResetBefore, Probability: .1}, {Kind: FaultRefuse, Code: 130429, Probability: .1},
			{Kind: FaultStatusFirst, Probability: .3}, {Kind: FaultStatusLost, Probability: .1}, twice, swapped, {Kind: FaultLate, Delay: 2 * time.Second, Probability: .2},
			{Kind: FaultBatch, Copies: 1000, Delay: 300 * time.Millisecond, Probability: .3},
		}},
	}
}

// InjectProfile switches a profile on, until the returned function is called or ClearFaults.
func (em *Emulator) InjectProfile(name string) (remove func(), err error) {
	for _, p := range FaultProfiles() {
		if p.Name != name {
			continue
		}
		off := make([]func(), len(p.Faults))
		for i, f := range p.Faults {
			off[i] = em.Inject(f)
		}
		return func() {
			for _, remove := range off {
				remove()
			}
		}, nil
	}
	return nil, fmt.Errorf("emulator: there is no profile of faults %q", name)
}
