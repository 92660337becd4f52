//go:build !race

package app_test

import (
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"antena/internal/app/apptest"
)

// The limits are generous: they are to catch what grows with every waiting message.
const (
	residentMax = 300 << 20 // bytes of the process
	perMessage  = 512       // bytes of heap for a message that waits
	heapSlack   = 96 << 20  // bytes that a busy process may hold for a while, whatever waits
)

// The Graph API hangs, and messages pile up: they wait in the database and not in
// memory, and webhooks are acknowledged all the same.
func TestMemory_IsBoundedWhileMessagesWait(t *testing.T) {
	t.Parallel()
	messages := 5000
	if long() {
		messages = 100_000
	}
	each(t, func(t *testing.T, dialect string) {
		o := prepared(t, dialect)
		p := apptest.Serve(t, o)
		before := p.Metrics(t)
		o.Graph.Stall()
		began := time.Now()
		pile(t, p, messages)
		t.Logf("%d messages acknowledged in %s", messages, time.Since(began).Round(time.Millisecond))
		patience := apptest.Patience + time.Duration(messages)*2*time.Millisecond
		apptest.Within(t, patience, "every message is in its conversation", func() bool {
			now := p.Metrics(t)
			return now != nil && now[`antena_jobs_waiting{kind="ingest"}`] == 0
		})
		now := p.Metrics(t)
		if n := now["antena_events_total"]; n != float64(messages) {
			t.Fatalf("%v events were taken of %d", n, messages)
		}
		if now[`antena_jobs_waiting{kind="turn"}`]+now[`antena_jobs_waiting{kind="send"}`] < float64(messages)/2 {
			t.Fatal("too few messages wait; the test shows nothing")
		}
		resident, grown := now["process_resident_memory_bytes"], now["go_memstats_heap_alloc_bytes"]-before["go_memstats_heap_alloc_bytes"]
		t.Logf("resident %.0f MiB (%.0f MiB at rest), heap grown by %.1f MiB: %.0f bytes for each of %d waiting messages",
			resident/(1<<20), before["process_resident_memory_bytes"]/(1<<20), grown/(1<<20), grown/float64(messages), messages)
		if resident > residentMax {
			t.Errorf("resident memory is %.0f MiB", resident/(1<<20))
		}
		if grown > float64(messages)*perMessage+heapSlack {
			t.Errorf("the heap grew by %.0f bytes for each waiting message", grown/float64(messages))
		}
		p.Kill(t)
	})
}

// pile posts the messages of as many customers.
func pile(t *testing.T, p *apptest.Process, messages int) {
	t.Helper()
	var next atomic.Int64
	var lanes sync.WaitGroup
	for range 32 {
		lanes.Go(func() {
			for n := int(next.Add(1)); n <= messages; n = int(next.Add(1)) {
				phone := apptest.Phone(n)
				if status := p.Deliver(t.Context(), apptest.Text(t, phone, "wamid."+phone, question)); status != http.StatusOK {
					t.Errorf("message %d was answered %d", n, status)
					return
				}
			}
		})
	}
	lanes.Wait()
}
