package config

import (
	"fmt"
	"log/slog"
	"unicode/utf8"
)

// Secret is a value that must not be seen. However it is printed, logged or
// encoded, it shows only whether it is set and how long it is.
type Secret string

// Reveal returns the value itself, for the one who needs it.
func (s Secret) Reveal() string { return string(s) }

// String says whether the secret is set, and its length.
func (s Secret) String() string {
	if s == "" {
		return "not set"
	}
	return fmt.Sprintf("set (%d characters)", utf8.RuneCountInString(string(s)))
}

// Format makes every verb print String.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s.String())) }

// LogValue hides the value from logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText hides the value from encoders.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
