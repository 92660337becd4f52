package desk_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"antena/internal/desk"
)

func TestMacro_Check(t *testing.T) {
	t.Parallel()
	note := desk.Step{Do: desk.StepNote, Text: "x"}
	for _, c := range []struct {
		name  string
		give  desk.Macro
		field string // empty: it is fine
	}{
		{"fine", desk.Macro{Name: "a", Steps: []desk.Step{note, {Do: desk.StepResolve}}}, ""},
		{"no name", desk.Macro{Name: " ", Steps: []desk.Step{note}}, "name"},
		{"a long name", desk.Macro{Name: strings.Repeat("x", 61), Steps: []desk.Step{note}}, "name"},
		{"nothing to do", desk.Macro{Name: "a"}, "steps"},
		{"too much", desk.Macro{Name: "a", Steps: make([]desk.Step, 9)}, "steps"},
		{"an unknown act", desk.Macro{Name: "a", Steps: []desk.Step{{Do: "dance"}}}, "step1"},
		{"no words", desk.Macro{Name: "a", Steps: []desk.Step{note, {Do: desk.StepReply, Text: " "}}}, "step2"},
		{"no priority", desk.Macro{Name: "a", Steps: []desk.Step{{Do: desk.StepPriority}}}, "step1"},
		{"no time", desk.Macro{Name: "a", Steps: []desk.Step{{Do: desk.StepSnooze}}}, "step1"},
		{"after the end", desk.Macro{Name: "a", Steps: []desk.Step{{Do: desk.StepResolve}, note}}, "step1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			give, got := c.give, ""
			var e *desk.Error
			if errors.As(give.Check(), &e) {
				got = e.Field
			}
			if got != c.field {
				t.Errorf("got %q, want %q", got, c.field)
			}
		})
	}
}

func TestShortcutName(t *testing.T) {
	t.Parallel()
	for give, want := range map[string]string{" /Hola-2 ": "hola-2", "a_b": "a_b", "": "", "/": "", "dos palabras": "", "ñandú": "", strings.Repeat("x", 33): ""} {
		if got := desk.ShortcutName(give); got != want {
			t.Errorf("%q became %q, want %q", give, got, want)
		}
	}
}

// What is put in for a placeholder is not looked at again.
func TestProfile_FillFor(t *testing.T) {
	t.Parallel()
	p := &desk.Profile{Name: "Fibra", Placeholders: map[string]desk.Words{"phone": {"es": "123", "pt": "456"}}}
	own := desk.OwnValues(&desk.Contact{Name: "{phone} Souza"}, desk.Agent{Name: " Ana Pereira"}, "")
	got := p.FillFor("{name}, soy {agent} de {isp_name}: {phone}. {protocol} {protocol}", "pt", own)
	want := desk.Filled{Text: "{phone}, soy Ana de Fibra: 456. {protocol} {protocol}", Language: "pt", Missing: []string{"protocol"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
}
