package eval

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func item(id, want, got string) Item {
	return Item{ID: id, Want: want, Got: got, Right: want == got, Language: "es"}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	a := Result{Kind: KindIntents, Items: []Item{item("one", "x", "y"), item("two", "x", "x"), item("three", "x", "y"), item("four", "x", "y"), item("five", "x", "x"), item("twice", "x", "x"), item("twice", "x", "y"), item("gone", "x", "x")}}
	b := Result{Kind: KindIntents, Items: []Item{item("one", "x", "x"), item("two", "x", "y"), item("three", "x", "z"), item("four", "x", "y"), item("five", "x", "x"), item("twice", "x", "x"), item("twice", "x", "x"), item("new", "x", "x")}}
	c, err := Compare(a, b)
	if err != nil {
		t.Fatal(err)
	}
	ids := func(all []Change) string {
		var out []string
		for _, x := range all {
			out = append(out, x.ID+":"+x.Was+">"+x.Now)
		}
		return strings.Join(out, " ")
	}
	for _, list := range []struct{ name, got, want string }{
		{"fixed", ids(c.Fixed), "one:y>x twice:y>x"}, {"broken", ids(c.Broken), "two:x>y"},
		{"changed", ids(c.Changed), "three:y>z"}, {"wrong", ids(c.Wrong), "four:y>y"},
	} {
		if list.got != list.want {
			t.Errorf("%s: got %s, want %s", list.name, list.got, list.want)
		}
	}
	if c.Items != 7 || c.Right != [2]int{3, 4} || len(c.Gone) != 1 || c.Gone[0].ID != "gone" || len(c.New) != 1 || c.New[0].ID != "new" {
		t.Errorf("%+v", c)
	}
	var text bytes.Buffer
	if err := c.WriteText(&text); err != nil || !strings.Contains(text.String(), "want x, was x, now y") {
		t.Errorf("%v\n%s", err, text.String())
	}
	if _, err := Compare(a, Result{Kind: KindRetrieval, Items: b.Items}); !errors.Is(err, errKinds) {
		t.Errorf("results of two kinds: %v", err)
	}
}

func TestReadResult(t *testing.T) {
	t.Parallel()
	r := IntentReport{Kind: KindIntents, Items: []Item{item("one", "x", "y")}}
	var raw bytes.Buffer
	if err := WriteJSON(&raw, &r); err != nil {
		t.Fatal(err)
	}
	got, err := ReadResult(file(t, "r.json", raw.String()))
	if err != nil || got.Kind != KindIntents || len(got.Items) != 1 || got.Items[0] != r.Items[0] {
		t.Errorf("got %+v, %v", got, err)
	}
	for _, broken := range []string{"", "{}", `{"kind":"intents","items":[]}`, "[]"} {
		if _, err := ReadResult(file(t, "b.json", broken)); err == nil {
			t.Errorf("%q was read as a result", broken)
		}
	}
}
