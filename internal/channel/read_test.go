package channel_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"antena/internal/channel"
	"antena/internal/desk"
	"antena/internal/whatsapp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestRead_EveryPayload shows what each captured webhook means to the desk.
func TestRead_EveryPayload(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../whatsapp/testdata/webhooks/*.json")
	if err != nil || len(files) < 50 {
		t.Fatalf("%d payloads: %v", len(files), err)
	}
	var b strings.Builder
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		items, err := whatsapp.Split(body)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "== %s\n", strings.TrimSuffix(filepath.Base(file), ".json"))
		for _, item := range items {
			a, err := channel.Read(item.Raw)
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			if broken := whole(a, item); broken != "" {
				t.Errorf("%s: %s: %+v", file, broken, a)
			}
			b.WriteString(tell(t, a) + "\n")
		}
	}
	golden(t, filepath.Join("testdata", "arrivals.golden"), b.String())
}

// whole says what is wrong with an arrival of any kind.
func whole(a desk.Arrival, item whatsapp.Item) string {
	set := 0
	for _, is := range []bool{a.Message != nil, a.Receipt != nil, a.Reaction != nil, a.Change != nil, a.Moved != nil, a.Stop != nil, a.Echo != nil, a.Past != nil, a.Control != nil, a.CallEnd != "", len(a.Named) > 0, (a.Notice != nil || a.Template != nil) && a.Control == nil} {
		if is {
			set++
		}
	}
	switch {
	case set > 1:
		return "it means several things"
	case set == 0 && a.Ignored == "":
		return "it means nothing, and nothing says why"
	case set == 1 && a.Ignored != "":
		return "it is used and ignored"
	case a.Channel != item.PhoneNumberID:
		return "it is of another channel than " + item.PhoneNumberID
	case (a.Message != nil || a.Echo != nil) && len(a.From.Aliases()) == 0:
		return "a message of nobody"
	}
	return ""
}

// tell writes what is set in an arrival in one line.
func tell(t *testing.T, a desk.Arrival) string {
	t.Helper()
	raw, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(prune(tree))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func prune(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, member := range v {
			if v[key] = prune(member); v[key] == nil {
				delete(v, key)
			}
		}
		if len(v) == 0 {
			return nil
		}
	case string:
		if slices.Contains([]string{"", "0001-01-01T00:00:00Z", "00000000-0000-0000-0000-000000000000"}, v) {
			return nil
		}
	case float64:
		if v == 0 {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	}
	return v
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (run with -update)", err)
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Fatalf("%s:%d (run with -update and read the diff)\n got %s\nwant %s", file, i+1, g[i], w[i])
		}
	}
	if len(g) != len(w) {
		t.Fatalf("%s has %d lines, want %d", file, len(w), len(g))
	}
}

func TestRead_WhatIsNoEvent(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"", "x", "[]", `"text"`, `{"`} {
		if a, err := channel.Read([]byte(raw)); err == nil {
			t.Errorf("%q was read: %+v", raw, a)
		}
	}
}
