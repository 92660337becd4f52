package pricing

import (
	"bytes"
	_ "embed" // the prices we ship
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"antena/internal/desk"
)

//go:embed rates.yaml
var shipped []byte

// Lists are price lists, oldest first.
type Lists struct{ all []list }

// list is what holds from a day on.
type list struct {
	From     time.Time `yaml:"from"`
	Currency string    `yaml:"currency"`
	Rules    rules     `yaml:"rules"`
	Markets  []market  `yaml:"markets"`
}

type rules struct {
	Service         bool `yaml:"service"`
	UtilityInWindow bool `yaml:"utility_in_window"`
	FreeService     int  `yaml:"free_service"`
}

type market struct {
	Name           string   `yaml:"name"`
	Countries      []string `yaml:"countries"`
	Codes          []string `yaml:"codes"`
	Marketing      int64    `yaml:"marketing"`
	Utility        int64    `yaml:"utility"`
	Authentication int64    `yaml:"authentication"`
	Confirmed      bool     `yaml:"confirmed"`
}

// Shipped are the prices that come with Antena.
func Shipped() (*Lists, error) { return Read(shipped) }

// maxMicros keeps a slip of the comma from passing as a price: nobody charges
// ten units of a currency for a message.
const maxMicros = 10_000_000

// Read reads price lists and checks them; all problems come back in one error.
func Read(raw []byte) (*Lists, error) {
	var file struct {
		Lists []list `yaml:"lists"`
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&file); err != nil {
		return nil, fmt.Errorf("reading the price list: %w", err)
	}
	var problems []error
	if len(file.Lists) == 0 {
		problems = append(problems, errors.New("there is no list"))
	}
	slices.SortFunc(file.Lists, func(a, b list) int { return a.From.Compare(b.From) })
	for i, l := range file.Lists {
		if i > 0 && l.From.Equal(file.Lists[i-1].From) {
			problems = append(problems, fmt.Errorf("two lists begin on %s", l.From.Format(time.DateOnly)))
		}
		problems = append(problems, l.problems()...)
	}
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("the price list has problems: %w", err)
	}
	return &Lists{file.Lists}, nil
}

var (
	currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)
	countryForm  = regexp.MustCompile(`^[A-Z]{2}$`)
	codeForm     = regexp.MustCompile(`^[1-9][0-9]{0,6}$`)
)

func (l *list) problems() []error {
	var all []error
	complain := func(format string, args ...any) {
		all = append(all, fmt.Errorf("list of %s: "+format, append([]any{l.From.Format(time.DateOnly)}, args...)...))
	}
	if l.From.IsZero() {
		complain("has no day it begins")
	}
	if !currencyForm.MatchString(l.Currency) {
		complain("%q is not a currency", l.Currency)
	}
	if l.Rules.FreeService < 0 {
		complain("free_service is negative")
	}
	seen := map[string]string{}
	for _, m := range l.Markets {
		if min(m.Marketing, m.Utility, m.Authentication) < 0 || max(m.Marketing, m.Utility, m.Authentication) > maxMicros {
			complain("%s: a price is not between 0 and %d millionths", m.Name, maxMicros)
		}
		for _, key := range slices.Concat(m.Countries, m.Codes) {
			if !countryForm.MatchString(key) && !codeForm.MatchString(key) {
				complain("%s: %q is neither a country nor a calling code", m.Name, key)
			}
			if other := seen[key]; other != "" {
				complain("%q belongs to %s and to %s", key, other, m.Name)
			}
			seen[key] = m.Name
		}
	}
	return all
}

// at returns the list in force at a time; nil before the first.
func (p *Lists) at(now time.Time) *list {
	var found *list
	for i := range p.all {
		if !now.Before(p.all[i].From) {
			found = &p.all[i]
		}
	}
	return found
}

// market finds whose prices hold for a person, by phone or by the country of the user id.
func (l *list) market(phone, bsuid string) *market {
	var found *market
	longest := 0
	for i := range l.Markets {
		for _, code := range l.Markets[i].Codes {
			if len(code) > longest && strings.HasPrefix(phone, code) {
				found, longest = &l.Markets[i], len(code)
			}
		}
	}
	if country, _, ok := strings.Cut(bsuid, "."); found == nil && ok {
		for i := range l.Markets {
			if slices.Contains(l.Markets[i].Countries, country) {
				return &l.Markets[i]
			}
		}
	}
	return found
}

// rate is the price of a category; replies cost what utility costs.
func (m *market) rate(category string) (int64, bool) {
	switch category {
	case desk.CategoryService, "utility":
		return m.Utility, true
	case "marketing", "marketing_lite":
		return m.Marketing, true
	case "authentication":
		return m.Authentication, true
	}
	return 0, false
}
