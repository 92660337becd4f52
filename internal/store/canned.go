package store

import (
	"context"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// CannedReplies returns an agent's own canned replies and the shared ones, by
// shortcut, their own before a shared one of the same name.
func (s *Store) CannedReplies(ctx context.Context, agent uuid.UUID) ([]desk.CannedReply, error) {
	var all []desk.CannedReply
	err := mine(s.reading(ctx), agent).Order("shortcut, case when agent_id is null then 1 else 0 end").Find(&all).Error
	return all, wrap("reading canned replies", err)
}

// CannedReplies is the same, in the transaction, the rows held.
func (t *Tx) CannedReplies(ctx context.Context, agent uuid.UUID) ([]desk.CannedReply, error) {
	var all []desk.CannedReply
	err := mine(t.in(ctx), agent).Order("shortcut, case when agent_id is null then 1 else 0 end").Find(&all).Error
	return all, t.fail("reading canned replies", err)
}

// LockCanned returns a canned reply and holds it.
func (t *Tx) LockCanned(ctx context.Context, id uuid.UUID) (*desk.CannedReply, error) {
	return lock[desk.CannedReply](ctx, t, "canned reply", id)
}

// AddCanned adds a canned reply; desk.ErrDuplicate when its shortcut is known.
func (t *Tx) AddCanned(ctx context.Context, r *desk.CannedReply) error {
	return add(ctx, t, "a canned reply", r)
}

// SaveCanned writes a canned reply.
func (t *Tx) SaveCanned(ctx context.Context, r *desk.CannedReply) error {
	return save(ctx, t, "a canned reply", r)
}

// DeleteCanned removes a canned reply.
func (t *Tx) DeleteCanned(ctx context.Context, id uuid.UUID) error {
	return t.fail("deleting a canned reply", t.in(ctx).Exec("delete from canned_replies where id = ?", id).Error)
}

// Macros returns an agent's own macros and the shared ones, by name.
func (s *Store) Macros(ctx context.Context, agent uuid.UUID) ([]desk.Macro, error) {
	var all []desk.Macro
	err := mine(s.reading(ctx), agent).Order("name, case when agent_id is null then 1 else 0 end").Find(&all).Error
	return all, wrap("reading macros", err)
}

// Macros is the same in the transaction.
func (t *Tx) Macros(ctx context.Context, agent uuid.UUID) ([]desk.Macro, error) {
	var all []desk.Macro
	err := mine(t.in(ctx), agent).Order("name, case when agent_id is null then 1 else 0 end").Find(&all).Error
	return all, t.fail("reading macros", err)
}

// LockMacro returns a macro and holds it.
func (t *Tx) LockMacro(ctx context.Context, id uuid.UUID) (*desk.Macro, error) {
	return lock[desk.Macro](ctx, t, "macro", id)
}

// AddMacro adds a macro; desk.ErrDuplicate when its name is known.
func (t *Tx) AddMacro(ctx context.Context, m *desk.Macro) error { return add(ctx, t, "a macro", m) }

// SaveMacro writes a macro.
func (t *Tx) SaveMacro(ctx context.Context, m *desk.Macro) error { return save(ctx, t, "a macro", m) }

// DeleteMacro removes a macro.
func (t *Tx) DeleteMacro(ctx context.Context, id uuid.UUID) error {
	return t.fail("deleting a macro", t.in(ctx).Exec("delete from macros where id = ?", id).Error)
}
