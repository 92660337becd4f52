package desk_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

var (
	ana = desk.Actor{Kind: desk.ByAgent, ID: uuid.MustParse("00000000-0000-7000-8000-00000000000a"), Name: "Ana"}
	eva = desk.Actor{Kind: desk.ByAgent, ID: uuid.MustParse("00000000-0000-7000-8000-00000000000e"), Name: "Eva"}
)

// owned is a conversation with everything set that a change of owner must end.
func owned(owner desk.Owner, state desk.ConversationState) desk.Conversation {
	due, later := noon, noon.Add(time.Hour)
	c := desk.Conversation{
		ID: desk.NewID(), Owner: owner, State: state, Team: desk.TeamSupport, Misses: 1, Unread: 2, Version: 7,
		Pending: &desk.Pending{AskedAt: noon}, TurnDueAt: &due, BurstAt: &due, LastAt: noon,
	}
	switch owner {
	case desk.OwnerAgent:
		c.AgentID = ana.AgentID()
	case desk.OwnerQueue:
		c.QueuedAt, c.Handoff = &due, &desk.Handoff{Reason: desk.ReasonPersonAsked}
	}
	if state == desk.ConversationSnoozed {
		c.SnoozedUntil = &later
	}
	return c
}

func TestConversation_Verbs(t *testing.T) {
	t.Parallel()
	border := desk.NewID()
	claim := func(by desk.Actor, over bool) func(*desk.Conversation) error {
		return func(c *desk.Conversation) error { return c.Claim(by, over) }
	}
	enqueue := func(c *desk.Conversation) error {
		return c.Enqueue(desk.Handoff{Team: desk.TeamBilling, Priority: desk.PriorityHigh}, noon)
	}
	requeue := func(c *desk.Conversation) error { return c.Requeue(desk.Handoff{Team: desk.TeamBilling}, noon) }
	giveBack := func(c *desk.Conversation) error { return c.GiveBack(border) }
	closes := func(c *desk.Conversation) error { return c.Close(border) }
	snooze := func(c *desk.Conversation) error { return c.Snooze(noon.Add(time.Hour)) }
	const (
		assistant, queue, agent = desk.OwnerAssistant, desk.OwnerQueue, desk.OwnerAgent
		open, snoozed, closed   = desk.ConversationOpen, desk.ConversationSnoozed, desk.ConversationClosed
	)
	for _, c := range []struct {
		name  string
		owner desk.Owner
		state desk.ConversationState
		verb  func(*desk.Conversation) error
		want  error
		after desk.Owner
		then  desk.ConversationState
		holds *uuid.UUID
		rises bool
	}{
		{"claim from the assistant", assistant, open, claim(eva, false), nil, agent, open, eva.AgentID(), true},
		{"claim from the queue", queue, open, claim(eva, false), nil, agent, open, eva.AgentID(), true},
		{"claim what is snoozed", queue, snoozed, claim(eva, false), nil, agent, open, eva.AgentID(), true},
		{"claim what is closed", assistant, closed, claim(eva, false), nil, agent, open, eva.AgentID(), true},
		{"claim one's own", agent, open, claim(ana, false), nil, agent, open, ana.AgentID(), false},
		{"claim another's", agent, open, claim(eva, false), desk.ErrTaken, agent, open, ana.AgentID(), false},
		{"take over", agent, open, claim(eva, true), nil, agent, open, eva.AgentID(), true},
		{"the assistant cannot claim", queue, open, claim(desk.TheAssistant, true), desk.ErrForbidden, queue, open, nil, false},
		{"enqueue from the assistant", assistant, open, enqueue, nil, queue, open, nil, true},
		{"enqueue again", queue, open, enqueue, nil, queue, open, nil, true},
		{"enqueue what is snoozed", assistant, snoozed, enqueue, nil, queue, open, nil, true},
		{"enqueue from under an agent", agent, open, enqueue, desk.ErrTaken, agent, open, ana.AgentID(), false},
		{"requeue from an agent", agent, open, requeue, nil, queue, open, nil, true},
		{"requeue from the assistant", assistant, open, requeue, nil, queue, open, nil, true},
		{"requeue what is closed", assistant, closed, requeue, desk.ErrTransition, assistant, closed, nil, false},
		{"give back from an agent", agent, open, giveBack, nil, assistant, open, nil, true},
		{"give back from the queue", queue, open, giveBack, nil, assistant, open, nil, true},
		{"give back to itself", assistant, open, giveBack, desk.ErrTransition, assistant, open, nil, false},
		{"close with an agent", agent, open, closes, nil, assistant, closed, nil, true},
		{"close from the queue", queue, snoozed, closes, nil, assistant, closed, nil, true},
		{"close with the assistant", assistant, open, closes, nil, assistant, closed, nil, true},
		{"close again", assistant, closed, closes, desk.ErrTransition, assistant, closed, nil, false},
		{"snooze", agent, open, snooze, nil, agent, snoozed, ana.AgentID(), true},
		{"snooze what is closed", assistant, closed, snooze, desk.ErrTransition, assistant, closed, nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			conv := owned(c.owner, c.state)
			before := conv
			err := c.verb(&conv)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if conv.Owner != c.after || conv.State != c.then {
				t.Errorf("now %s and %s, want %s and %s", conv.Owner, conv.State, c.after, c.then)
			}
			if (conv.AgentID == nil) != (c.holds == nil) || c.holds != nil && *conv.AgentID != *c.holds {
				t.Errorf("held by %v, want %v", conv.AgentID, c.holds)
			}
			if (conv.Version > before.Version) != c.rises {
				t.Errorf("version from %d to %d", before.Version, conv.Version)
			}
			if (conv.SnoozedUntil != nil) != (c.then == desk.ConversationSnoozed) {
				t.Errorf("snoozed until %v while %s", conv.SnoozedUntil, conv.State)
			}
			if c.rises && c.then != desk.ConversationSnoozed && conv.Pending != nil {
				t.Error("the assistant still waits for an answer")
			}
			if c.rises && c.after != desk.OwnerAssistant && c.then == desk.ConversationOpen && conv.TurnDueAt != nil {
				t.Error("a turn of the assistant is still due while people have the conversation")
			}
			if (c.after == desk.OwnerQueue) != (conv.QueuedAt != nil) {
				t.Errorf("queued at %v while the owner is %s", conv.QueuedAt, conv.Owner)
			}
		})
	}
}

func TestConversation_BorderOnlyRises(t *testing.T) {
	t.Parallel()
	first, second := desk.NewID(), desk.NewID()
	c := owned(desk.OwnerAgent, desk.ConversationOpen)
	c.Border = second
	if err := c.GiveBack(first); err != nil {
		t.Fatal(err)
	}
	if c.Border != second {
		t.Error("giving back moved the border to an older message: it could be answered again")
	}
	if c.TurnDueAt != nil || c.BurstAt != nil || c.Misses != 0 || c.Unread != 0 || c.Handoff != nil {
		t.Errorf("something of what was is left: %+v", c)
	}
	third := desk.NewID()
	if err := c.Close(third); err != nil || c.Border != third {
		t.Errorf("closing: %v, border %v", err, c.Border)
	}
}

func TestConversation_QueueKeepsItsPlace(t *testing.T) {
	t.Parallel()
	c := owned(desk.OwnerQueue, desk.ConversationOpen)
	waits := *c.QueuedAt
	if err := c.Enqueue(desk.Handoff{Team: desk.TeamBilling}, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if !c.QueuedAt.Equal(waits) {
		t.Error("a second handoff put the contact at the end of the queue")
	}
	c = owned(desk.OwnerAgent, desk.ConversationOpen)
	if err := c.Requeue(desk.Handoff{Team: desk.TeamBilling, Priority: desk.PriorityLow}, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if c.QueuedAt == nil || !c.QueuedAt.Equal(noon.Add(time.Hour)) || c.Team != desk.TeamBilling || c.Priority != desk.PriorityLow {
		t.Errorf("got %+v", c)
	}
}

func TestConversation_HeldBy(t *testing.T) {
	t.Parallel()
	c := owned(desk.OwnerAgent, desk.ConversationOpen)
	if !c.HeldBy(ana) || c.HeldBy(eva) || c.HeldBy(desk.Actor{Kind: desk.BySystem, ID: ana.ID}) {
		t.Error("held by the wrong one")
	}
	c.Owner = desk.OwnerQueue
	if c.HeldBy(ana) {
		t.Error("held by somebody while in the queue")
	}
}

func TestConversation_Wake(t *testing.T) {
	t.Parallel()
	c := owned(desk.OwnerAgent, desk.ConversationSnoozed)
	c.Wake()
	if c.State != desk.ConversationOpen || c.SnoozedUntil != nil || c.Version != 8 {
		t.Errorf("got %+v", c)
	}
	c.Wake()
	if c.Version != 8 {
		t.Error("waking what is awake changed it")
	}
}

func TestArrive_WindowRunsFromTheProvidersTime(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		sentAt time.Duration // after noon
		before *time.Duration
		want   time.Duration // end of the window, after noon
		open   bool
	}{
		{"at once", 0, nil, 24 * time.Hour, true},
		{"an hour late", -time.Hour, nil, 23 * time.Hour, true},
		{"a day late", -25 * time.Hour, nil, -time.Hour, false},
		{"inside the margin", -24*time.Hour + desk.WindowMargin, nil, desk.WindowMargin, false},
		{"just outside the margin", -24*time.Hour + desk.WindowMargin + time.Microsecond, nil, desk.WindowMargin + time.Microsecond, true},
		{"from the future", time.Hour, nil, 24 * time.Hour, true},
		{"late behind a newer one", -5 * time.Hour, ptr(23 * time.Hour), 23 * time.Hour, true},
		{"newer", -time.Hour, ptr(3 * time.Hour), 23 * time.Hour, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			conv := desk.Conversation{State: desk.ConversationOpen, Owner: desk.OwnerAssistant}
			if c.before != nil {
				conv.WindowEndsAt = ptr(noon.Add(*c.before))
			}
			at := noon.Add(c.sentAt)
			conv.Arrive(&desk.Message{SentAt: &at, Text: "hola", Author: desk.ByContact}, noon)
			if want := noon.Add(c.want); !conv.WindowEndsAt.Equal(want) {
				t.Errorf("the window ends at %v, want %v", conv.WindowEndsAt, want)
			}
			if conv.WindowOpen(noon) != c.open {
				t.Errorf("open: %v", !c.open)
			}
			if conv.LastAt != noon || conv.Unread != 1 || conv.Preview != "hola" || conv.PreviewBy != desk.ByContact {
				t.Errorf("got %+v", conv)
			}
		})
	}
	conv := desk.Conversation{}
	if conv.WindowOpen(noon) {
		t.Error("a window that never opened is open")
	}
	conv.Arrive(&desk.Message{Text: "hola"}, noon)
	if !conv.WindowEndsAt.Equal(noon.Add(desk.Window)) {
		t.Error("a message without a time of the provider's does not open the window from now")
	}
}

func TestArrive_OpensAgain(t *testing.T) {
	t.Parallel()
	for _, owner := range []desk.Owner{desk.OwnerAssistant, desk.OwnerQueue, desk.OwnerAgent} {
		for _, state := range []desk.ConversationState{desk.ConversationOpen, desk.ConversationSnoozed, desk.ConversationClosed} {
			c := owned(owner, state)
			c.Arrive(&desk.Message{Text: "x"}, noon)
			want := owner
			if state == desk.ConversationClosed {
				want = desk.OwnerAssistant
			}
			if c.State != desk.ConversationOpen || c.SnoozedUntil != nil || c.Owner != want || c.Unread != 3 {
				t.Errorf("%s and %s: now %s and %s", owner, state, c.Owner, c.State)
			}
		}
	}
}

func TestWantTurn_Bursts(t *testing.T) {
	t.Parallel()
	const quiet, longest = 2500 * time.Millisecond, 8 * time.Second
	c := desk.Conversation{Owner: desk.OwnerAssistant}
	for i, s := range []struct{ at, due time.Duration }{
		{0, 2500 * time.Millisecond}, {2 * time.Second, 4500 * time.Millisecond}, {4 * time.Second, 6500 * time.Millisecond},
		{5500 * time.Millisecond, 8 * time.Second}, {7900 * time.Millisecond, 8 * time.Second}, {9 * time.Second, 8 * time.Second},
	} {
		needed := c.WantTurn(noon.Add(s.at), quiet, longest)
		if needed != (i == 0) {
			t.Errorf("message %d: a job is needed: %v", i, needed)
		}
		if got := c.TurnDueAt.Sub(noon); got != s.due {
			t.Errorf("message %d: due after %v, want %v", i, got, s.due)
		}
	}
	c.Settle(desk.NewID())
	if !c.WantTurn(noon.Add(time.Minute), quiet, longest) || c.TurnDueAt.Sub(noon) != time.Minute+quiet {
		t.Errorf("a new burst: %v", c.TurnDueAt)
	}
	if c.WantTurn(noon.Add(time.Minute+time.Second), 0, longest) || c.TurnDueAt.Sub(noon) != time.Minute+time.Second {
		t.Errorf("a press waits: %v", c.TurnDueAt)
	}
}

func TestWantTurn_OnlyTheAssistant(t *testing.T) {
	t.Parallel()
	for _, owner := range []desk.Owner{desk.OwnerQueue, desk.OwnerAgent} {
		c := desk.Conversation{Owner: owner}
		if c.WantTurn(noon, time.Second, time.Second) || c.TurnDueAt != nil {
			t.Errorf("%s wants a turn", owner)
		}
	}
}

func TestPreview(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("á", 119)
	for _, c := range []struct {
		name string
		give desk.Message
		want string
	}{
		{"one line", desk.Message{Text: " hola \n\n  qué\ttal "}, "hola qué tal"},
		{"fits", desk.Message{Text: long + "b"}, long + "b"},
		{"cut by characters", desk.Message{Text: long + "bc"}, long + "…"},
		{"a press", desk.Message{Kind: desk.KindReply, Choice: &desk.Choice{Title: "Sí"}}, "Sí"},
		{"no words", desk.Message{Kind: desk.KindImage}, "[image]"},
		{"spaces only", desk.Message{Kind: desk.KindText, Text: " \n "}, "[text]"},
	} {
		conv := desk.Conversation{}
		conv.Say(&c.give, noon)
		if conv.Preview != c.want {
			t.Errorf("%s: %q, want %q", c.name, conv.Preview, c.want)
		}
	}
}

func ptr[T any](v T) *T { return &v }
