package find

import (
	"context"
	"time"
	"unicode/utf8"

	"antena/internal/desk"
)

// Store is the index and what it leads to.
type Store interface {
	SearchContacts(ctx context.Context, words desk.SearchWords, phones []string, limit int) ([]desk.ConversationCard, error)
	SearchTickets(ctx context.Context, words desk.SearchWords, protocol string, limit int) ([]desk.TicketCard, error)
	SearchMessages(ctx context.Context, words desk.SearchWords, before int64, limit int) ([]desk.FoundMessage, error)
	SearchBehind(ctx context.Context, before time.Time) (bool, error)
}

// Finder answers searches.
type Finder struct {
	store   Store
	country func() string
	now     func() time.Time
}

// New returns a finder; the country says how numbers are written that lack theirs.
func New(store Store, country func() string, now func() time.Time) *Finder {
	return &Finder{store: store, country: country, now: desk.Clock(now)}
}

// Found is what was found, newest first in each group.
type Found struct {
	Words    desk.SearchWords // for Mark
	Contacts []desk.ConversationCard
	Tickets  []desk.TicketCard
	Messages []desk.FoundMessage
	Next     int64 // place to go on from with older messages; zero at the end
	Behind   bool  // much is still to be indexed
	TooShort bool  // nothing was looked for
}

const (
	fewOf  = 5  // contacts and tickets
	manyOf = 20 // messages
	behind = time.Minute
)

// Search looks for a text. From a place on it returns older messages alone.
func (f *Finder) Search(ctx context.Context, text string, before int64) (Found, error) {
	q := read(text, f.country())
	found := Found{Words: append(q.words, q.numbers...)}
	if len(q.words) == 0 || len(q.words) == 1 && utf8.RuneCountInString(q.words[0][0]) < 2 {
		found.TooShort = true
		return found, nil
	}
	var err error
	if before == 0 {
		named, numbered := q.words, q.words
		if q.numbers != nil {
			named, numbered = q.numbers, q.numbers
		}
		if found.Contacts, err = f.store.SearchContacts(ctx, named, q.phones, fewOf); err != nil {
			return found, err
		}
		if found.Tickets, err = f.store.SearchTickets(ctx, numbered, q.protocol, fewOf); err != nil {
			return found, err
		}
	}
	if found.Messages, err = f.store.SearchMessages(ctx, q.words, before, manyOf+1); err != nil {
		return found, err
	}
	if len(found.Messages) > manyOf {
		found.Messages = found.Messages[:manyOf]
		found.Next = found.Messages[manyOf-1].Place
	}
	found.Behind, err = f.store.SearchBehind(ctx, f.now().Add(-behind))
	return found, err
}
