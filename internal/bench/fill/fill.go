// Package fill makes a desk of any size for measuring: contacts in three languages,
// conversations in every state with people and the assistant, their messages, tickets
// and agents who may sign in. The same seed makes the same desk, but for its ids and
// times, which end now.
//
// It writes straight into the tables, several hundred times as fast as messages come
// in, and so knows their columns. It is no fixture for tests of behaviour: nothing it
// writes went through a use case.
package fill

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
)

// Size is how much there is to be.
type Size struct {
	Conversations int
	Messages      int // in all
	Agents        int
	Seed          uint64
}

// Filled is what somebody needs who uses the desk.
type Filled struct {
	Links         []string // one-time sign-in tokens, one for each agent; the first is an admin
	Conversations []uuid.UUID
}

// Writer takes rows of a table.
type Writer interface {
	Rows(ctx context.Context, table string, columns []string, rows [][]any) error
}

// maker makes rows.
type maker struct {
	dice   *rand.Rand
	now    time.Time
	size   Size
	agents []uuid.UUID
	out    Writer
	tables map[string]*pending
	serial int
}

type pending struct {
	columns []string
	rows    [][]any
}

const (
	flushAt = 2000
	spread  = 120 * 24 * time.Hour // how far back the desk goes
)

// Fill makes a desk.
func Fill(ctx context.Context, out Writer, size Size) (*Filled, error) {
	m := &maker{dice: rand.New(rand.NewPCG(size.Seed, 1)), now: time.Now().UTC().Truncate(time.Microsecond), size: size, out: out, tables: map[string]*pending{}}
	filled := &Filled{}
	if err := m.people(ctx, filled); err != nil {
		return nil, err
	}
	for i := range size.Conversations {
		id, err := m.conversation(ctx, i)
		if err != nil {
			return nil, err
		}
		filled.Conversations = append(filled.Conversations, id)
	}
	for _, table := range order {
		if err := m.flush(ctx, table); err != nil {
			return nil, err
		}
	}
	return filled, nil
}

// order keeps rows behind those they refer to.
var order = []string{"agents", "sign_in_links", "contacts", "aliases", "conversations", "messages", "tickets"}

func (m *maker) add(ctx context.Context, table string, columns []string, row ...any) error {
	p := m.tables[table]
	if p == nil {
		p = &pending{columns: columns}
		m.tables[table] = p
	}
	p.rows = append(p.rows, row)
	if len(p.rows) < flushAt {
		return nil
	}
	for _, earlier := range order {
		if err := m.flush(ctx, earlier); err != nil {
			return err
		}
		if earlier == table {
			break
		}
	}
	return nil
}

func (m *maker) flush(ctx context.Context, table string) error {
	p := m.tables[table]
	if p == nil || len(p.rows) == 0 {
		return nil
	}
	if err := m.out.Rows(ctx, table, p.columns, p.rows); err != nil {
		return fmt.Errorf("filling %s: %w", table, err)
	}
	p.rows = p.rows[:0]
	return nil
}

func (m *maker) people(ctx context.Context, filled *Filled) error {
	for i := range max(m.size.Agents, 1) {
		id, role := m.id(m.now), "agent"
		if i == 0 {
			role = "admin"
		}
		m.agents = append(m.agents, id)
		err := m.add(ctx, "agents", []string{"id", "name", "email", "role", "language", "password_hash", "active", "created_at", "updated_at"},
			id, name(m.dice), fmt.Sprintf("agent%d@isp.example", i), role, "es", "", true, m.now, m.now)
		if err != nil {
			return err
		}
		token := fmt.Sprintf("bench-link-%d", i)
		sum := sha256.Sum256([]byte(token))
		filled.Links = append(filled.Links, token)
		err = m.add(ctx, "sign_in_links", []string{"token_hash", "agent_id", "expires_at", "created_at"}, hex.EncodeToString(sum[:]), id, m.now.Add(24*time.Hour), m.now)
		if err != nil {
			return err
		}
	}
	return nil
}

// id is a UUIDv7 of a time, from the dice.
func (m *maker) id(at time.Time) (id uuid.UUID) {
	ms := uint64(at.UnixMilli())
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	for i := 6; i < 16; i++ {
		id[i] = byte(m.dice.Uint32())
	}
	id[6], id[8] = 0x70|id[6]&0x0f, 0x80|id[8]&0x3f
	return id
}
