package store

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"antena/internal/desk"
)

const (
	notifyChannel = "antena_changes"
	notifyEvery   = 50 * time.Millisecond
	notifyMost    = 80 // changes in one notification, which holds less than 8,000 bytes (PostgreSQL)
	notifyBacklog = 20 * notifyMost
	listenPause   = 500 * time.Millisecond
	flushMax      = 5 * time.Second
)

// notifier carries changes between the replicas: those of this one are collected
// and sent a few times a second, those of others are published here. A change
// that is lost only delays somebody's view, so nothing is kept and nothing is
// tried twice.
type notifier struct {
	pool    *pgxpool.Pool
	log     *slog.Logger
	publish func(desk.Change)
	origin  string // of this process: its own notifications come back to it

	mu      sync.Mutex
	pending map[desk.Change]struct{}
	queues  map[string]struct{} // whose workers to wake
	wake    chan struct{}

	cancel context.CancelFunc
	done   sync.WaitGroup
}

func newNotifier(pool *pgxpool.Pool, log *slog.Logger, publish func(desk.Change)) *notifier {
	ctx, cancel := context.WithCancel(context.Background())
	n := &notifier{
		pool: pool, log: log, publish: publish, origin: uuid.NewString(), cancel: cancel,
		pending: map[desk.Change]struct{}{}, queues: map[string]struct{}{}, wake: make(chan struct{}, 1),
	}
	n.done.Go(func() { n.send(ctx) })
	n.done.Go(func() { n.listen(ctx) })
	return n
}

// close sends what still waits: a short task (an import) commits and closes at
// once, and running servers must hear of what it changed.
func (n *notifier) close() {
	n.cancel()
	n.done.Wait()
	n.flush()
}

// add queues changes for the other replicas. When too many wait, the readers are
// told to read everything again (a change without an id).
func (n *notifier) add(changes []desk.Change) {
	if len(changes) == 0 {
		return
	}
	n.mu.Lock()
	for _, c := range changes {
		if len(n.pending) >= notifyBacklog {
			if c.Topic.Passing() {
				continue // it is told again in a moment, or over
			}
			c.ID = uuid.Nil
		}
		n.pending[c] = struct{}{}
	}
	n.mu.Unlock()
	n.stir()
}

// wakeQueues has the workers of queues look for jobs, on all replicas.
func (n *notifier) wakeQueues(queues []string) {
	if len(queues) == 0 {
		return
	}
	n.mu.Lock()
	for _, q := range queues {
		n.queues[q] = struct{}{}
	}
	n.mu.Unlock()
	n.stir()
}

func (n *notifier) stir() {
	select {
	case n.wake <- struct{}{}:
	default:
	}
}

func (n *notifier) send(ctx context.Context) {
	pause := time.NewTimer(0)
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-n.wake:
		}
		n.flush()
		pause.Reset(notifyEvery)
		select {
		case <-ctx.Done():
			return
		case <-pause.C:
		}
	}
}

// flush sends what waits. It is not cut short by close, only by its own limit.
func (n *notifier) flush() {
	ctx, cancel := context.WithTimeout(context.Background(), flushMax)
	defer cancel()
	if payloads := n.wakings(); len(payloads) > 0 {
		if _, err := n.pool.Exec(ctx, wakeWorkers, payloads); err != nil {
			n.stir() // for the changes; the workers ask by themselves, too
			return
		}
	}
	for _, payload := range n.payloads() {
		if _, err := n.pool.Exec(ctx, "select pg_notify($1, $2)", notifyChannel, payload); err != nil {
			return // the listeners read everything again when the database is back
		}
	}
}

// wakeWorkers is the notification by which River's clients wake each other.
const wakeWorkers = "select pg_notify(current_schema() || '.river_insert', payload) from unnest($1::text[]) as payload"

// wakings empties the set of queues.
func (n *notifier) wakings() (payloads []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for q := range n.queues {
		payloads = append(payloads, fmt.Sprintf(`{"queue": %q}`, q))
	}
	clear(n.queues)
	return payloads
}

// payloads empties the pending set: the origin, then topic and id of each change.
func (n *notifier) payloads() []string {
	n.mu.Lock()
	pending := n.pending
	n.pending = map[desk.Change]struct{}{}
	n.mu.Unlock()
	var all []string
	text, count := strings.Builder{}, 0
	for c := range pending {
		if count == 0 {
			text.WriteString(n.origin)
		}
		text.WriteString(" " + string(c.Topic) + ":" + c.ID.String())
		if c.By != uuid.Nil {
			text.WriteString(":" + c.By.String())
		}
		if count++; count == notifyMost {
			all = append(all, text.String())
			text.Reset()
			count = 0
		}
	}
	if count > 0 {
		all = append(all, text.String())
	}
	return all
}

// listen publishes what others notify, and connects again for as long as it takes.
func (n *notifier) listen(ctx context.Context) {
	for again := false; ctx.Err() == nil; again = true {
		err := n.hear(ctx, again)
		if ctx.Err() != nil {
			return
		}
		n.log.WarnContext(ctx, "the connection that hears changes was lost", "error", err)
		pause := time.NewTimer(listenPause)
		select {
		case <-ctx.Done():
		case <-pause.C:
		}
		pause.Stop()
	}
}

// hear listens on a connection outside the pool until it fails.
func (n *notifier) hear(ctx context.Context, again bool) error {
	conn, err := pgx.ConnectConfig(ctx, n.pool.Config().ConnConfig)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, "listen "+notifyChannel); err != nil {
		return err
	}
	if again { // what was notified meanwhile is lost
		for _, topic := range []desk.Topic{desk.TopicConversation, desk.TopicTicket, desk.TopicAlert, desk.TopicArticle, desk.TopicVectors, desk.TopicQueue, desk.TopicPresence, desk.TopicTeam, desk.TopicWebhook} {
			n.publish(desk.Change{Topic: topic})
		}
	}
	for {
		heard, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		n.take(heard.Payload)
	}
}

func (n *notifier) take(payload string) {
	origin, rest, _ := strings.Cut(payload, " ")
	if origin == n.origin {
		return
	}
	for _, word := range strings.Fields(rest) {
		topic, raw, _ := strings.Cut(word, ":")
		raw, who, _ := strings.Cut(raw, ":")
		id, err := uuid.Parse(raw)
		if err != nil {
			continue
		}
		by, _ := uuid.Parse(who) // most changes are by nobody in particular
		n.publish(desk.Change{Topic: desk.Topic(topic), ID: id, By: by})
	}
}
