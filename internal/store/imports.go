package store

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
	"antena/internal/phone"
)

// AddImport adds a file that was checked.
func (t *Tx) AddImport(ctx context.Context, i *desk.Import) error { return add(ctx, t, "an import", i) }

// linesAtOnce keeps a statement's values below what databases take.
const linesAtOnce = 1000

// AddImportLines adds the lines of a file.
func (t *Tx) AddImportLines(ctx context.Context, lines []desk.ImportLine) error {
	for part := range slices.Chunk(lines, linesAtOnce) {
		if err := add(ctx, t, "the lines of a file", &part); err != nil {
			return err
		}
	}
	return nil
}

// LockImport returns an import and holds it.
func (t *Tx) LockImport(ctx context.Context, id uuid.UUID) (*desk.Import, error) {
	return lock[desk.Import](ctx, t, "import", id)
}

// SaveImport writes an import.
func (t *Tx) SaveImport(ctx context.Context, i *desk.Import) error {
	t.touch(desk.TopicImport, i.ID)
	return save(ctx, t, "an import", i)
}

// ImportLinesToTake returns the next lines that are to be taken in.
func (t *Tx) ImportLinesToTake(ctx context.Context, id uuid.UUID, limit int) ([]desk.ImportLine, error) {
	var all []desk.ImportLine
	err := t.in(ctx).Where("import_id = ? and data is not null", id).Order("line").Limit(limit).Find(&all).Error
	return all, t.fail("reading the lines of a file", err)
}

// TakenImportLines forgets what the lines of a file said up to one of them, or all
// when it is 0. Lines with a problem are kept, without what they said.
func (t *Tx) TakenImportLines(ctx context.Context, id uuid.UUID, upTo int) error {
	if upTo == 0 {
		upTo = 1 << 31
	}
	return t.each(ctx, "forgetting the lines of a file",
		statement{"delete from import_lines where import_id = ? and line <= ? and data is not null and problems is null", []any{id, upTo}},
		statement{"update import_lines set data = null where import_id = ? and line <= ?", []any{id, upTo}},
	)
}

// TakeSubscriber takes a line of a file in: the subscriber of its code is added or
// changed, and the contacts with its phones are linked to it.
func (t *Tx) TakeSubscriber(ctx context.Context, row *desk.ImportRow, from uuid.UUID, now time.Time) (added, changed bool, err error) {
	var known []desk.Subscriber
	if err := t.in(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("code = ?", row.Code).Find(&known).Error; err != nil {
		return false, false, t.fail("looking for a subscriber", err)
	}
	sub := desk.Subscriber{ID: desk.NewID(), Code: row.Code, CreatedAt: now}
	if len(known) > 0 {
		sub = known[0]
	}
	before := slices.Clone(sub.Phones)
	changed = describe(&sub, row)
	if len(known) > 0 && !changed {
		return false, false, nil
	}
	sub.UpdatedAt, sub.ImportID = now, &from
	if len(known) == 0 {
		err = add(ctx, t, "a subscriber", &sub)
	} else {
		err = save(ctx, t, "a subscriber", &sub)
	}
	if err != nil {
		return false, false, err
	}
	if err := t.phonesOf(ctx, &sub); err != nil {
		return false, false, err
	}
	return len(known) == 0, len(known) > 0, t.linkPhones(ctx, append(before, sub.Phones...), now)
}

// describe takes what a line says into a subscriber and reports whether anything was
// new. A column that is empty or missing leaves what is known.
func describe(s *desk.Subscriber, row *desk.ImportRow) (changed bool) {
	for _, pair := range []struct {
		to   *string
		from string
	}{
		{&s.Name, row.Name}, {&s.Document, row.Document}, {&s.DocumentHash, row.DocumentHash}, {&s.Plan, row.Plan}, {&s.Zone, row.Zone},
		{(*string)(&s.State), string(row.State)}, {&s.Address, row.Address},
	} {
		if pair.from != "" && *pair.to != pair.from {
			*pair.to, changed = pair.from, true
		}
	}
	if row.DueDay != 0 && s.DueDay != row.DueDay {
		s.DueDay, changed = row.DueDay, true
	}
	if len(row.Phones) > 0 && !slices.Equal(s.Phones, row.Phones) {
		s.Phones, changed = row.Phones, true
	}
	return changed
}

// lineKey is the form of a phone that a line is looked up by: the shortest it has.
func lineKey(number string) string {
	forms := phone.Forms(number)
	if len(forms) == 0 {
		return ""
	}
	return slices.MinFunc(forms, func(a, b string) int { return len(a) - len(b) })
}

func (t *Tx) phonesOf(ctx context.Context, s *desk.Subscriber) error {
	all := []statement{{"delete from subscriber_phones where subscriber_id = ?", []any{s.ID}}}
	for _, number := range s.Phones {
		all = append(all, statement{"insert into subscriber_phones (phone, subscriber_id) values (?, ?) on conflict do nothing", []any{lineKey(number), s.ID}})
	}
	return t.each(ctx, "keeping a subscriber's phones", all...)
}

// linkPhones links the contacts with some phones to the subscriber who has the phone,
// and parts those whose phone several subscribers have: that is a question to the customer.
func (t *Tx) linkPhones(ctx context.Context, numbers []string, now time.Time) error {
	for _, number := range numbers {
		contacts, err := ids(t.in(ctx).Raw("select distinct contact_id from aliases where kind = 'phone' and value in ?", phone.Forms(number)))
		if err != nil {
			return t.fail("looking for the contact of a phone", err)
		}
		if len(contacts) == 0 {
			continue
		}
		owner, err := t.subscriberAt(ctx, number)
		if err != nil {
			return err
		}
		for _, id := range contacts {
			if err := t.linkContact(ctx, id, owner, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// subscriberAt returns who has a phone; nil when nobody has it, or several.
func (t *Tx) subscriberAt(ctx context.Context, number string) (*desk.Subscriber, error) {
	var found []desk.Subscriber
	err := t.in(ctx).Where("id in (select subscriber_id from subscriber_phones where phone = ?)", lineKey(number)).Limit(2).Find(&found).Error
	if err != nil || len(found) != 1 {
		return nil, t.fail("looking for the subscriber of a phone", err)
	}
	return &found[0], nil
}

func (t *Tx) linkContact(ctx context.Context, id uuid.UUID, owner *desk.Subscriber, now time.Time) error {
	t.foreseen = nil // it may hold the contact as it was
	contact, err := t.Contact(ctx, id)
	if err != nil {
		return err
	}
	was := *contact
	switch {
	case owner != nil:
		contact.SubscriberID, contact.Zone, contact.Plan = &owner.ID, owner.Zone, owner.Plan
	case contact.SubscriberID != nil:
		contact.SubscriberID, contact.Zone, contact.Plan = nil, "", ""
	}
	if sameID(was.SubscriberID, contact.SubscriberID) && was.Zone == contact.Zone && was.Plan == contact.Plan {
		return nil
	}
	contact.UpdatedAt = now
	return t.SaveContact(ctx, contact)
}

func sameID(a, b *uuid.UUID) bool { return a == b || a != nil && b != nil && *a == *b }

// TakeContact takes a contact of a file in: found by any form of their phone, else
// made, known by every form of it, since only WhatsApp knows which one it uses.
func (t *Tx) TakeContact(ctx context.Context, row *desk.ImportRow, now time.Time) (added, changed bool, err error) {
	var forms []string
	for _, number := range row.Phones {
		forms = append(forms, phone.Forms(number)...)
	}
	known, err := ids(t.in(ctx).Raw("select distinct contact_id from aliases where kind = 'phone' and value in ? limit 1", forms))
	if err != nil {
		return false, false, t.fail("looking for a contact", err)
	}
	var contact *desk.Contact
	if added = len(known) == 0; added {
		contact, err = t.ContactFor(ctx, desk.Identity{Phone: row.Phones[0], Name: row.Name}, now)
	} else {
		contact, err = t.Contact(ctx, known[0])
	}
	if err != nil {
		return false, false, err
	}
	was := *contact
	if contact.Name == "" {
		contact.Name = row.Name
	}
	if contact.Language == "" {
		contact.Language = row.Language
	}
	if contact.SubscriberID == nil && row.Zone != "" {
		contact.Zone = row.Zone
	}
	if was.Name != contact.Name || was.Language != contact.Language || was.Zone != contact.Zone {
		changed, contact.UpdatedAt = !added, now
		if err := t.SaveContact(ctx, contact); err != nil {
			return false, false, err
		}
	}
	for _, form := range forms {
		err := t.in(ctx).Exec("insert into aliases (kind, value, contact_id, created_at) values ('phone', ?, ?, ?) on conflict do nothing", form, contact.ID, now).Error
		if err != nil {
			return false, false, t.fail("adding an alias", err)
		}
	}
	return added, changed, t.linkPhones(ctx, row.Phones, now)
}

// Import returns an import.
func (s *Store) Import(ctx context.Context, id uuid.UUID) (*desk.Import, error) {
	return take[desk.Import](ctx, s.reading(ctx), "import", id)
}

// Imports returns the newest imports.
func (s *Store) Imports(ctx context.Context, limit int) ([]desk.Import, error) {
	var all []desk.Import
	return all, wrap("reading imports", s.reading(ctx).Order("created_at desc, id desc").Limit(limit).Find(&all).Error)
}

// ImportProblems returns the lines of a file with problems, by their number.
func (s *Store) ImportProblems(ctx context.Context, id uuid.UUID, limit int) ([]desk.ImportLine, error) {
	var all []desk.ImportLine
	err := s.reading(ctx).Where("import_id = ? and problems is not null", id).Order("line").Limit(limit).Find(&all).Error
	return all, wrap("reading the problems of a file", err)
}

// SubscribersOf returns who has a contact's phone according to the ISP's billing.
func (s *Store) SubscribersOf(ctx context.Context, contact *desk.Contact) ([]desk.Subscriber, error) {
	var all []desk.Subscriber
	query := s.reading(ctx).Where("id in (select subscriber_id from subscriber_phones where phone = ?)", lineKey(contact.Phone))
	if contact.SubscriberID != nil {
		query = query.Or("id = ?", *contact.SubscriberID)
	}
	return all, wrap("reading the subscribers of a phone", query.Order("code").Limit(5).Find(&all).Error)
}
