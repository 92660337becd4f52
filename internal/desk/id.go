package desk

import (
	"time"

	"github.com/google/uuid"
)

// NewID returns a new UUIDv7. Ids made by one process rise strictly, so the
// order of ids is the order of creation: messages are sorted by their id.
func NewID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// Instant cuts a time to what both databases keep: UTC, microseconds.
func Instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// Clock returns a function that reads the time of now cut by Instant. A nil now
// means the machine's clock.
func Clock(now func() time.Time) func() time.Time {
	if now == nil {
		now = time.Now
	}
	return func() time.Time { return Instant(now()) }
}

// Later reports whether id a was made after id b.
func Later(a, b uuid.UUID) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i] > b[i]
		}
	}
	return false
}
