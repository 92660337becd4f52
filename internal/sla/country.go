package sla

import (
	"bytes"
	_ "embed" // the figures we ship
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

//go:embed targets.yaml
var shippedTargets []byte

//go:embed countries.yaml
var shippedCountries []byte

// Defaults are the settings a new desk starts with.
func Defaults() (Settings, error) {
	var s Settings
	dec := yaml.NewDecoder(bytes.NewReader(shippedTargets))
	dec.KnownFields(true)
	if err := dec.Decode(&s); err != nil {
		return s, fmt.Errorf("reading the targets: %w", err)
	}
	return s, s.Check()
}

// Unit is what a deadline is counted in.
type Unit string

// The units.
const (
	Hours        Unit = "hours"
	CalendarDays Unit = "calendar_days"
	BusinessDays Unit = "business_days"
	Months       Unit = "months"
)

// Units lists the units as they are offered.
var Units = []Unit{Hours, CalendarDays, BusinessDays, Months}

// Valid reports whether u is one of the units.
func (u Unit) Valid() bool { return slices.Contains(Units, u) }

// most is the longest deadline in a unit: a year.
func (u Unit) most() int {
	switch u {
	case Hours:
		return maxDaysHours
	case Months:
		return 12
	}
	return maxDays
}

// Deadline is how long the law gives for a matter.
type Deadline struct {
	Key       string   `yaml:"key"`
	Matter    string   `yaml:"matter"` // complaint, restoration, cancellation, ...: key of its words
	Value     int      `yaml:"value"`  // 0: not known, and so not applied
	Unit      Unit     `yaml:"unit"`
	Intents   []string `yaml:"intents"` // whose tickets; "*": of all
	Source    string   `yaml:"source"`
	Confirmed bool     `yaml:"confirmed"` // read in the text of the law
	Own       bool     `yaml:"-"`         // an admin set the figure
}

// Covers reports whether a deadline is about tickets of an intent.
func (d *Deadline) Covers(intent string) bool {
	return d.Value > 0 && (slices.Contains(d.Intents, intent) || slices.Contains(d.Intents, "*"))
}

// Override is a deadline's figure as an admin set it.
type Override struct {
	Key       string   `json:"key"`
	Value     int      `json:"value"`
	Unit      Unit     `json:"unit"`
	Intents   []string `json:"intents,omitempty"`
	Confirmed bool     `json:"confirmed"`
}

// Country is what the law of a country asks.
type Country struct {
	Code      string     `yaml:"code"`
	Members   []string   `yaml:"members"` // countries it is a union of
	Holidays  []string   `yaml:"holidays"`
	Easter    []int      `yaml:"easter"`
	Deadlines []Deadline `yaml:"deadlines"`
}

// Countries reads the shipped countries and checks them.
func Countries() ([]Country, error) { return readCountries(shippedCountries) }

func readCountries(raw []byte) ([]Country, error) {
	var file struct {
		Countries []Country `yaml:"countries"`
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&file); err != nil {
		return nil, fmt.Errorf("reading the countries: %w", err)
	}
	var problems []error
	seen := map[string]bool{}
	for _, c := range file.Countries {
		for _, day := range c.Holidays {
			if _, err := time.Parse("2006-01-02", "2024-"+day); err != nil { // a leap year: every date exists
				problems = append(problems, fmt.Errorf("%s: %q is no day of a year", c.Code, day))
			}
		}
		for _, d := range c.Deadlines {
			if seen[d.Key] || !strings.HasPrefix(d.Key, strings.ToLower(c.Code)+".") || !d.Unit.Valid() || d.Value < 0 || d.Value > d.Unit.most() || d.Matter == "" || d.Source == "" {
				problems = append(problems, fmt.Errorf("%s: the deadline %q is not right", c.Code, d.Key))
			}
			seen[d.Key] = true
		}
	}
	return file.Countries, errors.Join(problems...)
}

// CountryOf returns the country of a two-letter code, with its deadlines as the
// settings have them; nil when nothing is known of it.
func CountryOf(all []Country, code string, s Settings) *Country {
	code = strings.ToUpper(code)
	i := slices.IndexFunc(all, func(c Country) bool { return c.Code == code || slices.Contains(c.Members, code) })
	if i < 0 {
		return nil
	}
	c := all[i]
	c.Deadlines = slices.Clone(c.Deadlines)
	for n := range c.Deadlines {
		d := &c.Deadlines[n]
		for _, o := range s.Deadlines {
			if o.Key == d.Key {
				d.Value, d.Unit, d.Intents, d.Confirmed, d.Own = o.Value, o.Unit, o.Intents, o.Confirmed, true
			}
		}
	}
	return &c
}
