package sla_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/sla"
)

const minute, hour = time.Minute, time.Hour

func TestConversation_FirstThenNext(t *testing.T) {
	t.Parallel()
	c := begun(t, rules(t), desk.Handoff{Team: desk.TeamSupport})
	if c.due() != 10 {
		t.Fatalf("the first answer is due after %d min", c.due())
	}
	c.after(3 * minute).claims()
	c.after(minute).writes()
	if c.due() != 10 || c.open(desk.PromiseNext) != nil {
		t.Fatal("taking it or writing again moved the first answer")
	}
	c.after(minute).says(desk.ByAgent)
	if len(c.ended) != 1 || c.ended[0].Kind != desk.PromiseFirst || !c.ended[0].Kept || c.ended[0].TookMicros != (5*minute).Microseconds() || *c.ended[0].AgentID != ana.ID {
		t.Fatalf("ended %+v", c.ended)
	}
	if c.due() != 480 {
		t.Fatalf("with nobody waiting, the matter is due after %d min", c.due())
	}
	c.after(5 * minute).writes()
	c.after(minute).writes()
	if c.due() != 10+20 {
		t.Fatalf("the next answer is due after %d min; it counts from the first words", c.due())
	}
	c.after(30 * minute).says(desk.ByAgent)
	if last := c.ended[len(c.ended)-1]; last.Kind != desk.PromiseNext || last.Kept {
		t.Fatalf("a late answer counts as %+v", last)
	}
	c.after(minute)
	c.must(c.Close(desk.NewID()))
	last := c.ended[len(c.ended)-1]
	if last.Kind != desk.PromiseResolution || !last.Kept || last.TookMicros != (42*minute).Microseconds() || last.AgentID == nil {
		t.Fatalf("closing ended %+v", last)
	}
	if c.Promises != nil || c.due() != -1 || c.LookAt != nil || c.RiskAt != nil {
		t.Fatal("a closed conversation still promises something")
	}
}

func TestConversation_Ends(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		play func(c *thread)
		due  int // minutes from the beginning; -1: nothing is
		kept int // promises that ended
	}{
		{"given back, nothing is promised any more", func(c *thread) { c.claims(); c.must(c.GiveBack(desk.NewID())) }, -1, 0},
		{"the assistant's words answer no promise of people", func(c *thread) { c.after(minute).says(desk.ByAssistant) }, 10, 0},
		{"handed on after an answer, the contact waits again", func(c *thread) {
			c.after(minute).claims()
			c.says(desk.ByAgent)
			c.after(2 * minute).must(c.Requeue(desk.Handoff{Team: desk.TeamBilling, Priority: desk.PriorityNormal}, c.now))
		}, 3 + 20, 1},
		{"and goes on waiting when somebody takes it", func(c *thread) {
			c.after(minute).claims()
			c.says(desk.ByAgent)
			c.after(2 * minute).must(c.Requeue(desk.Handoff{Team: desk.TeamBilling, Priority: desk.PriorityNormal}, c.now))
			c.after(minute).claims()
		}, 3 + 20, 1},
		{"snoozed, nothing is due", func(c *thread) { c.claims(); c.must(c.Snooze(c.now.Add(2 * hour))) }, -1, 0},
		{"woken, what was left is left", func(c *thread) {
			c.claims()
			c.after(4 * minute).must(c.Snooze(c.now.Add(2 * hour)))
			c.after(2 * hour)
			c.Wake()
			c.save()
		}, 10 + 120, 0},
		{"a priority that people raise shortens it", func(c *thread) { c.Priority = desk.PriorityUrgent; c.save() }, 5, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := begun(t, rules(t), desk.Handoff{Team: desk.TeamSupport})
			test.play(c)
			if c.due() != test.due || len(c.ended) != test.kept {
				t.Errorf("due after %d min with %d ended, want %d and %d", c.due(), len(c.ended), test.due, test.kept)
			}
		})
	}
}

func TestConversation_PhoneAppHasAnswered(t *testing.T) {
	t.Parallel()
	c := &thread{t: t, Rules: rules(t), now: monday, Conversation: desk.Conversation{Owner: desk.OwnerAssistant, State: desk.ConversationOpen, Priority: desk.PriorityNormal}}
	c.writes()
	c.after(minute)
	c.Say(&desk.Message{Direction: desk.Outbound, Author: desk.ByAgent, Kind: desk.KindText, Text: "hola", SentAt: &c.now, CreatedAt: c.now.Add(time.Second), Details: &desk.Details{PhoneApp: true}}, c.now)
	c.after(2 * time.Second).must(c.Enqueue(desk.Handoff{Reason: desk.ReasonPhoneApp, Team: desk.TeamSupport, Priority: desk.PriorityNormal}, c.now))
	if c.open(desk.PromiseFirst) != nil || len(c.ended) != 1 || !c.ended[0].Kept {
		t.Errorf("whoever answered from the phone app still owes an answer: %+v", c.ended)
	}
}

func TestConversation_TicketCarriesTheResolution(t *testing.T) {
	t.Parallel()
	c := begun(t, rules(t), desk.Handoff{Team: desk.TeamSupport, Intent: "cancellation", Protocol: "202611230000001"})
	if c.due() != 4 || c.open(desk.PromiseResolution) != nil {
		t.Errorf("due after %d min, resolution %v", c.due(), c.open(desk.PromiseResolution))
	}
}

// Looking tells each thing once, lifts what waits in a queue, never what it was
// promised by, and never touches who speaks.
func TestLookAtConversation(t *testing.T) {
	t.Parallel()
	r := rules(t)
	c := begun(t, r, desk.Handoff{Team: desk.TeamSupport})
	look := func() []sla.Finding {
		owner, state, version := c.Owner, c.State, c.Conversation.Version
		found := r.LookAtConversation(&c.Conversation, c.now)
		c.save()
		if c.Owner != owner || c.State != state || c.Conversation.Version != version {
			t.Fatal("a look changed who speaks")
		}
		return found
	}
	if found := look(); len(found) > 0 || c.LookAt.Sub(monday) != 8*minute {
		t.Fatalf("told %v at the beginning, next look at %s", found, c.LookAt)
	}
	c.after(8 * minute)
	if found := look(); len(found) != 1 || found[0] != (sla.Finding{Kind: desk.PromiseFirst}) || c.Priority != desk.PriorityHigh || c.due() != 10 {
		t.Fatalf("told %v, priority %s, due after %d", found, c.Priority, c.due())
	}
	if found := look(); len(found) > 0 {
		t.Fatalf("told again: %v", found)
	}
	c.after(3 * minute).claims()
	if found := look(); len(found) != 1 || !found[0].Broken || c.Priority != desk.PriorityHigh {
		t.Fatalf("told %v, priority %s: what somebody has rises no more", found, c.Priority)
	}
	if found := look(); len(found) > 0 {
		t.Fatalf("told again: %v", found)
	}
	late := begun(t, r, desk.Handoff{Team: desk.TeamSupport})
	late.after(hour)
	if found := r.LookAtConversation(&late.Conversation, late.now); len(found) != 1 || !found[0].Broken {
		t.Errorf("a late look tells %v: only that it is late", found)
	}
}

// A window about to close on a contact who waits is told once for each window.
func TestLook_WindowCloses(t *testing.T) {
	t.Parallel()
	r := rules(t)
	r.Settings.Targets = nil
	c := begun(t, r, desk.Handoff{Team: desk.TeamSupport})
	c.claims()
	if c.RiskAt != nil {
		t.Fatal("nobody waits, and the window is a risk")
	}
	c.writes()
	c.must(c.Snooze(c.now.Add(30 * hour)))
	if c.DueAt != nil || c.RiskAt == nil || !c.RiskAt.Equal(monday.Add(21*hour)) {
		t.Fatalf("at risk from %v", c.RiskAt)
	}
	c.after(21 * hour)
	for _, want := range []int{1, 0} {
		if found := r.LookAtConversation(&c.Conversation, c.now); len(found) != want {
			t.Fatalf("told %v", found)
		}
		c.save()
	}
	c.writes()
	if !c.RiskAt.Equal(c.now.Add(21*hour)) || !c.LookAt.Equal(*c.RiskAt) {
		t.Errorf("a new window is at risk from %v, looked at %v", c.RiskAt, c.LookAt)
	}
}

// Whatever happens in whatever order, a pause never shortens what is left, nothing is
// due while it stands still, and what runs is due by exactly what is left.
func TestConversation_PausesTakeNothing(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 11))
	for range 300 {
		r := rules(t)
		c := begun(t, r, desk.Handoff{Team: desk.TeamSupport})
		c.claims()
		calendar := office(t)
		for range 12 {
			before := c.open(desk.PromiseResolution)
			left := before.Target - before.Used
			if before.Paused == desk.PauseNone {
				left -= calendar.Between(before.Since, c.now)
			}
			snoozed := c.State == desk.ConversationSnoozed
			gone := time.Duration(random.IntN(300)) * minute
			worked := calendar.Between(c.now, c.now.Add(gone))
			c.after(gone)
			switch random.IntN(4) {
			case 0:
				c.must(c.Snooze(c.now.Add(hour)))
			case 1:
				c.Wake()
				c.save()
			case 2:
				c.writes()
			default:
				c.says(desk.ByAgent)
			}
			if snoozed {
				worked = 0
			}
			p := c.open(desk.PromiseResolution)
			now := p.Target - p.Used
			if p.Paused == desk.PauseNone {
				now -= calendar.Between(p.Since, c.now)
			}
			if now != left-worked {
				t.Fatalf("%s left became %s though %s of work went by", left, now, worked)
			}
			if (p.Paused == desk.PauseNone) != (p.DueAt != nil) {
				t.Fatalf("paused %q and due %v", p.Paused, p.DueAt)
			}
			if p.DueAt != nil && now > 0 && calendar.Between(c.now, *p.DueAt) != now {
				t.Fatalf("due in %s of work, though %s are left", calendar.Between(c.now, *p.DueAt), now)
			}
		}
	}
}
