package eval

import (
	"fmt"
	"io"
	"strings"
)

// chartWidth is the longest bar of a curve.
const chartWidth = 40

// WriteText writes the curves and the thresholds for people.
func (r *TuneReport) WriteText(w io.Writer) error {
	t := newTable(w)
	t.row("messages nobody had learned from", r.Messages)
	t.row("a wrong answer, a question, a hand-over cost", fmt.Sprintf("%g, %g, %g", r.Costs.Wrong, r.Costs.Question, r.Costs.Handover))
	t.row("with the thresholds in force", r.Before.String())
	t.row("with those below", r.After.String())
	t.row("act from", fmt.Sprintf("%.2f", r.Thresholds.Answer))
	t.row("ask from", fmt.Sprintf("%.2f", r.Thresholds.Ask))
	t.row("answer from an article from", fmt.Sprintf("%.2f", r.Thresholds.Article))
	t.row("say an article before a ticket from", fmt.Sprintf("%.2f", r.Thresholds.First))
	if err := t.flush(); err != nil {
		return err
	}
	for _, c := range []struct {
		title  string
		points []Point
	}{{"\nact from        cost   acted    right", r.Curve}, {"\narticle from    cost   acted    right", r.Articles}} {
		if err := writeCurve(w, c.title, c.points); err != nil {
			return err
		}
	}
	if err := writeTuned(w, "\naction\tmessages\tact from\talone\tacted\tright\n", r.Actions); err != nil {
		return err
	}
	return writeTuned(w, "\nintent\tmessages\tact from\talone\tacted\tright\n", r.Intents)
}

// String is the outlook in a line.
func (o Outlook) String() string {
	return fmt.Sprintf("%.3f a message; %s acted on, of these %s right; %s asked", o.Cost, percent(o.Acted), percent(o.Right), percent(o.Asked))
}

func writeCurve(w io.Writer, title string, points []Point) error {
	most := 0.0
	for _, p := range points {
		most = max(most, p.Cost)
	}
	lines := []string{title}
	for _, p := range points {
		bar := 0
		if most > 0 {
			bar = int(p.Cost / most * chartWidth)
		}
		lines = append(lines, fmt.Sprintf("%8.2f  %10.3f %7s  %7s  %s", p.At, p.Cost, percent(p.Acted), percent(p.Right), strings.Repeat("█", bar)))
	}
	_, err := fmt.Fprintln(w, strings.Join(lines, "\n"))
	return err
}

func writeTuned(w io.Writer, head string, all []Tuned) error {
	t := newTable(w)
	if _, err := io.WriteString(t.w, head); err != nil {
		return err
	}
	for _, x := range all {
		name := x.Name
		if x.Action != "" {
			name += " (" + x.Action + ")"
		}
		if _, err := fmt.Fprintf(t.w, "%s\t%d\t%.2f\t%.2f\t%s\t%s\n", name, x.Messages, x.Threshold, x.Alone, percent(x.Acted), percent(x.Right)); err != nil {
			return err
		}
	}
	return t.flush()
}
