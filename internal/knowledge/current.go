package knowledge

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"antena/internal/desk"
)

// Current is the knowledge in force in this process. Readers never wait; Reload
// puts a whole new state in its place.
type Current struct {
	store   Store
	library *Library
	first   *desk.Profile
	learn   func(*desk.Book) error // hands a new book to the brain, before it is in force
	reload  sync.Mutex
	state   atomic.Pointer[state]
}

type state struct {
	book    *desk.Book
	profile *desk.Profile
}

// NewCurrent loads the knowledge for the first time.
func NewCurrent(ctx context.Context, s Store, lib *Library, first *desk.Profile, learn func(*desk.Book) error) (*Current, error) {
	c := &Current{store: s, library: lib, first: first, learn: learn}
	if err := c.Reload(ctx); err != nil {
		return nil, err
	}
	return c, nil
}

// Reload reads what is published now. When it fails, what was in force stays.
func (c *Current) Reload(ctx context.Context) error {
	c.reload.Lock()
	defer c.reload.Unlock()
	articles, err := c.store.Articles(ctx)
	if err != nil {
		return fmt.Errorf("reload articles: %w", err)
	}
	phrases, err := c.store.Phrases(ctx)
	if err != nil {
		return fmt.Errorf("reload example phrases: %w", err)
	}
	profile, err := LoadProfile(ctx, c.store, c.first)
	if err != nil {
		return err
	}
	next := &state{book: NewBook(articles, taught(c.library, phrases)), profile: InForce(profile, c.library)}
	if old := c.state.Load(); old == nil || old.book.Version != next.book.Version {
		if err := c.learn(next.book); err != nil {
			return fmt.Errorf("learn book %s: %w", next.book.Version, err)
		}
	}
	c.state.Store(next)
	return nil
}

// Book returns the book in force.
func (c *Current) Book() *desk.Book { return c.state.Load().book }

// Profile returns the profile in force.
func (c *Current) Profile() *desk.Profile { return c.state.Load().profile }
