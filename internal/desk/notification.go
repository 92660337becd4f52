package desk

import (
	"time"

	"github.com/google/uuid"
)

// NotificationKind says what an agent is told of.
type NotificationKind string

// The kinds of notification.
const (
	NotifyMention  NotificationKind = "mention"  // somebody named them in a note
	NotifyAssigned NotificationKind = "assigned" // a ticket or conversation was given to them
	NotifyWatched  NotificationKind = "watched"  // a ticket they watch has changed
	NotifyWoke     NotificationKind = "woke"     // the time they put a ticket off until has come
	NotifyWhisper  NotificationKind = "whisper"  // a supervisor's words, for them alone
	NotifyAtRisk   NotificationKind = "at_risk"  // what they hold is late soon
	NotifyLate     NotificationKind = "late"     // a supervisor: something is late
)

// MaxNotificationText is the most characters of a notification's words.
const MaxNotificationText = 200

// NotificationKeep is how long a notification is kept once it was read.
const NotificationKeep = 30 * 24 * time.Hour

// Notification tells one agent that something happened that concerns them. What
// happens again before they look is the same notification, counted up.
type Notification struct {
	ID             uuid.UUID
	AgentID        uuid.UUID // who is told
	Kind           NotificationKind
	About          string     // of several unread ones of an agent with one About only the last is kept
	ByID           *uuid.UUID // who did it; nil: nobody of the desk
	ConversationID *uuid.UUID
	TicketID       *uuid.UUID
	MessageID      *uuid.UUID // where in the conversation
	Text           string     // of the note, or the matter: at most MaxNotificationText characters
	Count          int
	CreatedAt      time.Time
	UpdatedAt      time.Time // the last time it happened
	ReadAt         *time.Time
}

// Notify makes a notification about a thing, which is a ticket, a conversation or a message.
func Notify(kind NotificationKind, to uuid.UUID, thing uuid.UUID, by *uuid.UUID, text string, now time.Time) Notification {
	return Notification{
		ID: NewID(), AgentID: to, Kind: kind, About: string(kind) + ":" + thing.String(), ByID: by, Text: Shorten(text, MaxNotificationText),
		Count: 1, CreatedAt: now, UpdatedAt: now,
	}
}

// Shorten cuts a text to so many characters, the last of which then is an ellipsis.
func Shorten(text string, most int) string {
	if Units(text) <= most {
		return text
	}
	n := 0
	for i, r := range text {
		if n += Units(string(r)); n >= most {
			return text[:i] + "…"
		}
	}
	return text
}

// NotificationPage is one page of an agent's notifications, newest first.
type NotificationPage struct {
	Rows []Notification
	Next string
}
