package compose_test

import (
	"strings"
	"testing"
	"time"

	"antena/internal/compose"
	"antena/internal/desk"
)

// What is said of a queue and of a team's hours stands beside what was promised, in
// each language.
func TestCompose_QueueAndBack(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 22, 0, 0, 0, time.UTC) // a Monday
	end := now.Add(time.Hour)
	at := func(days, hour int) *time.Time {
		back := time.Date(2026, 11, 23+days, hour, 30, 0, 0, time.UTC)
		return &back
	}
	for _, c := range []struct {
		name, language string
		handoff        desk.Handoff
		want           string
	}{
		{"one before", "es", desk.Handoff{Wait: &desk.Waited{Told: &desk.Told{Ahead: 1}}}, "Te paso con una persona del equipo. Ya tiene lo que me contaste; no hace falta repetirlo.\n\nAhora hay 1 persona antes que tú."},
		{"some before, and how long", "pt", desk.Handoff{Wait: &desk.Waited{Told: &desk.Told{Ahead: 3, Minutes: 10}}}, "\n\nAgora há 3 pessoas antes de você. A espera costuma ser de uns 10 minutos."},
		{"how long alone", "en", desk.Handoff{Wait: &desk.Waited{Told: &desk.Told{Minutes: 15}}}, "\n\nThe wait is usually about 15 minutes."},
		{"nothing", "en", desk.Handoff{}, "They have what you told me, so there's no need to repeat it."},
		{"back today", "es", desk.Handoff{Back: at(0, 23)}, "\nVolvemos hoy a las 23:30."},
		{"back tomorrow", "pt", desk.Handoff{Back: at(1, 8)}, "\nVoltamos amanhã às 08:30."},
		{"back on a weekday", "en", desk.Handoff{Back: at(5, 8)}, "\nWe are back on Saturday at 08:30."},
		{"back on a date", "es", desk.Handoff{Back: at(20, 8)}, "\nVolvemos el 13/12 a las 08:30."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			scene := &desk.Scene{
				Conversation: desk.Conversation{ID: desk.NewID(), WindowEndsAt: &end}, History: []desk.Message{{Direction: desk.Outbound}}, Now: now,
				Profile: &desk.Profile{Name: "Río Fibra", TimeZone: "UTC", Placeholders: map[string]desk.Words{"hours": {"es": "siempre"}}}, Book: &desk.Book{},
			}
			phrase := desk.PhraseHandoff
			if c.handoff.Back != nil {
				phrase = desk.PhraseHandoffClosed
			}
			out := compose.Compose(scene, desk.Understanding{}, desk.Decision{Action: desk.ActHandoff, Language: c.language, Phrase: phrase, Handoff: &c.handoff})
			if len(out.Messages) == 0 || !strings.HasSuffix(out.Messages[0].Text, c.want) {
				t.Fatalf("said %+v", out.Messages)
			}
			if c.handoff.Back != nil && strings.Contains(out.Messages[0].Text, "siempre") {
				t.Error("the provider's hours are told for a team's")
			}
		})
	}
}
