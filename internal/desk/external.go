package desk

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Subject is what sort of thing an external id or an event is about.
type Subject string

// The subjects.
const (
	SubjectConversation Subject = "conversation"
	SubjectMessage      Subject = "message"
	SubjectTicket       Subject = "ticket"
	SubjectContact      Subject = "contact"
)

// ExternalID is the name another system knows a ticket or a contact by. A merge may
// leave a contact with several of one source.
type ExternalID struct {
	Kind      Subject `gorm:"primaryKey"`
	Source    string  `gorm:"primaryKey"`
	Value     string  `gorm:"primaryKey"`
	SubjectID uuid.UUID
	CreatedAt time.Time
}

type sourceKey struct{}

// WithSource marks all that is changed with the context as another system's doing, so
// that it can tell its own changes from others when it hears of them.
func WithSource(ctx context.Context, source string) context.Context {
	return context.WithValue(ctx, sourceKey{}, source)
}

// SourceOf returns the mark of WithSource; empty: the desk's own doing.
func SourceOf(ctx context.Context) string {
	source, _ := ctx.Value(sourceKey{}).(string)
	return source
}
