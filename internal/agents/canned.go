package agents

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// KeptTx is what keeping canned replies and macros needs of a transaction. Lists hold
// an agent's own and the shared ones.
type KeptTx interface {
	Conversation(ctx context.Context, id uuid.UUID) (*desk.Conversation, error)
	CannedReplies(ctx context.Context, agent uuid.UUID) ([]desk.CannedReply, error)
	LockCanned(ctx context.Context, id uuid.UUID) (*desk.CannedReply, error)
	AddCanned(ctx context.Context, r *desk.CannedReply) error
	SaveCanned(ctx context.Context, r *desk.CannedReply) error
	DeleteCanned(ctx context.Context, id uuid.UUID) error
	Macros(ctx context.Context, agent uuid.UUID) ([]desk.Macro, error)
	LockMacro(ctx context.Context, id uuid.UUID) (*desk.Macro, error)
	AddMacro(ctx context.Context, m *desk.Macro) error
	SaveMacro(ctx context.Context, m *desk.Macro) error
	DeleteMacro(ctx context.Context, id uuid.UUID) error
}

// mayKeep checks who may change what is kept: their own, or with the right to it
// what all share.
func mayKeep(by desk.Agent, owner *uuid.UUID) error {
	need := desk.MayAnswer
	if owner == nil {
		need = desk.MayReassign
	}
	if !by.Active || !by.Role.May(need) || owner != nil && *owner != by.ID {
		return desk.ErrForbidden
	}
	return nil
}

// owner is whose a new thing is.
func owner(by desk.Agent, shared bool) *uuid.UUID {
	if shared {
		return nil
	}
	return by.Actor().AgentID()
}

// full reports whether of the things an agent sees, their own or those all share are
// as many as they may be.
func full[T any](all []T, owner func(*T) *uuid.UUID, shared bool, most int) bool {
	for i := range all {
		if (owner(&all[i]) == nil) == shared {
			most--
		}
	}
	return most <= 0
}

// SaveCanned adds a canned reply, or changes the one with its id. Whose it is does
// not change.
func (d *Desk) SaveCanned(ctx context.Context, by desk.Agent, r desk.CannedReply, shared bool) error {
	shortcut := desk.ShortcutName(r.Shortcut)
	if shortcut == "" {
		return desk.ErrInvalid.For("shortcut")
	}
	texts, err := cannedTexts(r.Texts)
	if err != nil {
		return err
	}
	err = d.Store.InTx(ctx, func(tx Tx) error {
		now := d.Now()
		if r.ID != uuid.Nil {
			old, err := tx.LockCanned(ctx, r.ID)
			if err != nil {
				return err
			}
			if err := mayKeep(by, old.AgentID); err != nil {
				return err
			}
			old.Shortcut, old.Texts, old.UpdatedAt = shortcut, texts, now
			return tx.SaveCanned(ctx, old)
		}
		fresh := desk.CannedReply{ID: desk.NewID(), AgentID: owner(by, shared), Shortcut: shortcut, Texts: texts, CreatedAt: now, UpdatedAt: now}
		if err := mayKeep(by, fresh.AgentID); err != nil {
			return err
		}
		all, err := tx.CannedReplies(ctx, by.ID)
		if err != nil {
			return err
		}
		if full(all, func(r *desk.CannedReply) *uuid.UUID { return r.AgentID }, shared, desk.MaxCanned) {
			return desk.ErrFull
		}
		return tx.AddCanned(ctx, &fresh)
	})
	if errors.Is(err, desk.ErrDuplicate) {
		return desk.ErrDuplicate.For("shortcut")
	}
	if err != nil {
		return fmt.Errorf("keep a canned reply: %w", err)
	}
	return nil
}

// cannedTexts cleans the words of a canned reply, of which there must be some.
func cannedTexts(given desk.Words) (desk.Words, error) {
	texts := desk.Words{}
	for _, l := range desk.Languages {
		text, err := words(given[l], desk.MaxText)
		if errors.Is(err, desk.ErrEmptyText) {
			continue
		}
		if err != nil {
			return nil, desk.ErrTextTooLong.For("text_" + l)
		}
		texts[l] = text
	}
	if len(texts) == 0 {
		return nil, desk.ErrEmptyText
	}
	return texts, nil
}

// DeleteCanned removes a canned reply.
func (d *Desk) DeleteCanned(ctx context.Context, by desk.Agent, id uuid.UUID) error {
	err := d.Store.InTx(ctx, func(tx Tx) error {
		old, err := tx.LockCanned(ctx, id)
		if err != nil {
			return err
		}
		if err := mayKeep(by, old.AgentID); err != nil {
			return err
		}
		return tx.DeleteCanned(ctx, id)
	})
	if err != nil {
		return fmt.Errorf("delete a canned reply: %w", err)
	}
	return nil
}

// wordsOf are the words of a step for one conversation: its own, or those of the
// canned reply it names, with everything filled in.
func (d *Desk) wordsOf(ctx context.Context, tx Tx, by desk.Agent, conv *desk.Conversation, text string) (string, error) {
	contact, err := tx.Contact(ctx, conv.ContactID)
	if err != nil {
		return "", err
	}
	live, err := tx.LiveTickets(ctx, conv.ID)
	if err != nil {
		return "", err
	}
	protocol := ""
	if len(live) > 0 {
		protocol = live[len(live)-1].Protocol
	}
	profile := d.Profile()
	language := desk.LanguageOf(conv, contact, profile)
	if name, ok := strings.CutPrefix(text, "/"); ok && desk.ShortcutName(name) != "" {
		all, err := tx.CannedReplies(ctx, by.ID)
		if err != nil {
			return "", err
		}
		if text, language = named(all, desk.ShortcutName(name), language); text == "" {
			return "", desk.ErrNotFound.For("shortcut")
		}
	}
	filled := profile.FillFor(text, language, desk.OwnValues(contact, by, protocol))
	if len(filled.Missing) > 0 {
		return "", desk.ErrNoValue.For("{" + filled.Missing[0] + "}")
	}
	return filled.Text, nil
}

// named finds the words of a canned reply, an agent's own before a shared one.
func named(all []desk.CannedReply, shortcut, language string) (text, spoken string) {
	for i := range all {
		if all[i].Shortcut == shortcut {
			spoken = all[i].Speaks(language)
			return all[i].Texts[spoken], spoken
		}
	}
	return "", language
}
