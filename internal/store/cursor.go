package store

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// cursor is the place of a row in a list: what the list is ordered by.
type cursor struct {
	rank int
	at   time.Time
	id   uuid.UUID
}

func (c cursor) String() string {
	text := strconv.Itoa(c.rank) + " " + strconv.FormatInt(c.at.UnixMicro(), 10) + " " + c.id.String()
	return base64.RawURLEncoding.EncodeToString([]byte(text))
}

// parseCursor reads what String wrote, which comes back from a browser.
func parseCursor(text string) (cursor, error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	words := strings.Split(string(raw), " ")
	if err != nil || len(words) != 3 {
		return cursor{}, desk.ErrInvalid.For("after")
	}
	rank, errRank := strconv.Atoi(words[0])
	micros, errAt := strconv.ParseInt(words[1], 10, 64)
	id, errID := uuid.Parse(words[2])
	if errRank != nil || errAt != nil || errID != nil {
		return cursor{}, desk.ErrInvalid.For("after")
	}
	return cursor{rank: rank, at: time.UnixMicro(micros).UTC(), id: id}, nil
}

// like makes a pattern that finds a text anywhere, taken literally.
func like(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(text)) + "%"
}
