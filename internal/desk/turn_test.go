package desk_test

import (
	"reflect"
	"testing"

	"antena/internal/desk"
)

// A commit that is tried again may be given another number: none of the first may stay.
func TestOutcome_BindTwice(t *testing.T) {
	t.Parallel()
	o := desk.Outcome{
		Open: &desk.Ticket{}, Handoff: &desk.Handoff{}, Turn: desk.Turn{Decision: desk.Decision{Open: &desk.TicketOpening{}}},
		Messages: []desk.Message{{Text: "Tu número es " + desk.ProtocolToken + "."}},
	}
	o.Bind("20261123000001")
	o.Bind("20261123000002")
	want := "20261123000002"
	if o.Messages[0].Text != "Tu número es "+want+"." || o.Open.Protocol != want || o.Handoff.Protocol != want || o.Turn.Decision.Open.Protocol != want {
		t.Errorf("%+v %+v %+v", o.Messages[0].Text, o.Open.Protocol, o.Turn.Decision.Open)
	}
}

func TestThresholds_Over(t *testing.T) {
	t.Parallel()
	tuned := desk.Thresholds{Answer: 0.8, Ask: 0.2, Article: 0.9, First: 0.5, PerIntent: map[string]float64{"a": 0.7, "b": 0.95}}
	for _, c := range []struct {
		name       string
		give, want desk.Thresholds
	}{
		{"nothing", desk.Thresholds{}, tuned},
		{"more caution", desk.Thresholds{Answer: 0.9}, desk.Thresholds{Answer: 0.9, Ask: 0.2, Article: 0.9, First: 0.5, PerIntent: map[string]float64{"a": 0.8, "b": 1}}},
		{"one intent", desk.Thresholds{Ask: 0.3, PerIntent: map[string]float64{"b": 0.5, "c": 0.6}}, desk.Thresholds{Answer: 0.8, Ask: 0.3, Article: 0.9, First: 0.5, PerIntent: map[string]float64{"a": 0.7, "b": 0.5, "c": 0.6}}},
		{"all", desk.Thresholds{Answer: 0.8, Ask: 0.1, Article: 0.5, First: 0.4}, desk.Thresholds{Answer: 0.8, Ask: 0.1, Article: 0.5, First: 0.4, PerIntent: tuned.PerIntent}},
	} {
		if got := c.give.Over(tuned); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestThresholds_Of(t *testing.T) {
	t.Parallel()
	th := desk.Thresholds{Answer: 0.8, PerIntent: map[string]float64{"a": 0.7, "b": 0.95}}
	if got := th.Of([]desk.Score{{Label: "b"}, {Label: "c"}}).PerIntent; !reflect.DeepEqual(got, map[string]float64{"b": 0.95}) {
		t.Errorf("got %v", got)
	}
	if got := th.Of(nil).PerIntent; got != nil {
		t.Errorf("got %v", got)
	}
}
