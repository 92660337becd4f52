package app

import (
	"fmt"
	"testing"
)

// Names from outside do not make ever more series.
func TestMetrics_StrangeKindsAreFew(t *testing.T) {
	t.Parallel()
	m := newMetrics()
	for i := range strangeMost + 40 {
		m.Strange(fmt.Sprint("field ", i))
	}
	m.Strange("field 0")
	found, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]float64{}
	for _, family := range found {
		if family.GetName() != "antena_strange_events_total" {
			continue
		}
		for _, one := range family.GetMetric() {
			counts[one.GetLabel()[0].GetValue()] = one.GetCounter().GetValue()
		}
	}
	if len(counts) != strangeMost+1 || counts["field 0"] != 2 || counts["other"] != 40 {
		t.Errorf("%d series, field 0 counted %v times, others %v", len(counts), counts["field 0"], counts["other"])
	}
}
