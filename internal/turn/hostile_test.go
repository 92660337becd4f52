package turn_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"antena/internal/guard/hostile"
	"antena/internal/turn/turntest"
)

// TestHostileInputs drives everything a hostile customer does through the real turn, without a language model. With -v it prints the table.
func TestHostileInputs(t *testing.T) {
	t.Parallel()
	cases, err := hostile.Inputs()
	if err != nil {
		t.Fatal(err)
	}
	if len(cases) < 60 {
		t.Errorf("there are only %d cases", len(cases))
	}
	m, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	table := make([]string, len(cases))
	t.Cleanup(func() { t.Logf("%d cases\n%s", len(cases), strings.Join(table, "\n")) })
	for i, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			s := turntest.New(t, m, turntest.Options{Name: c.Profile})
			for _, m := range c.Messages {
				s.Arrive(turntest.Incoming(m))
			}
			action := s.Judge(c)
			mu.Lock()
			defer mu.Unlock()
			table[i] = fmt.Sprintf("  %-45s %-8s of %s", c.Name, action, strings.Join(c.Accept, "|"))
		})
	}
}
