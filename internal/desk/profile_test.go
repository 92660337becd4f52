package desk_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"antena/internal/desk"
)

func TestPeopleAnswer(t *testing.T) {
	t.Parallel()
	weekdays := func(from, to string) []desk.Hours {
		var h []desk.Hours
		for d := time.Monday; d <= time.Friday; d++ {
			h = append(h, desk.Hours{Day: d, From: from, To: to})
		}
		return h
	}
	friday := weekdays("08:00", "20:00")
	lunch := append(weekdays("08:00", "12:00"), weekdays("13:30", "18:00")...)
	night := []desk.Hours{{Day: time.Friday, From: "22:00", To: "24:00"}, {Day: time.Saturday, From: "00:00", To: "02:00"}}
	for _, c := range []struct {
		name     string
		hours    []desk.Hours
		holidays []string
		zone     string
		at       string // UTC; 2026-11-20 is a Friday
		want     bool
	}{
		{"no hours set: always", nil, nil, "UTC", "2026-11-22 03:00:00", true},
		{"no hours set: holidays do not count", nil, []string{"2026-11-22"}, "UTC", "2026-11-22 03:00:00", true},
		{"before opening", friday, nil, "UTC", "2026-11-20 07:59:59", false},
		{"at opening", friday, nil, "UTC", "2026-11-20 08:00:00", true},
		{"last minute", friday, nil, "UTC", "2026-11-20 19:59:59", true},
		{"at closing", friday, nil, "UTC", "2026-11-20 20:00:00", false},
		{"weekend", friday, nil, "UTC", "2026-11-21 12:00:00", false},
		{"holiday", friday, []string{"2026-11-20"}, "UTC", "2026-11-20 12:00:00", false},
		{"another holiday", friday, []string{"2026-11-19"}, "UTC", "2026-11-20 12:00:00", true},
		{"lunch", lunch, nil, "UTC", "2026-11-20 12:00:00", false},
		{"after lunch", lunch, nil, "UTC", "2026-11-20 13:30:00", true},
		{"São Paulo opens", friday, nil, "America/Sao_Paulo", "2026-11-20 11:00:00", true},
		{"São Paulo not yet", friday, nil, "America/Sao_Paulo", "2026-11-20 10:59:59", false},
		{"Friday there, Saturday here", friday, nil, "America/Sao_Paulo", "2026-11-20 22:59:00", true},
		{"half-hour zone: before", friday, nil, "Asia/Kolkata", "2026-11-20 02:29:59", false},
		{"half-hour zone: opens", friday, nil, "Asia/Kolkata", "2026-11-20 02:30:00", true},
		{"half-hour zone: closes", friday, nil, "Asia/Kolkata", "2026-11-20 14:30:00", false},
		{"quarter-hour zone", friday, nil, "Asia/Kathmandu", "2026-11-20 02:15:00", true},
		{"holiday is the local day", friday, []string{"2026-11-20"}, "Pacific/Auckland", "2026-11-19 20:00:00", false},
		{"until midnight", night, nil, "UTC", "2026-11-20 23:59:59", true},
		{"past midnight", night, nil, "UTC", "2026-11-21 00:00:00", true},
		{"end of the night", night, nil, "UTC", "2026-11-21 02:00:00", false},
		{"unknown zone is UTC", friday, nil, "Mars/Olympus", "2026-11-20 08:00:00", true},
		{"spans that are no times never match", []desk.Hours{{Day: time.Friday, From: "8", To: "24:01"}, {Day: time.Friday, From: "x:00", To: "20:00"},
			{Day: time.Friday, From: "00:00", To: "20:60"}, {Day: time.Friday, From: "", To: ""}}, nil, "UTC", "2026-11-20 12:00:00", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			at, err := time.Parse(time.DateTime, c.at)
			if err != nil {
				t.Fatal(err)
			}
			p := desk.Profile{Hours: c.hours, Holidays: c.holidays, TimeZone: c.zone}
			if got := p.PeopleAnswer(at); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestFill(t *testing.T) {
	t.Parallel()
	p := desk.Profile{Name: "Río Fibra", Placeholders: map[string]desk.Words{
		"hours": {"es": "8 a 20", "pt": "8 às 20", "en": "8 to 20"}, "pix_key": {"pt": "chave"}, "empty": {"es": ""},
		"nested": {"es": "{hours}"},
	}}
	for _, c := range []struct {
		name, text, language, want string
		missing                    []string
	}{
		{"in the language", "a {hours} b", "pt", "a 8 às 20 b", nil},
		{"each time", "{hours}/{hours}", "es", "8 a 20/8 a 20", nil},
		{"in another language when that is all there is", "{pix_key}", "es", "chave", nil},
		{"an unknown language", "{hours}", "fr", "8 a 20", nil},
		{"the ISP's name", "{isp_name}", "es", "Río Fibra", nil},
		{"missing, once", "{no_such} {empty} {no_such}", "es", "{no_such} {empty} {no_such}", []string{"no_such", "empty"}},
		{"the ticket's number waits for the commit", "*{protocol}*", "es", "*{protocol}*", nil},
		{"what is no placeholder stays", "{Hours} { hours } {} {", "es", "{Hours} { hours } {} {", nil},
		{"a value is not filled again", "{nested}", "es", "{hours}", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, missing := p.Fill(c.text, c.language)
			if got != c.want || !slices.Equal(missing, c.missing) {
				t.Errorf("got %q and %v", got, missing)
			}
		})
	}
	own := desk.Profile{Name: "Río Fibra", Placeholders: map[string]desk.Words{"isp_name": {"es": "Otra"}}}
	if got, _ := own.Fill("{isp_name}", "es"); got != "Otra" {
		t.Errorf("a set isp_name does not win over the name: %q", got)
	}
}

func TestAnswerFor(t *testing.T) {
	t.Parallel()
	th := desk.Thresholds{Answer: 0.7, PerIntent: map[string]float64{"opt_out": 0.9, "free": 0}}
	for label, want := range map[string]float64{"x": 0.7, "opt_out": 0.9, "free": 0} {
		if got := th.AnswerFor(label); got != want {
			t.Errorf("%s: %v", label, got)
		}
	}
}

func TestPlaceholders(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"":                       nil,
		"none":                   nil,
		"{a}":                    {"a"},
		"{a}{b_2}{a}":            {"a", "b_2"},
		"{{a}}":                  {"a"},
		"{a {b}":                 {"b"},
		"{A} {á} {a-b} {} {a b}": nil,
		"{a":                     nil,
		"}{a}{":                  {"a"},
	} {
		if got := desk.Placeholders(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func FuzzPlaceholders(f *testing.F) {
	for _, s := range []string{"", "{a}", "{{a}}", "a {b} {c", "}{", "{á}", "{a}{a}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		names := desk.Placeholders(text)
		values := map[string]desk.Words{}
		for i, name := range names {
			if !strings.Contains(text, "{"+name+"}") || slices.Contains(names[:i], name) {
				t.Fatalf("%q of %q", name, text)
			}
			values[name] = desk.Words{"es": "-"} // no letter of a name: it makes no new placeholder
		}
		p := desk.Profile{Placeholders: values}
		filled, missing := p.Fill(text, "es")
		if len(missing) > 0 {
			t.Fatalf("%v are missing though all are set", missing)
		}
		for _, name := range names {
			if name != "protocol" && strings.Contains(filled, "{"+name+"}") {
				t.Fatalf("{%s} is left in %q", name, filled)
			}
		}
	})
}
