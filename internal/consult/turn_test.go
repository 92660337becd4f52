package consult_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/llm"
	"antena/internal/llm/llmtest"
	"antena/internal/store/storetest"
	"antena/internal/turn/turntest"
	"antena/prompts"
)

// Messages that the local brain places in its bands.
const (
	unsure   = "no entiendo lo que me cobran ni la velocidad" // slow_internet before billing_question
	unclear  = "o negocio lá não tá indo"
	question = "que planes tienen y precios"
)

const plans = "article:plans-and-prices/es"

// fitting is an honest answer to the question, made of the article.
const fitting = "El plan más económico es Río 100: 100 Mbps por US$ 18 por mes. Para contratar, envía por aquí tu dirección y así se confirma la cobertura."

// TestModelFails: whatever the model's server does, the customer has an answer, a
// question or a person, in the words the desk says without a model. With -v it
// prints the table.
func TestModelFails(t *testing.T) {
	t.Parallel()
	kinds := []struct {
		kind llmtest.Kind
		want desk.ModelReason
	}{
		{llmtest.Down, desk.ModelDown}, {llmtest.Slow, desk.ModelSlow}, {llmtest.Endless, ""}, {llmtest.Huge, ""}, {llmtest.HTML, desk.ModelNonsense},
		{llmtest.Redirect, desk.ModelDown}, {llmtest.KeyRefused, desk.ModelKeyRefused}, {llmtest.Forbidden, desk.ModelKeyRefused},
		{llmtest.Unpaid, desk.ModelUnpaid}, {llmtest.NoModel, desk.ModelUnknown}, {llmtest.Busy, desk.ModelBusy}, {llmtest.Broken, desk.ModelDown},
		{llmtest.Overloaded, desk.ModelDown}, {llmtest.TooLong, desk.ModelTooLong}, {llmtest.NoRoom, desk.ModelTooLong}, {llmtest.Rejected, desk.ModelRejected},
		{llmtest.Truncated, desk.ModelDown}, {llmtest.HalfJSON, desk.ModelNonsense}, {llmtest.WrongSchema, desk.ModelNonsense},
		{llmtest.ToolCalls, desk.ModelNonsense}, {llmtest.Refusal, desk.ModelRefused}, {llmtest.Filtered, desk.ModelRefused}, {llmtest.CutOff, desk.ModelCut},
		{llmtest.NoChoices, desk.ModelNonsense}, {llmtest.NoContent, desk.ModelNonsense}, {llmtest.OddEnding, desk.ModelNonsense},
	}
	var table report
	t.Cleanup(func() { t.Log("\n" + table.String()) })
	for i, c := range kinds {
		dialects := []string{storetest.SQLite}
		if i == 0 {
			dialects = storetest.Dialects()
		}
		for _, dialect := range dialects {
			t.Run(string(c.kind)+"/"+dialect, func(t *testing.T) {
				t.Parallel()
				a := withModel(t, turntest.Options{Dialect: dialect}, nil)
				a.model.Fail(llmtest.Any, llmtest.Fault{Kind: c.kind, After: pause(c.kind)})
				a.survives(t, string(c.kind), c.want, &table)
			})
		}
	}
}

// pause is long where a fault waits or asks for patience.
func pause(k llmtest.Kind) time.Duration {
	if k == llmtest.Slow || k == llmtest.Busy || k == llmtest.Overloaded {
		return 30 * time.Second
	}
	return 0
}

// TestModelIsNotAsked: what stops a call before it is made costs no customer an answer.
func TestModelIsNotAsked(t *testing.T) {
	t.Parallel()
	var table report
	t.Cleanup(func() { t.Log("\n" + table.String()) })
	for _, c := range []struct {
		name   string
		want   desk.ModelReason
		change func(*llm.Options)
		before func(*advised)
	}{
		{"the day's budget is spent", desk.ModelBudget, func(o *llm.Options) { o.DayBudget.Tokens = 1; o.Ledger = spent{} }, nil},
		{"the conversation's budget is spent", desk.ModelBudget, func(o *llm.Options) { o.TalkBudget.Tokens = 1; o.Ledger = spent{} }, nil},
		{"the ledger cannot be read", desk.ModelUnaccounted, func(o *llm.Options) { o.DayBudget.Tokens = 1; o.Ledger = spent{errors.New("gone")} }, nil},
		{"no chat model", desk.ModelOff, func(o *llm.Options) { o.ChatModel = "" }, nil},
		{"the breaker is open", desk.ModelDown, nil, func(a *advised) {
			a.model.Fail(llmtest.Any, llmtest.Fault{Kind: llmtest.Broken})
			for range 5 {
				a.Says(question)
			}
			a.model.Heal()
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := withModel(t, turntest.Options{}, c.change)
			if c.before != nil {
				c.before(a)
			}
			before := len(a.model.Requests())
			a.survives(t, c.name, c.want, &table)
			if n := len(a.model.Requests()) - before; n != 0 {
				t.Errorf("the model was asked %d times", n)
			}
		})
	}
}

// spent is a ledger of a desk that used all it may.
type spent struct{ err error }

func (s spent) Spent(context.Context, string, uuid.UUID) (all, one desk.ModelUsage, err error) {
	u := desk.ModelUsage{TokensIn: 1000}
	return u, u, s.err
}

func (spent) Spend(context.Context, desk.ModelUsage) error { return nil }

// survives plays a message of each band, and compares with the same desk without a model.
func (a *advised) survives(t *testing.T, name string, want desk.ModelReason, table *report) {
	t.Helper()
	for _, text := range []string{question, unsure, unclear} {
		sent, start := len(a.Sent), time.Now()
		a.Says(text)
		last := a.Last()
		if len(a.Sent) != sent+1 && last.Action != desk.ActSilent && last.Action != desk.ActHandoff {
			t.Errorf("%q: nothing was said\n%s", text, a.History())
		}
		var problems []string
		if advice := last.Understanding.Advice; advice != nil {
			problems = append(problems, string(advice.Problem))
		}
		if wording := last.Decision.Wording; wording != nil {
			problems = append(problems, string(wording.Problem))
			if wording.Text != "" {
				t.Errorf("%q: said a model's words %q", text, wording.Text)
			}
		}
		if text != unclear && len(problems) == 0 {
			t.Errorf("%q: no model was asked, so the test shows nothing", text)
		}
		for _, p := range problems {
			if p == "" || want != "" && p != string(want) {
				t.Errorf("%q: the record says %q, want %q", text, p, want)
			}
		}
		table.add("  %-36s %-46q %-8s %-14s %-22s %s", name, text, last.Action, last.Reason, strings.Join(problems, " "), time.Since(start).Round(time.Millisecond))
		if a.isWithPeople(t) {
			break
		}
	}
	a.Replays()
}

func (a *advised) isWithPeople(t *testing.T) bool {
	t.Helper()
	c, err := a.Store.Conversation(t.Context(), a.Conv)
	if err != nil {
		t.Fatal(err)
	}
	return c.Owner != desk.OwnerAssistant
}

// report is a table that subtests fill in.
type report struct {
	mu   sync.Mutex
	rows []string
}

func (r *report) add(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rows = append(r.rows, fmt.Sprintf(format, args...))
}

func (r *report) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.rows, "\n")
}

// An honest model helps: it settles what was unsure, fits the answer, asks the
// question better; the record tells what it cost, and replay needs no model.
func TestModelHelps(t *testing.T) {
	t.Parallel()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			a := withModel(t, turntest.Options{Dialect: dialect}, nil)
			a.model.Answer("rewrite", says(t, prompts.Rewritten{Covers: true, Citations: []string{plans}, Text: fitting}))
			a.Says(question)
			if got := a.Sent[0].Text; !strings.HasPrefix(got, fitting) {
				t.Errorf("said %q", got)
			}
			last := a.Last()
			if last.Model != last.Understanding.Model+" + talker" || last.TokensIn == 0 || last.CostMicros == 0 || last.CostCurrency != "USD" || !strings.HasPrefix(last.PromptHash, "rewrite:") {
				t.Errorf("the record lacks the model's part: %q %d %d %q %q", last.Model, last.TokensIn, last.CostMicros, last.CostCurrency, last.PromptHash)
			}
			if n := a.asked("understand"); n != 0 {
				t.Errorf("a sure matter was asked about %d times", n)
			}
			a.Replays()
		})
	}
}
