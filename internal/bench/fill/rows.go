package fill

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
)

// life is how a conversation stands.
type life struct {
	state, owner, team, priority, intent, language string
	agent                                          any
	queued, snoozed, awaited, due, risk            any
	unread                                         int
}

var (
	teams      = []string{"support", "technical", "billing", "sales", "retention"}
	priorities = []string{"normal", "normal", "normal", "normal", "high", "low", "urgent"}
	intents    = []string{"no_internet", "slow_internet", "invoice_copy", "payment_methods", "wifi_password", "technical_visit", "plan_change", "cancel_service"}
)

// stand throws the dice for a conversation whose last message came at a time: most
// are the assistant's or closed, some thousands wait for people or are with them.
func (m *maker) stand(last time.Time, inbound bool) life {
	l := life{state: "open", owner: "assistant", priority: "normal", language: languages[m.dice.IntN(len(languages))], intent: pick(m.dice, intents)}
	switch n := m.dice.IntN(100); {
	case n < 55:
		l.state = "closed"
	case n < 57:
		l.state, l.owner, l.agent, l.snoozed = "snoozed", "agent", pick(m.dice, m.agents), m.now.Add(time.Duration(m.dice.IntN(72)+1)*time.Hour)
	case n < 60:
		l.owner, l.queued = "queue", last
	case n < 66:
		l.owner, l.agent = "agent", pick(m.dice, m.agents)
	}
	if l.owner == "assistant" {
		return l
	}
	l.team, l.priority = pick(m.dice, teams), pick(m.dice, priorities)
	if inbound && l.state == "open" {
		due := last.Add(time.Duration(m.dice.IntN(240)) * time.Minute)
		l.awaited, l.due, l.risk, l.unread = last, due, due.Add(-15*time.Minute), 1+m.dice.IntN(4)
	}
	return l
}

func (m *maker) conversation(ctx context.Context, i int) (uuid.UUID, error) {
	began := m.now.Add(-time.Duration(m.dice.Int64N(int64(spread))))
	last := began.Add(time.Duration(m.dice.Int64N(int64(m.now.Sub(began)) + 1)))
	contact, id := m.id(began), m.id(began)
	inbound := m.dice.IntN(3) == 0
	l := m.stand(last, inbound)
	phone := fmt.Sprintf("%s%09d", []string{"5411", "5511", "5715", "5699"}[m.dice.IntN(4)], 100000000+i)
	who := name(m.dice)
	err := m.add(ctx, "contacts", []string{"id", "name", "username", "phone", "bsuid", "language", "created_at", "updated_at"}, contact, who, "", phone, "", l.language, began, began)
	if err != nil {
		return id, err
	}
	if err := m.add(ctx, "aliases", []string{"kind", "value", "contact_id", "created_at"}, "phone", phone, contact, began); err != nil {
		return id, err
	}
	count := max(1, m.size.Messages*(i+1)/m.size.Conversations-m.size.Messages*i/m.size.Conversations)
	words, by := sentence(m.dice, l.language), "contact"
	if !inbound {
		by = "assistant"
	}
	err = m.add(ctx, "conversations", []string{
		"id", "contact_id", "channel", "owner", "agent_id", "state", "snoozed_until", "language", "team", "priority", "intent", "queued_at", "border", "window_ends_at",
		"preview", "preview_by", "unread", "last_at", "misses", "version", "created_at", "updated_at", "awaited_since", "due_at", "risk_at",
	}, id, contact, "100000000000001", l.owner, l.agent, l.state, l.snoozed, l.language, l.team, l.priority, l.intent, l.queued, uuid.Nil, last.Add(24*time.Hour),
		cut(words), by, l.unread, last, 0, 1, began, last, l.awaited, l.due, l.risk)
	if err != nil {
		return id, err
	}
	for n := range count {
		at := began.Add(last.Sub(began) * time.Duration(n+1) / time.Duration(count))
		text := words
		if n < count-1 {
			text = sentence(m.dice, l.language)
		}
		in := n%2 == 0
		if n == count-1 {
			in = inbound
		}
		if err := m.message(ctx, id, at, text, in); err != nil {
			return id, err
		}
	}
	if m.dice.IntN(3) > 0 {
		return id, nil
	}
	return id, m.ticket(ctx, contact, id, l, began, last)
}

func (m *maker) message(ctx context.Context, conversation uuid.UUID, at time.Time, text string, in bool) error {
	direction, author, status := "in", "contact", ""
	if !in {
		direction, author, status = "out", "assistant", "read"
	}
	id := m.id(at)
	return m.add(ctx, "messages", []string{
		"id", "conversation_id", "channel", "direction", "author", "kind", "text", "provider_id", "quoted_id", "draft_id", "notice", "reaction", "forwarded", "status",
		"failure_code", "failure_detail", "attempts", "sent_at", "created_at",
	}, id, conversation, "100000000000001", direction, author, "text", text, "wamid."+id.String(), "", "", "", "", false, status, 0, "", 0, at, at)
}

func (m *maker) ticket(ctx context.Context, contact, conversation uuid.UUID, l life, began, last time.Time) error {
	m.serial++
	state := "open"
	if l.state == "closed" {
		state = "closed"
	}
	return m.add(ctx, "tickets", []string{
		"id", "protocol", "contact_id", "conversation_id", "intent", "subject", "priority", "state", "team", "opened_by", "outcome", "created_at", "updated_at",
	}, m.id(began), fmt.Sprintf("%s%07d", began.Format("20060102"), m.serial), contact, conversation, l.intent, cut(sentence(m.dice, l.language)), l.priority, state,
		l.team, "assistant", "", began, last)
}

func cut(text string) string {
	if r := []rune(text); len(r) > 120 {
		return string(r[:119]) + "…"
	}
	return text
}
