package desk

import (
	"fmt"
	"time"
)

// Protocol forms the number a ticket is known by: the day in the desk's time
// zone and a seven-digit sequence of that day, 15 digits in all.
func Protocol(day time.Time, sequence int64) string {
	return fmt.Sprintf("%s%07d", day.Format("20060102"), sequence)
}

// ProtocolToken stands in a message for the number of the ticket that is opened
// in the same commit; Outcome.Bind puts the number in its place.
const ProtocolToken = "{protocol}"
