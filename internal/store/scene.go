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
	const whose = "(select contact_id from conversations where conversations.id = ?)"
	scene, key := &desk.Scene{Now: s.now()}, id.String()
	var conversations []desk.Conversation
	var contacts []desk.Contact
	var messages []desk.Message
	err := s.ask(ctx,
		asking(s.shapes.conversation, &conversations, "id = ?", key),
		asking(s.shapes.contact, &contacts, "id = "+whose, key),
		asking(s.shapes.message, &messages, "conversation_id = ? order by id desc limit ?", key, scenePage),
		asking(s.shapes.ticket, &scene.Tickets, "contact_id = "+whose+" and ("+isLive+" or resolved_at > ? or merged_into is not null) order by id desc limit ?",
			key, scene.Now.Add(-resolvedForTurn), sceneTickets))
	if err == nil && len(conversations)*len(contacts) == 0 {
		err = desk.ErrNotFound
	}
	if err != nil {
		return nil, wrap("reading the scene of conversation "+key, err)
	}
	scene.Conversation, scene.Contact = conversations[0], contacts[0]
	return scene, s.sceneMessages(ctx, scene, messages)
}

// asking is a question that reads rows of an entity.
func asking[T any](e *entity, into *[]T, where string, args ...any) question {
	return question{sql: e.sql(where), args: args, read: func(found rows) (err error) {
		*into, err = scan[T](e, found)
		return err
	}}
}

// sceneMessages parts the end of the thread, newest first, into what is unsettled
// and what went before. Only a contact who wrote more than a page without being
// answered costs another query.
func (s *Store) sceneMessages(ctx context.Context, scene *desk.Scene, messages []desk.Message) error {
	c := &scene.Conversation
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
	var err error
	scene.New, err = find[desk.Message](ctx, s.quick, s.shapes.message,
		"conversation_id = ? and id > ? and direction = 'in' order by id limit ?", c.ID.String(), c.Border.String(), maxUnsettled)
	return wrap("reading unsettled messages", err)
}
