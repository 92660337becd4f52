package console

import (
	"testing"

	"antena/internal/sla"
)

// Every deadline that is shipped can be named in every language.
func TestDeadlines_HaveWords(t *testing.T) {
	t.Parallel()
	all, err := loadSpeech()
	if err != nil {
		t.Fatal(err)
	}
	countries, err := sla.Countries()
	if err != nil {
		t.Fatal(err)
	}
	for language, s := range all {
		for _, c := range countries {
			keys := []string{"country." + c.Code}
			for _, d := range c.Deadlines {
				keys = append(keys, "sla.rule."+d.Key, "sla.matter."+d.Matter, "sla.unit."+string(d.Unit), "sla.units."+string(d.Unit))
			}
			for _, key := range keys {
				if !s.Has(key) {
					t.Errorf("%s has no words for %s", language, key)
				}
			}
		}
	}
}

func TestMinutes(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		give string
		want int
		text string
	}{
		{"", 0, ""}, {"15", 15, "15 min"}, {" 15 MIN ", 15, "15 min"}, {"2h", 120, "2 h"}, {"1 h 30", 90, "1 h 30 min"}, {"1h30m", 90, "1 h 30 min"}, {"90 min", 90, "1 h 30 min"},
	} {
		got, ok := parseMinutes(test.give)
		if !ok || got != test.want || minutesText(got) != test.text {
			t.Errorf("%q is %d (%v), said %q", test.give, got, ok, minutesText(got))
		}
		if again, ok := parseMinutes(minutesText(got)); !ok || again != got {
			t.Errorf("%q is not read as it is said", test.text)
		}
	}
	for _, bad := range []string{"soon", "-5", "1.5h", "10s", "9999999", "h", "99999h"} {
		if got, ok := parseMinutes(bad); ok {
			t.Errorf("%q is read as %d", bad, got)
		}
	}
}
