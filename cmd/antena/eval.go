package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"antena/internal/eval"
	"antena/internal/understand/classify"
)

type evalCommands struct {
	Intents   evalIntentsCommand   `cmd:"" help:"How well intents are told apart; CSV columns text,intent, 'oos' for none of these."`
	Retrieval evalRetrievalCommand `cmd:"" help:"How well questions find their article; JSON lines."`
}

type evalIntentsCommand struct {
	Train string  `required:"" type:"existingfile" help:"Messages to learn from."`
	Test  string  `required:"" type:"existingfile" help:"Messages to measure on."`
	JSON  bool    `name:"json" help:"For machines."`
	Min   float64 `help:"End with status 3 when the accuracy is below this, 0 to 1."`
}

// Run measures intents.
func (c *evalIntentsCommand) Run(ctx context.Context, w *world) error {
	train, err := eval.Utterances(c.Train)
	if err != nil {
		return err
	}
	test, err := eval.Utterances(c.Test)
	if err != nil {
		return err
	}
	r, err := eval.Intents(ctx, train, test, classify.Options{})
	if err != nil {
		return err
	}
	if err := show(w.out, c.JSON, r, func(t *sheet) {
		t.count("messages to learn from", r.Train)
		t.count("messages to test", r.Test)
		t.count("  of them none of these", r.Outside)
		t.count("intents", r.Labels)
		t.share("accuracy", r.Accuracy)
		t.share("right one among three", r.Top3)
		t.share("macro F1", r.MacroF1)
		t.share("right and not refused", r.Kept)
		t.share("out of scope, recall", r.OOSRecall)
		t.share("out of scope, precision", r.OOSPrecise)
		t.share("AUROC of answering", r.AUROC)
		t.share("coverage at 90 % precision", r.Coverage90)
		t.share("coverage at 95 % precision", r.Coverage95)
		t.share("calibration error", r.Calibration)
		t.time("training", r.TrainTime)
		t.time("prediction, median", r.Median)
		t.time("prediction, 99 %", r.P99)
		t.memory(r.Memory)
	}); err != nil {
		return err
	}
	return atLeast("accuracy", r.Accuracy, c.Min)
}

type evalRetrievalCommand struct {
	Articles  string  `required:"" type:"existingfile" help:"Articles: id, language, title, questions, body."`
	Questions string  `required:"" type:"existingfile" help:"Questions: text, language, article."`
	JSON      bool    `name:"json" help:"For machines."`
	Min       float64 `help:"End with status 3 when recall at 1 is below this, 0 to 1."`
}

// Run measures retrieval.
func (c *evalRetrievalCommand) Run(ctx context.Context, w *world) error {
	articles, err := eval.Articles(c.Articles)
	if err != nil {
		return err
	}
	questions, err := eval.Questions(c.Questions)
	if err != nil {
		return err
	}
	r, err := eval.Retrieval(ctx, articles, questions)
	if err != nil {
		return err
	}
	if err := show(w.out, c.JSON, r, func(t *sheet) {
		t.count("articles", r.Articles)
		t.count("questions", r.Questions)
		t.count("  of them without an answer", r.Outside)
		t.share("recall at 1", r.Recall1)
		t.share("recall at 3", r.Recall3)
		t.share("recall at 5", r.Recall5)
		t.share("MRR at 10", r.MRR)
		t.share("AUROC of answering", r.AUROC)
		t.share("coverage at 90 % precision", r.Coverage90)
		t.share("coverage at 95 % precision", r.Coverage95)
		t.share("calibration error", r.Calibration)
		t.time("building the index", r.BuildTime)
		t.time("search, median", r.Median)
		t.time("search, 99 %", r.P99)
		t.memory(r.Memory)
	}); err != nil {
		return err
	}
	return atLeast("recall at 1", r.Recall1, c.Min)
}

func atLeast(name string, got, want float64) error {
	if got < want {
		return fmt.Errorf("%s %.1f %% is %w %.1f %%", name, got*100, errBelow, want*100)
	}
	return nil
}

func show(out io.Writer, asJSON bool, report any, table func(*sheet)) error {
	if asJSON {
		enc := json.NewEncoder(out)
		enc.SetIndent("", "  ")
		return enc.Encode(report)
	}
	t := &sheet{tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)}
	table(t)
	return t.Flush()
}

// sheet is a table of named figures.
type sheet struct{ *tabwriter.Writer }

func (t *sheet) count(name string, n int)     { fmt.Fprintf(t, "%s\t%d\n", name, n) }
func (t *sheet) share(name string, v float64) { fmt.Fprintf(t, "%s\t%.1f %%\n", name, v*100) }
func (t *sheet) time(name string, d time.Duration) {
	fmt.Fprintf(t, "%s\t%s\n", name, d.Round(time.Microsecond))
}
func (t *sheet) memory(bytes uint64) { fmt.Fprintf(t, "memory\t%.1f MB\n", float64(bytes)/1e6) }
