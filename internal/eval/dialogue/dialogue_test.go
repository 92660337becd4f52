package dialogue_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"antena/faq"
	"antena/internal/eval/dialogue"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

var shared = sync.OnceValues(func() (*dialogue.Mind, error) { return dialogue.Learn(context.Background(), faq.Files) })

func play(t *testing.T, text string) *dialogue.Played {
	t.Helper()
	m, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	d, err := dialogue.Read("test", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	p, err := d.Play(t.Context(), m, func(now func() time.Time) (*store.Store, error) {
		return storetest.Open(t, storetest.SQLite, now), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Findings) < d.Expectations() {
		t.Errorf("%d findings for %d expectations", len(p.Findings), d.Expectations())
	}
	return p
}

// What is expected wrongly must be found, one by one, and what follows goes on.
func TestPlay_FindsWhatIsNotMet(t *testing.T) {
	t.Parallel()
	p := play(t, `
# Nobody waits for a person.
says: hola
contact: quiero hablar con una persona
decided: answer sure_intent
decided: handoff person_asked
owner: agent
owner: queue
handoff: angry
wants: factura
says: zzz
says not: person
silent
messages: 2
messages: 1
buttons: a | b
article: none
tickets: 3
ticket: a b c d
consents: 1
consents: 0
`)
	want := []struct {
		line int
		met  bool
	}{{3, false}, {5, false}, {6, true}, {7, false}, {8, true}, {9, false}, {10, false}, {11, false}, {12, false}, {13, false}, {14, false}, {15, true}, {16, false}, {17, true}, {18, false}, {19, false}, {20, false}, {21, true}}
	if len(p.Findings) != len(want) {
		t.Fatalf("%d findings, want %d: %+v", len(p.Findings), len(want), p.Findings)
	}
	for i, f := range p.Findings {
		if f.Line != want[i].line || f.Met != want[i].met {
			t.Errorf("line %d %q: got %q, met %v", f.Line, f.Text, f.Got, f.Met)
		}
	}
	if h := p.History(t.Context()); !strings.Contains(h, "person_asked") || !strings.Contains(h, "quiero hablar") {
		t.Errorf("the history lacks what happened:\n%s", h)
	}
}

func TestPlay_StopsAtAStepThatCannotBeDone(t *testing.T) {
	t.Parallel()
	p := play(t, "contact: hola\ndecided: reply greeting\npress: Nada\nowner: assistant\ncontact: hola\nsilent\n")
	got := ""
	for _, f := range p.Findings {
		got += f.Text + "=" + f.Got + ";"
	}
	if want := "decided: reply greeting=reply greeting;press: Nada=no message offered that button;owner: assistant=not reached;silent=not reached;"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestRead_Refuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ give, want string }{
		{"contact: a\nsings: b", "line 2: no such step"},
		{"contact hologram: a", "line 1: no such step"},
		{"wait: long", "no time"},
	} {
		if _, err := dialogue.Read("x", strings.NewReader(c.give)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: got %v, want %q in it", c.give, err, c.want)
		}
	}
}

func TestReadDir(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := dialogue.ReadDir(dir); err == nil {
		t.Error("a folder without dialogues was read")
	}
	for name, text := range map[string]string{"b.txt": "contact: a", "a.txt": "\ufeffcontact: b\nsilent", "notes.md": "???"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all, err := dialogue.ReadDir(dir)
	if err != nil || len(all) != 2 || all[0].Name != "a" || all[0].Expectations() != 1 {
		t.Errorf("got %v, %v", all, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "c.txt"), []byte("?"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := dialogue.ReadDir(dir); err == nil || !strings.Contains(err.Error(), "c.txt") {
		t.Errorf("got %v", err)
	}
}
