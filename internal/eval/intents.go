package eval

import (
	"context"
	"runtime"
	"slices"
	"time"

	"antena/internal/understand/classify"
)

// IntentReport is how well intents are told apart. Shares are between 0 and 1; those without anything to measure are 0.
type IntentReport struct {
	Kind        Kind    `json:"kind"`
	Train       int     `json:"train"` // messages
	Test        int     `json:"test"`
	Outside     int     `json:"outside"` // of the test, how many belong to no intent
	Labels      int     `json:"labels"`
	Accuracy    float64 `json:"accuracy"` // of messages that have an intent, the right one first
	Top3        float64 `json:"top3"`     // of those, the right one among the first three
	MacroF1     float64 `json:"macro_f1"` // over intents, before anything is refused
	Kept        float64 `json:"kept"`     // of messages that have an intent: right and not refused
	OOSRecall   float64 `json:"oos_recall"`
	OOSPrecise  float64 `json:"oos_precision"`
	AUROC       float64 `json:"auroc"`       // of Accept, messages with an intent against those without
	ScopeAUROC  float64 `json:"scope_auroc"` // of None, messages without an intent against those with one
	Coverage90  float64 `json:"coverage90"`  // share of all messages that can be answered with 90 % of answers right
	Coverage95  float64 `json:"coverage95"`
	Calibration float64 `json:"calibration_error"` // of Accept: mean distance between what it says and what happens
	Confidence  float64 `json:"confidence_error"`  // of the first score, on messages that have an intent

	TrainTime time.Duration `json:"train_ns"`
	Median    time.Duration `json:"predict_p50_ns"`
	P99       time.Duration `json:"predict_p99_ns"`
	Memory    uint64        `json:"memory_bytes"` // held by the trained model

	Confusions []Confusion `json:"confusions,omitempty"` // most frequent first, at most 20
	Items      []Item      `json:"items"`
}

// Confusion counts messages of one intent taken for another.
type Confusion struct {
	Truth string `json:"truth"`
	Taken string `json:"taken"`
	Count int    `json:"count"`
}

// judged is one test message with what the model made of it.
type judged struct {
	*Utterance
	truth, best string
	rank        int // of the truth among the scores, from 0; -1: absent
	top         float64
	accept      float64
	none        float64 // probability that no intent is right
	refused     bool
}

// Intents trains on one set and measures on the other.
func Intents(ctx context.Context, train, test []Utterance, opts classify.Options, tell Progress) (IntentReport, error) {
	r := IntentReport{Kind: KindIntents, Train: len(train), Test: len(test)}
	examples := make([]classify.Example, len(train))
	for i, u := range train {
		examples[i] = classify.Example{Text: u.Text, Label: u.Intent, Language: u.Language}
	}
	tell.tell("training", 0, 1)
	before := heap()
	start := time.Now()
	model, err := classify.Train(ctx, examples, opts)
	if err != nil {
		return r, err
	}
	r.TrainTime = time.Since(start)
	r.Memory = growth(before)
	r.Labels = len(model.Labels())
	all, times, err := judge(ctx, model, test, tell)
	if err != nil {
		return r, err
	}
	r.Median, r.P99 = percentiles(times)
	r.rate(all)
	r.Confusions = confusions(all)
	r.Items = items(all)
	return r, nil
}

// items are the messages with what is made of them in the end.
func items(all []judged) []Item {
	out := make([]Item, len(all))
	for i, j := range all {
		got := j.best
		if j.refused {
			got = classify.None
		}
		out[i] = Item{ID: j.Text, Language: j.Language, Want: j.truth, Got: got, Right: got == j.truth, Confidence: j.accept}
	}
	return out
}

func judge(ctx context.Context, model *classify.Model, test []Utterance, tell Progress) ([]judged, []time.Duration, error) {
	all, times := make([]judged, len(test)), make([]time.Duration, len(test))
	for i := range test {
		u := &test[i]
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		tell.tell("testing", i, len(test))
		start := time.Now()
		p := model.PredictIn(u.Text, u.Language)
		times[i] = time.Since(start)
		best := p.Best()
		all[i] = judged{
			Utterance: u,
			truth:     u.Intent, best: best.Label, top: best.Confidence, accept: p.Accept, none: p.None, refused: p.None >= 0.5,
			rank: slices.IndexFunc(p.Scores, func(s classify.Score) bool { return s.Label == u.Intent }),
		}
	}
	return all, times, nil
}

func (r *IntentReport) rate(all []judged) {
	var inside, right, top3, kept, refused, refusedRight int
	var inAccept, outAccept, inScope, outScope []float64
	var confidence, accept []bet
	for _, j := range all {
		hit := j.best == j.truth
		accept = append(accept, bet{j.accept, hit})
		if j.refused {
			refused++
		}
		if j.truth == classify.None {
			r.Outside++
			outAccept, outScope = append(outAccept, j.accept), append(outScope, 1-j.none)
			if j.refused {
				refusedRight++
			}
			continue
		}
		inside++
		inAccept, inScope = append(inAccept, j.accept), append(inScope, 1-j.none)
		confidence = append(confidence, bet{j.top, hit})
		if hit {
			right++
			if !j.refused {
				kept++
			}
		}
		if j.rank >= 0 && j.rank < 3 {
			top3++
		}
	}
	r.Accuracy, r.Top3, r.Kept = ratio(right, inside), ratio(top3, inside), ratio(kept, inside)
	r.OOSRecall, r.OOSPrecise = ratio(refusedRight, r.Outside), ratio(refusedRight, refused)
	r.AUROC, r.ScopeAUROC = auroc(inAccept, outAccept), auroc(inScope, outScope)
	r.MacroF1 = macroF1(all)
	r.Coverage90, r.Coverage95 = coverage(accept, 0.90), coverage(accept, 0.95)
	r.Calibration, r.Confidence = calibrationError(accept), calibrationError(confidence)
}

// heap is the memory in use after everything unreachable is gone.
func heap() uint64 {
	runtime.GC()
	runtime.GC() // pools empty on the second
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// growth is how much more memory is in use than before.
func growth(before uint64) uint64 {
	now := heap()
	return now - min(before, now)
}
