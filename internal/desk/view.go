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
	ViewRisk      View = "risk"      // with people, and a promise about to break or the window about to close
	ViewWaiting   View = "waiting"   // with people, and the last word is ours
	ViewAssistant View = "assistant" // open, with the assistant
	ViewAll       View = "all"       // every open one
	ViewSnoozed   View = "snoozed"
	ViewClosed    View = "closed"
)

// Views lists the views in the order they are shown.
var Views = []View{ViewMine, ViewQueue, ViewRisk, ViewWaiting, ViewAssistant, ViewAll, ViewSnoozed, ViewClosed}

// ConversationSort is the order of a list.
type ConversationSort string

// The orders. What has no such time comes last.
const (
	SortNewest   ConversationSort = "newest"   // the last message
	SortWaiting  ConversationSort = "waiting"  // the contact who waits longest for words of ours
	SortPriority ConversationSort = "priority" // then the longest wait
	SortDue      ConversationSort = "due"      // the promise that breaks first
)

// ConversationSorts lists the orders as they are offered.
var ConversationSorts = []ConversationSort{SortNewest, SortWaiting, SortPriority, SortDue}

// ConversationFilter selects conversations: those of a view that meet all that is
// set. Unsorted, the queue is ordered by priority and then by the longest wait in it,
// what is at risk by what is due first, and everything else by the newest message.
type ConversationFilter struct {
	View     View             `json:"view"`
	Agent    uuid.UUID        `json:"-"` // whose ViewMine
	Team     Team             `json:"team,omitempty"`
	Holder   uuid.UUID        `json:"holder,omitzero"` // the agent who has it
	Language string           `json:"language,omitempty"`
	Priority Priority         `json:"priority,omitempty"`
	Intent   string           `json:"intent,omitempty"`
	Unread   bool             `json:"unread,omitempty"` // only with messages nobody looked at
	From     time.Time        `json:"from,omitzero"`    // the last message came then or later
	Until    time.Time        `json:"until,omitzero"`   // and before then
	Sort     ConversationSort `json:"sort,omitempty"`
	AtRisk   time.Time        `json:"-"` // only those at risk at this time; zero: all
	After    string           `json:"-"` // cursor from ConversationPage.Next
	Limit    int              `json:"-"` // 1 to 100, default 30
}

// Narrowed reports whether the filter asks for more than a view.
func (f ConversationFilter) Narrowed() bool {
	return f != ConversationFilter{View: f.View, Agent: f.Agent, Sort: f.Sort, After: f.After, Limit: f.Limit}
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

// TicketFilter selects tickets, newest change first unless it says otherwise.
type TicketFilter struct {
	State    TicketState // empty: every live one in sight; TicketSnoozed: those out of sight; "all": all
	Assignee uuid.UUID
	Tag      uuid.UUID
	Watcher  uuid.UUID
	Contact  uuid.UUID
	Team     Team
	Search   string // protocol number, or part of the subject or the contact's name
	DueFirst bool   // what is due first comes first, what is never due last; else the newest change
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

// Counts is how many conversations every list of the desk has at a moment. A count
// of a view ends at CountMost, which stands for that many or more.
type Counts struct {
	Views map[View]int // but ViewMine
	Held  map[uuid.UUID]int
	Teams map[Team]int // of the queue
}

// CountMost is where counting ends.
const CountMost = 1000

// For returns the counts of the views as an agent sees them.
func (c Counts) For(agent uuid.UUID) map[View]int {
	all := make(map[View]int, len(c.Views)+1)
	for v, n := range c.Views {
		all[v] = n
	}
	all[ViewMine] = c.Held[agent]
	return all
}
