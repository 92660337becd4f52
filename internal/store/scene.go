package store

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

const (
	historyLength   = 30
	scenePage       = 2 * historyLength
	maxUnsettled    = 500
	sceneTickets    = 20
	resolvedForTurn = 30 * 24 * time.Hour
)

// Scene reads what a turn looks at, but for the profile and the book. The
// conversation is read first: whatever changes it afterwards makes the turn's
// commit fail, so the reads need no transaction to agree.
func (s *Store) Scene(ctx context.Context, id uuid.UUID) (*desk.Scene, error) {
	conversation, err := s.Conversation(ctx, id)
	if err != nil {
		return nil, err
	}
	contact, err := s.Contact(ctx, conversation.ContactID)
	if err != nil {
		return nil, err
	}
	scene := &desk.Scene{Conversation: *conversation, Contact: *contact, Now: s.now()}
	if err := s.sceneMessages(ctx, scene); err != nil {
		return nil, err
	}
	scene.Tickets, err = find[desk.Ticket](ctx, s.reader, s.shapes.ticket,
		"contact_id = ? and ("+isLive+" or resolved_at > ?) order by id desc limit ?",
		contact.ID.String(), scene.Now.Add(-resolvedForTurn), sceneTickets)
	return scene, wrap("reading the contact's tickets", err)
}

// sceneMessages reads the end of the thread and parts what is unsettled from what
// went before. Only a contact who wrote more than a page without being answered
// costs a second query.
func (s *Store) sceneMessages(ctx context.Context, scene *desk.Scene) error {
	c := &scene.Conversation
	messages, err := find[desk.Message](ctx, s.reader, s.shapes.message, "conversation_id = ? order by id desc limit ?", c.ID.String(), scenePage)
	if err != nil {
		return wrap("reading the thread", err)
	}
	unsettled := func(m *desk.Message) bool { return m.Direction == desk.Inbound && desk.Later(m.ID, c.Border) }
	for i := range messages {
		switch {
		case unsettled(&messages[i]):
			scene.New = append(scene.New, messages[i])
		case len(scene.History) < historyLength:
			scene.History = append(scene.History, messages[i])
		}
	}
	slices.Reverse(scene.New)
	slices.Reverse(scene.History)
	if len(messages) < scenePage || !desk.Later(messages[scenePage-1].ID, c.Border) {
		return nil
	}
	scene.New, err = find[desk.Message](ctx, s.reader, s.shapes.message,
		"conversation_id = ? and id > ? and direction = 'in' order by id limit ?", c.ID.String(), c.Border.String(), maxUnsettled)
	return wrap("reading unsettled messages", err)
}
