package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// Result is what a comparison needs of any report.
type Result struct {
	Kind  Kind   `json:"kind"`
	Items []Item `json:"items"`
}

// ReadResult reads a report that was written as JSON.
func ReadResult(path string) (Result, error) {
	var r Result
	raw, err := os.ReadFile(path)
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return r, fmt.Errorf("reading %s: %w", path, err)
	}
	if r.Kind == "" || len(r.Items) == 0 {
		return r, fmt.Errorf("reading %s: no result of an evaluation with --json", path)
	}
	return r, nil
}

// Comparison is what became of the items of one result in another.
type Comparison struct {
	Kind    Kind     `json:"kind"`
	Items   int      `json:"items"`   // in both
	Right   [2]int   `json:"right"`   // of these, in the first and in the second
	Fixed   []Change `json:"fixed"`   // wrong, then right
	Broken  []Change `json:"broken"`  // right, then wrong
	Changed []Change `json:"changed"` // wrong, then wrong in another way
	Wrong   []Change `json:"wrong"`   // wrong in the same way
	Gone    []Item   `json:"gone"`    // in the first alone
	New     []Item   `json:"new"`     // in the second alone
}

// Change is one item in two results.
type Change struct {
	ID       string `json:"id"`
	Language string `json:"language,omitempty"`
	Want     string `json:"want"`
	Was      string `json:"was"`
	Now      string `json:"now"`
}

var errKinds = errors.New("the two results are of different kinds")

// Compare says what became of the items of a in b.
func Compare(a, b Result) (Comparison, error) {
	c := Comparison{Kind: a.Kind, Fixed: []Change{}, Broken: []Change{}, Changed: []Change{}, Wrong: []Change{}, Gone: []Item{}, New: []Item{}}
	if a.Kind != b.Kind {
		return c, fmt.Errorf("%w: %s and %s", errKinds, a.Kind, b.Kind)
	}
	was := keyed(a.Items)
	for i, key := range keys(b.Items) {
		now := b.Items[i]
		old, ok := was[key]
		if !ok {
			c.New = append(c.New, now)
			continue
		}
		delete(was, key)
		c.add(&old, &now)
	}
	for i, key := range keys(a.Items) {
		if _, left := was[key]; left {
			c.Gone = append(c.Gone, a.Items[i])
		}
	}
	return c, nil
}

func (c *Comparison) add(was, now *Item) {
	c.Items++
	if was.Right {
		c.Right[0]++
	}
	if now.Right {
		c.Right[1]++
	}
	change := Change{ID: now.ID, Language: now.Language, Want: now.Want, Was: was.Got, Now: now.Got}
	switch {
	case was.Right && now.Right:
	case now.Right:
		c.Fixed = append(c.Fixed, change)
	case was.Right:
		c.Broken = append(c.Broken, change)
	case was.Got != now.Got:
		c.Changed = append(c.Changed, change)
	default:
		c.Wrong = append(c.Wrong, change)
	}
}

// keys tell items apart: the same words may be there twice, in order.
func keys(items []Item) []string {
	out, seen := make([]string, len(items)), map[string]int{}
	for i := range items {
		key := items[i].Language + "\x00" + items[i].Want + "\x00" + items[i].ID
		out[i] = key + "\x00" + strconv.Itoa(seen[key])
		seen[key]++
	}
	return out
}

func keyed(items []Item) map[string]Item {
	out := make(map[string]Item, len(items))
	for i, key := range keys(items) {
		out[key] = items[i]
	}
	return out
}

// WriteText writes the lists for people.
func (c *Comparison) WriteText(w io.Writer) error {
	t := newTable(w)
	t.row("in both", c.Items)
	t.row("right", fmt.Sprintf("%d, then %d", c.Right[0], c.Right[1]))
	for _, list := range []struct {
		name string
		all  []Change
	}{{"fixed", c.Fixed}, {"broken", c.Broken}, {"wrong in another way", c.Changed}, {"wrong in both", c.Wrong}} {
		t.row(list.name, len(list.all))
		for _, x := range list.all {
			t.row("  "+oneLine(x.ID), fmt.Sprintf("want %s, was %s, now %s", oneLine(x.Want), oneLine(x.Was), oneLine(x.Now)))
		}
	}
	t.row("in the first alone", len(c.Gone))
	t.row("in the second alone", len(c.New))
	return t.flush()
}

// oneLine shows a text in a table: short, and without breaks.
func oneLine(s string) string {
	const most = 70
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return "nothing"
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
