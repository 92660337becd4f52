package store

import (
	"context"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// SetExternalID gives a ticket or a contact the name another system knows it by, in
// place of the one it had there; empty: none. It is desk.ErrDuplicate when that
// system calls something else so.
func (t *Tx) SetExternalID(ctx context.Context, id desk.ExternalID) error {
	err := t.in(ctx).Exec("delete from external_ids where kind = ? and source = ? and subject_id = ?", id.Kind, id.Source, id.SubjectID).Error
	if err == nil && id.Value != "" {
		err = t.in(ctx).Create(&id).Error
	}
	if err != nil {
		return t.fail("setting an external id", err)
	}
	t.record(id.Kind, id.SubjectID, false)
	if id.Kind == desk.SubjectTicket {
		t.touch(desk.TopicTicket, id.SubjectID)
	}
	return nil
}

// ExternalIDs returns the external ids of some subjects, by source and value.
func (s *Store) ExternalIDs(ctx context.Context, subjects ...uuid.UUID) (map[uuid.UUID][]desk.ExternalID, error) {
	found := map[uuid.UUID][]desk.ExternalID{}
	if len(subjects) == 0 {
		return found, nil
	}
	var all []desk.ExternalID
	err := s.reading(ctx).Where(among("subject_id", s.sqlite(), subjects)).Order("source, value").Find(&all).Error
	for _, id := range all {
		found[id.SubjectID] = append(found[id.SubjectID], id)
	}
	return found, wrap("reading external ids", err)
}
