package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/app/apptest"
	"antena/internal/desk"
	"antena/internal/whatsapp/emulator"
)

// queued waits until a customer's conversation waits for people.
func queued(t *testing.T, d *apptest.Desk, phone string) (act string) {
	t.Helper()
	var conv desk.Conversation
	apptest.Eventually(t, "the conversation is in the queue", func() bool {
		conv, _ = thread(t, d.Store, phone)
		return conv.Owner == desk.OwnerQueue
	})
	return "/conversations/" + conv.ID.String()
}

// tick is how far a text to a customer has come on their phone.
func tick(customer *emulator.Phone, text string) emulator.Tick {
	for _, m := range customer.Thread() {
		if !m.FromCustomer && m.Text == text {
			return m.Tick
		}
	}
	return emulator.TickPending
}

// One asks for a person, two want to help: one of them has the conversation, talks
// to the customer, and gives it back to an assistant that does not answer what is
// settled.
func TestHandover_FromTheCustomerToAPersonAndBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, dialect string) {
		d := apptest.New(t, apptest.Options{Dialect: dialect})
		ana, bruno := d.Person(t, "Ana", desk.RoleAgent), d.Person(t, "Bruno", desk.RoleAgent)
		customer := d.Graph.Customer(apptest.Phone(40))
		customer.Text("human please")
		act := queued(t, d, customer.ID())
		d.AwaitIdle(t)
		told := d.Graph.Answers()[customer.ID()]
		if told != 1 {
			t.Errorf("who asked for a person was told so %d times", told)
		}

		holder, other := race(t, ana, bruno, act)
		customer.Text(question) // now it is a person's to answer
		if err := d.Graph.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.AwaitIdle(t)
		if n := d.Graph.Answers()[customer.ID()]; n != told {
			t.Errorf("the assistant said %d messages while a person held the conversation", n-told)
		}
		if status, _ := other.Do(t, act+"/say", url.Values{"mode": {"reply"}, "text": {"me too"}, "id": {uuid.NewString()}}); status < 400 {
			t.Errorf("somebody who does not hold the conversation could reply: %d", status)
		}

		const reply = "It is on the sticker under your router."
		draft := url.Values{"mode": {"reply"}, "text": {reply}, "id": {uuid.NewString()}}
		for range 3 { // an impatient finger
			holder.Act(t, act+"/say", draft)
		}
		apptest.Eventually(t, "the customer has read the reply", func() bool { return tick(customer, reply) == emulator.TickRead })
		apptest.Eventually(t, "the desk knows that it was read", func() bool {
			return slices.Contains(statuses(t, d.Store, customer.ID()), desk.StatusRead)
		})
		holder.Act(t, act+"/say", url.Values{"mode": {"note"}, "text": {"a private word"}, "id": {uuid.NewString()}})

		holder.Act(t, act+"/giveback", nil)
		d.AwaitIdle(t)
		if n := d.Graph.Answers()[customer.ID()]; n != told+1 {
			t.Errorf("after giving back %d messages were sent, want the one reply", n-told)
		}
		if tick(customer, "a private word") != emulator.TickPending {
			t.Error("the customer got a private note")
		}
		customer.Text("how can i pay my bill?")
		apptest.Eventually(t, "the assistant answers what is new", func() bool { return d.Graph.Answers()[customer.ID()] > told+1 })
		d.AwaitIdle(t)
		if n := d.Graph.Answers()[customer.ID()]; n != told+2 {
			t.Errorf("the assistant answered with %d messages after it got the conversation back", n-told-1)
		}
	})
}

// race lets two claim at once; exactly one wins.
func race(t *testing.T, a, b *apptest.Browser, act string) (winner, loser *apptest.Browser) {
	t.Helper()
	var both sync.WaitGroup
	var statuses [2]int
	for i, who := range []*apptest.Browser{a, b} {
		both.Go(func() { statuses[i], _ = who.Do(t, act+"/claim", url.Values{}) })
	}
	both.Wait()
	switch statuses {
	case [2]int{http.StatusSeeOther, http.StatusConflict}:
		return a, b
	case [2]int{http.StatusConflict, http.StatusSeeOther}:
		return b, a
	}
	t.Fatalf("two claims at once were answered %v; one has to win, the other to be told of a conflict", statuses)
	return nil, nil
}

// People are asked for in any language and any state, and reach the queue.
func TestHandover_AskingForAPersonReachesTheQueue(t *testing.T) {
	t.Parallel()
	d := apptest.New(t, apptest.Options{})
	for i, words := range []string{"quiero hablar con una persona", "atendente", "human please"} {
		customer := d.Graph.Customer(apptest.Phone(50 + i))
		customer.Text("mi internet no funciona desde ayer, ya reinicié")
		apptest.Eventually(t, "the first message is answered", func() bool { return d.Graph.Answers()[customer.ID()] > 0 })
		customer.Text(words)
		queued(t, d, customer.ID())
	}
}

// An agent steps in while an answer of the assistant waits to be sent: the customer
// never gets it.
func TestHandover_DropsAHalfMadeAnswer(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, dialect string) {
		d := apptest.New(t, apptest.Options{Dialect: dialect})
		ana := d.Person(t, "Ana", desk.RoleAgent)
		remove := d.Graph.Inject(emulator.Fault{Kind: emulator.FaultRefuse, Code: 130429})
		customer := d.Graph.Customer(apptest.Phone(60))
		customer.Text(question)
		apptest.Eventually(t, "the answer waits", func() bool {
			return slices.Equal(statuses(t, d.Store, customer.ID()), []desk.Status{desk.StatusQueued}) && d.Graph.Counters().Refused[130429] > 0
		})
		conv, _ := thread(t, d.Store, customer.ID())
		act := "/conversations/" + conv.ID.String()
		ana.Act(t, act+"/claim", nil)
		remove()
		if got := statuses(t, d.Store, customer.ID()); !slices.Equal(got, []desk.Status{desk.StatusDropped}) {
			t.Errorf("after the claim the answer is %v", got)
		}
		ana.Act(t, act+"/say", url.Values{"mode": {"reply"}, "text": {"I am on it."}, "id": {uuid.NewString()}})
		apptest.Eventually(t, "the agent's words arrive", func() bool { return tick(customer, "I am on it.") == emulator.TickRead })
		d.AwaitIdle(t)
		if n := d.Graph.Answers()[customer.ID()]; n != 1 {
			t.Errorf("the customer got %d messages, want the agent's alone", n)
		}
	})
}

// An agent steps in while the assistant waits for the end of a burst: it stays silent.
func TestHandover_SilencesATurnThatHasNotBegun(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, dialect string) {
		d := apptest.New(t, apptest.Options{Dialect: dialect, Quiet: 3 * time.Second})
		ana := d.Person(t, "Ana", desk.RoleAgent)
		customer := d.Graph.Customer(apptest.Phone(61))
		customer.Text(question)
		var conv desk.Conversation
		apptest.Eventually(t, "the message is there", func() bool { conv, _ = thread(t, d.Store, customer.ID()); return conv.ID != uuid.Nil })
		ana.Act(t, "/conversations/"+conv.ID.String()+"/claim", nil)
		d.AwaitIdle(t)
		if n := d.Graph.Answers()[customer.ID()]; n != 0 {
			t.Errorf("the assistant said %d messages after an agent had taken the conversation", n)
		}
	})
}

// Two messages about one fault are one ticket, which the customer can ask for by
// its number.
func TestTicket_IsOpenedOnceAndFoundByItsNumber(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, dialect string) {
		d := apptest.New(t, apptest.Options{Dialect: dialect})
		customer := d.Graph.Customer(apptest.Phone(70))
		tickets := func() []desk.TicketCard {
			conv, _ := thread(t, d.Store, customer.ID())
			page, err := d.Store.Tickets(t.Context(), desk.TicketFilter{State: "all", Contact: conv.ContactID})
			if err != nil {
				t.Fatal(err)
			}
			return page.Cards
		}
		customer.Text("mi internet no funciona desde ayer, ya reinicié")
		apptest.Eventually(t, "the first message is answered", func() bool { return d.Graph.Answers()[customer.ID()] == 1 })
		opened := tickets()
		if len(opened) != 1 || opened[0].Ticket.Protocol == "" {
			t.Fatalf("%d tickets were opened: %+v", len(opened), opened)
		}
		number := opened[0].Ticket.Protocol
		if last := customer.Thread(); !strings.Contains(last[len(last)-1].Text, number) {
			t.Errorf("the customer was not told the number %s: %q", number, last[len(last)-1].Text)
		}
		customer.Text("sigue sin funcionar el internet")
		apptest.Eventually(t, "the second message is answered", func() bool { return d.Graph.Answers()[customer.ID()] == 2 })
		if again := tickets(); len(again) != 1 {
			t.Errorf("a second message opened another ticket: there are %d", len(again))
		}
		customer.Text(fmt.Sprintf("cómo va mi ticket %s?", number))
		apptest.Eventually(t, "the question is answered", func() bool { return d.Graph.Answers()[customer.ID()] == 3 })
		if last := customer.Thread(); !strings.Contains(last[len(last)-1].Text, number) {
			t.Errorf("asked for the ticket, the answer does not name it: %q", last[len(last)-1].Text)
		}
	})
}
