package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"antena/internal/desk"
)

const maxRepeats = 5

// Tx is a transaction. It may be used by one goroutine at a time and not after
// its closure has returned.
type Tx struct {
	s      *Store
	db     *gorm.DB
	lite   *sql.Tx
	native *pipeline
	quick  runner            // of either
	held   map[heldKey][]any // rows as they were read

	foreseen *foreseen // see Foresee
	jobs     []pendingJob
	born     map[uuid.UUID]bool // contacts this transaction made
	wakes    []string           // queues with jobs to run at once, on PostgreSQL
	changes  []desk.Change
	told     []desk.FeedChange // for webhooks, see feed.go
	broken   error             // a failure of the database itself: the transaction must not be committed
}

// InTx runs the closure in a transaction and commits it, unless the closure fails
// or panics. The closure may run several times (PostgreSQL gives up transactions
// that stand in each other's way) and must not use the Store inside.
func (s *Store) InTx(ctx context.Context, closure func(*Tx) error) error {
	if s.sqlite() {
		return s.inLite(ctx, closure)
	}
	return s.repeated(ctx, s.reader, closure)
}

// InWork is InTx for jobs, whose work can be done again. On PostgreSQL it returns
// before the disk has the transaction. A power cut then takes it back together with
// all that came after it, the job's own end included, so the job runs again. Before
// such work shows outside of the database, Flush must have returned.
func (s *Store) InWork(ctx context.Context, closure func(*Tx) error) error {
	if s.sqlite() {
		return s.inLite(ctx, closure)
	}
	return s.repeated(ctx, s.workDB, closure)
}

// Flush returns when everything committed before is on disk.
func (s *Store) Flush(ctx context.Context) error {
	if s.sqlite() {
		return nil // every commit is
	}
	return s.flush.wait(ctx)
}

func (s *Store) repeated(ctx context.Context, db *sql.DB, closure func(*Tx) error) error {
	for attempt := 1; ; attempt++ {
		err := s.inPostgres(ctx, db, closure)
		if over := ctx.Err(); err != nil && over != nil && !errors.Is(err, over) {
			return errors.Join(over, err) // the connection was cut because the caller gave up
		}
		if err == nil || !repeatable(err) {
			return err
		}
		if attempt > maxRepeats { // the work is not at fault: it goes back to be done later
			return errors.Join(desk.ErrUnavailable, err)
		}
		pause := time.NewTimer(time.Duration(attempt)*5*time.Millisecond + rand.N(10*time.Millisecond))
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return errors.Join(err, ctx.Err())
		}
	}
}

func (s *Store) inLite(ctx context.Context, closure func(*Tx) error) error {
	t := &Tx{s: s}
	err := s.groups.do(ctx, func(tx *sql.Tx) error {
		t.lite, t.quick = tx, standard{tx}
		t.db = s.lend(ctx, tx)
		return t.run(ctx, closure)
	})
	if err == nil {
		t.tell()
	}
	return err
}

func (s *Store) inPostgres(ctx context.Context, db *sql.DB, closure func(*Tx) error) error {
	t := &Tx{s: s}
	err := s.inBridge(ctx, db, func(conn bridged, tx *pipeline) error {
		*t = Tx{s: s, native: tx, quick: piped{tx}} // nothing of an earlier try
		t.db = s.lend(ctx, conn)
		return t.run(ctx, closure)
	})
	if err == nil {
		t.tell()
	}
	return err
}

// lend makes gorm use the connection of a transaction.
func (s *Store) lend(ctx context.Context, conn gorm.ConnPool) *gorm.DB {
	db := s.read.Session(&gorm.Session{NewDB: true, Context: ctx})
	db.Statement.ConnPool = conn
	return db
}

// run runs the closure and writes its jobs.
func (t *Tx) run(ctx context.Context, closure func(*Tx) error) error {
	if err := closure(t); err != nil {
		return err
	}
	if t.broken != nil {
		return t.broken
	}
	if err := t.writeFeed(ctx); err != nil {
		return err
	}
	return t.insertJobs(ctx)
}

// Touch publishes a change after the commit.
func (t *Tx) Touch(c desk.Change) {
	for _, known := range t.changes {
		if known == c {
			return
		}
	}
	t.changes = append(t.changes, c)
}

func (t *Tx) touch(topic desk.Topic, id uuid.UUID) { t.Touch(desk.Change{Topic: topic, ID: id}) }

func (t *Tx) tell() {
	t.s.tell(t.changes...)
	if t.s.notify != nil {
		t.s.notify.wakeQueues(t.wakes)
	}
}

// Announce tells the consoles of all replicas something that is not kept. It waits
// for nobody and writes nothing.
func (s *Store) Announce(c desk.Change) { s.tell(c) }

// tell publishes changes that were committed.
func (s *Store) tell(changes ...desk.Change) {
	for _, c := range changes {
		s.publish(c)
	}
	if s.notify != nil {
		s.notify.add(changes)
	}
}

// in begins a statement of the transaction. On SQLite an interrupted statement
// would take the whole group with it, so there a context counts only before the
// statement, which is short.
func (t *Tx) in(ctx context.Context) *gorm.DB {
	own := ctx
	if t.lite != nil {
		own = context.WithoutCancel(ctx)
	}
	db := t.db.Session(&gorm.Session{NewDB: true, Context: own})
	if err := ctx.Err(); err != nil {
		_ = db.AddError(err)
	}
	return db
}

// fail says what was being done when a statement failed, and remembers failures
// after which nothing of the transaction may be kept.
func (t *Tx) fail(doing string, err error) error {
	if err == nil {
		return nil
	}
	err = fmt.Errorf("%s: %w", doing, failure(err))
	if errors.Is(err, desk.ErrUnavailable) || repeatable(err) {
		t.broken = err
	}
	return err
}
