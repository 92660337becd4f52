package consult

import (
	"context"
	"errors"
	"strings"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/guard"
	"antena/prompts"
)

// longestSummary is the most characters of a summary, all its parts together.
const longestSummary = 1500

// asSummary are the rules of the guard that are about talking to customers. A
// summary talks about them: it reports promises, quotes other languages and cites
// nobody.
var asSummary = []guard.Code{
	guard.Citation, guard.Language, guard.Unsupported, guard.Promise, guard.Offer, guard.Assurance, guard.Human, guard.Name, guard.Negation, guard.Swapped,
}

// Summarize adds to a hand-over what it is about, told in prose. It does nothing
// when the hand-over is over or has a summary. A model that does not help, or tells
// what was never said, leaves the facts alone, and is no error.
func (s *Scribe) Summarize(ctx context.Context, conversation uuid.UUID) error {
	c, err := s.Thread.Conversation(ctx, conversation)
	if errors.Is(err, desk.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if s.Desk == nil || !wantsSummary(c) {
		return nil
	}
	said, err := s.hear(ctx, c)
	if err != nil {
		return err
	}
	if len(said.lines) == 0 {
		return nil
	}
	var told prompts.Summarized
	in := prompts.Inputs{"conversation": said.lines, "language": s.language()}
	record := s.Desk.ask(ctx, conversation, s.Desk.Prompts.Summary, in, nil, &told)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if record.Problem != "" {
		return nil
	}
	summary, ok := s.summary(&told, said, instructions(s.Desk.Prompts.Summary, in), record.Model)
	if !ok {
		s.Desk.Log.WarnContext(ctx, "a summary did not pass the checks", "conversation_id", conversation)
		return nil
	}
	return s.keepSummary(ctx, c, summary)
}

func wantsSummary(c *desk.Conversation) bool {
	return c.Handoff != nil && c.Handoff.Summary == nil && c.Owner != desk.OwnerAssistant
}

// summary checks what a model told: every figure and every personal datum in it must
// have been said.
func (s *Scribe) summary(told *prompts.Summarized, said *spoken, ours, model string) (*desk.Summary, bool) {
	out := &desk.Summary{Problem: told.Problem, Tried: told.Tried, Wants: told.Wants, Model: model, At: s.Now()}
	texts := []*string{&out.Problem, &out.Wants}
	for i := range out.Tried {
		texts = append(texts, &out.Tried[i])
	}
	var whole []string
	for _, t := range texts {
		back, err := said.vault.Restore(*t)
		if err != nil {
			return nil, false
		}
		if *t = strings.TrimSpace(back); *t != "" {
			whole = append(whole, *t)
		}
	}
	given := guard.Given{Language: s.language(), Facts: said.original, Asked: said.original, MaxLength: longestSummary, Prompts: []string{ours}}
	found := s.Guard.Check(guard.Proposal{Text: strings.Join(whole, "\n"), Language: s.language()}, given)
	if len(flaws(found, asSummary...)) > 0 {
		return nil, false
	}
	for _, t := range texts {
		*t = withoutSecrets(*t)
	}
	return out, true
}

// keepSummary writes it beside the facts, if the hand-over is still the same.
func (s *Scribe) keepSummary(ctx context.Context, seen *desk.Conversation, summary *desk.Summary) error {
	return s.Thread.InTx(ctx, func(tx ThreadTx) error {
		c, err := tx.LockConversation(ctx, seen.ID)
		if errors.Is(err, desk.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if !wantsSummary(c) || !c.Handoff.At.Equal(seen.Handoff.At) {
			return nil
		}
		c.Handoff.Summary = summary
		return tx.SaveConversation(ctx, c)
	})
}

// language is the one the people of the desk read.
func (s *Scribe) language() string {
	if all := s.Knowledge.Profile().Languages; len(all) > 0 && desk.KnownLanguage(all[0]) {
		return all[0]
	}
	return desk.Languages[0]
}
