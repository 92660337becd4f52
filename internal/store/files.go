package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// TouchFile enters a file that is about to be written, or marks one that is there
// as wanted. desk.ErrStale when the file is just being removed: ask again soon.
func (t *Tx) TouchFile(ctx context.Context, path string, size int64, now time.Time) error {
	result := t.in(ctx).Exec(`insert into files (path, size, created_at, touched_at) values (?, ?, ?, ?)
		on conflict (path) do update set touched_at = excluded.touched_at where files.dying_at is null`, path, size, now, now)
	if result.Error == nil && result.RowsAffected == 0 {
		return desk.ErrStale
	}
	return t.fail("entering a file", result.Error)
}

// UseFile counts a message or an upload as a user of a file. desk.ErrStale when
// the file was removed meanwhile.
func (t *Tx) UseFile(ctx context.Context, owner uuid.UUID, path string, now time.Time) error {
	result := t.in(ctx).Exec("update files set touched_at = ? where path = ? and dying_at is null", now, path)
	if result.Error == nil && result.RowsAffected == 0 {
		return desk.ErrStale
	}
	if result.Error == nil {
		result = t.in(ctx).Exec("insert into file_uses (owner_id, path) values (?, ?) on conflict do nothing", owner, path)
	}
	return t.fail("using a file", result.Error)
}

// MoveFile hands the use of a file from an upload to the message that sends it.
func (t *Tx) MoveFile(ctx context.Context, from, to uuid.UUID) error {
	return t.fail("moving the use of a file", t.in(ctx).Exec("update file_uses set owner_id = ? where owner_id = ?", to, from).Error)
}

// LeaveFiles ends every use of files by a message or an upload. What nobody uses
// any more is removed by the next sweep, without the usual grace.
func (t *Tx) LeaveFiles(ctx context.Context, owner uuid.UUID) error {
	err := t.in(ctx).Exec(`update files set touched_at = ? where path in (select path from file_uses where owner_id = ?)
		and not exists (select 1 from file_uses u where u.path = files.path and u.owner_id <> ?)`, time.Unix(0, 0).UTC(), owner, owner).Error
	if err == nil {
		err = t.in(ctx).Exec("delete from file_uses where owner_id = ?", owner).Error
	}
	return t.fail("leaving files", err)
}

// MarkUnusedFiles begins the removal of files nobody uses, if they were last put
// in use before a time, and returns them together with those whose removal was
// begun and not ended.
func (t *Tx) MarkUnusedFiles(ctx context.Context, before, now time.Time, limit int) ([]string, error) {
	err := t.in(ctx).Exec(`update files set dying_at = ? where path in (select path from files f where f.dying_at is null and f.touched_at < ?
		and not exists (select 1 from file_uses u where u.path = f.path) order by f.touched_at limit ?) and dying_at is null and touched_at < ?`,
		now, before, limit, before).Error
	if err != nil {
		return nil, t.fail("finding unused files", err)
	}
	var paths []string
	err = t.in(ctx).Raw("select path from files where dying_at is not null order by path limit ?", limit).Scan(&paths).Error
	return paths, t.fail("finding unused files", err)
}

// RemoveFile forgets a file whose bytes are gone.
func (t *Tx) RemoveFile(ctx context.Context, path string) error {
	return t.fail("removing a file", t.in(ctx).Exec("delete from files where path = ? and dying_at is not null", path).Error)
}

// CountUploads returns how many files an agent has chosen in a conversation and not
// yet sent. It holds the conversation, so that nobody adds one meanwhile.
func (t *Tx) CountUploads(ctx context.Context, conversation, agent uuid.UUID) (count int, err error) {
	if _, err := t.LockConversation(ctx, conversation); err != nil {
		return 0, err
	}
	err = t.in(ctx).Raw("select count(*) from uploads where conversation_id = ? and agent_id = ?", conversation, agent).Row().Scan(&count)
	return count, t.fail("counting uploads", err)
}

// AddUpload keeps a file an agent has chosen.
func (t *Tx) AddUpload(ctx context.Context, u *desk.Upload) error {
	return add(ctx, t, "an upload", u)
}

// LockUpload returns an upload and holds it.
func (t *Tx) LockUpload(ctx context.Context, id uuid.UUID) (*desk.Upload, error) {
	return lock[desk.Upload](ctx, t, "upload", id)
}

// DeleteUpload removes an upload that was sent or dropped; its file's use is left
// or moved by the caller.
func (t *Tx) DeleteUpload(ctx context.Context, id uuid.UUID) error {
	return t.fail("deleting an upload", t.in(ctx).Exec("delete from uploads where id = ?", id).Error)
}

// Drafted reports whether a draft of a conversation was sent already. A draft
// without an id never was.
func (t *Tx) Drafted(ctx context.Context, conversation uuid.UUID, draft string) (bool, error) {
	if draft == "" {
		return false, nil
	}
	found, err := ids(t.in(ctx).Raw("select id from messages where conversation_id = ? and draft_id = ?", conversation, draft))
	return len(found) > 0, t.fail("looking for a draft", err)
}

// UnusedFiles reports whether MarkUnusedFiles would find something.
func (s *Store) UnusedFiles(ctx context.Context, before time.Time) (bool, error) {
	var found []string
	err := s.reading(ctx).Raw(`select path from files f where f.dying_at is not null or f.touched_at < ?
		and not exists (select 1 from file_uses u where u.path = f.path) limit 1`, before).Scan(&found).Error
	return len(found) > 0, wrap("looking for unused files", err)
}

// Uploads returns what an agent has chosen in a conversation and not yet sent, in
// the order of choosing.
func (s *Store) Uploads(ctx context.Context, conversation, agent uuid.UUID) ([]desk.Upload, error) {
	var all []desk.Upload
	err := s.reading(ctx).Where("conversation_id = ? and agent_id = ?", conversation, agent).Order("id").Find(&all).Error
	return all, wrap("reading uploads", err)
}

// Upload returns an upload.
func (s *Store) Upload(ctx context.Context, id uuid.UUID) (*desk.Upload, error) {
	var u desk.Upload
	if err := s.reading(ctx).Where("id = ?", id).Take(&u).Error; err != nil {
		return nil, wrap("reading an upload", err)
	}
	return &u, nil
}

// OldUploads returns uploads made before a time.
func (s *Store) OldUploads(ctx context.Context, before time.Time, limit int) ([]uuid.UUID, error) {
	found, err := ids(s.reading(ctx).Raw("select id from uploads where created_at < ? order by created_at limit ?", before, limit))
	return found, wrap("finding old uploads", err)
}
