package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// WriteJSON writes a report for machines.
func WriteJSON(w io.Writer, report any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(report)
}

// WriteText writes the report as a table for people.
func (r *IntentReport) WriteText(w io.Writer) error {
	t := newTable(w)
	t.row("messages to train on", r.Train)
	t.row("messages to test on", r.Test)
	t.row("of these, none of ours", r.Outside)
	t.row("intents", r.Labels)
	t.share("right intent first (accuracy)", r.Accuracy)
	t.share("right intent among the first three", r.Top3)
	t.share("macro F1", r.MacroF1)
	t.share("right and not refused", r.Kept)
	if r.Outside > 0 {
		t.share("none of ours: recall", r.OOSRecall)
		t.share("none of ours: precision", r.OOSPrecise)
		t.share("ours against none of ours by accept (AUROC)", r.AUROC)
		t.share("ours against none of ours by none (AUROC)", r.ScopeAUROC)
	}
	t.share("answerable with 90 % right", r.Coverage90)
	t.share("answerable with 95 % right", r.Coverage95)
	t.share("calibration error of accept", r.Calibration)
	t.share("calibration error of the first score", r.Confidence)
	t.row("training", r.TrainTime.Round(time.Millisecond))
	t.row("one message, median and 99th percentile", fmt.Sprintf("%s, %s", micro(r.Median), micro(r.P99)))
	t.row("memory", megabytes(r.Memory))
	for _, c := range r.Confusions {
		t.row("  "+c.Truth+" taken for "+c.Taken, c.Count)
	}
	return t.flush()
}

// WriteText writes the report as a table for people.
func (r *RetrievalReport) WriteText(w io.Writer) error {
	t := newTable(w)
	t.row("articles", r.Articles)
	t.row("questions", r.Questions)
	t.row("of these, without an answer", r.Outside)
	t.share("right article first (recall@1)", r.Recall1)
	t.share("among the first three (recall@3)", r.Recall3)
	t.share("among the first five (recall@5)", r.Recall5)
	t.share("mean reciprocal rank (MRR@10)", r.MRR)
	t.share("gain for a late article (nDCG@10)", r.NDCG)
	if r.Outside > 0 {
		t.share("with an answer against without (AUROC)", r.AUROC)
	}
	t.share("answerable with 90 % right", r.Coverage90)
	t.share("answerable with 95 % right", r.Coverage95)
	t.share("calibration error of the confidence", r.Calibration)
	t.row("indexing", r.BuildTime.Round(time.Millisecond))
	t.row("one question, median and 99th percentile", fmt.Sprintf("%s, %s", micro(r.Median), micro(r.P99)))
	t.row("memory", megabytes(r.Memory))
	return t.flush()
}

// table keeps the first error of a text being written.
type table struct {
	w   *tabwriter.Writer
	err error
}

func newTable(w io.Writer) *table { return &table{w: tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)} }

func (t *table) row(name string, value any) {
	if _, err := fmt.Fprintf(t.w, "%s\t%v\n", name, value); t.err == nil {
		t.err = err
	}
}

func (t *table) share(name string, value float64) { t.row(name, fmt.Sprintf("%.1f %%", 100*value)) }

func (t *table) flush() error {
	if err := t.w.Flush(); t.err == nil {
		t.err = err
	}
	return t.err
}

func micro(d time.Duration) string { return d.Round(time.Microsecond).String() }

func megabytes(n uint64) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }
