package eval

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"antena/internal/eval/dialogue"
)

// ConversationReport is how many expectations of whole dialogues are met.
type ConversationReport struct {
	Kind         Kind    `json:"kind"`
	Dialogues    int     `json:"dialogues"`
	Expectations int     `json:"expectations"`
	Met          float64 `json:"met"`   // share of the expectations
	Whole        float64 `json:"whole"` // share of the dialogues of which all were met

	Time  time.Duration `json:"time_ns"`
	Items []Item        `json:"items"` // expectations, and steps that could not be done, by file and line
}

// Conversations plays dialogues, each on an empty database that is gone afterwards.
func Conversations(ctx context.Context, m *dialogue.Mind, all []*dialogue.Dialogue, tell Progress) (ConversationReport, error) {
	r := ConversationReport{Kind: KindConversations, Dialogues: len(all), Items: []Item{}}
	start := time.Now()
	whole, met := 0, 0
	for i, d := range all {
		tell.tell("playing", i, len(all))
		findings, err := d.PlayAlone(ctx, m)
		if err != nil {
			return r, fmt.Errorf("play %s: %w", d.Name, err)
		}
		failed := 0
		for _, f := range findings {
			r.Items = append(r.Items, Item{ID: d.Name + ":" + strconv.Itoa(f.Line) + " " + f.Text, Want: f.Want, Got: f.Got, Right: f.Met})
			if f.Met {
				met++
			} else {
				failed++
			}
		}
		if failed == 0 {
			whole++
		}
	}
	r.Expectations = len(r.Items)
	r.Met, r.Whole, r.Time = ratio(met, len(r.Items)), ratio(whole, len(all)), time.Since(start)
	return r, nil
}

// WriteText writes the report as a table for people: the figures, and what was not met.
func (r *ConversationReport) WriteText(w io.Writer) error {
	t := newTable(w)
	t.row("dialogues", r.Dialogues)
	t.share("of these, as expected to the end", r.Whole)
	t.row("expectations", r.Expectations)
	t.share("met", r.Met)
	t.row("playing", r.Time.Round(time.Millisecond))
	for _, i := range r.Items {
		if !i.Right {
			t.row("  "+i.ID, "got "+oneLine(i.Got))
		}
	}
	return t.flush()
}
