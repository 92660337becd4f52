package desk

import (
	"time"

	"github.com/google/uuid"
)

// Scene is everything a turn looks at, read at one moment.
type Scene struct {
	Conversation Conversation
	Contact      Contact
	New          []Message // inbound and unsettled, oldest first
	History      []Message // what went before, oldest first, at most 30
	Tickets      []Ticket  // the contact's, newest first: live ones, those resolved in the last 30 days, and those merged into others
	Profile      *Profile
	Book         *Book
	Roster       *Roster // nil: matters go to their own teams
	Now          time.Time
}

// Last returns the id of the newest message of the scene.
func (s *Scene) Last() uuid.UUID {
	if n := len(s.New); n > 0 {
		return s.New[n-1].ID
	}
	return s.Conversation.Border
}

// Text joins the words of the new messages, a line each. The title of a chosen
// button counts as words, and so does what was heard in a recording.
func (s *Scene) Text() string {
	text := ""
	for i := range s.New {
		if s.New[i].Choice.GivesVerdict() {
			continue // what they thought of the last matter says nothing of this one
		}
		words := s.New[i].Text
		if words == "" && s.New[i].Choice != nil {
			words = s.New[i].Choice.Title
		}
		if a := s.New[i].Attachment; words == "" && a != nil {
			words = a.Reading.Words()
		}
		if words == "" {
			continue
		}
		if text != "" {
			text += "\n"
		}
		text += words
	}
	return text
}

// Choice returns the last button pressed among the new messages, if any.
func (s *Scene) Choice() *Choice {
	for i := len(s.New) - 1; i >= 0; i-- {
		if s.New[i].Choice != nil && !s.New[i].Choice.GivesVerdict() {
			return s.New[i].Choice
		}
	}
	return nil
}

// Has reports whether a new message is of one of the kinds.
func (s *Scene) Has(kinds ...MessageKind) bool {
	for i := range s.New {
		for _, k := range kinds {
			if s.New[i].Kind == k {
				return true
			}
		}
	}
	return false
}

// Pending returns what the assistant waits for, if it still has a meaning.
func (s *Scene) Pending() *Pending {
	p := s.Conversation.Pending
	if p == nil || s.Now.Sub(p.AskedAt) > PendingKeep {
		return nil
	}
	return p
}

// Language returns the language to answer in, as far as it is known before understanding.
func (s *Scene) Language() string {
	return LanguageOf(&s.Conversation, &s.Contact, s.Profile)
}

// LanguageOf returns the language to write to a contact in: the one last heard, the
// contact's, the desk's first.
func LanguageOf(c *Conversation, contact *Contact, p *Profile) string {
	switch {
	case c.Language != "":
		return c.Language
	case contact.Language != "":
		return contact.Language
	case p != nil && len(p.Languages) > 0:
		return p.Languages[0]
	}
	return Languages[0]
}
