package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"antena/internal/work"
)

// A replica that works says so every beat. When it has said nothing for its life,
// it was killed, or stands so still that nothing it does can be waited for.
const (
	beatEvery = 2 * time.Second
	lifeSpan  = 9 * time.Second
	beatMax   = 5 * time.Second
)

// pgClient takes up the jobs of replicas that were killed. River does so by itself
// only when a job could not possibly still run, a minute later.
//
// A replica that was only very slow may then still be working on such a job, so it
// runs twice; jobs are made for that. A send that was under way is the one case
// where it shows: the second run finds it begun, and leaves it in doubt until the
// first one ends it.
type pgClient struct {
	work.Client
	pool *pgxpool.Pool
	id   string // as River writes it into the jobs it takes
	log  *slog.Logger
	quit context.CancelFunc
	done chan struct{}
}

// Start begins to beat, then to work.
func (c *pgClient) Start(ctx context.Context) error {
	if err := c.beat(ctx); err != nil {
		return fmt.Errorf("saying that this replica works: %w", err)
	}
	if err := c.Client.Start(ctx); err != nil {
		return err
	}
	ctx, quit := context.WithCancel(context.WithoutCancel(ctx))
	c.quit, c.done = quit, make(chan struct{})
	go c.live(ctx)
	return nil
}

// Stop stops working, then beating. What still runs then is taken up by others when
// this replica's life is over.
func (c *pgClient) Stop(ctx context.Context) error {
	err := c.Client.Stop(ctx)
	if c.quit == nil {
		return err
	}
	c.quit()
	<-c.done
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), beatMax)
	defer cancel()
	if _, gone := c.pool.Exec(ctx, "delete from replicas where id = $1", c.id); gone != nil {
		c.log.WarnContext(ctx, "could not say that this replica stopped", "error", failure(gone))
	}
	return nil
}

func (c *pgClient) live(ctx context.Context) {
	defer close(c.done)
	pulse := time.NewTicker(beatEvery)
	defer pulse.Stop()
	last := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-pulse.C:
		}
		err := c.beat(ctx)
		// After the database was away nobody has said anything for long: the others are
		// given the time to.
		steady := time.Since(last) < lifeSpan/2
		if err == nil {
			last = time.Now()
			if steady {
				err = c.takeUp(ctx)
			}
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			c.log.WarnContext(ctx, "a beat of this replica failed", "error", err)
		}
	}
}

func (c *pgClient) beat(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, beatMax)
	defer cancel()
	_, err := c.pool.Exec(ctx, `insert into replicas (id, until) values ($1, clock_timestamp() + $2::interval)
		on conflict (id) do update set until = excluded.until`, c.id, lifeSpan)
	return failure(err)
}

// takeUp makes the jobs of replicas whose life is over available again.
func (c *pgClient) takeUp(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, beatMax)
	defer cancel()
	var some bool
	if err := c.pool.QueryRow(ctx, "select exists (select 1 from replicas where until < clock_timestamp())").Scan(&some); err != nil || !some {
		return failure(err)
	}
	tag, err := c.pool.Exec(ctx, `with dead as (delete from replicas where until < clock_timestamp() returning id)
		update river_job set state = 'available', scheduled_at = now()
		where state = 'running' and attempted_by[array_length(attempted_by, 1)] in (select id from dead)`)
	if err != nil {
		return failure(err)
	}
	c.log.WarnContext(ctx, "took up the jobs of a replica that was killed", "jobs", tag.RowsAffected())
	return nil
}
