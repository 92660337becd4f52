package turn

import (
	"strings"
	"testing"
	"time"

	"antena/internal/desk"
)

// A recording that is still to be written down keeps a turn waiting, but not who
// asks for a person beside it, and no button.
func TestAwaits(t *testing.T) {
	t.Parallel()
	e := New(Deps{
		Awaited: func(m *desk.Message, _ time.Time) bool { return m.Kind == desk.KindAudio },
		Hurried: func(text string) bool { return strings.Contains(text, "persona") },
	})
	voice := desk.Message{ID: desk.NewID(), Direction: desk.Inbound, Kind: desk.KindAudio}
	text := func(words string) desk.Message {
		return desk.Message{ID: desk.NewID(), Direction: desk.Inbound, Kind: desk.KindText, Text: words}
	}
	press := desk.Message{ID: desk.NewID(), Direction: desk.Inbound, Kind: desk.KindReply, Choice: &desk.Choice{ID: "person"}}
	for name, c := range map[string]struct {
		said []desk.Message
		want bool
	}{
		"words alone":                   {[]desk.Message{text("hola")}, false},
		"a recording":                   {[]desk.Message{voice}, true},
		"a recording and words":         {[]desk.Message{text("escuchen"), voice}, true},
		"a recording and a person":      {[]desk.Message{voice, text("quiero una persona")}, false},
		"a recording, then a button":    {[]desk.Message{voice, press}, false},
		"nothing that anybody can read": {nil, false},
	} {
		scene := &desk.Scene{New: c.said}
		if got := e.awaits(scene); got != c.want {
			t.Errorf("%s: waits %v", name, got)
		}
	}
}
