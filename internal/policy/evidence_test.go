package policy_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"antena/internal/desk"
	"antena/internal/policy"
)

func snapshot(t *testing.T, v any) string {
	t.Helper()
	if w, ok := v.(*world); ok {
		v = []any{w.scene, w.seen}
	}
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func decide(changes ...change) desk.Decision {
	w := aWorld(changes...)
	return policy.Decide(w.scene, w.seen)
}

func TestHandoff_TellsEverything(t *testing.T) {
	t.Parallel()
	d := decide(says("quiero una persona"), certain(desk.CertainPerson), seen(angry), entity("document", "123"), entity("amount", "50"),
		said(desk.ByContact, "no tengo internet desde ayer"), said(desk.ByAssistant, "Reinicie.\nEspere."), said(desk.ByAgent, "hola"),
		inFlow("fix", "lights", "broken", "reinició"))
	h := d.Handoff
	want := desk.Handoff{
		Reason: desk.ReasonPersonAsked, Intent: "broken", Team: desk.TeamTechnical, Priority: desk.PriorityHigh, Language: "es",
		Wants: "no tengo internet desde ayer\nquiero una persona", Tried: []string{"Reinicie.", "reinició"},
		Facts: []desk.Fact{{Kind: "document", Value: "123"}, {Kind: "amount", Value: "50"}}, Mood: "angry", At: noon,
	}
	if snapshot(t, h) != snapshot(t, want) {
		t.Errorf("got  %+v\nwant %+v", *h, want)
	}
}

func TestHandoff_IsShort(t *testing.T) {
	t.Parallel()
	changes := []change{says(strings.Repeat("palabra ", 200))}
	for i := range 20 {
		changes = append(changes, said(desk.ByAssistant, fmt.Sprintf("%d %s", i, strings.Repeat("á", 300))))
	}
	h := decide(append(changes, misses(1))...).Handoff
	if n := len([]rune(h.Wants)); n > 400 || !strings.HasSuffix(h.Wants, "palabra…") {
		t.Errorf("wants has %d characters and ends %q", n, h.Wants[len(h.Wants)-20:])
	}
	if len(h.Tried) != 6 || !strings.HasPrefix(h.Tried[0], "14 ") || len([]rune(h.Tried[5])) > 90 {
		t.Errorf("tried: %d, first %q", len(h.Tried), h.Tried[0])
	}
}

func TestOpening_IsInTheContactsWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		give []change
		want string
	}{
		{"now", []change{says("mi cuenta está mal\ny más"), sure("bill")}, "mi cuenta está mal"},
		{"before a press", []change{said(desk.ByContact, "no anda"), said(desk.ByAssistant, "Reinicie."), presses("flow:fix:lights:dark", "Apagado")}, "no anda"},
		{"a press is not words", []change{said(desk.ByContact, "primero"), func(w *world) {
			w.scene.History = append(w.scene.History, desk.Message{Direction: desk.Inbound, Text: "Sigue igual", Choice: &desk.Choice{}})
		}, presses("flow:fix:lights:dark", "Apagado")}, "primero"},
		{"nothing but a press", []change{presses("flow:fix:lights:dark", "Apagado")}, "Apagado"},
		{"long", []change{says(strings.Repeat("largo ", 40)), sure("bill")}, strings.TrimSpace(strings.Repeat("largo ", 13)) + "…"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := decide(c.give...)
			if d.Open == nil || d.Open.Subject != c.want {
				t.Errorf("got %+v, want %q", d.Open, c.want)
			}
		})
	}
	d := decide(says("algo"), sure("bill"), entity("amount", "50"), entity("amount", "50"))
	if d.Open == nil || !slices.Equal(d.Open.Facts, []desk.Fact{{Kind: "amount", Value: "50"}}) {
		t.Errorf("got %s with %+v", brief(d), d.Open)
	}
}

func TestDecide_LanguageOfTheAnswer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		give []change
		want string
	}{
		{"as heard", []change{says("algo"), sure("wifi"), seen(func(u *desk.Understanding) { u.Language = "en" })}, "en wifi/en"},
		{"as heard before", []change{says("algo"), sure("pay"), seen(func(u *desk.Understanding) { u.Language = "" }), func(w *world) { w.scene.Conversation.Language = "pt" }}, "pt pay-first/pt"},
		{"no such variant", []change{says("algo"), sure("wifi"), seen(func(u *desk.Understanding) { u.Language = "pt" })}, "pt wifi/es"},
		{"of the desk", []change{says("algo"), sure("wifi"), seen(func(u *desk.Understanding) { u.Language = "" }), func(w *world) { w.scene.Profile.Languages = []string{"en"} }}, "en wifi/en"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := decide(c.give...)
			if got := d.Language + " " + d.Article.ID + "/" + d.Article.Language; got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestDecide_Confidence(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		give []change
		want float64
	}{
		"sure":               {[]change{says("algo"), at("wifi", 0.8)}, 0.8},
		"pressed":            {[]change{presses("intent:wifi", "x"), at("pay", 0.8)}, 1},
		"pressed and likely": {[]change{presses("intent:wifi", "x"), at("wifi", 0.4)}, 0.4},
		"certain":            {[]change{says("algo"), certain(desk.CertainPerson), at("wifi", 0.4)}, 1},
		"article":            {[]change{says("algo"), at("wifi", 0.4), found("wifi", 0.9)}, 0.9},
		"question":           {[]change{says("algo"), at("wifi", 0.4)}, 0.4},
		"off topic":          {[]change{says("algo"), stranger(0.95)}, 0.95},
		"to people":          {[]change{says("algo"), at("cancel", 0.93)}, 0.93},
	} {
		if got := decide(c.give...).Confidence; got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
