package outbox_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/outbox"
)

// world is an outbox over a memory and a provider that answers as told. Inside
// synctest its clock is the bubble's.
type world struct {
	t        *testing.T
	out      *outbox.Outbox
	mu       sync.Mutex
	messages map[uuid.UUID]desk.Message
	convs    map[uuid.UUID]desk.Conversation
	contacts map[uuid.UUID]desk.Contact
	alerts   []desk.Alert
	template *desk.Template // the only one there is
	jobs     []desk.Job
	requests []request
	answer   func(d desk.Dispatch) (desk.Accepted, error)
	failTx   error // of the next transaction

	counts int
	lostTx bool         // the next transaction is committed and its answer lost
	flush  func() error // nil: works; called without the lock
	rates  map[string]*desk.SendRate
}

type request struct {
	text string
	at   time.Time
}

func newWorld(t *testing.T, change func(*outbox.Deps)) *world {
	t.Helper()
	w := &world{t: t, messages: map[uuid.UUID]desk.Message{}, convs: map[uuid.UUID]desk.Conversation{}, contacts: map[uuid.UUID]desk.Contact{}, rates: map[string]*desk.SendRate{}}
	d := outbox.Deps{Store: w, Line: w, Log: slog.New(slog.DiscardHandler)}
	if change != nil {
		change(&d)
	}
	w.out = outbox.New(d)
	return w
}

// contact makes a person with an open conversation.
func (w *world) contact(channel string) desk.Conversation {
	end := time.Now().Add(24 * time.Hour)
	c := desk.Contact{ID: desk.NewID(), Phone: desk.NewID().String()}
	conv := desk.Conversation{ID: desk.NewID(), ContactID: c.ID, Channel: channel, Owner: desk.OwnerAssistant, WindowEndsAt: &end}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.contacts[c.ID], w.convs[conv.ID] = c, conv
	return conv
}

func (w *world) queue(c desk.Conversation, text string, change func(*desk.Message)) uuid.UUID {
	m := desk.Message{ID: desk.NewID(), ConversationID: c.ID, Channel: c.Channel, Direction: desk.Outbound, Author: desk.ByAssistant,
		Kind: desk.KindText, Text: text, Status: desk.StatusQueued, CreatedAt: desk.Instant(time.Now())}
	if change != nil {
		change(&m)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.messages[m.ID] = m
	return m.ID
}

// send tries once and returns the wait; the transaction's failures are the test's to expect.
func (w *world) send(id uuid.UUID) time.Duration {
	w.t.Helper()
	wait, err := w.out.Send(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return wait
}

// work does what the job does: tries again after each wait until there is none.
func (w *world) work(id uuid.UUID) {
	for {
		wait, err := w.out.Send(w.t.Context(), id)
		if err != nil {
			w.t.Error(err)
			return
		}
		if wait == 0 {
			return
		}
		pass(wait)
	}
}

// pass lets time pass in the bubble, which takes none.
func pass(d time.Duration) { <-time.After(d) }

func (w *world) message(id uuid.UUID) desk.Message {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.messages[id]
}

// Send is the provider.
func (w *world) Send(_ context.Context, d desk.Dispatch) (desk.Accepted, error) {
	w.mu.Lock()
	w.requests = append(w.requests, request{d.Message.Text, time.Now()})
	answer := w.answer
	w.mu.Unlock()
	if answer != nil {
		return answer(d)
	}
	return desk.Accepted{ProviderID: "wamid." + d.Message.Text}, nil
}

func (w *world) sent() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []string
	for _, r := range w.requests {
		out = append(out, r.text)
	}
	return out
}

// refuses answers each request with the next of the failures, then takes everything.
func (w *world) refuses(failures ...error) {
	w.answer = func(d desk.Dispatch) (desk.Accepted, error) {
		w.mu.Lock()
		defer w.mu.Unlock()
		if len(failures) == 0 {
			return desk.Accepted{ProviderID: "wamid." + d.Message.Text}, nil
		}
		err := failures[0]
		failures = failures[1:]
		return desk.Accepted{}, err
	}
}

// InTx runs a function on a copy that counts only when it works.
func (w *world) InTx(_ context.Context, fn func(outbox.Tx) error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.failTx; err != nil {
		w.failTx = nil
		return err
	}
	tx := &memory{w: w, messages: map[uuid.UUID]desk.Message{}}
	if err := fn(tx); err != nil {
		return err
	}
	for id, m := range tx.messages {
		w.messages[id] = m
	}
	if w.lostTx {
		w.lostTx = false
		return desk.ErrUnavailable
	}
	w.alerts = append(w.alerts, tx.alerts...)
	w.jobs = append(w.jobs, tx.jobs...)
	return nil
}

// CountService counts outside of transactions.
func (w *world) CountService(context.Context, string, string) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.counts++
	return w.counts, nil
}

// Flush fails when told to.
func (w *world) Flush(context.Context) error {
	if w.flush == nil {
		return nil
	}
	return w.flush()
}

// ReplaceMessage writes a message that is still as it was; it counts as a transaction.
func (w *world) ReplaceMessage(_ context.Context, had, now *desk.Message) (bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.failTx; err != nil {
		w.failTx = nil
		return false, err
	}
	is := w.messages[had.ID]
	if is.Status != had.Status || is.ProviderID != had.ProviderID {
		return false, nil
	}
	w.messages[had.ID] = *now
	return true, nil
}

// ChangeSendRate is what replicas share; the database's clock goes an hour wrong.
func (w *world) ChangeSendRate(_ context.Context, channel string, change func(*desk.SendRate, time.Time)) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.rates[channel] == nil {
		w.rates[channel] = &desk.SendRate{Channel: channel}
	}
	change(w.rates[channel], time.Now().Add(time.Hour))
	return nil
}

type memory struct {
	w        *world
	messages map[uuid.UUID]desk.Message
	alerts   []desk.Alert
	jobs     []desk.Job
}

func (m *memory) LockTemplate(context.Context, string) (*desk.Template, error) {
	if m.w.template == nil {
		return nil, desk.ErrNotFound
	}
	t := *m.w.template
	return &t, nil
}

func (m *memory) Enqueue(_ context.Context, jobs ...desk.Job) error {
	m.jobs = append(m.jobs, jobs...)
	return nil
}

func (m *memory) LockMessage(_ context.Context, id uuid.UUID) (*desk.Message, error) {
	found, ok := m.w.messages[id]
	if !ok {
		return nil, desk.ErrNotFound
	}
	return &found, nil
}

func (m *memory) SaveMessage(_ context.Context, msg *desk.Message) error {
	m.messages[msg.ID] = *msg
	return nil
}

func (m *memory) Sending(_ context.Context, id uuid.UUID) (*desk.Sending, error) {
	found, ok := m.w.messages[id]
	if !ok {
		return nil, desk.ErrNotFound
	}
	conv := m.w.convs[found.ConversationID]
	s := &desk.Sending{Message: found, Conversation: conv, Contact: m.w.contacts[conv.ContactID]}
	for _, msg := range m.w.messages {
		if msg.ConversationID == conv.ID && desk.Later(id, msg.ID) && slices.Contains([]desk.Status{desk.StatusQueued, desk.StatusSending}, msg.Status) {
			s.Earlier = append(s.Earlier, msg)
		}
		if msg.ConversationID == conv.ID && msg.TriedAt != nil && time.Since(*msg.TriedAt) < desk.PairMemory {
			s.Recent++
		}
	}
	return s, nil
}

func (m *memory) SendTimes(_ context.Context, conversation uuid.UUID, limit int) (times []time.Time, err error) {
	for _, msg := range m.w.messages {
		if msg.ConversationID == conversation && msg.TriedAt != nil {
			times = append(times, *msg.TriedAt)
		}
	}
	slices.SortFunc(times, func(a, b time.Time) int { return b.Compare(a) })
	return times[:min(limit, len(times))], nil
}

func (m *memory) CloseWindow(_ context.Context, conversation uuid.UUID, _, now time.Time) error {
	c := m.w.convs[conversation]
	c.WindowEndsAt = &now
	m.w.convs[conversation] = c
	return nil
}

func (m *memory) RaiseAlert(_ context.Context, a desk.Alert) error {
	m.alerts = append(m.alerts, a)
	return nil
}

var errTx = errors.New("the commit failed")
