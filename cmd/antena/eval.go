package main

import (
	"context"
	"fmt"

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
	if c.JSON {
		err = eval.WriteJSON(w.out, r)
	} else {
		err = r.WriteText(w.out)
	}
	if err != nil {
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
	if c.JSON {
		err = eval.WriteJSON(w.out, r)
	} else {
		err = r.WriteText(w.out)
	}
	if err != nil {
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
