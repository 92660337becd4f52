package desk

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Profile is what the ISP set: its words, hours and the assistant's caution. An
// admin changes it at run time.
type Profile struct {
	Name         string           `json:"name"` // of the ISP
	Country      string           `json:"country"`
	TimeZone     string           `json:"time_zone"` // IANA name
	Languages    []string         `json:"languages"`
	Placeholders map[string]Words `json:"placeholders"` // values for {names} in articles
	Hours        []Hours          `json:"hours"`        // when people answer; empty: always
	Holidays     []string         `json:"holidays"`     // dates YYYY-MM-DD in TimeZone
	Thresholds   Thresholds       `json:"thresholds"`
	Version      string           `json:"-"` // hash of the content; empty until it is in force
}

// Hours is one span of a weekday in which people answer, local time.
type Hours struct {
	Day  time.Weekday `json:"day"`
	From string       `json:"from"` // "08:00"
	To   string       `json:"to"`   // "20:00"; "24:00" is the end of the day
}

// Thresholds are the borders of the three bands of confidence: at or above
// Answer the assistant acts, from Ask up to Answer it asks, below Ask it has not
// understood. PerIntent overrides Answer for one label. What the ISP sets is laid
// over what was tuned; there, zero is "as tuned".
type Thresholds struct {
	Answer    float64            `json:"answer" yaml:"answer"`
	Ask       float64            `json:"ask" yaml:"ask"`
	Article   float64            `json:"article" yaml:"article"` // to answer from an article found without a sure intent
	First     float64            `json:"first" yaml:"first"`     // to say an article of a sure intent before its ticket is offered
	PerIntent map[string]float64 `json:"per_intent,omitempty" yaml:"per_intent,omitempty"`
}

// Over lays thresholds over tuned ones: what is zero stays as tuned. Whoever moves
// Answer moves the tuned exceptions as far, since they are more or less caution
// than the rest; own exceptions stand as they are.
func (t Thresholds) Over(tuned Thresholds) Thresholds {
	moved := 0.0
	if t.Answer != 0 {
		moved = t.Answer - tuned.Answer
	} else {
		t.Answer = tuned.Answer
	}
	if t.Ask == 0 {
		t.Ask = tuned.Ask
	}
	if t.Article == 0 {
		t.Article = tuned.Article
	}
	if t.First == 0 {
		t.First = tuned.First
	}
	own := t.PerIntent
	t.PerIntent = make(map[string]float64, len(tuned.PerIntent)+len(own))
	for label, v := range tuned.PerIntent {
		t.PerIntent[label] = math.Round(1000*min(max(v+moved, 0), 1)) / 1000
	}
	for label, v := range own {
		t.PerIntent[label] = v
	}
	return t
}

// AnswerFor returns the confidence needed to act on an intent.
func (t Thresholds) AnswerFor(label string) float64 {
	if v, ok := t.PerIntent[label]; ok {
		return v
	}
	return t.Answer
}

// Of returns the thresholds with the exceptions for some intents alone.
func (t Thresholds) Of(intents []Score) Thresholds {
	all := t.PerIntent
	t.PerIntent = nil
	for _, s := range intents {
		if v, ok := all[s.Label]; ok {
			if t.PerIntent == nil {
				t.PerIntent = make(map[string]float64, len(intents))
			}
			t.PerIntent[s.Label] = v
		}
	}
	return t
}

// Location returns the desk's time zone, UTC when it is not known.
func (p *Profile) Location() *time.Location {
	if loc, err := time.LoadLocation(p.TimeZone); err == nil {
		return loc
	}
	return time.UTC
}

// PeopleAnswer reports whether it is within the hours at the time of now.
func (p *Profile) PeopleAnswer(now time.Time) bool {
	return p.Calendar().Open(now)
}

// Fill puts the profile's values in the place of a text's {placeholders}, in a
// language, and returns the names that have no value. The token for a ticket's
// number is left for the commit.
func (p *Profile) Fill(text, language string) (string, []string) {
	var missing []string
	for _, name := range Placeholders(text) {
		if "{"+name+"}" == ProtocolToken {
			continue
		}
		value := p.Placeholders[name].In(language)
		if name == "isp_name" && value == "" {
			value = p.Name
		}
		if value == "" {
			missing = append(missing, name)
			continue
		}
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	return text, missing
}

func minutes(s string) (int, bool) {
	h, m, ok := strings.Cut(s, ":")
	hour, errH := strconv.Atoi(h)
	minute, errM := strconv.Atoi(m)
	total := hour*60 + minute
	return total, ok && errH == nil && errM == nil && hour >= 0 && minute >= 0 && minute < 60 && total <= 24*60
}
