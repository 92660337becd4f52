package main

import (
	"context"
	"fmt"
	"io"

	"antena/faq"
	"antena/internal/eval"
	"antena/internal/eval/dialogue"
	"antena/internal/knowledge"
	"antena/internal/understand/classify"
)

type evalCommands struct {
	Intents       evalIntentsCommand       `cmd:"" help:"How well intents are told apart. Files are CSV with the columns text and intent ('oos' for none of these), or JSON lines."`
	Retrieval     evalRetrievalCommand     `cmd:"" help:"How well questions find their article. Files are JSON lines."`
	Conversations evalConversationsCommand `cmd:"" help:"Play whole dialogues from a folder and tell where the assistant did otherwise than they expect."`
	Compare       evalCompareCommand       `cmd:"" help:"What became better and what worse between two results written with --json."`
	Tune          evalTuneCommand          `cmd:"" help:"Find the confidence from which acting, asking and answering cost least, for every intent."`
}

// output is what every evaluation can do with its figures.
type output struct {
	JSON bool    `name:"json" help:"For machines, with every single prediction."`
	Min  float64 `help:"End with status 3 when the first figure is below this, 0 to 1." placeholder:"SHARE"`
}

// report is what every evaluation prints.
type report interface{ WriteText(w io.Writer) error }

// write prints a report and checks its first figure.
func (o *output) write(w *world, r report, name string, figure float64) error {
	var err error
	if o.JSON {
		err = eval.WriteJSON(w.out, r)
	} else {
		err = r.WriteText(w.out)
	}
	if err != nil {
		return err
	}
	return atLeast(name, figure, o.Min)
}

func atLeast(name string, got, want float64) error {
	if got < want {
		return fmt.Errorf("%s %.1f %% is %w %.1f %%", name, got*100, errBelow, want*100)
	}
	return nil
}

type evalIntentsCommand struct {
	output
	Train string `required:"" type:"existingfile" help:"Messages to learn from." placeholder:"FILE"`
	Test  string `required:"" type:"existingfile" help:"Messages to measure on; --min is about their accuracy." placeholder:"FILE"`
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
	tell, end := progress(w.err)
	r, err := eval.Intents(ctx, train, test, classify.Options{}, tell)
	end()
	if err != nil {
		return err
	}
	return c.write(w, &r, "accuracy", r.Accuracy)
}

type evalRetrievalCommand struct {
	output
	Articles  string `required:"" type:"existingfile" help:"Articles: id, language, title, questions, body." placeholder:"FILE"`
	Questions string `required:"" type:"existingfile" help:"Questions: text, language, article; --min is about how many find it first." placeholder:"FILE"`
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
	tell, end := progress(w.err)
	r, err := eval.Retrieval(ctx, articles, questions, tell)
	end()
	if err != nil {
		return err
	}
	return c.write(w, &r, "recall at 1", r.Recall1)
}

type evalConversationsCommand struct {
	output
	Dir       string `arg:"" type:"existingdir" help:"Folder with dialogues, files that end in .txt; --min is about the share of expectations met."`
	Knowledge string `help:"Folder laid over the shipped articles, intents and flows." type:"existingdir" placeholder:"DIR"`
}

// Run plays dialogues.
func (c *evalConversationsCommand) Run(ctx context.Context, w *world) error {
	all, err := dialogue.ReadDir(c.Dir)
	if err != nil {
		return err
	}
	tell, end := progress(w.err)
	defer end()
	if tell != nil {
		tell("learning", 0, 1)
	}
	mind, err := dialogue.Learn(ctx, knowledge.Merge(faq.Files, c.Knowledge))
	if err != nil {
		return err
	}
	r, err := eval.Conversations(ctx, mind, all, tell)
	end()
	if err != nil {
		return err
	}
	return c.write(w, &r, "expectations met", r.Met)
}

type evalCompareCommand struct {
	A         string `arg:"" type:"existingfile" help:"Result of an evaluation with --json."`
	B         string `arg:"" type:"existingfile" help:"Another, on the same data."`
	JSON      bool   `name:"json" help:"For machines."`
	MaxBroken int    `default:"-1" help:"End with status 3 when more than this became wrong." placeholder:"N"`
}

// Run compares two results.
func (c *evalCompareCommand) Run(w *world) error {
	a, err := eval.ReadResult(c.A)
	if err != nil {
		return err
	}
	b, err := eval.ReadResult(c.B)
	if err != nil {
		return err
	}
	r, err := eval.Compare(a, b)
	if err != nil {
		return err
	}
	if err := (&output{JSON: c.JSON}).write(w, &r, "", 0); err != nil {
		return err
	}
	if c.MaxBroken >= 0 && len(r.Broken) > c.MaxBroken {
		return fmt.Errorf("%d became wrong: %w, at most %d", len(r.Broken), errBelow, c.MaxBroken)
	}
	return nil
}
