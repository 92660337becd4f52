package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// FieldKind says what a custom field holds.
type FieldKind string

// The kinds of field.
const (
	FieldText   FieldKind = "text"
	FieldNumber FieldKind = "number" // kept with a point
	FieldDate   FieldKind = "date"   // kept as YYYY-MM-DD
	FieldChoice FieldKind = "choice" // kept as the key of the choice
	FieldYesNo  FieldKind = "yes_no" // kept as "yes" or "no"
)

// FieldKinds lists the kinds in the order they are offered.
var FieldKinds = []FieldKind{FieldText, FieldNumber, FieldDate, FieldChoice, FieldYesNo}

// Limits of custom fields.
const (
	MaxCustomFields = 40
	MaxFieldName    = 40  // letters of the key
	MaxFieldLabel   = 60  // characters of what people see
	MaxFieldText    = 500 // characters of a value
	MaxChoices      = 50
)

// CustomField is one thing more the ISP wants to know of its tickets.
type CustomField struct {
	ID        uuid.UUID
	Name      string // unique, the key of its values: a-z, 0-9 and _
	Kind      FieldKind
	Names     Words         `gorm:"serializer:json"` // what people see, by language
	Choices   []FieldOption `gorm:"serializer:json"` // of a FieldChoice
	Required  bool          // before a person resolves a ticket
	Active    bool
	Place     int // in the order of the form
	CreatedAt time.Time
	UpdatedAt time.Time
}

// FieldOption is one value of a field with choices.
type FieldOption struct {
	Key   string `json:"key"`
	Names Words  `json:"names"`
}

// FieldKey brings a key into the one form it is kept in; empty when it cannot be.
func FieldKey(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if s == "" || len(s) > MaxFieldName || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return ""
	}
	return s
}

// Check reports what is wrong with a definition.
func (f *CustomField) Check() error {
	if FieldKey(f.Name) != f.Name || f.Name == "" {
		return ErrInvalid.For("name")
	}
	if !slices.Contains(FieldKinds, f.Kind) {
		return ErrInvalid.For("kind")
	}
	if !named(f.Names) {
		return ErrInvalid.For("names")
	}
	if (f.Kind == FieldChoice) != (len(f.Choices) > 0) || len(f.Choices) > MaxChoices {
		return ErrInvalid.For("choices")
	}
	seen := map[string]bool{}
	for _, c := range f.Choices {
		if FieldKey(c.Key) != c.Key || c.Key == "" || seen[c.Key] || !named(c.Names) {
			return ErrInvalid.For("choices")
		}
		seen[c.Key] = true
	}
	return nil
}

// named reports whether there are words, none of them too long.
func named(w Words) bool {
	for _, words := range w {
		if Units(words) > MaxFieldLabel {
			return false
		}
	}
	return w.In("") != ""
}

// Parse brings what somebody entered into the form a value is kept in; empty stays
// empty, which means no value.
func (f *CustomField) Parse(given string) (string, error) {
	given = strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(given, "\x00", ""), ""))
	if given == "" {
		return "", nil
	}
	bad := ErrFieldValue.For(f.Name)
	switch f.Kind {
	case FieldNumber:
		return parseNumber(given, bad)
	case FieldDate:
		at, err := time.Parse(time.DateOnly, given)
		if err != nil || at.Year() < 1900 || at.Year() > 2199 {
			return "", bad
		}
		return given, nil
	case FieldChoice:
		if !slices.ContainsFunc(f.Choices, func(c FieldOption) bool { return c.Key == given }) {
			return "", bad
		}
		return given, nil
	case FieldYesNo:
		if given != "yes" && given != "no" {
			return "", bad
		}
		return given, nil
	}
	if Units(given) > MaxFieldText {
		return "", bad
	}
	return given, nil
}

// parseNumber reads a number of at most 15 digits, with a point or a comma.
func parseNumber(given string, bad error) (string, error) {
	plain := strings.Replace(given, ",", ".", 1)
	digits := strings.TrimPrefix(plain, "-")
	if len(plain) > 17 || strings.Trim(digits, "0123456789.") != "" {
		return "", bad
	}
	if _, err := strconv.ParseFloat(plain, 64); err != nil {
		return "", bad
	}
	return plain, nil
}

// Missing returns the first field that must have a value before a ticket is
// resolved and has none; nil when there is none.
func Missing(fields []CustomField, values map[string]string) *CustomField {
	for i := range fields {
		if f := &fields[i]; f.Active && f.Required && values[f.Name] == "" {
			return f
		}
	}
	return nil
}
