package inbox

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// EventStore commits events with the job that ingests the fresh ones.
type EventStore interface {
	AcceptEvents(ctx context.Context, events []desk.Event) error
}

// Limits of one commit.
const (
	maxGroup  = 256              // POSTs that share a commit
	commitMax = 20 * time.Second // a commit that takes longer has failed
	maxBacked = 4096             // POSTs that may wait for a commit; more are refused
)

// Acceptor stores events in groups: while one commit runs, what arrives waits and
// shares the next. Nobody waits longer than two commits, and nothing is answered
// before its own commit.
type Acceptor struct {
	store   EventStore
	now     func() time.Time
	waiting chan *delivery
	stop    chan struct{}
	done    chan struct{}
}

type delivery struct {
	events []desk.Event
	result chan error
}

// NewAcceptor starts an acceptor; Close stops it.
func NewAcceptor(store EventStore, now func() time.Time) *Acceptor {
	a := &Acceptor{store: store, now: desk.Clock(now), waiting: make(chan *delivery, maxBacked), stop: make(chan struct{}), done: make(chan struct{})}
	go a.run()
	return a
}

// Accept returns when the events are committed, or with the error that kept them
// from being so: then none of them is to be acknowledged.
func (a *Acceptor) Accept(ctx context.Context, events []desk.Event) error {
	if len(events) == 0 {
		return nil
	}
	now := a.now()
	for i := range events {
		events[i].ID, events[i].ReceivedAt = desk.NewID(), now
	}
	d := &delivery{events: events, result: make(chan error, 1)}
	select {
	case <-a.stop:
		return desk.ErrUnavailable
	default:
	}
	select {
	case a.waiting <- d:
	default:
		return fmt.Errorf("accept %d events: too many wait: %w", len(events), desk.ErrUnavailable)
	}
	select {
	case err := <-d.result:
		return err
	case <-ctx.Done():
		return ctx.Err() // it may still be committed; the provider's repeat then changes nothing
	case <-a.done:
		select {
		case err := <-d.result:
			return err
		default:
			return desk.ErrUnavailable
		}
	}
}

// Close stops taking in events, commits those that wait and returns.
func (a *Acceptor) Close() {
	close(a.stop)
	<-a.done
}

func (a *Acceptor) run() {
	defer close(a.done)
	for {
		select {
		case d := <-a.waiting:
			a.commit(a.group(d))
		case <-a.stop:
			for {
				select {
				case d := <-a.waiting:
					a.commit(a.group(d))
				default:
					return
				}
			}
		}
	}
}

func (a *Acceptor) group(first *delivery) []*delivery {
	group := []*delivery{first}
	for len(group) < maxGroup {
		select {
		case d := <-a.waiting:
			group = append(group, d)
		default:
			return group
		}
	}
	return group
}

// commit stores a group at once and, if that fails for a reason of its content,
// each alone.
func (a *Acceptor) commit(group []*delivery) {
	var all []desk.Event
	for _, d := range group {
		all = append(all, d.events...)
	}
	err := a.save(all)
	for _, d := range group {
		if err != nil && len(group) > 1 && !unavailable(err) {
			d.result <- a.save(d.events)
			continue
		}
		d.result <- err
	}
}

func (a *Acceptor) save(events []desk.Event) error {
	ctx, cancel := context.WithTimeout(context.Background(), commitMax)
	defer cancel()
	slices.SortFunc(events, func(x, y desk.Event) int { return strings.Compare(x.Key, y.Key) }) // one order for all replicas: no deadlock
	if err := a.store.AcceptEvents(ctx, events); err != nil {
		return fmt.Errorf("store %d events: %w", len(events), err)
	}
	return nil
}

// freshJob is the job that ingests events, oldest first.
func freshJob(fresh []uuid.UUID) desk.IngestJob {
	slices.SortFunc(fresh, func(x, y uuid.UUID) int { return slices.Compare(x[:], y[:]) })
	return desk.IngestJob{Events: fresh}
}
