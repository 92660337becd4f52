package work_test

import (
	"context"
	"io"
	"log/slog"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/work"
)

// One operation is one job that does nothing, with what the queue itself costs.
func BenchmarkJobs(b *testing.B) {
	for _, dialect := range storetest.Dialects() {
		b.Run(dialect, func(b *testing.B) {
			s := storetest.Open(b, dialect, nil)
			for left := b.N; left > 0; left -= 500 {
				jobs := make([]desk.Job, min(left, 500))
				for i := range jobs {
					jobs[i] = desk.SendJob{Message: desk.NewID()}
				}
				if err := s.InTx(b.Context(), func(tx *store.Tx) error { return tx.Enqueue(b.Context(), jobs...) }); err != nil {
					b.Fatal(err)
				}
			}
			var done atomic.Int64
			finished := make(chan struct{})
			h := work.Handlers{
				Sweep: func(context.Context) error { return nil },
				Send: func(context.Context, uuid.UUID) error {
					if done.Add(1) == int64(b.N) {
						close(finished)
					}
					return nil
				},
			}
			r, err := work.New(s.River, h, work.Options{Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
			if err != nil {
				b.Fatal(err)
			}
			b.ResetTimer()
			if err := r.Start(b.Context()); err != nil {
				b.Fatal(err)
			}
			<-finished
			b.StopTimer()
			if err := r.Stop(context.Background()); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "jobs/s")
		})
	}
}
