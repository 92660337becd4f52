package desk_test

import (
	"testing"

	"antena/internal/desk"
)

func TestArticle_For(t *testing.T) {
	t.Parallel()
	north, fast := []string{"Norte", "Centro"}, []string{"Fibra 300"}
	for _, c := range []struct {
		name         string
		zones, plans []string
		zone, plan   string
		want         desk.Reach
	}{
		{"for everyone", nil, nil, "", "", desk.ReachYes},
		{"for everyone, whoever it is", nil, nil, "Sur", "Fibra 100", desk.ReachYes},
		{"of the zone", north, nil, " centro ", "", desk.ReachYes},
		{"of another zone", north, nil, "Sur", "", desk.ReachNo},
		{"of no known zone", north, nil, " ", "Fibra 300", desk.ReachUnknown},
		{"of the plan", nil, fast, "", "FIBRA 300", desk.ReachYes},
		{"of another plan", nil, fast, "", "Fibra 100", desk.ReachNo},
		{"of no known plan", nil, fast, "Norte", "", desk.ReachUnknown},
		{"of both", north, fast, "Norte", "Fibra 300", desk.ReachYes},
		{"one of them wrong settles it", north, fast, "Sur", "", desk.ReachNo},
		{"one of them unknown", north, fast, "Norte", "", desk.ReachUnknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := desk.Article{Zones: c.zones, Plans: c.plans}
			if got := a.For(&desk.Contact{Zone: c.zone, Plan: c.plan}); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}
