package desk

import (
	"strings"
	"time"
)

// Reading is what a model made of a contact's recording or picture. It helps people
// and hints at what is meant; it proves nothing.
type Reading struct {
	Heard    string      `json:"heard,omitempty"`    // words of a recording
	Sight    string      `json:"sight,omitempty"`    // kind of a picture: router_leds, error_screen, speed_test, receipt, document, wiring, other
	Readable bool        `json:"readable,omitempty"` // the picture shows what matters
	Findings []Finding   `json:"findings,omitempty"`
	Text     string      `json:"text,omitempty"`   // the picture in one sentence
	Failed   ModelReason `json:"failed,omitempty"` // why there is no more than this
	Model    string      `json:"model,omitempty"`
	At       time.Time   `json:"at"`
}

// Finding is one thing a picture seems to show.
type Finding struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Sure  bool   `json:"sure,omitempty"` // plainly visible, says the model
}

// Words are what the contact said in the recording; of a picture there are none.
func (r *Reading) Words() string {
	if r == nil {
		return ""
	}
	return r.Heard
}

// Sign is what in a picture hints at an intent: its kind and, unless they are
// empty, the beginnings of words of a finding's name and value, in lower case.
type Sign struct {
	Sight string   `yaml:"sight" json:"sight"`
	Name  string   `yaml:"name" json:"name,omitempty"`
	Value []string `yaml:"value" json:"value,omitempty"`
}

// In reports whether a reading bears the sign.
func (s Sign) In(r *Reading) bool {
	if r == nil || !r.Readable || r.Sight != s.Sight {
		return false
	}
	if s.Name == "" && len(s.Value) == 0 {
		return true
	}
	for _, f := range r.Findings {
		if !f.Sure || s.Name != "" && !begins(f.Name, s.Name) {
			continue
		}
		if len(s.Value) == 0 {
			return true
		}
		for _, v := range s.Value {
			if begins(f.Value, v) {
				return true
			}
		}
	}
	return false
}

// begins reports whether a word of a text begins so.
func begins(text, beginning string) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" \t\n,.;:/()-", r) }) {
		if strings.HasPrefix(w, beginning) {
			return true
		}
	}
	return false
}

// Summary is a hand-over told in prose by a model, from what was said. It stands
// beside the facts of the hand-over and never in their place.
type Summary struct {
	Problem string    `json:"problem"`
	Tried   []string  `json:"tried,omitempty"`
	Wants   string    `json:"wants,omitempty"`
	Model   string    `json:"model"`
	At      time.Time `json:"at"`
}
