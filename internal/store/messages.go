package store

import (
	"context"
	db "database/sql"
	"encoding/binary"
	"reflect"
	"slices"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// AddMessage adds a message. It reports false, and changes nothing, when the
// message is there already, by its id or by the provider's.
func (t *Tx) AddMessage(ctx context.Context, m *desk.Message) (fresh bool, err error) {
	conflict := " on conflict do nothing"
	if m.Author == desk.ByAssistant && m.ProviderID == "" && m.DraftID == "" {
		conflict = "" // nobody else can have made it: its id was made for this transaction
	}
	if t.foreseen.absent(m) {
		conflict = ""
	}
	fresh, err = insert(ctx, t, t.s.shapes.message, "a message", m, conflict)
	if fresh {
		t.record(desk.SubjectMessage, m.ID, true)
		t.touch(desk.TopicConversation, m.ConversationID)
		err = t.findLate(ctx, m)
	}
	return fresh, err
}

// LockMessage returns a message and holds it.
func (t *Tx) LockMessage(ctx context.Context, id uuid.UUID) (*desk.Message, error) {
	return holdOne[desk.Message](ctx, t, t.s.shapes.message, "locking message "+id.String(), t.locked("id = ?"), id.String())
}

// LockMessageByProviderID returns the message with a wamid and holds it.
func (t *Tx) LockMessageByProviderID(ctx context.Context, channel, wamid string) (*desk.Message, error) {
	what := "locking the message " + wamid
	if wamid == "" {
		return nil, t.fail(what, desk.ErrNotFound)
	}
	return holdOne[desk.Message](ctx, t, t.s.shapes.message, what,
		t.locked("channel = ? and provider_id = ? and provider_id <> ''"), channel, wamid)
}

// SaveMessage writes a message.
func (t *Tx) SaveMessage(ctx context.Context, m *desk.Message) error {
	t.record(desk.SubjectMessage, m.ID, false)
	t.touch(desk.TopicConversation, m.ConversationID)
	return keep(ctx, t, t.s.shapes.message, "a message", m)
}

// LastMessageID returns the id of a conversation's newest message, zero when it
// has none.
func (t *Tx) LastMessageID(ctx context.Context, conversation uuid.UUID) (uuid.UUID, error) {
	found, err := ids(t.in(ctx).Raw("select id from messages where conversation_id = ? order by id desc limit 1", conversation))
	if err != nil || len(found) == 0 {
		return uuid.Nil, t.fail("finding the last message", err)
	}
	return found[0], nil
}

// InboundAfter reports whether the contact wrote after a message.
func (t *Tx) InboundAfter(ctx context.Context, conversation, after uuid.UUID) (bool, error) {
	found, err := ids(t.in(ctx).Raw(`select id from messages where conversation_id = ? and id > ? and direction = 'in'
		order by id limit 1`, conversation, after))
	return len(found) > 0, t.fail("looking for newer messages", err)
}

// Sending returns a message, which it holds, with all that decides whether it may
// be sent; what comes before it is oldest first.
func (t *Tx) Sending(ctx context.Context, id uuid.UUID) (*desk.Sending, error) {
	const whose = "(select conversation_id from messages where id = ?)"
	what, key := "reading what sends message "+id.String(), id.String()
	ctx, err := t.ready(ctx)
	if err != nil {
		return nil, t.fail(what, err)
	}
	var s desk.Sending
	var messages []desk.Message
	var conversations []desk.Conversation
	var contacts []desk.Contact
	e := &t.s.shapes
	err = t.quick.ask(ctx,
		asking(e.message, &messages, t.locked("id = ?"), key),
		asking(e.conversation, &conversations, "id = "+whose, key),
		asking(e.contact, &contacts, "id = (select contact_id from conversations where conversations.id = "+whose+")", key),
		asking(e.message, &s.Earlier, "conversation_id = "+whose+" and id < ? and status in ('queued', 'sending') order by id", key, key),
		t.recent(whose, key, &s.Recent),
		t.pausesAsked(&s.Pauses))
	if err == nil && len(messages)*len(conversations)*len(contacts) == 0 {
		err = desk.ErrNotFound
	}
	if err != nil {
		return nil, t.fail(what, err)
	}
	s.Message, s.Conversation, s.Contact = messages[0], conversations[0], contacts[0]
	return &s, t.fail(what, t.remember(e.message, reflect.ValueOf(&s.Message).Elem()))
}

// recent counts a conversation's sends of the last desk.PairMemory, among the
// messages of the last hour: what waited longer than that is not part of a rush.
func (t *Tx) recent(whose, message string, into *int) question {
	now := t.s.now()
	return question{
		sql: t.s.shapes.message.numbered("select count(*) from messages where conversation_id = " + whose +
			" and id > ? and direction = 'out' and tried_at > ?"),
		args: []any{message, bornAt(now.Add(-time.Hour)).String(), now.Add(-desk.PairMemory)},
		read: func(found rows) error {
			if !found.Next() {
				return found.Err()
			}
			return found.Scan(into)
		},
	}
}

// bornAt is the lowest id of a time.
func bornAt(at time.Time) (id uuid.UUID) {
	binary.BigEndian.PutUint64(id[:8], uint64(at.UnixMilli())<<16)
	id[6] = 0x70
	return id
}

// ReplaceMessage writes what differs between two states of a message, if its status
// and its provider's id are still those of the first, and reports whether they
// were. It is work, see InWork.
func (s *Store) ReplaceMessage(ctx context.Context, had, now *desk.Message) (done bool, err error) {
	e := s.shapes.message
	before, err := e.values(reflect.ValueOf(had).Elem())
	if err != nil {
		return false, err
	}
	sql, args, err := e.update(reflect.ValueOf(now).Elem(), before, s.now())
	if err != nil || sql == "" {
		return err == nil, err
	}
	args = append(args, string(had.Status), had.ProviderID)
	sql += " and status = " + e.mark(len(args)-1) + " and provider_id = " + e.mark(len(args))
	count, err := s.replaceOne(ctx, now, sql, args)
	if err != nil {
		return false, wrap("saving a message", err)
	}
	if count > 0 {
		s.tell(desk.Change{Topic: desk.TopicConversation, ID: now.ConversationID})
	}
	return count > 0, nil
}

// replaceOne runs the statement that replaces a message, and records the change where
// that is wanted.
func (s *Store) replaceOne(ctx context.Context, m *desk.Message, sql string, args []any) (count int64, err error) {
	if !s.feed.on.Load() {
		return s.workOne(ctx, sql, args)
	}
	err = s.InWork(ctx, func(t *Tx) error {
		own, err := t.ready(ctx)
		if err == nil {
			count, err = t.quick.exec(own, sql, args...)
		}
		if err == nil && count > 0 {
			t.record(desk.SubjectMessage, m.ID, false)
		}
		return t.fail("replacing a message", err)
	})
	return count, err
}

// workOne runs one statement as a transaction of its own.
func (s *Store) workOne(ctx context.Context, sql string, args []any) (count int64, err error) {
	if !s.sqlite() {
		tag, err := s.workPool.Exec(ctx, sql, args...)
		return tag.RowsAffected(), err
	}
	err = s.groups.do(ctx, func(tx *db.Tx) (err error) {
		count, err = standard{tx}.exec(context.WithoutCancel(ctx), sql, args...)
		return err
	})
	return count, err
}

// Message returns a message.
func (s *Store) Message(ctx context.Context, id uuid.UUID) (*desk.Message, error) {
	return read[desk.Message](ctx, s, s.shapes.message, "reading message "+id.String(), "id = ?", id.String())
}

const maxPage = 100

func pageLimit(limit, usual int) int {
	if limit <= 0 {
		return usual
	}
	return min(limit, maxPage)
}

// Messages returns the part of a thread that comes before a message, or its end
// when that is zero: at most limit messages, 50 when it is zero, oldest first.
func (s *Store) Messages(ctx context.Context, conversation, before uuid.UUID, limit int) (desk.MessagePage, error) {
	limit = pageLimit(limit, 50)
	where, args := "conversation_id = ?", []any{conversation.String()}
	if before != uuid.Nil {
		where, args = where+" and id < ?", append(args, before.String())
	}
	messages, err := find[desk.Message](ctx, s.quick, s.shapes.message, where+" order by id desc limit ?", append(args, limit+1)...)
	if err != nil {
		return desk.MessagePage{}, wrap("reading a thread", err)
	}
	page := desk.MessagePage{Earlier: len(messages) > limit}
	page.Messages = messages[:min(limit, len(messages))]
	slices.Reverse(page.Messages)
	return page, nil
}

// DropQueued gives up the messages of an author in a conversation that nobody has
// begun to send, and returns how many there were.
func (t *Tx) DropQueued(ctx context.Context, conversation uuid.UUID, author desk.Author, detail string) (int, error) {
	if t.s.feed.on.Load() {
		queued, err := ids(t.in(ctx).Raw("select id from messages where conversation_id = ? and author = ? and status = 'queued'", conversation, author))
		if err != nil {
			return 0, t.fail("finding queued messages", err)
		}
		for _, id := range queued {
			t.record(desk.SubjectMessage, id, false)
		}
	}
	result := t.in(ctx).Exec(`update messages set status = 'dropped', failure_detail = ?
		where conversation_id = ? and author = ? and status = 'queued'`, detail, conversation, author)
	if result.RowsAffected > 0 {
		t.touch(desk.TopicConversation, conversation)
	}
	return int(result.RowsAffected), t.fail("dropping queued messages", result.Error)
}
