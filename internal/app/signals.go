package app

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"antena/internal/channel"
	"antena/internal/desk"
	"antena/internal/store"
)

// signals shows contacts what we are doing: read, and typing. Nothing depends on
// it: each is tried once, briefly, and left out when too many wait.
type signals struct {
	line    *channel.Line
	reader  *store.Store
	wanted  func(text string) bool // whether a text wants an answer
	waiting chan desk.Message
	done    sync.WaitGroup
}

const (
	signalMax     = 3 * time.Second
	signalBacklog = 128
	signalers     = 8
)

func newSignals(line *channel.Line, reader *store.Store) *signals {
	s := &signals{line: line, reader: reader, wanted: wantsAnswer, waiting: make(chan desk.Message, signalBacklog)}
	for range signalers {
		s.done.Go(func() {
			for m := range s.waiting {
				s.show(m)
			}
		})
	}
	return s
}

// Heard shows that a message was read and, when an answer will follow, typing.
func (s *signals) Heard(m desk.Message) {
	select {
	case s.waiting <- m:
	default:
	}
}

// Close ends the signals; Heard must not be called any more.
func (s *signals) Close() {
	close(s.waiting)
	s.done.Wait()
}

func (s *signals) show(m desk.Message) {
	if m.ProviderID == "" || m.Choice != nil { // a pressed button is answered faster than typing would show
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), signalMax)
	defer cancel()
	_ = s.line.MarkRead(ctx, m.Channel, m.ProviderID, s.wanted(m.Text))
}

// Read marks the newest inbound message of a conversation read, given any
// message of it.
func (s *signals) Read(ctx context.Context, message uuid.UUID, typing bool) error {
	m, err := s.reader.Message(ctx, message)
	if err != nil {
		return nil //nolint:nilerr // an erased message has nobody to tell
	}
	page, err := s.reader.Messages(ctx, m.ConversationID, uuid.Nil, 30)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, signalMax)
	defer cancel()
	for i := len(page.Messages) - 1; i >= 0; i-- {
		if p := page.Messages[i]; p.Direction == desk.Inbound && p.ProviderID != "" {
			_ = s.line.MarkRead(ctx, p.Channel, p.ProviderID, typing)
			return nil
		}
	}
	return nil
}
