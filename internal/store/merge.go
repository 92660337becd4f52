package store

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// MoveContact gives the contact with one identity another: WhatsApp changed the
// person's ids. A contact whom we know by the new identity is the same person, and
// merged, unless they wrote from the new number before the change: that one held it
// before, and loses it. A person nobody knows yet becomes a contact with both
// identities, since their messages may still be on the way.
func (t *Tx) MoveContact(ctx context.Context, from, to desk.Identity, now time.Time) error {
	if len(from.Aliases()) == 0 || len(to.Aliases()) == 0 {
		return nil
	}
	for _, who := range []*desk.Identity{&from, &to} {
		if who.At.IsZero() || who.At.After(now) {
			who.At = now
		}
	}
	from.At = from.At.Add(-time.Microsecond) // what was, was before what is
	known, err := t.awaited(ctx, append(from.Aliases(), to.Aliases()...))
	if err != nil {
		return err
	}
	contact := match(of(known, from), from)
	t.foreseen = nil // what it read of these contacts may not be true any more
	if contact == nil {
		if contact, err = t.ContactFor(ctx, from, now); err != nil {
			return err
		}
		if known, err = t.owners(ctx, append(from.Aliases(), to.Aliases()...)); err != nil {
			return err
		}
	}
	for i := range known {
		other := &known[i].Contact
		if other.ID == contact.ID || !slices.Contains(to.Aliases(), desk.Alias{Kind: known[i].AliasKind, Value: known[i].AliasValue}) {
			continue
		}
		same, err := t.samePerson(ctx, &known[i], to)
		if err != nil {
			return err
		}
		if !same {
			continue
		}
		if contact, err = t.merge(ctx, contact, other, desk.MergeMoved, now); err != nil {
			return err
		}
		return t.MoveContact(ctx, from, to, now)
	}
	return t.acquaint(ctx, contact, to, of(known, to), now)
}

// of are those of the aliases' owners that an identity names.
func of(found []owned, who desk.Identity) (all []owned) {
	aliases := who.Aliases()
	for i := range found {
		if slices.Contains(aliases, desk.Alias{Kind: found[i].AliasKind, Value: found[i].AliasValue}) {
			all = append(all, found[i])
		}
	}
	return all
}

// samePerson tells whether the owner of one of the new aliases is who moved there.
// A phone says so only of a contact without another id who did not write from it
// before the move.
func (t *Tx) samePerson(ctx context.Context, o *owned, to desk.Identity) (bool, error) {
	if o.AliasKind != desk.AliasPhone || to.BSUID != "" && o.BSUID == to.BSUID {
		return true, nil
	}
	if o.BSUID != "" {
		return false, nil
	}
	wrote, err := ids(t.in(ctx).Raw(`select messages.id from messages join conversations on conversations.id = messages.conversation_id
		where conversations.contact_id = ? and messages.direction = 'in' and messages.sent_at < ? limit 1`, o.ID, to.At))
	return len(wrote) == 0, t.fail("looking who held a number", err)
}

// merge makes two contacts one and returns who remains: the one known longer. Both
// must be awaited. All the other had becomes theirs; the other's row goes, so that
// whoever still writes to it fails and tries again with what is true then.
func (t *Tx) merge(ctx context.Context, a, b *desk.Contact, reason desk.MergeReason, now time.Time) (*desk.Contact, error) {
	t.foreseen = nil
	kept, gone := a, b
	if b.CreatedAt.Before(a.CreatedAt) || b.CreatedAt.Equal(a.CreatedAt) && desk.Later(a.ID, b.ID) {
		kept, gone = b, a
	}
	record := desk.Merge{ID: desk.NewID(), ContactID: kept.ID, GoneID: gone.ID, Reason: reason, CreatedAt: now}
	was := *gone
	record.Gone = &was
	both, err := hold[desk.Conversation](ctx, t, t.s.shapes.conversation,
		t.locked("contact_id in (?, ?) order by id"), kept.ID.String(), gone.ID.String())
	if err != nil {
		return nil, t.fail("locking the conversations of two contacts", err)
	}
	for i := range both {
		from := &both[i]
		if from.ContactID != gone.ID {
			continue
		}
		thread := desk.MergeThread{From: from.ID, Into: from.ID}
		if into := slices.IndexFunc(both, func(c desk.Conversation) bool { return c.ContactID == kept.ID && c.Channel == from.Channel }); into >= 0 {
			thread.Into = both[into].ID
			if err := t.mergeThreads(ctx, &both[into], from, now); err != nil {
				return nil, err
			}
		} else {
			from.ContactID = kept.ID
			if err := t.SaveConversation(ctx, from); err != nil {
				return nil, err
			}
		}
		record.Threads = append(record.Threads, thread)
	}
	unite(kept, gone)
	kept.UpdatedAt = now
	if err := keep(ctx, t, t.s.shapes.contact, "a contact", kept); err != nil {
		return nil, err
	}
	t.record(desk.SubjectContact, kept.ID, false)
	t.record(desk.SubjectContact, gone.ID, false)
	err = t.each(ctx, "merging contacts",
		statement{"update external_ids set subject_id = ? where kind = 'contact' and subject_id = ?", []any{kept.ID, gone.ID}},
		statement{"update aliases set contact_id = ? where contact_id = ?", []any{kept.ID, gone.ID}},
		statement{"update tickets set contact_id = ? where contact_id = ?", []any{kept.ID, gone.ID}},
		statement{"update consents set contact_id = ? where contact_id = ?", []any{kept.ID, gone.ID}},
		statement{"update merges set contact_id = ? where contact_id = ?", []any{kept.ID, gone.ID}},
		statement{"delete from contacts where id = ?", []any{gone.ID}},
	)
	if err != nil {
		return nil, err
	}
	delete(t.born, gone.ID)
	delete(t.born, kept.ID) // it may have a conversation now
	return kept, add(ctx, t, "the record of a merge", &record)
}

// unite takes the names and addresses that were said last.
func unite(kept, gone *desk.Contact) {
	newer, older := kept, gone
	if gone.KnownAt != nil && (kept.KnownAt == nil || gone.KnownAt.After(*kept.KnownAt)) {
		newer, older = gone, kept
	}
	pick := func(of func(*desk.Contact) *string) string {
		if s := *of(newer); s != "" {
			return s
		}
		return *of(older)
	}
	name, username := pick(func(c *desk.Contact) *string { return &c.Name }), pick(func(c *desk.Contact) *string { return &c.Username })
	phone, bsuid := pick(func(c *desk.Contact) *string { return &c.Phone }), pick(func(c *desk.Contact) *string { return &c.BSUID })
	kept.KnownAt = newer.KnownAt
	kept.Name, kept.Username, kept.Phone, kept.BSUID = name, username, phone, bsuid
	if kept.Language == "" {
		kept.Language = gone.Language
	}
	if kept.SubscriberID == nil && gone.SubscriberID != nil {
		kept.SubscriberID, kept.Zone, kept.Plan = gone.SubscriberID, gone.Zone, gone.Plan
	}
}

// mergeThreads moves all of a conversation into another of the same number.
func (t *Tx) mergeThreads(ctx context.Context, into, from *desk.Conversation, now time.Time) error {
	due, border := into.TurnDueAt, from.Border
	if desk.Later(into.Border, border) {
		border = into.Border
	}
	missed, err := t.unsettled(ctx, into, from, border)
	if err != nil {
		return err
	}
	into.Absorb(from)
	if missed && into.Owner == desk.OwnerAssistant { // the later border would swallow it, the earlier one have it answered twice
		h := desk.Handoff{Reason: desk.ReasonMerged, Team: desk.TeamSupport, Priority: desk.PriorityNormal, Language: into.Language, Wants: into.Preview, At: now}
		if err := into.Enqueue(h, now); err != nil {
			return err
		}
	}
	if into.TurnDueAt != nil && due == nil {
		if err := t.EnqueueAt(ctx, *into.TurnDueAt, desk.TurnJob{Conversation: into.ID}); err != nil {
			return err
		}
	}
	if err := t.SaveConversation(ctx, into); err != nil {
		return err
	}
	err = t.each(ctx, "merging conversations", append(mergeDrafts(into.ID, from.ID),
		statement{"update messages set conversation_id = ? where conversation_id = ?", []any{into.ID, from.ID}},
		statement{"update turns set conversation_id = ? where conversation_id = ?", []any{into.ID, from.ID}},
		statement{"update tickets set conversation_id = ? where conversation_id = ?", []any{into.ID, from.ID}},
		statement{"insert into conversation_tags (conversation_id, tag_id) select ?, tag_id from conversation_tags where conversation_id = ? on conflict do nothing", []any{into.ID, from.ID}},
		statement{"delete from conversation_tags where conversation_id = ?", []any{from.ID}},
		statement{"update notifications set conversation_id = ? where conversation_id = ?", []any{into.ID, from.ID}},
		statement{"update uploads set conversation_id = ? where conversation_id = ?", []any{into.ID, from.ID}},
		statement{"update surveys set conversation_id = ?, contact_id = ? where conversation_id = ?", []any{into.ID, into.ContactID, from.ID}},
		statement{"update promise_records set conversation_id = ? where conversation_id = ?", []any{into.ID, from.ID}},
		statement{`insert into model_usages (day, conversation_id, purpose, model, calls, tokens_in, tokens_cached, tokens_out, cost_micros, unpriced, at)
			select day, ?, purpose, model, calls, tokens_in, tokens_cached, tokens_out, cost_micros, unpriced, at from model_usages where conversation_id = ?
			on conflict (day, conversation_id, purpose, model) do update set calls = model_usages.calls + excluded.calls,
			tokens_in = model_usages.tokens_in + excluded.tokens_in, tokens_cached = model_usages.tokens_cached + excluded.tokens_cached,
			tokens_out = model_usages.tokens_out + excluded.tokens_out, cost_micros = model_usages.cost_micros + excluded.cost_micros,
			unpriced = model_usages.unpriced + excluded.unpriced`, []any{into.ID, from.ID}},
		statement{"delete from model_usages where conversation_id = ?", []any{from.ID}},
		statement{"update moved_conversations set conversation_id = ? where conversation_id = ?", []any{into.ID, from.ID}},
		statement{"insert into moved_conversations (gone_id, conversation_id) values (?, ?)", []any{from.ID, into.ID}},
		statement{"delete from conversations where id = ?", []any{from.ID}},
	)...)
	t.record(desk.SubjectConversation, from.ID, false)
	t.touch(desk.TopicConversation, from.ID)
	return err
}

// unsettled reports whether a contact's words that nobody has settled lie before
// the border that both conversations will have.
func (t *Tx) unsettled(ctx context.Context, into, from *desk.Conversation, border uuid.UUID) (bool, error) {
	for _, c := range []*desk.Conversation{into, from} {
		if c.Border == border || c.Owner != desk.OwnerAssistant || c.TurnDueAt == nil {
			continue
		}
		found, err := ids(t.in(ctx).Raw(`select id from messages where conversation_id = ? and direction = 'in' and id > ? and id <= ? limit 1`, c.ID, c.Border, border))
		if err != nil || len(found) > 0 {
			return len(found) > 0, t.fail("looking for unsettled messages", err)
		}
	}
	return false, nil
}

type statement struct {
	sql  string
	args []any
}

// each runs statements one after the other.
func (t *Tx) each(ctx context.Context, doing string, all ...statement) error {
	for _, s := range all {
		if err := t.in(ctx).Exec(s.sql, s.args...).Error; err != nil {
			return t.fail(doing, err)
		}
	}
	return nil
}

// Merges returns the newest records of merges of a contact, or of all when the id
// is zero: at most 100, newest first.
func (s *Store) Merges(ctx context.Context, contact uuid.UUID) ([]desk.Merge, error) {
	var merges []desk.Merge
	query := s.reading(ctx)
	if contact != uuid.Nil {
		query = query.Where("contact_id = ?", contact)
	}
	err := query.Order("id desc").Limit(maxPage).Find(&merges).Error
	return merges, wrap("reading merges", err)
}

// MovedTo returns the conversation that took one in, or desk.ErrNotFound.
func (s *Store) MovedTo(ctx context.Context, gone uuid.UUID) (uuid.UUID, error) {
	found, err := ids(s.reading(ctx).Raw("select conversation_id from moved_conversations where gone_id = ?", gone))
	if err == nil && len(found) == 0 {
		err = desk.ErrNotFound
	}
	if err != nil {
		return uuid.Nil, wrap("looking where a conversation went", err)
	}
	return found[0], nil
}
