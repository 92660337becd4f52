package sla_test

import (
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/sla"
)

// monday is nine o'clock in São Paulo on a Monday.
var monday = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// office works weekdays from eight to six in São Paulo, but for Christmas.
func office(t testing.TB) desk.Calendar {
	t.Helper()
	c := desk.Calendar{Zone: zone(t, "America/Sao_Paulo"), Holidays: []string{"2026-12-25"}}
	for d := time.Monday; d <= time.Friday; d++ {
		c.Hours = append(c.Hours, desk.Hours{Day: d, From: "08:00", To: "18:00"})
	}
	return c
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// rules promise ten minutes, twenty and eight hours, half of it urgently.
func rules(t testing.TB) *sla.Rules {
	t.Helper()
	return &sla.Rules{
		Settings: sla.Settings{Share: 80, WindowHours: 3, Targets: []sla.Target{
			{First: 10, Next: 20, Resolution: 480}, {Priority: desk.PriorityUrgent, First: 5, Next: 10, Resolution: 240}, {Intent: "cancellation", First: 4},
		}},
		Calendar: func(desk.Team) desk.Calendar { return office(t) },
		Zone:     zone(t, "America/Sao_Paulo"),
	}
}

// thread is a conversation played by the verbs of the desk, saved after each.
type thread struct {
	t testing.TB
	*sla.Rules
	desk.Conversation
	now   time.Time
	ended []desk.PromiseRecord
}

func begun(t testing.TB, r *sla.Rules, h desk.Handoff) *thread {
	t.Helper()
	c := &thread{t: t, Rules: r, now: monday, Conversation: desk.Conversation{ID: desk.NewID(), Owner: desk.OwnerAssistant, State: desk.ConversationOpen, Priority: desk.PriorityNormal}}
	c.writes()
	c.save()
	if c.Promises != nil || c.DueAt != nil || c.RiskAt != nil || c.LookAt != nil {
		t.Fatal("something is promised while the assistant has it")
	}
	c.says(desk.ByAssistant)
	h.At = c.now
	if h.Priority == "" {
		h.Priority = desk.PriorityNormal
	}
	c.must(c.Enqueue(h, c.now))
	return c
}

func (c *thread) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
	c.save()
}

func (c *thread) save() {
	c.ended = append(c.ended, c.Rules.Conversation(&c.Conversation, c.now)...)
	before := c.Conversation
	if again := c.Rules.Conversation(&c.Conversation, c.now); len(again) > 0 || !equal(before.DueAt, c.DueAt) || !equal(before.LookAt, c.LookAt) {
		c.t.Fatal("saving again changed something")
	}
}

func equal(a, b *time.Time) bool { return a == nil && b == nil || a != nil && b != nil && a.Equal(*b) }

func (c *thread) after(d time.Duration) *thread { c.now = c.now.Add(d); return c }

func (c *thread) writes() {
	at := c.now
	c.Arrive(&desk.Message{ID: desk.NewID(), Direction: desk.Inbound, Author: desk.ByContact, Kind: desk.KindText, Text: "hola", SentAt: &at, CreatedAt: at}, c.now)
	c.save()
}

func (c *thread) says(who desk.Author) {
	c.Say(&desk.Message{ID: desk.NewID(), Direction: desk.Outbound, Author: who, Kind: desk.KindText, Text: "hola", CreatedAt: c.now}, c.now)
	c.save()
}

var ana = desk.Agent{ID: desk.NewID(), Name: "Ana", Role: desk.RoleAgent, Active: true}

func (c *thread) claims() { c.must(c.Claim(ana.Actor(), false)) }

func (c *thread) open(kind desk.PromiseKind) *desk.Promise {
	if c.Promises == nil {
		return nil
	}
	for i := range c.Promises.List {
		if p := &c.Promises.List[i]; p.Kind == kind && p.EndedAt == nil {
			return p
		}
	}
	return nil
}

// due says when what is due first is, as minutes from the beginning; -1: nothing is.
func (c *thread) due() int {
	if c.DueAt == nil {
		return -1
	}
	return int(c.DueAt.Sub(monday) / time.Minute)
}
