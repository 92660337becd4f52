package store

import (
	"context"
	"reflect"
	"slices"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// foreseen is what a transaction read at once of those whose messages it is about
// to add, so that each message costs no waiting of its own. It is kept true to
// what the transaction changes. A row that is not in it is read as ever.
type foreseen struct {
	asked    map[desk.Alias]bool
	owners   map[desk.Alias]*desk.Contact
	since    map[desk.Alias]time.Time
	threads  map[threadKey]*desk.Conversation
	messages map[messageKey]bool // asked for: whether it is there
	parked   map[messageKey][]uuid.UUID
}

type threadKey struct {
	contact uuid.UUID
	channel string
}

type messageKey struct{ channel, providerID string }

// Foresee reads what adding the messages will ask for: contacts, conversations,
// which it holds, and whether a message is there already. A message that another
// transaction adds in the same instant then makes this one fail.
func (t *Tx) Foresee(ctx context.Context, all []desk.Foretold) error {
	if t.native == nil || len(all) == 0 {
		return nil // on SQLite nothing waits
	}
	f := &foreseen{asked: map[desk.Alias]bool{}, owners: map[desk.Alias]*desk.Contact{}, since: map[desk.Alias]time.Time{}, parked: map[messageKey][]uuid.UUID{}, threads: map[threadKey]*desk.Conversation{}, messages: map[messageKey]bool{}}
	var channels []string
	for _, m := range all {
		for _, a := range m.From.Aliases() {
			f.asked[a] = true
		}
		if !slices.Contains(channels, m.Channel) {
			channels = append(channels, m.Channel)
		}
		if m.ProviderID != "" {
			f.messages[messageKey{m.Channel, m.ProviderID}] = false
		}
	}
	if err := t.foresee(ctx, f, channels); err != nil {
		return t.fail("reading whose messages came", err)
	}
	if err := t.awaitStrangers(ctx, f); err != nil {
		return t.fail("waiting for who else knows them", err)
	}
	t.foreseen = f
	return nil
}

// The statements look up each thing asked for by a lateral select with a limit,
// which a planner without statistics cannot turn into reading a whole table.
const (
	aliasesAsked = `unnest($1::text[], $2::text[]) as asked (kind, value) cross join lateral
		(select * from aliases where aliases.kind = asked.kind and aliases.value = asked.value limit 1) as aliases`
	ownersOf = " from " + aliasesAsked + " cross join lateral (select * from contacts where id = aliases.contact_id limit 1) as contacts"
)

func (t *Tx) foresee(ctx context.Context, f *foreseen, channels []string) error {
	kinds, values := split(f.asked, false, f.owners)
	var from, wamids []string
	for key := range f.messages {
		from, wamids = append(from, key.channel), append(wamids, key.providerID)
	}
	e := t.s.shapes.conversation
	return t.quick.ask(ctx, t.ownersAsked(f, kinds, values),
		question{
			sql: "select " + e.list + ` from conversations where channel = any($3) and contact_id in
				(select aliases.contact_id from ` + aliasesAsked + `) order by id for no key update`,
			args: []any{kinds, values, channels},
			read: func(found rows) error { return t.takeThreads(f, found) },
		},
		question{
			sql: `select asked.channel, asked.provider_id from unnest($1::text[], $2::text[]) as asked (channel, provider_id) cross join lateral
				(select 1 from messages where channel = asked.channel and provider_id = asked.provider_id and provider_id <> '' limit 1) as found`,
			args: []any{from, wamids},
			read: func(found rows) error {
				for found.Next() {
					var key messageKey
					if err := found.Scan(&key.channel, &key.providerID); err != nil {
						return err
					}
					f.messages[key] = true
				}
				return nil
			},
		},
		question{
			sql: `select parked.channel, parked.provider_id, parked.event_id from parked join unnest($1::text[], $2::text[]) as asked (channel, provider_id)
				on parked.channel = asked.channel and parked.provider_id = asked.provider_id`,
			args: []any{from, wamids},
			read: func(found rows) error {
				for found.Next() {
					var key messageKey
					var event uuid.UUID
					if err := found.Scan(&key.channel, &key.providerID, &event); err != nil {
						return err
					}
					f.parked[key] = append(f.parked[key], event)
				}
				return nil
			},
		})
}

// awaitStrangers takes turns with every other transaction that creates one of the
// contacts nobody knows, and looks once more.
func (t *Tx) awaitStrangers(ctx context.Context, f *foreseen) error {
	kinds, values := split(f.asked, true, f.owners)
	if len(kinds) == 0 {
		return nil
	}
	var keys []string
	for i := range kinds {
		keys = append(keys, lockName(desk.AliasKind(kinds[i]), values[i]))
	}
	slices.Sort(keys)
	return t.quick.ask(ctx, question{
		sql: "select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest($1::text[]) with ordinality as keys (key, place) order by place", args: []any{keys},
		read: func(found rows) error {
			for found.Next() {
			}
			return nil
		},
	}, t.ownersAsked(f, kinds, values))
}

func (t *Tx) ownersAsked(f *foreseen, kinds, values []string) question {
	e := t.s.shapes.contact
	return question{
		sql: "select aliases.kind, aliases.value, aliases.created_at, " + e.prefixed() + ownersOf, args: []any{kinds, values},
		read: func(found rows) error {
			all, err := t.scanOwners(found)
			for i := range all {
				f.own(desk.Alias{Kind: all[i].AliasKind, Value: all[i].AliasValue}, &all[i].Contact, all[i].Since)
			}
			return err
		},
	}
}

// own makes an alias a contact's. All aliases of a contact point to one value.
func (f *foreseen) own(a desk.Alias, c *desk.Contact, since time.Time) {
	if f == nil {
		return
	}
	f.since[a] = since
	for _, known := range f.owners {
		if known.ID == c.ID {
			f.owners[a] = known
			return
		}
	}
	own := *c
	f.owners[a] = &own
}

func (t *Tx) takeThreads(f *foreseen, found rows) error {
	all, err := scan[desk.Conversation](t.s.shapes.conversation, found)
	for i := range all {
		if err == nil {
			err = t.remember(t.s.shapes.conversation, reflect.ValueOf(&all[i]).Elem())
		}
		f.threads[threadKey{all[i].ContactID, all[i].Channel}] = &all[i]
	}
	return err
}

// split returns the aliases, or only those without an owner, as two columns.
func split(asked map[desk.Alias]bool, strangers bool, owners map[desk.Alias]*desk.Contact) (kinds, values []string) {
	for a := range asked {
		if strangers && owners[a] != nil {
			continue
		}
		kinds, values = append(kinds, string(a.Kind)), append(values, a.Value)
	}
	return kinds, values
}

// ownersForeseen returns the owners of aliases if all of them were asked for.
func (f *foreseen) ownersForeseen(aliases []desk.Alias) (found []owned, all bool) {
	if f == nil {
		return nil, false
	}
	for _, a := range aliases {
		if !f.asked[a] {
			return nil, false
		}
		if c := f.owners[a]; c != nil {
			found = append(found, owned{AliasKind: a.Kind, AliasValue: a.Value, Since: f.since[a], Contact: *c})
		}
	}
	return found, true
}

// learn keeps a contact as it was saved.
func (f *foreseen) learn(c *desk.Contact) {
	if f == nil {
		return
	}
	for _, known := range f.owners {
		if known.ID == c.ID {
			*known = *c
		}
	}
}

// forget takes a phone from a contact.
func (f *foreseen) forget(contact uuid.UUID, phone string) {
	if f == nil {
		return
	}
	for _, known := range f.owners {
		if known.ID == contact && known.Phone == phone {
			known.Phone = ""
		}
	}
}

// thread returns a conversation as it was read or saved last.
func (f *foreseen) thread(contact uuid.UUID, channel string) *desk.Conversation {
	if f == nil {
		return nil
	}
	c := f.threads[threadKey{contact, channel}]
	if c == nil {
		return nil
	}
	own := *c
	return &own
}

// keepThread keeps a conversation as it was saved.
func (f *foreseen) keepThread(c *desk.Conversation) {
	if f == nil {
		return
	}
	own := *c
	f.threads[threadKey{c.ContactID, c.Channel}] = &own
}

// absent reports whether a message is known not to be there, and expects it from
// now on.
func (f *foreseen) absent(m *desk.Message) bool {
	if f == nil || m.ProviderID == "" || m.DraftID != "" {
		return false
	}
	key := messageKey{m.Channel, m.ProviderID}
	there, asked := f.messages[key]
	if asked && !there {
		f.messages[key] = true
		return true
	}
	return false
}
