package desk

import "github.com/google/uuid"

// SearchKind is what sort of thing a search finds.
type SearchKind string

// The kinds. Contacts are found by their names and any form of their number, tickets
// by their protocol and subject, messages by their words.
const (
	SearchContact SearchKind = "contact"
	SearchTicket  SearchKind = "ticket"
	SearchMessage SearchKind = "message"
)

// SearchKinds lists the kinds in the order they are indexed: the few before the many.
var SearchKinds = []SearchKind{SearchContact, SearchTicket, SearchMessage}

// Searchable is something to be indexed. Number is a contact's phone or a ticket's
// protocol; Text is a name, a subject or what was said.
type Searchable struct {
	ID     uuid.UUID
	Text   string
	Other  string // a contact's username
	Number string
}

// SearchDocument is something with the words it is found by.
type SearchDocument struct {
	ID    uuid.UUID
	Words []string // letters and digits only, folded, each once
}

// SearchWords is what is looked for: a thing is found that has, of every group, any
// word or one that begins with it.
type SearchWords [][]string

// FoundMessage is a message that was found. Place is where it stands among all:
// later ones are higher.
type FoundMessage struct {
	Message     Message
	ContactName string
	Phone       string
	Place       int64
}
