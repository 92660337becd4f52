package live_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/live"
)

// Two replicas know the same company, whoever is told, and what is not told again
// runs out.
func TestCompany(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	var here, there *live.Company
	told := 0
	tell := func(c desk.Change) {
		told++
		here.Hear(c)
		there.Hear(c)
	}
	here, there = live.NewCompany(tell, clock), live.NewCompany(tell, clock)
	ana, bruno, talk := uuid.UUID{1}, uuid.UUID{2}, uuid.UUID{9}
	want := func(step string, all ...desk.Glance) {
		t.Helper()
		for _, c := range []*live.Company{here, there} {
			if got := c.With(talk, ana); !reflect.DeepEqual(got, all) {
				t.Errorf("%s: ana sees %v, want %v", step, got, all)
			}
		}
	}
	here.Here(ana, talk, false)
	want("alone")
	there.Here(bruno, talk, true)
	want("bruno types", desk.Glance{Agent: bruno, Typing: true})
	for range 5 {
		there.Here(bruno, talk, true)
	}
	if told != 2 {
		t.Errorf("told %d times", told)
	}
	now = now.Add(live.TypingFor + time.Second)
	want("bruno thinks", desk.Glance{Agent: bruno})
	there.Here(bruno, talk, false)
	now = now.Add(live.LookingFor)
	want("still there", desk.Glance{Agent: bruno})
	now = now.Add(time.Second)
	want("bruno is gone without a word")
	there.Here(bruno, talk, true)
	there.Leave(bruno, talk)
	want("bruno said that he goes")
	there.Here(bruno, talk, true)
	want("bruno is back at once", desk.Glance{Agent: bruno, Typing: true})
	here.Hear(desk.Change{Topic: desk.TopicConversation, ID: talk, By: bruno})
	here.Hear(desk.Change{Topic: desk.TopicTyping, ID: talk})
	want("nothing of that counts", desk.Glance{Agent: bruno, Typing: true})
}
