package sla

import (
	"testing"
	"time"

	"antena/internal/desk"
)

func TestLengths_MostSpecificWins(t *testing.T) {
	t.Parallel()
	s := Settings{Targets: []Target{
		{First: 15, Next: 30, Resolution: 960}, {Priority: desk.PriorityUrgent, First: 5, Resolution: 240},
		{Intent: "cancellation", First: 10}, {Intent: "cancellation", Priority: desk.PriorityUrgent, First: 3},
	}}
	minutes := func(first, next, resolution int) lengths {
		return lengths{time.Duration(first) * time.Minute, time.Duration(next) * time.Minute, time.Duration(resolution) * time.Minute}
	}
	for _, test := range []struct {
		intent   string
		priority desk.Priority
		want     lengths
	}{
		{"", desk.PriorityNormal, minutes(15, 30, 960)},
		{"no_internet", desk.PriorityUrgent, minutes(5, 30, 240)},
		{"cancellation", desk.PriorityNormal, minutes(10, 30, 960)},
		{"cancellation", desk.PriorityUrgent, minutes(3, 30, 240)},
	} {
		if got := s.lengths(test.intent, test.priority); got != test.want {
			t.Errorf("%s %s: %v, want %v", test.intent, test.priority, got, test.want)
		}
	}
}

func TestShipped(t *testing.T) {
	t.Parallel()
	s, err := Defaults()
	if err != nil || s.Share != 80 || len(s.Targets) == 0 {
		t.Fatalf("defaults %+v, %v", s, err)
	}
	all, err := Countries()
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"BR", "CO", "PE", "CL", "MX", "AR", "EU", "pt", "DE"} {
		if c := CountryOf(all, code, s); c == nil || len(c.Deadlines) == 0 {
			t.Errorf("nothing is known of %s", code)
		}
	}
	if CountryOf(all, "US", s) != nil || CountryOf(all, "", s) != nil {
		t.Error("something is known of a country that is not in the file")
	}
	for _, c := range all {
		for _, d := range c.Deadlines {
			if d.Confirmed && d.Value == 0 {
				t.Errorf("%s is confirmed and not known", d.Key)
			}
		}
	}
	if _, err := readCountries([]byte("countries: [{code: XX, holidays: [13-01], deadlines: [{key: yy.a, value: 1, unit: hours}]}]")); err == nil {
		t.Error("a wrong file was read")
	}
}

func TestSettings_Check(t *testing.T) {
	t.Parallel()
	good, err := Defaults()
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Settings){
		"share":     func(s *Settings) { s.Share = 100 },
		"window":    func(s *Settings) { s.WindowHours = 24 },
		"twice":     func(s *Settings) { s.Targets = append(s.Targets, s.Targets[0]) },
		"priority":  func(s *Settings) { s.Targets = []Target{{Priority: "soon"}} },
		"negative":  func(s *Settings) { s.Targets = []Target{{First: -1}} },
		"too long":  func(s *Settings) { s.Targets = []Target{{First: MaxMinutes + 1}} },
		"unit":      func(s *Settings) { s.Deadlines = []Override{{Key: "br.demand", Value: 1, Unit: "weeks"}} },
		"two years": func(s *Settings) { s.Deadlines = []Override{{Key: "br.demand", Value: 13, Unit: Months}} },
	} {
		bad := good
		if spoil(&bad); bad.Check() == nil {
			t.Errorf("%s passes", name)
		}
	}
}

func TestDeadline_Due(t *testing.T) {
	t.Parallel()
	santiago, err := time.LoadLocation("America/Santiago")
	if err != nil {
		t.Fatal(err)
	}
	all, err := Countries()
	if err != nil {
		t.Fatal(err)
	}
	chile := days{zone: santiago, country: CountryOf(all, "CL", Settings{}), own: []string{"2026-09-21"}}
	for _, test := range []struct {
		name  string
		value int
		unit  Unit
		from  string
		want  string // local
	}{
		{"hours run on", 24, Hours, "2026-09-05 18:30", "2026-09-06 19:30"}, // an hour is lost at midnight
		{"days end at midnight", 7, CalendarDays, "2026-11-23 09:00", "2026-12-01 00:00"},
		{"the day itself does not count", 1, CalendarDays, "2026-11-23 23:59", "2026-11-25 00:00"},
		{"weekends do not count", 5, BusinessDays, "2026-11-20 10:00", "2026-11-28 00:00"},
		{"nor do holidays and the desk's own", 2, BusinessDays, "2026-09-17 10:00", "2026-09-24 00:00"},
		{"nor what follows Easter", 1, BusinessDays, "2026-04-02 10:00", "2026-04-07 00:00"},
		{"a month ends with the shorter one", 1, Months, "2026-01-31 10:00", "2026-03-01 00:00"},
		{"a month over the year's end", 1, Months, "2026-12-15 10:00", "2027-01-16 00:00"},
		{"a night without midnight", 1, CalendarDays, "2026-09-04 10:00", "2026-09-06 01:00"},
	} {
		from, err := time.ParseInLocation("2006-01-02 15:04", test.from, santiago)
		if err != nil {
			t.Fatal(err)
		}
		d := Deadline{Value: test.value, Unit: test.unit}
		if got := d.due(from.UTC(), chile).In(santiago).Format("2006-01-02 15:04"); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestEaster(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]string{2024: "03-31", 2025: "04-20", 2026: "04-05", 2027: "03-28", 2038: "04-25"} {
		if got := easter(year).Format("01-02"); got != want {
			t.Errorf("%d: %s, want %s", year, got, want)
		}
	}
}
