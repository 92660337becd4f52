package desk_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"antena/internal/desk"
)

// office is open on weekdays from eight to noon and from one to six, in spans that
// overlap and come in no order.
func office(zone string) desk.Calendar {
	p := desk.Profile{TimeZone: zone, Holidays: []string{"2026-12-25"}}
	for d := time.Monday; d <= time.Friday; d++ {
		p.Hours = append(p.Hours, desk.Hours{Day: d, From: "13:00", To: "17:00"}, desk.Hours{Day: d, From: "08:00", To: "12:00"}, desk.Hours{Day: d, From: "16:00", To: "18:00"})
	}
	return p.Calendar()
}

func TestCalendar(t *testing.T) {
	t.Parallel()
	at := func(s string) time.Time {
		loc, err := time.LoadLocation("America/Bogota")
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := time.ParseInLocation("2006-01-02 15:04", s, loc)
		if err != nil {
			t.Fatal(err)
		}
		return parsed
	}
	c := office("America/Bogota")
	for _, k := range []struct {
		name, from, to string
		open           time.Duration
		next           string
	}{
		{"within a span", "2026-11-23 09:00", "2026-11-23 11:30", 150 * time.Minute, "2026-11-23 09:00"},
		{"over the midday break", "2026-11-23 11:30", "2026-11-23 13:30", time.Hour, "2026-11-23 11:30"},
		{"overlapping spans count once", "2026-11-23 13:00", "2026-11-23 23:00", 5 * time.Hour, "2026-11-23 13:00"},
		{"in the break", "2026-11-23 12:00", "2026-11-23 12:30", 0, "2026-11-23 13:00"},
		{"over a weekend", "2026-11-27 17:00", "2026-11-30 09:00", 2 * time.Hour, "2026-11-27 17:00"},
		{"on a Saturday", "2026-11-28 10:00", "2026-11-28 20:00", 0, "2026-11-30 08:00"},
		{"over a holiday", "2026-12-24 18:00", "2026-12-28 08:30", 30 * time.Minute, "2026-12-28 08:00"},
		{"backwards", "2026-11-23 11:00", "2026-11-23 09:00", 0, "2026-11-23 11:00"},
	} {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			if got := c.Between(at(k.from), at(k.to)); got != k.open {
				t.Errorf("open for %s, want %s", got, k.open)
			}
			if got, ok := c.Next(at(k.from)); !ok || !got.Equal(at(k.next)) {
				t.Errorf("next open at %s (%v), want %s", got, ok, k.next)
			}
		})
	}
	if got, ok := c.After(at("2026-11-27 17:30"), 2*time.Hour); !ok || !got.Equal(at("2026-11-30 09:30")) {
		t.Errorf("two hours of work after Friday 17:30 is %s (%v)", got, ok)
	}
	never := desk.Calendar{Hours: []desk.Hours{{Day: time.Monday, From: "18:00", To: "08:00"}}}
	if got, ok := never.Next(at("2026-11-23 09:00")); ok {
		t.Errorf("what never opens opens at %s", got)
	}
	if got, ok := (desk.Calendar{}).After(at("2026-11-28 10:00"), time.Hour); !ok || !got.Equal(at("2026-11-28 11:00")) {
		t.Errorf("without hours it is %s (%v)", got, ok)
	}
}

// When so much of the calendar has passed, so much lies between; also where clocks
// are moved.
func TestCalendar_AfterIsBetween(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for _, zone := range []string{"America/Santiago", "Europe/Madrid", "Asia/Kolkata"} {
		c := office(zone)
		from := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
		for range 300 {
			begin := from.Add(time.Duration(r.Int64N(int64(270 * 24 * time.Hour)))).Truncate(time.Second)
			d := time.Duration(r.Int64N(int64(60 * time.Hour))).Truncate(time.Second)
			end, ok := c.After(begin, d)
			if got := c.Between(begin, end); !ok || got != d {
				t.Fatalf("%s: %s after %s is %s (%v), and %s lie between", zone, d, begin, end, ok, got)
			}
			if next, _ := c.Next(begin); !c.Open(next) || c.Between(begin, next) != 0 {
				t.Fatalf("%s: next after %s is %s", zone, begin, next)
			}
		}
	}
}
