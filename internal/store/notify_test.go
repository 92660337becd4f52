package store

import (
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"antena/internal/desk"
)

// Changes that could not be sent behind a waking that failed are sent without
// waiting for another change.
func TestNotifier_SendsChangesAfterAFailedWaking(t *testing.T) {
	t.Parallel()
	pool, err := pgxpool.New(t.Context(), "postgres://nobody@127.0.0.1:1/nothing?connect_timeout=1")
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	change := desk.Change{Topic: desk.TopicArticle}
	n := &notifier{pool: pool, pending: map[desk.Change]struct{}{change: {}}, queues: map[string]struct{}{"turn": {}}, wake: make(chan struct{}, 1)}
	n.flush()
	if _, kept := n.pending[change]; !kept || len(n.wake) != 1 {
		t.Errorf("the change is kept: %v, wakings: %d", kept, len(n.wake))
	}
}
