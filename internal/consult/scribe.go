package consult

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/guard"
	"antena/internal/redact"
	"antena/prompts"
)

// Scenes reads conversations for those who write about them.
type Scenes interface {
	Scene(ctx context.Context, conversation uuid.UUID) (*desk.Scene, error)
	Messages(ctx context.Context, conversation, before uuid.UUID, limit int) (desk.MessagePage, error)
	Agents(ctx context.Context) ([]desk.Agent, error)
}

// Knowledge is what is in force now.
type Knowledge interface {
	Profile() *desk.Profile
	Book() *desk.Book
}

// Understander finds out what was meant, without a model.
type Understander interface {
	Understand(ctx context.Context, scene *desk.Scene) (desk.Understanding, error)
}

// Scribe writes for people of the desk: what a hand-over is about, what an agent
// might reply, what an article might say. Nothing of it is sent or published by
// itself.
type Scribe struct {
	Desk         *Desk // nil: no model is asked
	Scenes       Scenes
	Thread       Thread
	Knowledge    Knowledge
	Understander Understander // the local one
	Guard        *guard.Guard
	Now          func() time.Time // needed
}

// longestThread is how many entries of a thread a model gets, the newest.
const longestThread = 40

// spoken is what was said in a conversation, as a model gets it: oldest first,
// without what is personal.
type spoken struct {
	lines    []prompts.Line
	notes    []prompts.Line    // of agents, among themselves
	original []string          // what was said, notes included, as it was said
	speakers []prompts.Speaker // of the original
	beside   []string          // other texts, without what is personal
	vault    *redact.Vault
	known    redact.Known
}

// hear reads the end of a conversation. Texts that go beside it lose the same data.
func (s *Scribe) hear(ctx context.Context, c *desk.Conversation, beside ...string) (*spoken, error) {
	page, err := s.Scenes.Messages(ctx, c.ID, uuid.Nil, longestThread)
	if err != nil {
		return nil, err
	}
	contact, err := s.Thread.Contact(ctx, c.ContactID)
	if err != nil {
		return nil, err
	}
	agents, err := s.Scenes.Agents(ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for i := range agents {
		names = append(names, agents[i].Name)
	}
	said := &spoken{known: known(contact, names...)}
	said.take(page.Messages, beside)
	return said, nil
}

// take redacts all texts together, so that what one of them tells is taken out of
// the others.
func (s *spoken) take(messages []desk.Message, beside []string) {
	for i := range messages {
		m := &messages[i]
		text := wordsOf(m)
		if text == "" || m.Direction == desk.Private && m.Kind != desk.KindNote {
			continue
		}
		s.original = append(s.original, text)
		s.speakers = append(s.speakers, speakerOf(m))
	}
	plain, vault := redact.Redact(slices.Concat(s.original, beside), s.known)
	s.vault, s.beside = vault, plain[len(s.original):]
	for i, who := range s.speakers {
		if who == note {
			s.notes = append(s.notes, prompts.Line{From: prompts.Agent, Text: plain[i]})
			continue
		}
		s.lines = append(s.lines, prompts.Line{From: who, Text: plain[i]})
	}
}

// note is who speaks in a note: an agent, to agents.
const note prompts.Speaker = "note"

func speakerOf(m *desk.Message) prompts.Speaker {
	switch {
	case m.Kind == desk.KindNote:
		return note
	case m.Author == desk.ByAgent:
		return prompts.Agent
	case m.Direction == desk.Outbound:
		return prompts.Assistant
	}
	return prompts.Customer
}

// wordsOf are the words of a message: typed, chosen or heard.
func wordsOf(m *desk.Message) string {
	switch {
	case m.Text != "":
		return m.Text
	case m.Choice != nil:
		return m.Choice.Title
	case m.Attachment != nil:
		return m.Attachment.Reading.Words()
	}
	return ""
}

// instructions are the system message of a prompt, none of which may come back.
func instructions(p *prompts.Prompt, in prompts.Inputs) string {
	m, err := p.Render(in)
	if err != nil {
		return "" // what cannot be rendered was never asked
	}
	return m.System
}

// flaws are the codes of what is wrong with words, but for those a use does without.
func flaws(found []guard.Violation, forgiven ...guard.Code) []string {
	var codes []string
	for _, v := range found {
		if c := string(v.Code); !slices.Contains(forgiven, v.Code) && !slices.Contains(codes, c) {
			codes = append(codes, c)
		}
	}
	return codes
}
