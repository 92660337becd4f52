package store

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// owned is an alias with the contact it belongs to.
type owned struct {
	AliasKind  desk.AliasKind
	AliasValue string
	desk.Contact
}

// ContactFor returns the contact with an identity, whom it creates if need be. A
// contact is found by business-scoped id, then by the parent's, then by phone.
// A phone that belongs to a contact with another business-scoped id was given to
// a new person: it moves to a new contact.
func (t *Tx) ContactFor(ctx context.Context, who desk.Identity, now time.Time) (*desk.Contact, error) {
	aliases := who.Aliases()
	if len(aliases) == 0 {
		return nil, fmt.Errorf("finding a contact without an identity: %w", desk.ErrInvalid)
	}
	found, known := t.foreseen.ownersForeseen(aliases)
	if !known {
		var err error
		if found, err = t.owners(ctx, aliases); err != nil {
			return nil, err
		}
	}
	contact := match(found, who)
	if contact == nil && !known && t.native != nil { // whoever else is creating the same contact goes first
		if err := t.awaitAliases(ctx, aliases); err != nil {
			return nil, err
		}
		var err error
		if found, err = t.owners(ctx, aliases); err != nil {
			return nil, err
		}
		contact = match(found, who)
	}
	if contact == nil {
		contact = &desk.Contact{ID: desk.NewID(), CreatedAt: now}
		know(contact, who, now)
		if _, err := insert(ctx, t, t.s.shapes.contact, "a contact", contact, ""); err != nil {
			return nil, err
		}
		if t.born == nil {
			t.born = map[uuid.UUID]bool{}
		}
		t.born[contact.ID] = true
	} else if know(contact, who, now) {
		if err := keep(ctx, t, t.s.shapes.contact, "a contact", contact); err != nil {
			return nil, err
		}
		t.foreseen.learn(contact)
	}
	return contact, t.own(ctx, contact, aliases, found, now)
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
	rows, err := t.quick.query(ctx, e.numbered("select aliases.kind, aliases.value, "+e.prefixed()+
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
		if err := found.Scan(append([]any{&o.AliasKind, &o.AliasValue}, e.targets(row)...)...); err != nil {
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

// know takes what a message says of its sender into the contact and reports
// whether anything was new.
func know(c *desk.Contact, who desk.Identity, now time.Time) bool {
	before := *c
	for _, pair := range []struct {
		to   *string
		from string
	}{{&c.Name, who.Name}, {&c.Username, who.Username}, {&c.Phone, who.Phone}, {&c.BSUID, who.BSUID}} {
		if pair.from != "" {
			*pair.to = pair.from
		}
	}
	changed := *c != before
	if changed {
		c.UpdatedAt = now
	}
	return changed
}

// own makes the aliases the contact's. A phone is taken from whom it belonged to,
// who must not be written to at it any more; a parent's id is not.
func (t *Tx) own(ctx context.Context, c *desk.Contact, aliases []desk.Alias, found []owned, now time.Time) error {
	for _, a := range aliases {
		i := slices.IndexFunc(found, func(o owned) bool { return o.AliasKind == a.Kind && o.AliasValue == a.Value })
		switch {
		case i >= 0 && found[i].ID == c.ID:
			continue
		case i >= 0 && a.Kind != desk.AliasPhone:
			continue
		case i >= 0:
			err := t.in(ctx).Exec("update contacts set phone = '', updated_at = ? where id = ? and phone = ?", now, found[i].ID, a.Value).Error
			if err != nil {
				return t.fail("taking a phone from its last holder", err)
			}
			t.foreseen.forget(found[i].ID, a.Value)
		}
		own, err := t.ready(ctx)
		if err == nil {
			err = t.quick.later(own, "adding an alias", t.s.shapes.contact.numbered(`insert into aliases (kind, value, contact_id, created_at) values (?, ?, ?, ?)
				on conflict (kind, value) do update set contact_id = excluded.contact_id, created_at = excluded.created_at`),
				string(a.Kind), a.Value, c.ID.String(), now)
		}
		if err != nil {
			return t.fail("adding an alias", err)
		}
		t.foreseen.own(a, c)
	}
	return nil
}

// Contact returns a contact.
func (t *Tx) Contact(ctx context.Context, id uuid.UUID) (*desk.Contact, error) {
	return holdOne[desk.Contact](ctx, t, t.s.shapes.contact, "reading contact "+id.String(), "id = ?", id.String())
}

// SaveContact writes a contact.
func (t *Tx) SaveContact(ctx context.Context, c *desk.Contact) error {
	return keep(ctx, t, t.s.shapes.contact, "a contact", c)
}

// Contact returns a contact.
func (s *Store) Contact(ctx context.Context, id uuid.UUID) (*desk.Contact, error) {
	return read[desk.Contact](ctx, s, s.shapes.contact, "reading contact "+id.String(), "id = ?", id.String())
}

// AddConsent adds entries to the ledger.
func (t *Tx) AddConsent(ctx context.Context, consents ...desk.Consent) error {
	if len(consents) == 0 {
		return nil
	}
	return add(ctx, t, "consent", &consents)
}

// Consents returns a contact's ledger, newest entry first.
func (s *Store) Consents(ctx context.Context, contact uuid.UUID) ([]desk.Consent, error) {
	var consents []desk.Consent
	err := s.reading(ctx).Where("contact_id = ?", contact).Order("id desc").Find(&consents).Error
	return consents, wrap("reading consents", err)
}

// MoveContact gives the contact with one identity another: WhatsApp changed the
// person's ids. Nothing happens when the contact is not known, or when the new
// identity is a contact of its own already.
func (t *Tx) MoveContact(ctx context.Context, from, to desk.Identity, now time.Time) error {
	if len(from.Aliases()) == 0 || len(to.Aliases()) == 0 {
		return nil
	}
	known, err := t.owners(ctx, from.Aliases())
	if err != nil {
		return err
	}
	contact := match(known, from)
	if contact == nil {
		return nil
	}
	taken, err := t.owners(ctx, to.Aliases())
	if err != nil {
		return err
	}
	if other := match(taken, to); other != nil && other.ID != contact.ID {
		return nil
	}
	if know(contact, to, now) {
		if err := keep(ctx, t, t.s.shapes.contact, "a contact", contact); err != nil {
			return err
		}
	}
	return t.own(ctx, contact, to.Aliases(), taken, now)
}
