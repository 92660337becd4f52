package desk

import "time"

// Pause stops all sending of a number, or of all numbers when Channel is empty.
// Every replica obeys it. It ends at Until, by the provider's good news, or by an
// admin's word.
type Pause struct {
	Channel string `gorm:"primaryKey"`
	Reason  string // kind of the alert that says why and what to do
	Detail  string
	// OnlyTemplates lets answers within the window go on: what was restricted is
	// writing first.
	OnlyTemplates bool
	Since         time.Time
	Until         *time.Time // nil: until somebody ends it
}

// Holds reports whether a message may not be sent at the time of now.
func (p *Pause) Holds(m *Message, now time.Time) bool {
	return (p.Until == nil || now.Before(*p.Until)) && (p.Channel == "" || p.Channel == m.Channel) && (m.Template != nil || !p.OnlyTemplates)
}
