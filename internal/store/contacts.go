package store

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// owned is an alias with the contact it belongs to.
type owned struct {
	AliasKind  desk.AliasKind
	AliasValue string
	Since      time.Time // the provider's time of the word that gave it to them
	desk.Contact
}

// ContactFor returns the contact with an identity, whom it creates if need be. A
// contact is found by business-scoped id, then by the parent's, then by phone.
// A phone that belongs to a contact with another business-scoped id was given to
// a new person: it moves to a new contact. Contacts that one identity shows to be
// one person are merged.
func (t *Tx) ContactFor(ctx context.Context, who desk.Identity, now time.Time) (*desk.Contact, error) {
	aliases := who.Aliases()
	if len(aliases) == 0 {
		return nil, fmt.Errorf("finding a contact without an identity: %w", desk.ErrInvalid)
	}
	if who.At.IsZero() || who.At.After(now) {
		who.At = now
	}
	found, known := t.foreseen.ownersForeseen(aliases)
	if !known {
		var err error
		if found, err = t.owners(ctx, aliases); err != nil {
			return nil, err
		}
	}
	contact := match(found, who)
	if (contact == nil && !known || len(others(found, contact, who)) > 0) && t.native != nil { // whoever else is creating or merging the same contact goes first
		var err error
		if found, err = t.awaited(ctx, aliases); err != nil {
			return nil, err
		}
		contact = match(found, who)
	}
	if contact == nil {
		return t.newContact(ctx, who, found, now)
	}
	for _, other := range others(found, contact, who) {
		var err error
		if contact, err = t.merge(ctx, contact, other, desk.MergeSameMessage, now); err != nil {
			return nil, err
		}
		if found, err = t.owners(ctx, aliases); err != nil {
			return nil, err
		}
	}
	return contact, t.acquaint(ctx, contact, who, found, now)
}

func (t *Tx) newContact(ctx context.Context, who desk.Identity, found []owned, now time.Time) (*desk.Contact, error) {
	contact := &desk.Contact{ID: desk.NewID(), CreatedAt: now}
	know(contact, who, now)
	if _, err := insert(ctx, t, t.s.shapes.contact, "a contact", contact, ""); err != nil {
		return nil, err
	}
	if t.born == nil {
		t.born = map[uuid.UUID]bool{}
	}
	t.born[contact.ID] = true
	t.record(desk.SubjectContact, contact.ID, true)
	return contact, t.own(ctx, contact, who, found, now)
}

// acquaint takes what is said of a contact into what is known.
func (t *Tx) acquaint(ctx context.Context, contact *desk.Contact, who desk.Identity, found []owned, now time.Time) error {
	if know(contact, who, now) {
		t.record(desk.SubjectContact, contact.ID, false)
		if err := keep(ctx, t, t.s.shapes.contact, "a contact", contact); err != nil {
			return err
		}
		t.foreseen.learn(contact)
	}
	return t.own(ctx, contact, who, found, now)
}

// awaited takes turns with all who create or merge contacts with one of the
// aliases, and looks whose they are then.
func (t *Tx) awaited(ctx context.Context, aliases []desk.Alias) ([]owned, error) {
	if t.native != nil {
		if err := t.awaitAliases(ctx, aliases); err != nil {
			return nil, err
		}
	}
	return t.owners(ctx, aliases)
}

func (t *Tx) owners(ctx context.Context, aliases []desk.Alias) ([]owned, error) {
	ctx, err := t.ready(ctx)
	if err != nil {
		return nil, t.fail("finding a contact", err)
	}
	e := t.s.shapes.contact
	var either []string
	var args []any
	for _, a := range aliases {
		either = append(either, "(aliases.kind = ? and aliases.value = ?)")
		args = append(args, string(a.Kind), a.Value)
	}
	rows, err := t.quick.query(ctx, e.numbered("select aliases.kind, aliases.value, aliases.created_at, "+e.prefixed()+
		" from aliases join contacts on contacts.id = aliases.contact_id where "+strings.Join(either, " or ")), args...)
	if err != nil {
		return nil, t.fail("finding a contact", err)
	}
	defer rows.Close()
	found, err := t.scanOwners(rows)
	if err == nil {
		err = rows.Err()
	}
	return found, t.fail("finding a contact", err)
}

// prefixed are the columns with their table.
func (e *entity) prefixed() string {
	return e.table + "." + strings.Join(e.columns, ", "+e.table+".")
}

func (t *Tx) scanOwners(found rows) (all []owned, err error) {
	e := t.s.shapes.contact
	for found.Next() {
		var o owned
		row := reflect.ValueOf(&o.Contact).Elem()
		if err := found.Scan(append([]any{&o.AliasKind, &o.AliasValue, &o.Since}, e.targets(row)...)...); err != nil {
			return nil, err
		}
		if err := t.remember(e, row); err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, nil
}

// awaitAliases takes turns, until the end of the transaction, with every other
// transaction that creates a contact with one of the aliases.
func (t *Tx) awaitAliases(ctx context.Context, aliases []desk.Alias) error {
	var keys []string
	for _, a := range aliases {
		keys = append(keys, lockName(a.Kind, a.Value))
	}
	slices.Sort(keys)
	for _, key := range keys {
		if _, err := t.native.Exec(ctx, "select pg_advisory_xact_lock(hashtextextended($1, 0))", key); err != nil {
			return t.fail("waiting for a contact", err)
		}
	}
	return nil
}

func lockName(kind desk.AliasKind, value string) string { return string(kind) + ":" + value }

func match(found []owned, who desk.Identity) *desk.Contact {
	for _, kind := range []desk.AliasKind{desk.AliasBSUID, desk.AliasParentBSUID, desk.AliasPhone} {
		for i := range found {
			c := &found[i].Contact
			if found[i].AliasKind != kind {
				continue
			}
			if kind == desk.AliasPhone && who.BSUID != "" && c.BSUID != "" && c.BSUID != who.BSUID {
				return nil
			}
			return c
		}
	}
	return nil
}

// others are the further contacts whom an identity shows to be the same person: who
// shares the parent's id, and who is known by the phone alone. A phone of somebody
// with an id of their own was given to a new person.
func others(found []owned, contact *desk.Contact, who desk.Identity) (all []*desk.Contact) {
	if contact == nil {
		return nil
	}
	for i := range found {
		c := &found[i].Contact
		same := found[i].AliasKind != desk.AliasPhone || c.BSUID == "" && who.BSUID != ""
		if c.ID != contact.ID && same && !slices.ContainsFunc(all, func(o *desk.Contact) bool { return o.ID == c.ID }) {
			all = append(all, c)
		}
	}
	return all
}

// know takes what a message says of its sender into the contact and reports
// whether anything was new. What was said before the last change of names and
// addresses only fills gaps.
func know(c *desk.Contact, who desk.Identity, now time.Time) bool {
	before := *c
	late := c.KnownAt != nil && who.At.Before(*c.KnownAt)
	for _, pair := range []struct {
		to   *string
		from string
	}{{&c.Name, who.Name}, {&c.Username, who.Username}, {&c.Phone, who.Phone}, {&c.BSUID, who.BSUID}} {
		if pair.from != "" && (*pair.to == "" || !late) {
			*pair.to = pair.from
		}
	}
	changed := *c != before
	if changed {
		if at := desk.Instant(who.At); !late {
			c.KnownAt = &at
		}
		c.UpdatedAt = now
	}
	return changed
}

// own makes the aliases the contact's. A phone is taken from whom it belonged to,
// who must not be written to at it any more, unless they got it later than this was
// said; a parent's id is not.
func (t *Tx) own(ctx context.Context, c *desk.Contact, who desk.Identity, found []owned, now time.Time) error {
	at := desk.Instant(who.At)
	for _, a := range who.Aliases() {
		i := slices.IndexFunc(found, func(o owned) bool { return o.AliasKind == a.Kind && o.AliasValue == a.Value })
		switch {
		case i >= 0 && found[i].ID == c.ID:
			continue
		case i >= 0 && (a.Kind != desk.AliasPhone || at.Before(found[i].Since)):
			continue
		case i >= 0:
			err := t.in(ctx).Exec("update contacts set phone = '', updated_at = ? where id = ? and phone = ?", now, found[i].ID, a.Value).Error
			if err != nil {
				return t.fail("taking a phone from its last holder", err)
			}
			t.record(desk.SubjectContact, found[i].ID, false)
			t.foreseen.forget(found[i].ID, a.Value)
		}
		own, err := t.ready(ctx)
		if err == nil {
			err = t.quick.later(own, "adding an alias", t.s.shapes.contact.numbered(`insert into aliases (kind, value, contact_id, created_at) values (?, ?, ?, ?)
				on conflict (kind, value) do update set contact_id = excluded.contact_id, created_at = excluded.created_at`),
				string(a.Kind), a.Value, c.ID.String(), at)
		}
		if err != nil {
			return t.fail("adding an alias", err)
		}
		t.foreseen.own(a, c, at)
	}
	return nil
}

// Contact returns a contact.
func (t *Tx) Contact(ctx context.Context, id uuid.UUID) (*desk.Contact, error) {
	return holdOne[desk.Contact](ctx, t, t.s.shapes.contact, "reading contact "+id.String(), "id = ?", id.String())
}

// SaveContact writes a contact.
func (t *Tx) SaveContact(ctx context.Context, c *desk.Contact) error {
	t.record(desk.SubjectContact, c.ID, false)
	return keep(ctx, t, t.s.shapes.contact, "a contact", c)
}

// Contact returns a contact.
func (s *Store) Contact(ctx context.Context, id uuid.UUID) (*desk.Contact, error) {
	return read[desk.Contact](ctx, s, s.shapes.contact, "reading contact "+id.String(), "id = ?", id.String())
}

// AddConsent adds entries to the ledger; one that is there already stays as it is.
func (t *Tx) AddConsent(ctx context.Context, consents ...desk.Consent) error {
	if len(consents) == 0 {
		return nil
	}
	return t.fail("adding consent", t.in(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&consents).Error)
}

// Consents returns a contact's ledger, newest entry first.
func (s *Store) Consents(ctx context.Context, contact uuid.UUID) ([]desk.Consent, error) {
	var consents []desk.Consent
	err := s.reading(ctx).Where("contact_id = ?", contact).Order("id desc").Find(&consents).Error
	return consents, wrap("reading consents", err)
}

// NameContact gives a name and a username to the contact with an identity, unless
// something newer is known. It returns desk.ErrNotFound when nobody has it.
func (t *Tx) NameContact(ctx context.Context, who desk.Identity, now time.Time) error {
	found, err := t.owners(ctx, who.Aliases())
	if err != nil {
		return err
	}
	contact := match(found, who)
	if contact == nil {
		return desk.ErrNotFound
	}
	if who.At.IsZero() {
		who.At = now
	}
	if !know(contact, desk.Identity{Name: who.Name, Username: who.Username, At: who.At}, now) {
		return nil
	}
	t.record(desk.SubjectContact, contact.ID, false)
	t.foreseen.learn(contact)
	return keep(ctx, t, t.s.shapes.contact, "a contact", contact)
}
