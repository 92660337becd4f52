package store

import (
	"context"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5/pgxpool"
)

// flusher waits for the disk on behalf of many: whoever asks while one flush runs
// shares the next. A commit that waits for the disk writes everything that was
// committed before it, by whatever connection.
type flusher struct {
	pool *pgxpool.Pool

	mu      sync.Mutex
	next    *flight // nobody has begun it
	running bool
}

// flight is one flush.
type flight struct {
	done chan struct{}
	err  error
}

func newFlusher(pool *pgxpool.Pool) *flusher { return &flusher{pool: pool} }

// wait returns when what was committed before the call is on disk.
func (f *flusher) wait(ctx context.Context) error {
	f.mu.Lock()
	if f.next == nil {
		f.next = &flight{done: make(chan struct{})}
	}
	mine := f.next
	if !f.running {
		f.running = true
		go f.run(context.WithoutCancel(ctx))
	}
	f.mu.Unlock()
	select {
	case <-mine.done:
		return mine.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run flushes until nobody waits.
func (f *flusher) run(ctx context.Context) {
	for {
		f.mu.Lock()
		mine := f.next
		f.next, f.running = nil, mine != nil
		f.mu.Unlock()
		if mine == nil {
			return
		}
		mine.err = f.flush(ctx)
		close(mine.done)
	}
}

// flush commits a record of the log that means nothing: a transaction that wrote
// nothing would not wait for the disk.
func (f *flusher) flush(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, flushMax)
	defer cancel()
	if _, err := f.pool.Exec(ctx, "select pg_logical_emit_message(true, 'antena', '')"); err != nil {
		return fmt.Errorf("waiting for the disk: %w", failure(err))
	}
	return nil
}
