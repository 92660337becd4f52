package desk

import "time"

// Pause stops all sending of a number, or of all numbers when Channel is empty.
// Every replica obeys it. It ends at Until, by the provider's good news, or by an
// admin's word.
type Pause struct {
	Channel string `gorm:"primaryKey"`
	Reason  string // kind of the alert that says why and what to do
	Detail  string
	Since   time.Time
	Until   *time.Time // nil: until somebody ends it
}

// Holds reports whether nothing may be sent at the time of now.
func (p *Pause) Holds(now time.Time) bool { return p.Until == nil || now.Before(*p.Until) }
