package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"antena/internal/desk"
)

const (
	groupSize = 64
	groupTime = 20 * time.Millisecond
)

// groups commits concurrent SQLite transactions together. A commit that is on
// disk costs milliseconds however much is in it, so whoever waits while one group
// is committed forms the next; nobody waits for company.
//
// The closures of a group run one after the other, each in the goroutine of its
// caller and, from the second on, in a savepoint: a failure undoes one closure
// and not its neighbours. Nobody is answered before the commit. If the commit
// fails, or SQLite gives up the whole transaction (disk full, I/O error), all
// callers fail.
type groups struct {
	db      *sql.DB
	queue   chan *member
	quit    chan struct{}
	stopped chan struct{}
	once    sync.Once
}

// member is one waiting transaction.
type member struct {
	ctx     context.Context
	state   atomic.Int32
	granted chan *sql.Tx // its turn has come
	done    chan error   // what its closure answered
	result  chan error   // what the commit answered
}

const (
	memberWaiting = iota
	memberRunning
	memberGone
)

// errUnwound is the answer of a closure that panicked or ended its goroutine.
var errUnwound = errors.New("the transaction was abandoned")

func newGroups(db *sql.DB) *groups {
	g := &groups{db: db, queue: make(chan *member, groupSize), quit: make(chan struct{}), stopped: make(chan struct{})}
	go g.run()
	return g
}

// close lets the running group end and refuses everything after it.
func (g *groups) close() {
	g.once.Do(func() { close(g.quit) })
	<-g.stopped
}

// do runs the closure in the next group. A context that ends before the closure
// starts withdraws it; after that the closure decides itself.
func (g *groups) do(ctx context.Context, closure func(*sql.Tx) error) error {
	m := &member{ctx: ctx, granted: make(chan *sql.Tx, 1), done: make(chan error, 1), result: make(chan error, 1)}
	select {
	case g.queue <- m:
	case <-ctx.Done():
		return ctx.Err()
	case <-g.quit:
		return ErrClosed
	}
	select {
	case tx := <-m.granted:
		return m.take(tx, closure)
	case err := <-m.result:
		return err
	case <-ctx.Done():
	case <-g.stopped:
	}
	if m.state.CompareAndSwap(memberWaiting, memberGone) {
		if err := ctx.Err(); err != nil {
			return err
		}
		return ErrClosed
	}
	select { // its turn came, or the group failed, at the same moment
	case tx := <-m.granted:
		return m.take(tx, closure)
	case err := <-m.result:
		return err
	}
}

// take runs the closure and waits for the commit. A panic goes on through the
// caller once the group knows that the closure is to be undone.
func (m *member) take(tx *sql.Tx, closure func(*sql.Tx) error) error {
	answer := errUnwound
	defer func() {
		if errors.Is(answer, errUnwound) {
			m.done <- answer
			<-m.result
		}
	}()
	answer = closure(tx)
	m.done <- answer
	return <-m.result
}

func (g *groups) run() {
	defer close(g.stopped)
	for {
		select {
		case first := <-g.queue:
			g.commit(first)
		case <-g.quit:
			return
		}
	}
}

// commit runs one group from its first member on.
func (g *groups) commit(first *member) {
	ctx := context.Background()
	conn, err := g.db.Conn(ctx)
	if err != nil {
		first.fail(err)
		return
	}
	defer conn.Close()
	// The commits of the job queue on this connection need not wait for the disk; ours do.
	if _, err := conn.ExecContext(ctx, "pragma synchronous = full"); err != nil {
		first.fail(err)
		return
	}
	defer func() { _, _ = conn.ExecContext(ctx, "pragma synchronous = normal") }()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		first.fail(err)
		return
	}
	var waiting []*member
	deadline := time.Now().Add(groupTime)
	for m := first; m != nil; m = g.next(len(waiting), deadline) {
		switch ran, err := m.run(tx); {
		case err != nil: // the transaction is gone, and everyone's work with it
			_ = tx.Rollback()
			answer(append(waiting, m), err)
			return
		case ran:
			waiting = append(waiting, m)
		}
	}
	if len(waiting) == 0 {
		_ = tx.Rollback()
		return
	}
	if err := tx.Commit(); err != nil {
		answer(waiting, fmt.Errorf("committing: %w", failure(err)))
		return
	}
	answer(waiting, nil)
}

// next returns who else is waiting, as long as there is room in the group.
func (g *groups) next(size int, deadline time.Time) *member {
	if size >= groupSize || time.Now().After(deadline) {
		return nil
	}
	select {
	case m := <-g.queue:
		return m
	default:
		return nil
	}
}

func answer(members []*member, err error) {
	for _, m := range members {
		m.result <- err
	}
}

// fail answers a member whose group could not begin.
func (m *member) fail(err error) {
	if m.state.CompareAndSwap(memberWaiting, memberRunning) {
		m.result <- fmt.Errorf("beginning: %w", failure(err))
	}
}

// run gives the member its turn. It reports whether the member's work is part of
// the transaction, and fails when the transaction cannot go on.
func (m *member) run(tx *sql.Tx) (ran bool, err error) {
	if !m.state.CompareAndSwap(memberWaiting, memberRunning) {
		return false, nil
	}
	if err := m.ctx.Err(); err != nil {
		m.result <- err
		return false, nil
	}
	ctx := context.Background()
	if _, err := tx.ExecContext(ctx, "savepoint member"); err != nil {
		return false, lost(err)
	}
	m.granted <- tx
	failed := <-m.done
	if failed != nil {
		if _, err := tx.ExecContext(ctx, "rollback to member"); err != nil {
			return false, lost(errors.Join(failed, err))
		}
	}
	if _, err := tx.ExecContext(ctx, "release member"); err != nil {
		return false, lost(errors.Join(failed, err))
	}
	if failed != nil {
		m.result <- failed
	}
	return failed == nil, nil
}

// lost is the failure of everyone in a transaction that SQLite ended by itself.
func lost(err error) error {
	return fmt.Errorf("%w: the transaction was lost (%w)", desk.ErrUnavailable, err)
}
