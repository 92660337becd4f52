package agents

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Store runs a function in one transaction.
type Store interface {
	InTx(ctx context.Context, fn func(Tx) error) error
}

// Tx is what the verbs need of a transaction.
type Tx interface {
	Contact(ctx context.Context, id uuid.UUID) (*desk.Contact, error)
	LockConversation(ctx context.Context, id uuid.UUID) (*desk.Conversation, error)
	SaveConversation(ctx context.Context, c *desk.Conversation) error
	LastMessageID(ctx context.Context, conversation uuid.UUID) (uuid.UUID, error)
	AddMessage(ctx context.Context, m *desk.Message) (fresh bool, err error)
	LockMessage(ctx context.Context, id uuid.UUID) (*desk.Message, error)
	SaveMessage(ctx context.Context, m *desk.Message) error
	DropQueued(ctx context.Context, conversation uuid.UUID, author desk.Author, detail string) (int, error)
	LiveTickets(ctx context.Context, conversation uuid.UUID) ([]desk.Ticket, error)
	LockTicket(ctx context.Context, id uuid.UUID) (*desk.Ticket, error)
	SaveTicket(ctx context.Context, t *desk.Ticket) error
	AddTicketEvents(ctx context.Context, events ...desk.TicketEvent) error
	LockAgent(ctx context.Context, id uuid.UUID) (*desk.Agent, error)
	Enqueue(ctx context.Context, jobs ...desk.Job) error
	LockTemplate(ctx context.Context, id string) (*desk.Template, error)
	CountTemplateUse(ctx context.Context, id string) error
	UploadTx
	OpenTx
	TieTx
	ComposerTx
}

// Deps are what a Desk is made of.
type Deps struct {
	Store Store
	// Held lists the conversations an agent holds.
	Held func(ctx context.Context, agent uuid.UUID) ([]uuid.UUID, error)
	// PhoneQuestion are the words that ask for a phone number, in a language.
	PhoneQuestion func(language string) string
	// Receipt are the words that tell a contact the number of their ticket.
	Receipt func(language, protocol string) string
	// Profile is what the ISP set; it fills in the placeholders of canned replies.
	Profile func() *desk.Profile
	// Turn reads the record of a pass of the assistant.
	Turn func(ctx context.Context, id uuid.UUID) (*desk.Turn, error)
	// Teams reports whether conversations may be put into a team's queue; nil: into those
	// every desk starts with.
	Teams func(desk.Team) bool
	// Surveys has contacts asked what they thought once a person resolved their matter.
	Surveys bool
	Zone    func() *time.Location // the desk's, for protocol numbers; nil: UTC
	Now     func() time.Time
}

// Desk is the human side.
type Desk struct{ Deps }

// New returns the human side.
func New(d Deps) *Desk {
	d.Now = desk.Clock(d.Now)
	return &Desk{Deps: d}
}

// Limits of what people write.
const (
	maxNote    = 4000
	maxOutcome = 1000
	maxSnooze  = 90 * 24 * time.Hour
)

// held runs a change of a conversation, its row held, and saves it.
func (d *Desk) held(ctx context.Context, by desk.Agent, need desk.Permission, id uuid.UUID, change func(Tx, *desk.Conversation, time.Time) error) error {
	if !by.Active || !by.Role.May(need) {
		return desk.ErrForbidden
	}
	err := d.Store.InTx(ctx, func(tx Tx) error {
		conv, err := tx.LockConversation(ctx, id)
		if err != nil {
			return err
		}
		now := d.Now()
		if err := change(tx, conv, now); err != nil {
			return err
		}
		conv.UpdatedAt = now
		return tx.SaveConversation(ctx, conv)
	})
	if err != nil {
		return fmt.Errorf("conversation %s: %w", id, err)
	}
	return nil
}

// notice writes into the thread what happened to it.
func notice(ctx context.Context, tx Tx, conv *desk.Conversation, by desk.Agent, key, text string, now time.Time) error {
	_, err := tx.AddMessage(ctx, &desk.Message{
		ID: desk.NewID(), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Private, Author: desk.ByAgent, AgentID: by.Actor().AgentID(),
		Kind: desk.KindNotice, Notice: key, Text: text, CreatedAt: now,
	})
	return err
}

// clean leaves what both databases keep as text.
func clean(text string) string {
	return strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "\ufffd"))
}

// words checks what a person wrote.
func words(text string, most int) (string, error) {
	text = clean(text)
	if text == "" {
		return "", desk.ErrEmptyText
	}
	if desk.Units(text) > most {
		return "", desk.ErrTextTooLong
	}
	return text, nil
}
