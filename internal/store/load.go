package store

import (
	"context"
	"time"

	"antena/internal/desk"
)

// Load returns how much waits. It counts, so ask for it every few seconds at most.
func (s *Store) Load(ctx context.Context, now time.Time) (desk.Load, error) {
	db := s.reading(ctx)
	load := desk.Load{Jobs: map[string]int{}, Running: map[string]int{}}
	var kinds []struct {
		Kind  string
		State string
		Found int
	}
	err := db.Raw("select kind, state, count(*) as found from river_job where state in ('available', 'retryable', 'scheduled', 'running') group by kind, state").Scan(&kinds).Error
	if err != nil {
		return load, wrap("counting jobs", err)
	}
	for _, k := range kinds {
		if k.State == "running" {
			load.Running[k.Kind] += k.Found
		} else {
			load.Jobs[k.Kind] += k.Found
		}
	}
	var oldest []time.Time
	err = db.Raw("select scheduled_at from river_job where state = 'available' and scheduled_at <= ? order by scheduled_at limit 1", now).Scan(&oldest).Error
	if err != nil {
		return load, wrap("finding the oldest job", err)
	}
	if len(oldest) > 0 {
		load.OldestJob = max(now.Sub(oldest[0]), 0)
	}
	err = db.Raw(`select (select count(*) from conversations where owner = 'queue' and state = 'open') as queue,
		(select count(*) from messages where status in ('queued', 'sending')) as unsent,
		(select count(*) from messages where status in ('sending', 'unknown') and status = 'unknown') as unknown`).
		Row().Scan(&load.Queue, &load.Unsent, &load.Unknown)
	return load, wrap("counting what waits", err)
}
