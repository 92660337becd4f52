package sla

import (
	"sync/atomic"
	"time"

	"antena/internal/desk"
)

// Current are the rules in force in this process. Readers never wait.
type Current struct{ rules atomic.Pointer[Rules] }

// NewCurrent begins with rules.
func NewCurrent(r *Rules) *Current {
	c := &Current{}
	c.rules.Store(r)
	return c
}

// Use puts other rules in force. What is written from now on follows them.
func (c *Current) Use(r *Rules) { c.rules.Store(r) }

// Rules returns the rules in force.
func (c *Current) Rules() *Rules { return c.rules.Load() }

// Conversation is Rules.Conversation by the rules in force.
func (c *Current) Conversation(conv *desk.Conversation, now time.Time) []desk.PromiseRecord {
	return c.Rules().Conversation(conv, now)
}

// Ticket is Rules.Ticket by the rules in force.
func (c *Current) Ticket(t *desk.Ticket, now time.Time) []desk.PromiseRecord {
	return c.Rules().Ticket(t, now)
}
