package whatsapp

import "errors"

func clean(b []byte) []byte { return b }

// Split walks one POST.
func Split(body []byte) ([]Item, error) { return nil, errors.New("not yet") }

// Decode reads Item.Raw.
func Decode(raw []byte) (Event, error) { return Event{}, errors.New("not yet") }

// Validate checks the limits.
func (m Outbound) Validate() error { return nil }

func (m Outbound) payload() map[string]any { return nil }

// SplitText cuts s into parts of at most max UTF-16 units.
func SplitText(s string, max int) []string { return []string{s} }
