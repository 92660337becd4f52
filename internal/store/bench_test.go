package store_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

func both(b *testing.B, bench func(b *testing.B, s *store.Store)) {
	for _, dialect := range storetest.Dialects() {
		b.Run(dialect, func(b *testing.B) { bench(b, storetest.Open(b, dialect, nil)) })
	}
}

func raw(size int) []byte {
	all := make([]byte, size)
	for i := range all {
		all[i] = 'a' + byte(i%26)
	}
	return all
}

// One operation is a group of 64 events with their one job, as the webhook commits
// them; four groups wait at any time.
func BenchmarkAcceptEvents(b *testing.B) {
	both(b, func(b *testing.B, s *store.Store) {
		body := raw(700)
		var next atomic.Int64
		b.SetParallelism(2)
		b.ResetTimer()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				var events []desk.Event
				for range 64 {
					events = append(events, desk.Event{ID: desk.NewID(), Key: fmt.Sprint("m:wamid.", next.Add(1)), Kind: "text",
						Channel: "100", Raw: body, ReceivedAt: time.Now().UTC()})
				}
				if err := s.InTx(b.Context(), func(tx *store.Tx) error {
					fresh, err := tx.AddEvents(b.Context(), events)
					if err != nil {
						return err
					}
					return tx.Enqueue(b.Context(), desk.IngestJob{Events: fresh})
				}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.ReportMetric(64*float64(b.N)/b.Elapsed().Seconds(), "events/s")
	})
}

// One operation is all the transactions of one message that is answered: its part
// of an ingest of 16, the scene, the turn's commit, and the two of the send.
func BenchmarkMessage(b *testing.B) {
	both(b, func(b *testing.B, s *store.Store) {
		const together = 16
		ctx := b.Context()
		var number atomic.Int64
		work := make(chan uuid.UUID, 1024)
		var workers sync.WaitGroup
		for range 16 {
			workers.Go(func() {
				for id := range work {
					if err := answer(ctx, s, id); err != nil {
						b.Error(err)
						return
					}
				}
			})
		}
		for b.Loop() {
			if err := ingest(ctx, s, together, &number, work); err != nil {
				b.Fatal(err)
			}
		}
		close(work)
		workers.Wait()
		b.ReportMetric(together*float64(b.N)/b.Elapsed().Seconds(), "messages/s")
	})
}

func ingest(ctx context.Context, s *store.Store, n int, number *atomic.Int64, turns chan<- uuid.UUID) error {
	var ids []uuid.UUID
	if err := s.InWork(ctx, func(tx *store.Tx) error {
		ids = ids[:0]
		for range n {
			now := desk.Instant(time.Now())
			phone := fmt.Sprint("55119", number.Add(1)%1000) // a thousand contacts, each writing again and again
			contact, err := tx.ContactFor(ctx, desk.Identity{Phone: phone, BSUID: "BR." + phone, Name: "Bench"}, now)
			if err != nil {
				return err
			}
			c, err := tx.ConversationFor(ctx, contact.ID, "100", now)
			if err != nil {
				return err
			}
			m := desk.Message{ID: desk.NewID(), ConversationID: c.ID, Channel: "100", Direction: desk.Inbound, Author: desk.ByContact,
				Kind: desk.KindText, Text: "mi internet no funciona", ProviderID: "wamid." + desk.NewID().String(), CreatedAt: now}
			if _, err := tx.AddMessage(ctx, &m); err != nil {
				return err
			}
			c.Arrive(&m, now)
			c.WantTurn(now, 0, 0)
			if err := tx.SaveConversation(ctx, c); err != nil {
				return err
			}
			if err := tx.Enqueue(ctx, desk.TurnJob{Conversation: c.ID}); err != nil {
				return err
			}
			ids = append(ids, c.ID)
		}
		return nil
	}); err != nil {
		return err
	}
	for _, id := range ids {
		turns <- id
	}
	return nil
}

func answer(ctx context.Context, s *store.Store, id uuid.UUID) error {
	scene, err := s.Scene(ctx, id)
	if err != nil {
		return err
	}
	now := desk.Instant(time.Now())
	m := desk.Message{ID: desk.NewID(), ConversationID: id, Channel: "100", Direction: desk.Outbound, Author: desk.ByAssistant,
		Kind: desk.KindText, Text: string(raw(300)), Status: desk.StatusQueued, CreatedAt: now}
	if err := commitTurn(ctx, s, scene, m, now); err != nil {
		return err
	}
	var begun desk.Message
	if err := s.InWork(ctx, func(tx *store.Tx) error {
		sending, err := tx.Sending(ctx, m.ID)
		if err != nil {
			return err
		}
		begun = sending.Message
		begun.Status, begun.TriedAt = desk.StatusSending, &now
		return tx.SaveMessage(ctx, &begun)
	}); err != nil {
		return err
	}
	if err := s.Flush(ctx); err != nil {
		return err
	}
	sent := begun
	sent.ProviderID, sent.Status, sent.SentAt = "wamid."+m.ID.String(), desk.StatusSent, &now
	_, err = s.ReplaceMessage(ctx, &begun, &sent)
	return err
}

func commitTurn(ctx context.Context, s *store.Store, scene *desk.Scene, m desk.Message, now time.Time) error {
	turn := desk.Turn{ID: desk.NewID(), ConversationID: scene.Conversation.ID, Action: desk.ActAnswer, Reason: desk.ReasonSureIntent,
		Intent: "no_internet", Confidence: 0.9, Language: "es", Model: "local",
		Understanding: desk.Understanding{Language: "es", Intents: []desk.Score{{Label: "no_internet", Confidence: 0.9}}}, CreatedAt: now}
	return s.InTx(ctx, func(tx *store.Tx) error {
		c, err := tx.LockConversation(ctx, scene.Conversation.ID)
		if err != nil {
			return err
		}
		m.TurnID = &turn.ID
		if _, err := tx.AddMessage(ctx, &m); err != nil {
			return err
		}
		c.Say(&m, now)
		c.Settle(scene.Last())
		if err := tx.SaveConversation(ctx, c); err != nil {
			return err
		}
		if err := tx.Enqueue(ctx, desk.SendJob{Message: m.ID}); err != nil {
			return err
		}
		return tx.AddTurn(ctx, &turn)
	})
}
