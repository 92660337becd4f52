package store

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// tagged says where the tags of a sort of thing are kept. The names are constants,
// never anybody's words.
var tagged = map[desk.Subject]struct{ table, column string }{
	desk.SubjectTicket:       {"ticket_tags", "ticket_id"},
	desk.SubjectConversation: {"conversation_tags", "conversation_id"},
}

// TagNamed returns the tag of a name, which it adds when nobody has made it yet;
// desk.ErrFull when there are desk.MaxTags.
func (t *Tx) TagNamed(ctx context.Context, fresh *desk.Tag) (*desk.Tag, error) {
	var known []desk.Tag
	if err := t.in(ctx).Where("folded = ?", fresh.Folded).Find(&known).Error; err != nil {
		return nil, t.fail("looking for a tag", err)
	}
	if len(known) > 0 {
		return &known[0], nil
	}
	var n int64
	if err := t.in(ctx).Model(&desk.Tag{}).Count(&n).Error; err != nil {
		return nil, t.fail("counting tags", err)
	}
	if n >= desk.MaxTags {
		return nil, desk.ErrFull.For("tag")
	}
	if err := t.in(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(fresh).Error; err != nil {
		return nil, t.fail("adding a tag", err)
	}
	var tag desk.Tag
	return &tag, t.fail("looking for a tag", t.in(ctx).Take(&tag, "folded = ?", fresh.Folded).Error)
}

// PutTag puts a tag on a ticket or conversation, whose row must be held, and reports
// whether it is new there; desk.ErrFull when it has desk.MaxTagsOn.
func (t *Tx) PutTag(ctx context.Context, kind desk.Subject, id, tag uuid.UUID) (bool, error) {
	at := tagged[kind]
	var n int
	if err := t.in(ctx).Raw("select count(*) from "+at.table+" where "+at.column+" = ? and tag_id <> ?", id, tag).Row().Scan(&n); err != nil {
		return false, t.fail("counting tags", err)
	}
	if n >= desk.MaxTagsOn {
		return false, desk.ErrFull.For("tag")
	}
	result := t.in(ctx).Exec("insert into "+at.table+" ("+at.column+", tag_id) values (?, ?) on conflict do nothing", id, tag)
	t.taggedAt(kind, id)
	return result.RowsAffected > 0, t.fail("putting a tag", result.Error)
}

// DropTag takes a tag off and reports whether it was there.
func (t *Tx) DropTag(ctx context.Context, kind desk.Subject, id, tag uuid.UUID) (bool, error) {
	at := tagged[kind]
	result := t.in(ctx).Exec("delete from "+at.table+" where "+at.column+" = ? and tag_id = ?", id, tag)
	t.taggedAt(kind, id)
	return result.RowsAffected > 0, t.fail("taking off a tag", result.Error)
}

func (t *Tx) taggedAt(kind desk.Subject, id uuid.UUID) {
	t.record(kind, id, false)
	if kind == desk.SubjectTicket {
		t.touch(desk.TopicTicket, id)
		return
	}
	t.touch(desk.TopicConversation, id)
}

// LockTag returns a tag and holds it.
func (t *Tx) LockTag(ctx context.Context, id uuid.UUID) (*desk.Tag, error) {
	return lock[desk.Tag](ctx, t, "tag", id)
}

// SaveTag writes a tag; desk.ErrDuplicate when another has its name.
func (t *Tx) SaveTag(ctx context.Context, tag *desk.Tag) error { return save(ctx, t, "a tag", tag) }

// MergeTags puts one tag wherever another is, which goes.
func (t *Tx) MergeTags(ctx context.Context, from, into uuid.UUID) error {
	var all []statement
	for _, at := range tagged {
		all = append(all, statement{"insert into " + at.table + " (" + at.column + ", tag_id) select " + at.column + ", ? from " + at.table + " where tag_id = ? on conflict do nothing", []any{into, from}})
	}
	return t.each(ctx, "merging tags", append(all, statement{"delete from tags where id = ?", []any{from}})...)
}

// DeleteTag removes a tag from everywhere.
func (t *Tx) DeleteTag(ctx context.Context, id uuid.UUID) error {
	return t.each(ctx, "deleting a tag",
		statement{"delete from ticket_tags where tag_id = ?", []any{id}},
		statement{"delete from conversation_tags where tag_id = ?", []any{id}},
		statement{"delete from tags where id = ?", []any{id}},
	)
}

// Tags returns all tags by name.
func (s *Store) Tags(ctx context.Context) ([]desk.Tag, error) {
	var all []desk.Tag
	return all, wrap("reading tags", s.reading(ctx).Order("folded").Find(&all).Error)
}

// TagUses returns all tags by name, with how often each is used.
func (s *Store) TagUses(ctx context.Context) ([]desk.TagUse, error) {
	var all []desk.TagUse
	err := s.reading(ctx).Raw(`select tags.*, (select count(*) from ticket_tags where tag_id = tags.id) as tickets,
		(select count(*) from conversation_tags where tag_id = tags.id) as conversations from tags order by folded`).Scan(&all).Error
	return all, wrap("counting the use of tags", err)
}

// TagsOf returns the tags of some tickets or conversations, each by name.
func (s *Store) TagsOf(ctx context.Context, kind desk.Subject, things []uuid.UUID) (map[uuid.UUID][]desk.Tag, error) {
	at, ok := tagged[kind]
	if !ok {
		return nil, errors.New("nothing of that sort has tags")
	}
	found := map[uuid.UUID][]desk.Tag{}
	if len(things) == 0 {
		return found, nil
	}
	var rows []struct {
		Thing uuid.UUID
		desk.Tag
	}
	err := s.reading(ctx).Raw("select "+at.column+" as thing, tags.* from "+at.table+" join tags on tags.id = tag_id where ? order by folded", among(at.column, s.sqlite(), things)).Scan(&rows).Error
	for _, r := range rows {
		found[r.Thing] = append(found[r.Thing], r.Tag)
	}
	return found, wrap("reading tags", err)
}

// AddField adds a custom field; desk.ErrDuplicate when its name is taken, desk.ErrFull
// when there are desk.MaxCustomFields.
func (t *Tx) AddField(ctx context.Context, f *desk.CustomField) error {
	var n int64
	if err := t.in(ctx).Model(&desk.CustomField{}).Count(&n).Error; err != nil {
		return t.fail("counting fields", err)
	}
	if n >= desk.MaxCustomFields {
		return desk.ErrFull
	}
	return add(ctx, t, "a field", f)
}

// LockField returns a custom field and holds it.
func (t *Tx) LockField(ctx context.Context, id uuid.UUID) (*desk.CustomField, error) {
	return lock[desk.CustomField](ctx, t, "field", id)
}

// SaveField writes a custom field.
func (t *Tx) SaveField(ctx context.Context, f *desk.CustomField) error {
	return save(ctx, t, "a field", f)
}

// Fields returns all custom fields in the order of the form.
func (t *Tx) Fields(ctx context.Context) ([]desk.CustomField, error) {
	var all []desk.CustomField
	return all, t.fail("reading fields", t.in(ctx).Order("place, name").Find(&all).Error)
}

// Fields returns all custom fields in the order of the form.
func (s *Store) Fields(ctx context.Context) ([]desk.CustomField, error) {
	var all []desk.CustomField
	return all, wrap("reading fields", s.reading(ctx).Order("place, name").Find(&all).Error)
}
