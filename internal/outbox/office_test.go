package outbox_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/channel"
	"antena/internal/desk"
	"antena/internal/outbox"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/whatsapp"
	"antena/internal/whatsapp/emulator"
	"antena/internal/work"
)

const officeNumber = "100000000000001"

// office is the sending end of a desk with nothing emulated but the provider: real
// stores on either database, the job queue, real HTTP.
type office struct {
	t        *testing.T
	database store.Options
	store    *store.Store // to prepare and to look, with no replica on it
	graph    *emulator.Emulator
	api      *httptest.Server

	mu       sync.Mutex
	accepted []emulator.Accepted
}

func newOffice(t *testing.T, dialect string, limits emulator.Limits, between func(http.Handler) http.Handler) *office {
	t.Helper()
	o := &office{t: t, database: storetest.Options(t, dialect)}
	o.store = storetest.OpenWith(t, o.database)
	o.graph = emulator.New(emulator.Config{
		AppSecret: "s", VerifyToken: "v", AccessToken: "token", PhoneNumberID: officeNumber, WABAID: "2", Limits: limits, StatusDelay: -1, History: -1,
		OnAccept: func(a emulator.Accepted) {
			o.mu.Lock()
			defer o.mu.Unlock()
			o.accepted = append(o.accepted, a)
		},
	})
	handler := o.graph.Handler()
	if between != nil {
		handler = between(handler)
	}
	o.api = httptest.NewServer(handler)
	t.Cleanup(func() {
		o.graph.Close()
		o.api.Close()
	})
	return o
}

type workStore struct{ *store.Store }

func (s workStore) InTx(ctx context.Context, fn func(outbox.Tx) error) error {
	return s.InWork(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// outbox is one that sends over real HTTP; change may alter it.
func (o *office) outbox(keep outbox.Store, timeout time.Duration, change func(*outbox.Deps)) *outbox.Outbox {
	o.t.Helper()
	return o.outboxAt(o.api.URL, keep, timeout, change)
}

func (o *office) outboxAt(address string, keep outbox.Store, timeout time.Duration, change func(*outbox.Deps)) *outbox.Outbox {
	o.t.Helper()
	client, err := whatsapp.NewClient(whatsapp.ClientConfig{BaseURL: address, Token: "token", Timeout: timeout})
	if err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(client.Close)
	d := outbox.Deps{Store: keep, Line: channel.New(client), Log: slog.New(slog.DiscardHandler)}
	if change != nil {
		change(&d)
	}
	return outbox.New(d)
}

// replica sends what is queued until the test ends.
func (o *office) replica(perSecond int) {
	o.t.Helper()
	s := o.store
	if o.database.URL != "" {
		own := o.database
		own.MaxConns = 16 // as a replica has
		s = storetest.OpenWith(o.t, own)
	}
	out := o.outbox(workStore{s}, time.Minute, func(d *outbox.Deps) { d.PerSecond = perSecond })
	unasked := func(context.Context, uuid.UUID) error { return nil }
	r, err := work.New(s.River, work.Handlers{
		Ingest: func(context.Context, []uuid.UUID) error { return nil }, Turn: unasked, Fetch: unasked, Upload: unasked,
		Read:  func(context.Context, uuid.UUID, bool) error { return nil },
		Sweep: func(context.Context) error { return nil },
		Dead:  func(_ context.Context, d desk.DeadJob) { o.t.Errorf("a job died: %+v", d) },
		Send: func(ctx context.Context, id uuid.UUID) error {
			wait, err := out.Send(ctx, id)
			if err == nil && wait > 0 {
				err = work.Later(wait)
			}
			return err
		},
	}, work.Options{})
	if err != nil {
		o.t.Fatal(err)
	}
	if err := r.Start(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() {
		if err := r.Stop(context.Background()); err != nil {
			o.t.Errorf("stopping: %v", err)
		}
		out.Close(context.Background())
	})
}

// threads makes people with open conversations.
func (o *office) threads(n int) []desk.Conversation {
	o.t.Helper()
	now := desk.Instant(time.Now())
	end := now.Add(23 * time.Hour)
	all := make([]desk.Conversation, 0, n)
	for len(all) < n {
		err := o.store.InTx(o.t.Context(), func(tx *store.Tx) error {
			for range min(500, n-len(all)) {
				phone := fmt.Sprintf("54935155%07d", len(all))
				o.graph.Customer(emulator.CustomerProfile{Phone: phone}).Wrote(now)
				c, err := tx.ContactFor(o.t.Context(), desk.Identity{Phone: phone}, now)
				if err != nil {
					return err
				}
				conv, err := tx.ConversationFor(o.t.Context(), c.ID, officeNumber, now)
				if err != nil {
					return err
				}
				conv.WindowEndsAt = &end
				if err := tx.SaveConversation(o.t.Context(), conv); err != nil {
					return err
				}
				all = append(all, *conv)
			}
			return nil
		})
		if err != nil {
			o.t.Fatal(err)
		}
	}
	return all
}

// say writes a message with its job, for each conversation.
func (o *office) say(author desk.Author, text string, to ...desk.Conversation) (ids []uuid.UUID) {
	o.t.Helper()
	for from := 0; from < len(to); from += 500 {
		err := o.store.InTx(o.t.Context(), func(tx *store.Tx) error {
			for _, c := range to[from:min(from+500, len(to))] {
				m := desk.Message{
					ID: desk.NewID(), ConversationID: c.ID, Channel: c.Channel, Direction: desk.Outbound, Author: author, Kind: desk.KindText,
					Text: text, Status: desk.StatusQueued, CreatedAt: desk.Instant(time.Now()),
				}
				if _, err := tx.AddMessage(o.t.Context(), &m); err != nil {
					return err
				}
				if err := tx.Enqueue(o.t.Context(), desk.SendJob{Message: m.ID, Rank: m.Rank()}); err != nil {
					return err
				}
				ids = append(ids, m.ID)
			}
			return nil
		})
		if err != nil {
			o.t.Fatal(err)
		}
	}
	return ids
}

func (o *office) taken() []emulator.Accepted {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]emulator.Accepted(nil), o.accepted...)
}

// until waits for something to be so.
func (o *office) until(what string, most time.Duration, holds func() bool) {
	o.t.Helper()
	deadline := time.After(most)
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-look.C:
		case <-deadline:
			o.t.Fatalf("not within %v: %s", most, what)
		}
	}
}
