package desk

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/google/uuid"
)

// NewID returns a new UUIDv7. Ids made by one process rise strictly, so the
// order of ids is the order of creation: messages are sorted by their id.
func NewID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// IDAt returns the UUIDv7 of a time, its other bits made from a key: the same for the
// same two, so that what is told in any order is kept in one.
func IDAt(at time.Time, key string) (id uuid.UUID) {
	digest := sha256.Sum256([]byte(key))
	copy(id[:], digest[:])
	ms := binary.BigEndian.AppendUint64(nil, uint64(max(at.UnixMilli(), 0)))
	copy(id[:6], ms[2:])
	id[6] = 0x70 | id[6]&0x0f
	id[8] = 0x80 | id[8]&0x3f
	return id
}

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
