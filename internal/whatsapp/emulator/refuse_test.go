package emulator_test

import (
	"strings"
	"testing"
	"time"

	"antena/internal/whatsapp"
	"antena/internal/whatsapp/emulator"
)

func TestRefusals_HaveMetasCodes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.em.SetTemplates([]emulator.Template{
		{Name: "one", Language: "es", Body: "{{1}}"},
		{Name: "paused", Language: "es", Status: "paused"},
		{Name: "pending", Language: "es", Status: "pending"},
	})
	template := func(name string, parameters ...whatsapp.Parameter) whatsapp.Outbound {
		m := whatsapp.Outbound{Template: &whatsapp.TemplateMessage{Name: name, Language: "es"}}
		if parameters != nil {
			m.Template.Components = []whatsapp.Component{{Type: "body", Parameters: parameters}}
		}
		return m
	}
	tests := map[string]struct {
		give   whatsapp.Outbound
		code   int
		action whatsapp.Action
	}{
		"window never opened":  {text("hola"), 131047, whatsapp.WindowClosed},
		"stranger":             {whatsapp.Outbound{To: whatsapp.Recipient{Phone: "5490000000000"}, Text: &whatsapp.Text{Body: "x"}}, 131030, whatsapp.Park},
		"ourselves":            {whatsapp.Outbound{To: whatsapp.Recipient{Phone: "15550783881"}, Text: &whatsapp.Text{Body: "x"}}, 131021, whatsapp.Park},
		"unknown template":     {template("none"), 132001, whatsapp.StopTemplate},
		"pending template":     {template("pending"), 132001, whatsapp.StopTemplate},
		"paused template":      {template("paused"), 132015, whatsapp.StopTemplate},
		"missing parameter":    {template("one"), 132000, whatsapp.StopTemplate},
		"named for positional": {template("one", whatsapp.Parameter{Name: "n", Text: "x"}), 132012, whatsapp.Park},
		"unknown media":        {whatsapp.Outbound{Media: &whatsapp.OutMedia{Type: "image", ID: "1"}}, 131009, whatsapp.Park},
	}
	for name, test := range tests {
		_, e := w.send(t, test.give)
		if e == nil || e.Code != test.code || e.Action != test.action || e.Outcome != whatsapp.NotSent {
			t.Errorf("%s: %v, want code %d, %s", name, e, test.code, test.action)
		}
	}
	c := w.em.Counters()
	if c.Accepted != 0 || c.Refused[131047] != 1 || c.Refused[132001] != 2 {
		t.Errorf("counters %+v", c)
	}
	if _, e := w.send(t, template("one", whatsapp.Parameter{Text: "x"})); e != nil {
		t.Errorf("a template outside the window: %v", e)
	}
}

func TestRefusals_TokenAndNumber(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	_, err := w.client.Send(t.Context(), "1", whatsapp.Outbound{To: whatsapp.Recipient{Phone: ana}, Text: &whatsapp.Text{Body: "x"}})
	if e := whatsapp.AsError(err); e == nil || e.Code != 33 || !e.Alert {
		t.Errorf("another number: %v", err)
	}
	other := newWorld(t, func(c *emulator.Config) { c.AccessToken = "rotated" })
	if _, e := other.send(t, text("x")); e == nil || e.Code != 190 || e.Action != whatsapp.StopAll || strings.Contains(e.Error(), token) {
		t.Errorf("an old token: %v", e)
	}
}

func TestWindow_ClosesAfterADayAndReopens(t *testing.T) {
	t.Parallel()
	clock := newClock()
	w := newWorld(t, func(c *emulator.Config) { c.Now = clock.now })
	w.phone.Text("hola")
	clock.add(24*time.Hour - time.Second)
	if _, e := w.send(t, text("a tiempo")); e != nil {
		t.Errorf("inside the window: %v", e)
	}
	clock.add(time.Second)
	if _, e := w.send(t, text("tarde")); e == nil || e.Code != 131047 {
		t.Errorf("after a day: %v", e)
	}
	w.phone.Wrote(clock.now())
	if _, e := w.send(t, text("otra vez")); e != nil {
		t.Errorf("after they wrote: %v", e)
	}
}

func TestRates_PairAndNumber(t *testing.T) {
	t.Parallel()
	clock := newClock()
	w := newWorld(t, func(c *emulator.Config) { c.Now = clock.now; c.Limits = emulator.Limits{} })
	w.phone.Text("hola")
	for i := range 45 {
		if _, e := w.send(t, text("x")); e != nil {
			t.Fatalf("message %d: %v", i, e)
		}
	}
	if _, e := w.send(t, text("x")); e == nil || e.Code != 131056 || e.Delay(1) != 4*time.Second || e.Delay(3) != 64*time.Second {
		t.Fatalf("over the pair rate: %v", e)
	}
	clock.add(6 * time.Second)
	if _, e := w.send(t, text("x")); e != nil {
		t.Errorf("six seconds later: %v", e)
	}
	// One came in and one goes out: the rest of the second's 80 belongs to others.
	for range 79 {
		w.em.Customer(emulator.CustomerProfile{Phone: "5493510000001"}).Text("x")
	}
	if _, e := w.send(t, text("x")); e == nil || e.Code != 130429 || e.Action != whatsapp.Retry {
		t.Errorf("over the throughput: %v", e)
	}
}
