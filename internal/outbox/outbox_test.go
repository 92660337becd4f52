package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/outbox"
)

func TestSend_Once(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		id := w.queue(w.contact("100"), "hola", nil)
		for range 3 {
			w.work(id)
		}
		m := w.message(id)
		if got := w.sent(); !slices.Equal(got, []string{"hola"}) {
			t.Errorf("sent %q", got)
		}
		if m.Status != desk.StatusSent || m.ProviderID != "wamid.hola" || m.Attempts != 1 || m.TriedAt == nil || m.AcceptedAt == nil || m.SentAt == nil {
			t.Errorf("got %+v", m)
		}
		w.work(desk.NewID()) // erased meanwhile
	})
}

func TestSend_OnlyWhatIsQueued(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		c := w.contact("100")
		for _, s := range []desk.Status{desk.StatusUnknown, desk.StatusSent, desk.StatusDelivered, desk.StatusRead, desk.StatusPlayed, desk.StatusFailed, desk.StatusDropped, desk.StatusNone} {
			id := w.queue(c, string(s), func(m *desk.Message) { m.Status = s })
			w.work(id)
			if got := w.message(id).Status; got != s {
				t.Errorf("%s became %s", s, got)
			}
		}
		if got := w.sent(); len(got) > 0 {
			t.Errorf("sent %q", got)
		}
	})
}

// TestSend_DoubtAfterCrash: a row found being sent is never sent again by itself.
func TestSend_DoubtAfterCrash(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		id := w.queue(w.contact("100"), "hola", func(m *desk.Message) { m.Status, m.Attempts = desk.StatusSending, 1 })
		w.work(id)
		w.work(id)
		if m := w.message(id); m.Status != desk.StatusUnknown || m.FailureDetail != "interrupted" || len(w.sent()) > 0 {
			t.Errorf("got %+v, sent %q", m, w.sent())
		}
	})
}

// TestSend_CommitLost: the request went out, its outcome could not be kept.
func TestSend_CommitLost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		id := w.queue(w.contact("100"), "hola", nil)
		w.answer = func(desk.Dispatch) (desk.Accepted, error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.failTx = errTx
			return desk.Accepted{ProviderID: "wamid.1"}, nil
		}
		if _, err := w.out.Send(t.Context(), id); !errors.Is(err, errTx) {
			t.Fatal(err)
		}
		w.work(id)
		if m := w.message(id); m.Status != desk.StatusUnknown || len(w.sent()) != 1 {
			t.Errorf("%s after %d requests", m.Status, len(w.sent()))
		}
	})
}

func TestSend_NothingLeavesUncommitted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		id := w.queue(w.contact("100"), "hola", nil)
		w.failTx = errTx
		if _, err := w.out.Send(t.Context(), id); !errors.Is(err, errTx) || len(w.sent()) > 0 {
			t.Errorf("%v, sent %q", err, w.sent())
		}
	})
}

// TestSend_DatabaseGoesAway: what was certainly not sent is sent once the database
// is back, and what was sent is known to be, as long as this process lives.
func TestSend_DatabaseGoesAway(t *testing.T) {
	t.Parallel()
	for name, arrange := range map[string]func(w *world){
		"while a send begins": func(w *world) { w.lostTx = true },
		"before the request": func(w *world) {
			w.flush = func() error {
				w.flush = nil
				w.mu.Lock()
				defer w.mu.Unlock()
				w.failTx = errTx
				return desk.ErrUnavailable
			}
		},
		"after the request": func(w *world) {
			w.answer = func(desk.Dispatch) (desk.Accepted, error) {
				w.mu.Lock()
				defer w.mu.Unlock()
				w.failTx = desk.ErrUnavailable
				return desk.Accepted{ProviderID: "wamid.1"}, nil
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, nil)
				id := w.queue(w.contact("100"), "hola", nil)
				arrange(w)
				for range 3 { // the job is tried again after a failure
					if wait, err := w.out.Send(t.Context(), id); err == nil {
						pass(wait)
					}
				}
				if m := w.message(id); m.Status != desk.StatusSent || len(w.sent()) != 1 {
					t.Errorf("%s after %d requests", m.Status, len(w.sent()))
				}
			})
		})
	}
}

// TestSend_ReceiptOvertakes: a receipt that arrives before our own answer counts more than our error.
func TestSend_ReceiptOvertakes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer error
		want   desk.Status
	}{"accepted": {nil, desk.StatusDelivered}, "timed out": {&desk.SendError{Remedy: desk.RemedyWait}, desk.StatusDelivered}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, nil)
				id := w.queue(w.contact("100"), "hola", nil)
				w.answer = func(desk.Dispatch) (desk.Accepted, error) {
					w.mu.Lock()
					defer w.mu.Unlock()
					m := w.messages[id]
					m.ProviderID = "wamid.receipt"
					m.Advance(desk.StatusDelivered, time.Now())
					w.messages[id] = m
					return desk.Accepted{ProviderID: "wamid.answer"}, c.answer
				}
				w.work(id)
				if m := w.message(id); m.Status != c.want || m.ProviderID != "wamid.receipt" || m.FailureCode != 0 {
					t.Errorf("got %+v", m)
				}
			})
		})
	}
}

// TestSend_Remedies obeys each remedy: how long until the next try, what the
// message becomes, what is alerted.
func TestSend_Remedies(t *testing.T) {
	t.Parallel()
	refused := func(r desk.Remedy, after time.Duration, alert string) error {
		return &desk.SendError{Remedy: r, After: after, Code: 7, Detail: "why", Alert: alert, Err: errors.New("x")}
	}
	for _, c := range []struct {
		name   string
		give   error
		tries  int // before this one
		want   desk.Status
		wait   time.Duration
		alerts []string
	}{
		{"retry", refused(desk.RemedyRetry, 4*time.Second, ""), 0, desk.StatusQueued, 4 * time.Second, nil},
		{"retry at once is not at once", refused(desk.RemedyRetry, 0, ""), 0, desk.StatusQueued, time.Second, nil},
		{"retry, the last", refused(desk.RemedyRetry, time.Second, ""), 38, desk.StatusQueued, time.Second, nil},
		{"retry, too often", refused(desk.RemedyRetry, time.Second, ""), 39, desk.StatusFailed, 0, []string{desk.AlertSendRefused}},
		{"wait", refused(desk.RemedyWait, 5*time.Second, ""), 0, desk.StatusUnknown, 0, nil},
		{"park", refused(desk.RemedyPark, 0, ""), 0, desk.StatusFailed, 0, []string{desk.AlertSendRefused}},
		{"park with its own alert", refused(desk.RemedyPark, 0, desk.AlertNumber), 0, desk.StatusFailed, 0, []string{desk.AlertNumber}},
		{"window", refused(desk.RemedyWindow, 0, ""), 0, desk.StatusFailed, 0, []string{desk.AlertSendRefused}},
		{"stop all", refused(desk.RemedyStopAll, 0, desk.AlertToken), 0, desk.StatusQueued, 30 * time.Second, []string{desk.AlertToken}},
		{"an error without a remedy may have gone out", errors.New("x"), 0, desk.StatusUnknown, 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, nil)
				id := w.queue(w.contact("100"), "hola", func(m *desk.Message) { m.Attempts = c.tries })
				w.refuses(fmt.Errorf("wrapped: %w", c.give))
				wait := w.send(id)
				m := w.message(id)
				if wait != c.wait || m.Status != c.want || m.Attempts != c.tries+1 {
					t.Errorf("%s after %d tries, again in %v", m.Status, m.Attempts, wait)
				}
				var kinds []string
				for _, a := range w.alerts {
					kinds = append(kinds, a.Kind)
					if a.Subject != "100" || a.Detail != "why" && c.give != nil {
						t.Errorf("alert %+v", a)
					}
				}
				if !slices.Equal(kinds, c.alerts) {
					t.Errorf("alerts %v, want %v", kinds, c.alerts)
				}
				w.work(id)
				if sent, again := len(w.sent()), c.want == desk.StatusQueued; (sent == 2) != again || again && w.message(id).Status != desk.StatusSent {
					t.Errorf("%d requests in the end, %s", sent, w.message(id).Status)
				}
			})
		})
	}
}

func TestSend_ClearsTheFailureOnceSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		id := w.queue(w.contact("100"), "hola", nil)
		w.refuses(&desk.SendError{Remedy: desk.RemedyRetry, Code: 130429, Detail: "too fast"})
		w.work(id)
		if m := w.message(id); m.FailureCode != 0 || m.FailureDetail != "" || m.Attempts != 2 {
			t.Errorf("got %+v", m)
		}
	})
}

func TestSend_Drops(t *testing.T) {
	t.Parallel()
	ana := desk.NewID()
	closed := func(left time.Duration) func(*desk.Conversation) {
		return func(c *desk.Conversation) { end := time.Now().Add(left); c.WindowEndsAt = &end }
	}
	held := func(c *desk.Conversation) { c.Owner, c.AgentID = desk.OwnerAgent, &ana }
	for _, c := range []struct {
		name string
		conv func(*desk.Conversation)
		msg  func(*desk.Message)
		want string // why it is dropped
	}{
		{"an agent has it", held, nil, "person_stepped_in"},
		{"an agent has it, and wrote", held, func(m *desk.Message) { m.Author, m.AgentID = desk.ByAgent, &ana }, ""},
		{"an agent has it, and said to send it again", held, func(m *desk.Message) { m.AgentID = &ana }, ""},
		{"the queue has it", func(c *desk.Conversation) { c.Owner = desk.OwnerQueue }, nil, ""},
		{"the window closed", closed(desk.WindowMargin), nil, "window_closed"},
		{"the window closes soon", closed(desk.WindowMargin + time.Second), nil, ""},
		{"the window closed on an agent's words", closed(-time.Hour), func(m *desk.Message) { m.Author = desk.ByAgent }, "window_closed"},
		{"no window", func(c *desk.Conversation) { c.WindowEndsAt = nil }, nil, "window_closed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, nil)
				conv := w.contact("100")
				c.conv(&conv)
				w.convs[conv.ID] = conv
				id := w.queue(conv, "hola", c.msg)
				w.work(id)
				m := w.message(id)
				if dropped := m.Status == desk.StatusDropped; dropped != (c.want != "") || m.FailureDetail != c.want || dropped == (len(w.sent()) == 1) {
					t.Errorf("%s (%s), %d requests", m.Status, m.FailureDetail, len(w.sent()))
				}
			})
		})
	}
}

// TestSend_KeepsOrder: the first is refused for now; the second waits for it,
// another conversation's does not.
func TestSend_KeepsOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		c, other := w.contact("100"), w.contact("100")
		ids := []uuid.UUID{w.queue(c, "uno", nil), w.queue(c, "dos", nil), w.queue(other, "otra", nil)}
		w.refuses(&desk.SendError{Remedy: desk.RemedyRetry, After: 10 * time.Second})
		if wait := w.send(ids[0]); wait != 10*time.Second {
			t.Fatalf("wait %v", wait)
		}
		if wait := w.send(ids[1]); wait != 300*time.Millisecond {
			t.Errorf("the second waits %v", wait)
		}
		var all sync.WaitGroup
		for _, id := range []uuid.UUID{ids[2], ids[1]} {
			all.Go(func() { w.work(id) })
		}
		all.Go(func() { pass(10 * time.Second); w.work(ids[0]) })
		all.Wait()
		if got := w.sent(); !slices.Equal(got, []string{"uno", "otra", "uno", "dos"}) {
			t.Errorf("sent %q", got)
		}
	})
}

func TestSend_OrderIsNotKeptForEver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		c := w.contact("100")
		w.queue(c, "atascado", func(m *desk.Message) { m.Status = desk.StatusSending })
		id, started := w.queue(c, "hola", nil), time.Now()
		w.work(id)
		if took := time.Since(started); took < 89*time.Second || took > 92*time.Second {
			t.Errorf("sent after %v, want 90 s", took)
		}
	})
}

// What an agent writes is not kept back by what is in trouble, and what only waits for the pace goes first.
func TestSend_AgentsPassWhatIsInTrouble(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		author  desk.Author
		earlier func(m *desk.Message)
		want    time.Duration
	}{
		{"refused and tried again", desk.ByAgent, func(m *desk.Message) { m.FailureCode = 131000 }, 10 * time.Second},
		{"its file is handed over", desk.ByAgent, func(m *desk.Message) { m.Attachment = &desk.Attachment{} }, 20 * time.Second},
		{"its file is there", desk.ByAgent, func(m *desk.Message) { m.Attachment = &desk.Attachment{MediaID: "1"} }, 90 * time.Second},
		{"too many to this person", desk.ByAgent, func(m *desk.Message) { m.FailureCode = 131056 }, 90 * time.Second},
		{"on its way", desk.ByAgent, func(m *desk.Message) { m.Status, m.FailureCode = desk.StatusSending, 131000 }, 90 * time.Second},
		{"the assistant waits", desk.ByAssistant, func(m *desk.Message) { m.FailureCode = 131000 }, 90 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, nil)
				to := w.contact("100")
				w.queue(to, "antes", c.earlier)
				id, started := w.queue(to, "hola", func(m *desk.Message) { m.Author = c.author }), time.Now()
				w.work(id)
				if took := time.Since(started); took < c.want || took > c.want+2*time.Second {
					t.Errorf("sent after %v, want %v", took, c.want)
				}
			})
		})
	}
}

func TestSend_StopAllPausesTheNumberAndResumes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		first, second, elsewhere := w.queue(w.contact("100"), "uno", nil), w.queue(w.contact("100"), "dos", nil), w.queue(w.contact("200"), "tres", nil)
		w.refuses(&desk.SendError{Remedy: desk.RemedyStopAll, Alert: desk.AlertToken})
		if wait := w.send(first); wait != 30*time.Second {
			t.Errorf("the first waits %v", wait)
		}
		pass(10 * time.Second)
		if wait := w.send(second); wait != 20*time.Second {
			t.Errorf("another of the number waits %v", wait)
		}
		if wait := w.send(elsewhere); wait != 0 {
			t.Errorf("another number waits %v", wait)
		}
		if got := w.sent(); !slices.Equal(got, []string{"uno", "tres"}) {
			t.Errorf("sent %q while stopped", got)
		}
		pass(20 * time.Second)
		w.work(second)
		w.work(first)
		if got := w.sent(); !slices.Equal(got, []string{"uno", "tres", "dos", "uno"}) {
			t.Errorf("sent %q", got)
		}
	})
}

// TestSend_RateOfTheNumber drains a full queue at the number's rate, and no faster.
func TestSend_RateOfTheNumber(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, func(d *outbox.Deps) { d.PerSecond = 10 })
		started := time.Now()
		var all sync.WaitGroup
		for range 60 {
			id := w.queue(w.contact("100"), "x", nil)
			all.Go(func() { w.work(id) })
		}
		all.Wait()
		if took := time.Since(started); took < 5*time.Second || took > 6300*time.Millisecond {
			t.Errorf("60 messages at 10/s took %v", took)
		}
		w.keepsPace(10)
	})
}

func TestSend_RateOfTheRecipient(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		c := w.contact("100")
		started := time.Now()
		for range 44 {
			w.work(w.queue(c, "x", nil))
		}
		if took := time.Since(started); took > 2*time.Second {
			t.Errorf("a burst of 44 took %v", took)
		}
		w.out = outbox.New(w.out.Deps) // what was sent is not forgotten with the process
		if wait := w.send(w.queue(c, "45", nil)); wait <= 4*time.Second || wait > 6*time.Second {
			t.Errorf("one more waits %v, want 6 s since the first", wait)
		}
		if wait := w.send(w.queue(w.contact("100"), "otra", nil)); wait != 0 {
			t.Errorf("another person waits %v", wait)
		}
	})
}

func TestSend_SlowsDownWhenAsked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		w.refuses(&desk.SendError{Remedy: desk.RemedyRetry, Code: 130429, Hold: true, After: 2 * time.Second})
		w.send(w.queue(w.contact("100"), "uno", nil))
		started := time.Now()
		w.work(w.queue(w.contact("100"), "dos", nil))
		if took := time.Since(started); took != 2*time.Second {
			t.Errorf("another message of the number went after %v", took)
		}
		started = time.Now()
		w.work(w.queue(w.contact("200"), "tres", nil))
		if took := time.Since(started); took != 0 {
			t.Errorf("another number's went after %v", took)
		}
	})
}

// TestSend_StopDoesNotCutARequest: the job's context ends while the request runs.
func TestSend_StopDoesNotCutARequest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		id := w.queue(w.contact("100"), "hola", nil)
		ctx, cancel := context.WithCancel(t.Context())
		w.answer = func(desk.Dispatch) (desk.Accepted, error) { cancel(); return desk.Accepted{ProviderID: "wamid.1"}, nil }
		if _, err := w.out.Send(ctx, id); err != nil || w.message(id).Status != desk.StatusSent {
			t.Errorf("%s: %v", w.message(id).Status, err)
		}
	})
}

func TestSend_StopWhileWaitingForItsPlace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, func(d *outbox.Deps) { d.PerSecond = 1 })
		w.work(w.queue(w.contact("100"), "uno", nil))
		id := w.queue(w.contact("100"), "dos", nil)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		wait, err := w.out.Send(ctx, id)
		if err != nil || wait <= 0 || w.message(id).Status != desk.StatusQueued {
			t.Errorf("%s, again in %v: %v", w.message(id).Status, wait, err)
		}
	})
}
