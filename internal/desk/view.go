package desk

import (
	"time"

	"github.com/google/uuid"
)

// View is one of the lists of conversations agents work from.
type View string

// The views.
const (
	ViewMine      View = "mine"      // held by me
	ViewQueue     View = "queue"     // waiting for a person
	ViewAssistant View = "assistant" // open, with the assistant
	ViewAll       View = "all"       // every open one
	ViewSnoozed   View = "snoozed"
	ViewClosed    View = "closed"
)

// Views lists the views in the order they are shown.
var Views = []View{ViewMine, ViewQueue, ViewAssistant, ViewAll, ViewSnoozed, ViewClosed}

// ConversationFilter selects conversations. The queue is ordered by priority and
// then by the longest wait; everything else by the newest message.
type ConversationFilter struct {
	View   View
	Agent  uuid.UUID // whose ViewMine
	Team   Team      // empty: all
	Search string    // part of a name, phone or protocol number
	After  string    // cursor from ConversationPage.Next
	Limit  int       // 1 to 100, default 30
}

// ConversationCard is a conversation as a list shows it.
type ConversationCard struct {
	Conversation Conversation
	ContactName  string
	ContactPhone string
	HolderName   string // of the agent who holds it
}

// ConversationPage is one page of a list.
type ConversationPage struct {
	Cards []ConversationCard
	Next  string // cursor of the next page; empty at the end
}

// TicketFilter selects tickets, newest change first.
type TicketFilter struct {
	State    TicketState // empty: every live one; "all": all
	Assignee uuid.UUID
	Contact  uuid.UUID
	Team     Team
	Search   string // protocol number, or part of the subject or the contact's name
	After    string
	Limit    int // 1 to 100, default 30
}

// TicketCard is a ticket as a list shows it.
type TicketCard struct {
	Ticket       Ticket
	ContactName  string
	AssigneeName string
}

// TicketPage is one page of tickets.
type TicketPage struct {
	Cards []TicketCard
	Next  string
}

// MessagePage is a run of a thread, oldest first.
type MessagePage struct {
	Messages []Message
	Earlier  bool // there are older ones
}

// Load is how much waits, for operations.
type Load struct {
	Jobs      map[string]int // waiting, by kind
	Running   map[string]int // jobs being done, by kind
	OldestJob time.Duration  // how long the oldest job that is due waits
	Queue     int            // conversations waiting for people
	Unsent    int            // outbound messages not yet accepted
	Unknown   int            // sends of unknown outcome
}
