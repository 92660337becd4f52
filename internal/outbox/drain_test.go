package outbox_test

import (
	"os"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store/storetest"
	"antena/internal/whatsapp/emulator"
)

// TestDrain lets a storm of answers out through two replicas, with agents writing
// in the middle of it, to a provider who counts every single second. Not one is
// refused, each goes once, and those of one conversation in their order. With
// ANTENA_TEST_LONG=1 there are 10,000, and how fast they went and how long agents
// waited is held to what is promised; without, nothing depends on the machine.
func TestDrain(t *testing.T) {
	answers, perSecond := 400, 100
	if os.Getenv("ANTENA_TEST_LONG") == "1" {
		answers, perSecond = 10_000, 80
	}
	o := newOffice(t, storetest.Postgres, emulator.Limits{Throughput: perSecond, Strict: true}, nil)
	threads := o.threads(answers + 40)
	mine, theirs := threads[:answers], threads[answers:]
	queued := o.say(desk.ByAssistant, "1", mine[:answers-20]...)
	for _, text := range []string{"2", "3"} { // ten conversations get three
		queued = append(queued, o.say(desk.ByAssistant, text, mine[:10]...)...)
	}
	began := time.Now()
	o.replica(perSecond)
	o.replica(perSecond)

	var longest time.Duration
	for _, c := range theirs { // one after the other, in the middle of the storm
		asked := time.Now()
		id := o.say(desk.ByAgent, "agent", c)[0]
		queued = append(queued, id)
		var arrived emulator.Accepted
		o.until("an agent's message goes", time.Minute, func() bool { return o.find(id, &arrived) })
		longest = max(longest, arrived.At.Sub(asked))
		if len(o.taken()) >= answers {
			break
		}
	}
	o.until("all is sent", time.Duration(answers/perSecond+120)*time.Second, func() bool { return len(o.taken()) >= len(queued) })
	taken := o.taken()
	took := taken[len(taken)-1].At.Sub(began)
	pace := float64(len(queued)) / took.Seconds()
	t.Logf("%d messages in %v: %.1f a second of %d; agents waited %v at most", len(queued), took, pace, perSecond, longest)
	if os.Getenv("ANTENA_TEST_LONG") == "1" && (pace < 0.95*float64(perSecond) || longest > 2*time.Second) {
		t.Error("slower than promised")
	}
	o.onceAndInOrder(queued, taken)
}

func (o *office) find(id uuid.UUID, into *emulator.Accepted) bool {
	for _, a := range o.taken() {
		if a.CallbackData == id.String() {
			*into = a
			return true
		}
	}
	return false
}

func (o *office) onceAndInOrder(queued []uuid.UUID, taken []emulator.Accepted) {
	o.t.Helper()
	counts := o.graph.Counters()
	if len(counts.Refused) > 0 {
		o.t.Errorf("refused by code: %v", counts.Refused)
	}
	for _, id := range queued {
		if n := counts.ByCallback[id.String()]; n != 1 {
			o.t.Errorf("%s was sent %d times", id, n)
		}
	}
	last := map[string]string{}
	for _, a := range taken {
		if a.Text <= last[a.To] {
			o.t.Errorf("to %s went %q after %q", a.To, a.Text, last[a.To])
		}
		last[a.To] = a.Text
	}
}
