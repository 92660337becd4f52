package account_test

import (
	"context"
	"maps"
	"sync"
	"time"

	"github.com/google/uuid"

	"antena/internal/account"
	"antena/internal/desk"
)

// memory is a store whose transactions run one after the other.
type memory struct {
	tx     sync.Mutex // held by the transaction that runs
	mu     sync.Mutex // guards what follows
	agents map[uuid.UUID]desk.Agent
	links  map[string]desk.SignInLink
	fail   error // what every transaction fails with, after its work

	meanwhile func() // what somebody else does before the next transaction, once
}

func newMemory() *memory {
	return &memory{agents: make(map[uuid.UUID]desk.Agent), links: make(map[string]desk.SignInLink)}
}

func (m *memory) InTx(_ context.Context, fn func(account.Tx) error) error {
	m.mu.Lock()
	meanwhile := m.meanwhile
	m.meanwhile = nil
	m.mu.Unlock()
	if meanwhile != nil {
		meanwhile()
	}
	m.tx.Lock()
	defer m.tx.Unlock()
	m.mu.Lock()
	tx := &memoryTx{agents: maps.Clone(m.agents), links: maps.Clone(m.links)}
	m.mu.Unlock()
	if err := fn(tx); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	m.agents, m.links = tx.agents, tx.links
	return nil
}

func (m *memory) breakDown(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = err
}

func (m *memory) before(meanwhile func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.meanwhile = meanwhile
}

func (m *memory) Agent(_ context.Context, id uuid.UUID) (*desk.Agent, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a, ok := m.agents[id]
	if !ok {
		return nil, desk.ErrNotFound
	}
	return &a, nil
}

func (m *memory) AgentByEmail(_ context.Context, email string) (*desk.Agent, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, a := range m.agents {
		if a.Email == email {
			return &a, nil
		}
	}
	return nil, desk.ErrNotFound
}

func (m *memory) Agents(context.Context) ([]desk.Agent, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []desk.Agent
	for _, a := range m.agents {
		all = append(all, a)
	}
	return all, nil
}

func (m *memory) linkHashes() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []string
	for hash := range m.links {
		all = append(all, hash)
	}
	return all
}

type memoryTx struct {
	agents map[uuid.UUID]desk.Agent
	links  map[string]desk.SignInLink
}

func (t *memoryTx) AddAgent(_ context.Context, a *desk.Agent) error {
	for _, other := range t.agents {
		if other.Email == a.Email {
			return desk.ErrDuplicate
		}
	}
	t.agents[a.ID] = *a
	return nil
}

func (t *memoryTx) LockAgent(_ context.Context, id uuid.UUID) (*desk.Agent, error) {
	a, ok := t.agents[id]
	if !ok {
		return nil, desk.ErrNotFound
	}
	return &a, nil
}

func (t *memoryTx) SaveAgent(_ context.Context, a *desk.Agent) error {
	t.agents[a.ID] = *a
	return nil
}

func (t *memoryTx) AddLink(_ context.Context, link desk.SignInLink) error {
	t.links[link.TokenHash] = link
	return nil
}

func (t *memoryTx) UseLink(_ context.Context, hash string, now time.Time) (uuid.UUID, error) {
	link, ok := t.links[hash]
	if !ok || link.UsedAt != nil || !now.Before(link.ExpiresAt) {
		return uuid.Nil, desk.ErrLinkSpent
	}
	link.UsedAt = &now
	t.links[hash] = link
	return link.AgentID, nil
}
