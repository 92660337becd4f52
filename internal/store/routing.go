package store

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// Waiting returns conversations in the queue, in the order people should take them.
func (s *Store) Waiting(ctx context.Context, limit int) ([]desk.Conversation, error) {
	all, err := find[desk.Conversation](ctx, s.quick, s.shapes.conversation,
		"owner = 'queue' and state = 'open' order by "+rank+", queued_at, id limit ?", limit)
	return all, wrap("reading the queue", err)
}

// Loads returns how many open conversations each agent holds.
func (s *Store) Loads(ctx context.Context) (map[uuid.UUID]int, error) {
	var rows []struct {
		AgentID uuid.UUID
		Held    int
	}
	err := s.reading(ctx).Raw("select agent_id, count(*) as held from conversations where owner = 'agent' and state = 'open' group by agent_id").Scan(&rows).Error
	loads := make(map[uuid.UUID]int, len(rows))
	for _, r := range rows {
		loads[r.AgentID] = r.Held
	}
	return loads, wrap("counting what agents hold", err)
}

// Load returns how many open conversations an agent holds, as the transaction sees it.
func (t *Tx) Load(ctx context.Context, agent uuid.UUID) (int, error) {
	var held int
	err := t.in(ctx).Raw("select count(*) from conversations where owner = 'agent' and state = 'open' and agent_id = ?", agent).Row().Scan(&held)
	return held, t.fail("counting what an agent holds", err)
}

// PostOf returns an agent's post as the transaction sees it; a new one when none was
// set up.
func (t *Tx) PostOf(ctx context.Context, agent uuid.UUID) (desk.Post, error) {
	post := desk.NewPost(agent)
	var found []desk.Post
	err := t.in(ctx).Limit(1).Find(&found, "agent_id = ?", agent).Error
	if len(found) > 0 {
		post = found[0]
	}
	return post, t.fail("reading a post", err)
}

// AddWait keeps a wait that ended. One that is known changes nothing.
func (t *Tx) AddWait(ctx context.Context, w desk.Wait) error {
	return t.fail("keeping a wait", t.in(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&w).Error)
}

// DeleteWaits forgets waits that ended before a time.
func (s *Store) DeleteWaits(ctx context.Context, before time.Time) error {
	var old []desk.Wait
	if err := s.reading(ctx).Where("ended_at < ?", before).Limit(1).Find(&old).Error; err != nil || len(old) == 0 {
		return wrap("looking for old waits", err)
	}
	return s.InWork(ctx, func(t *Tx) error {
		return t.fail("forgetting waits", t.in(ctx).Exec("delete from waits where ended_at < ?", before).Error)
	})
}

// Queue returns how many wait for a team before a new one of a priority, and the
// waits that ended last, newest first: at most so many, none that ended before a time.
func (s *Store) Queue(ctx context.Context, team desk.Team, p desk.Priority, since time.Time, limit int) (desk.Queue, error) {
	var q desk.Queue
	row := s.reading(ctx).Raw("select count(*) from conversations where owner = 'queue' and state = 'open' and team = ? and "+rank+" <= ?",
		string(team), desk.PriorityUrgent.Rank()-p.Rank()).Row()
	if err := row.Scan(&q.Ahead); err != nil {
		return q, wrap("counting who waits", err)
	}
	var waits []desk.Wait
	err := s.reading(ctx).Where("team = ? and ended_at > ?", string(team), since).Order("ended_at desc").Limit(limit).Find(&waits).Error
	for _, w := range waits {
		q.Recent = append(q.Recent, w.EndedAt.Sub(w.QueuedAt))
	}
	return q, wrap("reading how long people waited", err)
}

// Silences returns conversations whose contact waits since before a time for the
// agent who holds them, longest first. An agent who was given one that had waited
// already is silent only since then.
func (s *Store) Silences(ctx context.Context, before time.Time, limit int) ([]desk.Silence, error) {
	found, err := find[desk.Conversation](ctx, s.quick, s.shapes.conversation,
		"owner = 'agent' and state = 'open' and awaited_since < ? order by awaited_since limit ?", before, limit)
	if err != nil {
		return nil, wrap("finding agents who do not answer", err)
	}
	var all []desk.Silence
	for _, c := range found {
		silence := desk.Silence{Conversation: c.ID, Version: c.Version, Agent: *c.AgentID, Team: c.Team, Since: *c.AwaitedSince}
		taken, err := find[desk.Message](ctx, s.quick, s.shapes.message,
			"conversation_id = ? and kind = 'notice' and notice in ('taken', 'assigned', 'routed') order by id desc limit 1", c.ID.String())
		if err != nil {
			return nil, wrap("finding since when an agent has a conversation", err)
		}
		if len(taken) > 0 && taken[0].CreatedAt.After(silence.Since) {
			silence.Since = taken[0].CreatedAt
		}
		if silence.Since.Before(before) {
			all = append(all, silence)
		}
	}
	return all, nil
}
