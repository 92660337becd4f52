package emulator_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"antena/internal/whatsapp"
	"antena/internal/whatsapp/emulator"
)

// clock is a hand-wound clock.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func newClock() *clock { return &clock{t: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

func TestFaults_OfTheAPI(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		give     emulator.Fault
		action   whatsapp.Action
		outcome  whatsapp.Outcome
		accepted int
	}{
		"throughput":    {emulator.Fault{Kind: emulator.FaultRefuse, Code: 130429}, whatsapp.Retry, whatsapp.NotSent, 0},
		"pair":          {emulator.Fault{Kind: emulator.FaultRefuse, Code: 131056}, whatsapp.Retry, whatsapp.NotSent, 0},
		"unknown":       {emulator.Fault{Kind: emulator.FaultRefuse, Code: 131000}, whatsapp.RetryUnproven, whatsapp.Unknown, 0},
		"unheard of":    {emulator.Fault{Kind: emulator.FaultRefuse, Code: 999999, HTTPStatus: 500}, whatsapp.RetryUnproven, whatsapp.Unknown, 0},
		"bare 503":      {emulator.Fault{Kind: emulator.FaultBareStatus}, whatsapp.RetryUnproven, whatsapp.Unknown, 0},
		"bare 429":      {emulator.Fault{Kind: emulator.FaultBareStatus, HTTPStatus: 429}, whatsapp.Retry, whatsapp.NotSent, 0},
		"reset before":  {emulator.Fault{Kind: emulator.FaultResetBefore}, whatsapp.RetryUnproven, whatsapp.Unknown, 0},
		"reset after":   {emulator.Fault{Kind: emulator.FaultResetAfter}, whatsapp.RetryUnproven, whatsapp.Unknown, 1},
		"never answers": {emulator.Fault{Kind: emulator.FaultHang}, whatsapp.RetryUnproven, whatsapp.Unknown, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			w.phone.Text("hola")
			test.give.Count = 1
			w.em.Inject(test.give)
			ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
			defer cancel()
			m := text("respuesta")
			m.To.Phone, m.CallbackData = ana, "msg:1"
			_, err := w.client.Send(ctx, number, m)
			e := whatsapp.AsError(err)
			if e == nil || e.Action != test.action || e.Outcome != test.outcome {
				t.Errorf("got %v, want %s, %s", err, test.action, test.outcome)
			}
			if got := w.em.Counters().ByCallback["msg:1"]; got != test.accepted {
				t.Errorf("accepted %d times, want %d", got, test.accepted)
			}
			w.settle(t)
			if got := len(w.hook.statuses()); got != 3*test.accepted {
				t.Errorf("%d statuses, want %d", got, 3*test.accepted)
			}
			if _, e := w.send(t, text("otra")); e != nil {
				t.Errorf("the fault was to happen once: %v", e)
			}
		})
	}
}

func TestFault_FailLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.phone.Text("hola")
	w.em.Inject(emulator.Fault{Kind: emulator.FaultFailLater, Code: 131026, Count: 1})
	sent, e := w.send(t, text("x"))
	if e != nil {
		t.Fatal(e)
	}
	w.settle(t)
	got := w.hook.statuses()
	if len(got) != 1 || got[0].State != whatsapp.StateFailed || got[0].ID != sent.ID || got[0].Errors[0].Code != 131026 {
		t.Fatalf("statuses %+v", got)
	}
	if fate := whatsapp.Fate("status", 0, got[0].Errors[0].Code); fate.Action != whatsapp.MarkUnreachable {
		t.Errorf("fate %v", fate)
	}
	if find(w.phone, sent.ID, func(emulator.Message) bool { return true }) {
		t.Error("the phone shows a message that failed")
	}
}

func TestWebhooks_AreRepeatedInOrderUntilTaken(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.hook.answers(func(post int) int {
		if post%3 == 0 {
			return http.StatusOK
		}
		return http.StatusServiceUnavailable
	})
	var want []string
	for i := range 20 {
		want = append(want, w.phone.Text(fmt.Sprint(i)))
	}
	w.settle(t)
	if got := ids(w.hook.messages()); !slices.Equal(got, want) {
		t.Errorf("arrived %v, want %v", got, want)
	}
	if c := w.em.Counters(); c.WebhookPosts != 60 || c.WebhookAnswers[503] != 40 || c.WebhookAnswers[200] != 20 {
		t.Errorf("counters %+v", c)
	}
	if !find(w.phone, want[19], func(m emulator.Message) bool { return m.Tick == emulator.TickDelivered }) {
		t.Error("the customer sees no second tick")
	}
}

func ids(list []*whatsapp.Message) []string {
	var out []string
	for _, m := range list {
		out = append(out, m.ID)
	}
	return out
}

func TestFaults_OfTheWebhooks(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		give  emulator.Fault
		want  []int // order in which three messages arrive
		posts int
	}{
		"none":      {emulator.Fault{}, []int{0, 1, 2}, 3},
		"duplicate": {emulator.Fault{Kind: emulator.FaultDuplicate, Copies: 12, Count: 1}, []int{0, 1, 2}, 14},
		"late":      {emulator.Fault{Kind: emulator.FaultLate, Delay: 300 * time.Millisecond, Count: 1}, []int{1, 2, 0}, 3},
		"reorder":   {emulator.Fault{Kind: emulator.FaultReorder, Delay: 5 * time.Second, Count: 1}, []int{1, 0, 2}, 3},
		"batch":     {emulator.Fault{Kind: emulator.FaultBatch, Copies: 3, Delay: 5 * time.Second}, []int{0, 1, 2}, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			if test.give.Kind != 0 {
				w.em.Inject(test.give)
			}
			var sent []string
			for i := range 3 {
				sent = append(sent, w.phone.Text(fmt.Sprint(i)))
			}
			w.settle(t)
			got := distinct(ids(w.hook.messages()))
			want := []string{sent[test.want[0]], sent[test.want[1]], sent[test.want[2]]}
			if !slices.Equal(got, want) {
				t.Errorf("arrived %v, want %v", got, want)
			}
			if posts := w.em.Counters().WebhookPosts; posts != test.posts {
				t.Errorf("%d posts, want %d", posts, test.posts)
			}
		})
	}
}

// distinct drops repetitions, keeping the first.
func distinct(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func TestFaults_ChanceRemovalAndClear(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *emulator.Config) { c.Seed = 7 })
	w.phone.Text("hola")
	failed := func(n int) (count int) {
		for range n {
			if _, e := w.send(t, text("x")); e != nil {
				count++
			}
		}
		return count
	}
	remove := w.em.Inject(emulator.Fault{Kind: emulator.FaultRefuse, Code: 131000, Probability: 0.5})
	if got := failed(100); got < 30 || got > 70 {
		t.Errorf("%d of 100 failed at a chance of one half", got)
	}
	remove()
	if got := failed(5); got != 0 {
		t.Errorf("%d failed after the fault was removed", got)
	}
	w.em.Inject(emulator.Fault{Kind: emulator.FaultRefuse, Code: 131000})
	if got := failed(5); got != 5 {
		t.Errorf("%d of 5 failed with a fault that always happens", got)
	}
	w.em.ClearFaults()
	if got := failed(5); got != 0 {
		t.Errorf("%d failed after all faults were cleared", got)
	}
}

func TestManyCustomers_EachInOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *emulator.Config) { c.History = -1; c.StatusDelay = -1 })
	var writers sync.WaitGroup
	want := map[string][]string{}
	var mu sync.Mutex
	for c := range 40 {
		p := w.em.Customer(emulator.CustomerProfile{Phone: fmt.Sprintf("549351000%04d", c)})
		writers.Go(func() {
			var list []string
			for i := range 10 {
				list = append(list, p.Text(fmt.Sprint(i)))
			}
			mu.Lock()
			defer mu.Unlock()
			want[p.ID()] = list
			if len(p.Thread()) != 0 {
				t.Error("history is kept although it is off")
			}
		})
	}
	writers.Wait()
	w.settle(t)
	got := map[string][]string{}
	for _, m := range w.hook.messages() {
		got[m.From.Phone] = append(got[m.From.Phone], m.ID)
	}
	for phone, list := range want {
		if !slices.Equal(got[phone], list) {
			t.Errorf("%s: arrived %v, want %v", phone, got[phone], list)
		}
	}
}

func TestDeliver_PostsOnceAndReports(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	body := []byte(`{"object":"whatsapp_business_account","entry":[]}`)
	status, err := w.em.Deliver(t.Context(), body)
	if err != nil || status != http.StatusOK {
		t.Errorf("status %d, %v", status, err)
	}
	w.hook.answers(func(int) int { return http.StatusTeapot })
	if status, err := w.em.Deliver(t.Context(), body); err != nil || status != http.StatusTeapot {
		t.Errorf("status %d, %v", status, err)
	}
	if !whatsapp.Verify([]string{secret}, body, w.em.Sign(body)) {
		t.Error("the signature does not verify")
	}
}

func TestClose_ReleasesEverything(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *emulator.Config) { c.StatusDelay = time.Hour; c.RetryDelay = time.Hour; c.RetryMax = time.Hour })
	w.hook.answers(func(int) int { return http.StatusServiceUnavailable })
	w.phone.Text("never taken")
	if _, e := w.send(t, text("status in an hour")); e != nil {
		t.Fatal(e)
	}
	w.em.Inject(emulator.Fault{Kind: emulator.FaultHang, Count: 1})
	changes, cancel := w.phone.Subscribe()
	defer cancel()
	hung := make(chan *whatsapp.Error, 1)
	go func() {
		_, err := w.client.Send(context.Background(), number, whatsapp.Outbound{To: whatsapp.Recipient{Phone: ana}, Text: &whatsapp.Text{Body: "x"}})
		hung <- whatsapp.AsError(err)
	}()
	for c := range changes {
		if c.Kind == emulator.ChangeMessage {
			break // the hanging send was accepted
		}
	}
	closed := make(chan struct{})
	go func() {
		w.em.Close()
		close(closed)
	}()
	for range 2 {
		select {
		case <-closed:
			closed = nil
		case <-hung:
		case <-time.After(10 * time.Second):
			t.Fatal("Close does not return, or a hanging answer is not released")
		}
	}
	if _, e := w.send(t, text("x")); e == nil || e.HTTPStatus != http.StatusServiceUnavailable {
		t.Errorf("a send after Close: %v", e)
	}
}

func TestSubscribe_SlowReaderKeepsTheNewest(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	changes, cancel := w.phone.Subscribe()
	var last string
	for i := range 400 {
		last = w.phone.Send(map[string]any{"type": "text", "text": map[string]string{"body": fmt.Sprint(i)}})
	}
	w.settle(t)
	cancel()
	cancel() // twice is harmless
	var got emulator.Change
	for c := range changes {
		got = c
	}
	if got.Message.ID != last || got.Message.Tick != emulator.TickDelivered {
		t.Errorf("the newest change is %+v", got)
	}
}
