package live

import (
	"testing"
	"testing/synctest"

	"github.com/google/uuid"

	"antena/internal/desk"
)

func change() desk.Change { return desk.Change{Topic: desk.TopicConversation, ID: desk.NewID()} }

func drain(changes <-chan desk.Change) []desk.Change {
	var all []desk.Change
	for {
		synctest.Wait()
		select {
		case c := <-changes:
			all = append(all, c)
		default:
			return all
		}
	}
}

func TestHub_EverySubscriberHearsEveryChangeInOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var hub Hub
		a, endA := hub.Subscribe()
		b, endB := hub.Subscribe()
		defer endA()
		defer endB()
		want := []desk.Change{change(), change(), change()}
		for _, c := range want {
			hub.Publish(c)
		}
		for name, got := range map[string][]desk.Change{"a": drain(a), "b": drain(b)} {
			if len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
				t.Errorf("%s heard %v, want %v", name, got, want)
			}
		}
	})
}

// Nobody reads; the publisher must neither wait nor keep an endless list.
func TestHub_SlowSubscriberGetsAMergedSet(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var hub Hub
		changes, end := hub.Subscribe()
		defer end()
		same := change()
		hub.Publish(desk.Change{Topic: desk.TopicAlert}) // the one being handed over
		synctest.Wait()
		for range 1000 {
			hub.Publish(same)
		}
		if got := drain(changes); len(got) != 2 || got[1] != same {
			t.Fatalf("a thousand times the same was heard as %d changes", len(got))
		}
		for range 10 * backlog {
			hub.Publish(change())
		}
		ticket := desk.Change{Topic: desk.TopicTicket, ID: desk.NewID()}
		hub.Publish(ticket)
		got := drain(changes)
		if len(got) > 3 || got[len(got)-2] != (desk.Change{Topic: desk.TopicConversation, ID: uuid.Nil}) || got[len(got)-1] != ticket {
			t.Fatalf("heard %d changes, the last %v", len(got), got[len(got)-1])
		}
	})
}

func TestHub_EndClosesTheChannel(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var hub Hub
		changes, end := hub.Subscribe()
		hub.Publish(change())
		end()
		end()
		hub.Publish(change())
		if _, open := <-changes; open {
			t.Fatal("the channel still delivers after the end")
		}
	})
}

func BenchmarkPublish(b *testing.B) {
	var hub Hub
	for range 20 {
		changes, end := hub.Subscribe()
		defer end()
		go func() {
			for range changes {
			}
		}()
	}
	for b.Loop() {
		hub.Publish(change())
	}
}
