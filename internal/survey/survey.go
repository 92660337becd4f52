package survey

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Store runs a function in one transaction, and knows what contacts allow.
type Store interface {
	InTx(ctx context.Context, fn func(Tx) error) error
	Consents(ctx context.Context, contact uuid.UUID) ([]desk.Consent, error)
}

// Tx is what asking needs of a transaction.
type Tx interface {
	LockConversation(ctx context.Context, id uuid.UUID) (*desk.Conversation, error)
	Contact(ctx context.Context, id uuid.UUID) (*desk.Contact, error)
	LockTicket(ctx context.Context, id uuid.UUID) (*desk.Ticket, error)
	SurveyedSince(ctx context.Context, conversation uuid.UUID, since time.Time) (bool, error)
	AddSurvey(ctx context.Context, s *desk.Survey) (fresh bool, err error)
	TemplatesNamed(ctx context.Context, name string) ([]desk.Template, error)
	CountTemplateUse(ctx context.Context, id string) error
	AddMessage(ctx context.Context, m *desk.Message) (fresh bool, err error)
	Enqueue(ctx context.Context, jobs ...desk.Job) error
}

// Deps are what an Asker is made of.
type Deps struct {
	Store Store
	// Words are the question and the titles of its buttons in a language, as desk.Verdicts are ordered.
	Words    func(language string) (question string, titles [3]string)
	Template string // asks outside the window; empty: nothing does
	Profile  func() *desk.Profile
	Now      func() time.Time
}

// Asker asks surveys.
type Asker struct{ Deps }

// New returns an asker.
func New(d Deps) *Asker {
	d.Now = desk.Clock(d.Now)
	return &Asker{Deps: d}
}

// Ask asks the survey of a job, if it is to be asked.
func (a *Asker) Ask(ctx context.Context, j desk.SurveyJob) error {
	err := a.Store.InTx(ctx, func(tx Tx) error {
		conv, err := tx.LockConversation(ctx, j.Conversation)
		if err != nil {
			return err
		}
		return a.ask(ctx, tx, conv, j)
	})
	if errors.Is(err, desk.ErrNotFound) {
		return nil // merged with another, or erased
	}
	if err != nil {
		return fmt.Errorf("asking survey %s: %w", j.Survey, err)
	}
	return nil
}

func (a *Asker) ask(ctx context.Context, tx Tx, conv *desk.Conversation, j desk.SurveyJob) error {
	if conv.State != desk.ConversationClosed || !conv.Ours() {
		return nil
	}
	now := a.Now()
	asked, err := tx.SurveyedSince(ctx, conv.ID, now.Add(-desk.SurveyRest))
	if err != nil || asked {
		return err
	}
	if unwanted, err := a.unwanted(ctx, conv.ContactID); err != nil || unwanted {
		return err
	}
	contact, err := tx.Contact(ctx, conv.ContactID)
	if err != nil {
		return err
	}
	s := &desk.Survey{
		ID: j.Survey, ConversationID: conv.ID, ContactID: conv.ContactID, TicketID: j.Ticket, MessageID: desk.NewID(), AgentID: j.Agent,
		Team: j.Team, Language: desk.LanguageOf(conv, contact, a.Profile()), AskedAt: now,
	}
	m, err := a.question(ctx, tx, conv, contact, s, now)
	if err != nil || m == nil {
		return err
	}
	if fresh, err := tx.AddSurvey(ctx, s); err != nil || !fresh {
		return err
	}
	if _, err := tx.AddMessage(ctx, m); err != nil {
		return err
	}
	return tx.Enqueue(ctx, desk.SendJob{Message: m.ID, Rank: m.Rank()})
}

// unwanted reports whether the contact asked to be left alone: a question is ours to
// begin, help is theirs.
func (a *Asker) unwanted(ctx context.Context, contact uuid.UUID) (bool, error) {
	consents, err := a.Store.Consents(ctx, contact) // newest first
	if err != nil {
		return false, err
	}
	for _, c := range consents {
		if c.Purpose == desk.PurposeMarketing {
			return !c.Granted, nil
		}
	}
	return false, nil
}

// question is the message that asks; nil when there is no way to ask.
func (a *Asker) question(ctx context.Context, tx Tx, conv *desk.Conversation, contact *desk.Contact, s *desk.Survey, now time.Time) (*desk.Message, error) {
	m := &desk.Message{
		ID: s.MessageID, DraftID: s.Asks(), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Outbound, Author: desk.ByAssistant,
		Status: desk.StatusQueued, CreatedAt: now,
	}
	if !conv.WindowOpen(now) {
		return a.byTemplate(ctx, tx, m, contact, s)
	}
	question, titles := a.Words(s.Language)
	m.Kind, m.Text = desk.KindText, question
	for i, v := range desk.Verdicts {
		m.Buttons = append(m.Buttons, desk.Button{ID: desk.SurveyButtonID(s.ID, v), Title: titles[i]})
	}
	return m, nil
}

// byTemplate asks by the template that is set, in the contact's language and no other.
func (a *Asker) byTemplate(ctx context.Context, tx Tx, m *desk.Message, contact *desk.Contact, s *desk.Survey) (*desk.Message, error) {
	if a.Template == "" {
		return nil, nil
	}
	values := map[string]string{"name": contact.Name}
	if s.TicketID != nil {
		t, err := tx.LockTicket(ctx, *s.TicketID)
		if err != nil {
			return nil, err
		}
		values["protocol"] = t.Protocol
	}
	all, err := tx.TemplatesNamed(ctx, a.Template)
	if err != nil {
		return nil, err
	}
	for i := range all {
		t := &all[i]
		if !t.Usable() || !t.Speaks(s.Language) {
			continue
		}
		use, filled, err := t.Use(filling(t, values))
		if err != nil {
			return nil, nil //nolint:nilerr // it asks for what is not known of this contact
		}
		m.Kind, m.Text, m.Template = desk.KindTemplate, filled.Text(), use
		for _, b := range filled.Buttons {
			m.Buttons = append(m.Buttons, desk.Button{Title: b.Text})
		}
		return m, tx.CountTemplateUse(ctx, t.ID)
	}
	return nil, nil
}

// filling puts what is known into a template's variables, by their names.
func filling(t *desk.Template, known map[string]string) map[string]string {
	values := map[string]string{}
	for _, v := range t.Content.Variables() {
		values[v.Key] = known[v.Name]
	}
	return values
}
