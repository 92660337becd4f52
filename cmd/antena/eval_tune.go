package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/alecthomas/kong"

	"antena/faq"
	"antena/internal/eval"
	"antena/internal/knowledge"
)

type evalTuneCommand struct {
	output
	Knowledge string  `help:"Folder laid over the shipped articles, intents and flows." type:"existingdir" placeholder:"DIR"`
	Test      string  `help:"Labelled messages to tune on; default: the intents' own examples, each read by a model that has not seen it." type:"existingfile" placeholder:"FILE"`
	Wrong     float64 `name:"cost-wrong" default:"${cost_wrong}" help:"What a wrong answer costs; only the relation of the three matters. --min is about the share of right ones among what is acted on."`
	Question  float64 `name:"cost-question" default:"${cost_question}" help:"What a question costs that was not needed."`
	Handover  float64 `name:"cost-handover" default:"${cost_handover}" help:"What a person costs who was not needed."`
	Outside   float64 `default:"0.25" help:"Share of the messages that arrive which are none of ours."`
	Folds     int     `default:"5" help:"In how many parts the examples are dealt; each is read by what learned from the others."`
	Prior     float64 `default:"200" help:"How many messages of others an intent's own are weighed against: more keeps intents closer together."`
	Write     string  `help:"Write the thresholds into this folder of knowledge, as thresholds.yaml." type:"existingdir" placeholder:"DIR"`
}

var errTuneFlags = errors.New("costs are above 0, --outside is between 0 and 1, --folds is 2 to 50, --prior is at least 1")

// Run tunes thresholds.
func (c *evalTuneCommand) Run(ctx context.Context, w *world) error {
	if !(c.Wrong > 0 && c.Question > 0 && c.Handover > 0 && c.Outside > 0 && c.Outside < 1 && c.Prior >= 1) || c.Folds < 2 || c.Folds > 50 {
		return errTuneFlags
	}
	lib, err := knowledge.Load(knowledge.Merge(faq.Files, c.Knowledge))
	if err != nil {
		return fmt.Errorf("the knowledge has problems:\n%w", err)
	}
	o := eval.TuneOptions{Costs: eval.Costs{Wrong: c.Wrong, Question: c.Question, Handover: c.Handover}, Outside: c.Outside, Folds: c.Folds, Prior: c.Prior}
	if c.Test != "" {
		if o.Test, err = eval.Utterances(c.Test); err != nil {
			return err
		}
	}
	tell, end := progress(w.err)
	r, err := eval.Tune(ctx, knowledge.NewBook(lib.Articles, lib), lib.Thresholds, o, tell)
	end()
	if err != nil {
		return err
	}
	if c.Write != "" {
		if err := writeThresholds(c.Write, &r); err != nil {
			return err
		}
	}
	return c.write(w, &r, "right among what is acted on", r.After.Right)
}

func writeThresholds(dir string, r *eval.TuneReport) error {
	comment := fmt.Sprintf("Written by antena eval tune; costs: wrong answer %g, question %g, hand-over %g.\n"+
		"Confidence from which the assistant acts (answer), asks (ask), answers from an article without a sure intent (article).",
		r.Costs.Wrong, r.Costs.Question, r.Costs.Handover)
	raw, err := knowledge.FormatThresholds(r.Thresholds, comment)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, knowledge.ThresholdsFile), raw, 0o644)
}

// tuneDefaults are the costs unless told otherwise, where help shows them.
func tuneDefaults() kong.Vars {
	c := eval.DefaultCosts
	return kong.Vars{"cost_wrong": fmt.Sprint(c.Wrong), "cost_question": fmt.Sprint(c.Question), "cost_handover": fmt.Sprint(c.Handover)}
}
