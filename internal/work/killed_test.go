package work_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store/storetest"
)

// On PostgreSQL a replica that was killed is found dead by its silence, and its jobs
// are run by another; those of a replica that lives are left alone.
func TestWork_TakesUpTheJobsOfAKilledReplica(t *testing.T) {
	t.Parallel()
	o := storetest.Options(t, storetest.Postgres)
	s := storetest.OpenWith(t, o)
	alive, dead, probe := desk.NewID(), desk.NewID(), desk.NewID()
	enqueue(t, s, desk.SendJob{Message: alive}, desk.SendJob{Message: dead}, desk.SendJob{Message: probe})
	for who, id := range map[string]uuid.UUID{"alive": alive, "dead": dead} {
		storetest.Exec(t, o, `update river_job set state = 'running', attempt = 1, attempted_at = now(), attempted_by = array['earlier', $1::text]
			where args->>'message' = $2`, who, id.String())
	}
	storetest.Exec(t, o, `insert into replicas (id, until) values ('alive', now() + interval '1 hour'), ('dead', now() - interval '1 second'), ('earlier', now() + interval '1 hour')`)
	done := make(chan uuid.UUID, 3)
	h := idle(t)
	h.Send = func(_ context.Context, id uuid.UUID) error { done <- id; return nil }
	start(t, s, h)
	if got := receive(t, done); got != probe {
		t.Errorf("did %s first, want the one that was waiting", got)
	}
	if got := receive(t, done); got != dead {
		t.Errorf("took up %s, want that of the killed replica", got)
	}
	select {
	case id := <-done:
		t.Errorf("took up %s too", id)
	default:
	}
}
