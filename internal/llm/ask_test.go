package llm_test

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/llm"
	"antena/internal/llm/llmtest"
	"antena/prompts"
)

func TestAsk(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.server.Answer("rewrite", good)
	got, u, err := w.rewrite()
	if err != nil {
		t.Fatal(err)
	}
	if want := (prompts.Rewritten{Covers: true, Citations: []string{"article:pay/es/1"}, Text: "Con QR o en la app."}); !reflect.DeepEqual(got, want) {
		t.Errorf("answered %+v, want %+v", got, want)
	}
	req := w.server.Requests()[0]
	if req.Model != "talker" || req.Authorization != "Bearer "+secret || req.Format != "json_schema" || req.MaxTokens != "max_tokens" || !req.Temperature {
		t.Errorf("asked as %+v", req)
	}
	if !strings.Contains(req.User, "como pago?") || !strings.Contains(req.System, "never instructions") {
		t.Errorf("the prompt did not arrive: %q", req.User)
	}
	if u.Calls != 1 || u.Day != "2026-11-23" || u.Purpose != "rewrite" || u.Model != "talker" || u.TokensIn < 100 || u.TokensOut < 5 || u.Unpriced != 0 || u.CostMicros == 0 {
		t.Errorf("used %+v", u)
	}
	if got := w.ledger.total(); got.Calls != 1 || got.Tokens() != u.Tokens() || got.CostMicros != u.CostMicros {
		t.Errorf("charged %+v, used %+v", got, u)
	}
}

// Every way a server fails has its one reason, reaches nobody as an answer, and
// takes no longer than the deadline.
func TestAsk_Faults(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		fault llmtest.Kind
		want  desk.ModelReason
		asked int // requests
		calls int // charged
	}{
		{llmtest.Down, desk.ModelDown, 1, 1},
		{llmtest.Slow, desk.ModelSlow, 1, 1},
		{llmtest.Endless, desk.ModelTooLong, 1, 1},
		{llmtest.Huge, desk.ModelTooLong, 1, 1},
		{llmtest.HTML, desk.ModelNonsense, 1, 1},
		{llmtest.Redirect, desk.ModelDown, 1, 0},
		{llmtest.KeyRefused, desk.ModelKeyRefused, 1, 0},
		{llmtest.Forbidden, desk.ModelKeyRefused, 1, 0},
		{llmtest.Unpaid, desk.ModelUnpaid, 1, 0},
		{llmtest.NoModel, desk.ModelUnknown, 1, 0},
		{llmtest.Busy, desk.ModelBusy, 1, 0},
		{llmtest.Broken, desk.ModelDown, 1, 0},
		{llmtest.Overloaded, desk.ModelDown, 1, 0},
		{llmtest.TooLong, desk.ModelTooLong, 1, 0},
		{llmtest.NoRoom, desk.ModelTooLong, 1, 0},
		{llmtest.Rejected, desk.ModelRejected, 3, 0}, // tried in each format
		{llmtest.Truncated, desk.ModelDown, 1, 1},
		{llmtest.HalfJSON, desk.ModelNonsense, 1, 1},
		{llmtest.WrongSchema, desk.ModelNonsense, 2, 2}, // sent back once
		{llmtest.NoContent, desk.ModelNonsense, 2, 2},
		{llmtest.ToolCalls, desk.ModelNonsense, 1, 1},
		{llmtest.Refusal, desk.ModelRefused, 1, 1},
		{llmtest.Filtered, desk.ModelRefused, 1, 1},
		{llmtest.CutOff, desk.ModelCut, 1, 1},
		{llmtest.NoChoices, desk.ModelNonsense, 1, 1},
		{llmtest.OddEnding, desk.ModelNonsense, 1, 1},
	} {
		t.Run(string(one.fault), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(o *llm.Options) {
				if one.fault == llmtest.Slow {
					o.Deadline = 200 * time.Millisecond
				}
			})
			w.server.Fail(llmtest.Any, llmtest.Fault{Kind: one.fault})
			out, u, err := w.rewrite()
			if got := reason(t, err); got != one.want {
				t.Errorf("failed with %v, want %s", err, one.want)
			}
			if !reflect.DeepEqual(out, prompts.Rewritten{}) {
				t.Errorf("something of it was taken for an answer: %+v", out)
			}
			if got := len(w.server.Requests()); got != one.asked {
				t.Errorf("asked %d times, want %d", got, one.asked)
			}
			if u.Calls != one.calls || one.calls > 0 && u.TokensIn == 0 || w.ledger.total().Calls != one.calls {
				t.Errorf("used %+v, charged %+v, want %d calls", u, w.ledger.total(), one.calls)
			}
			if strings.Contains(err.Error(), secret) || strings.Contains(err.Error(), "pago") {
				t.Errorf("the error tells a secret: %v", err)
			}
		})
	}
}

func TestAsk_NobodyListens(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	_ = w.server.Close()
	_, u, err := w.rewrite()
	if got := reason(t, err); got != desk.ModelDown || u.Calls != 0 {
		t.Errorf("failed with %v and used %+v", err, u)
	}
}

// Whoever goes away is not told that the server is slow.
func TestAsk_Cancelled(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	w.server.AnswerWith("rewrite", func(llmtest.Request) string { cancel(); <-ctx.Done(); return good })
	_, err := w.client.Ask(ctx, w.rewriting(uuid.Nil), &prompts.Rewritten{})
	if got := reason(t, err); got != desk.ModelStopped {
		t.Errorf("failed with %v", err)
	}
	if got := w.ledger.total().Calls; got != 1 {
		t.Errorf("charged %d calls", got)
	}
}

// A server that takes less than OpenAI's is asked in the way it takes, and asked so
// at once the next time.
func TestAsk_Manners(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		fault llmtest.Kind
		asked int
		want  func(llmtest.Request) bool
	}{
		{llmtest.NoSchemas, 2, func(r llmtest.Request) bool {
			return r.Format == "json_object" && strings.Contains(r.System, `"citations"`)
		}},
		{llmtest.NoFormats, 3, func(r llmtest.Request) bool { return r.Format == "" && strings.Contains(r.System, `"maxLength"`) }},
		{llmtest.NoTemperature, 2, func(r llmtest.Request) bool { return !r.Temperature && r.Format == "json_schema" }},
		{llmtest.OnlyCompletionTokens, 2, func(r llmtest.Request) bool { return r.MaxTokens == "max_completion_tokens" }},
	} {
		t.Run(string(one.fault), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			w.server.Answer(llmtest.Any, good)
			w.server.Fail(llmtest.Any, llmtest.Fault{Kind: one.fault})
			for range 2 {
				if _, _, err := w.rewrite(); err != nil {
					t.Fatal(err)
				}
			}
			asked := w.server.Requests()
			if len(asked) != one.asked+1 {
				t.Errorf("asked %d times, want %d", len(asked), one.asked+1)
			}
			for _, r := range asked[one.asked-1:] {
				if !one.want(r) {
					t.Errorf("asked as %+v", r)
				}
			}
		})
	}
}

// Models that are known to think take no temperature: the library says so before
// anything is sent.
func TestAsk_ThinkingModel(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *llm.Options) { o.ChatModel = "gpt-5-mini" })
	w.server.Answer("rewrite", good)
	_, u, err := w.rewrite()
	if err != nil {
		t.Fatal(err)
	}
	asked := w.server.Requests()
	if len(asked) != 1 || asked[0].Temperature || asked[0].MaxTokens != "max_completion_tokens" {
		t.Errorf("asked %+v", asked)
	}
	if u.Unpriced != 1 || u.CostMicros != 0 {
		t.Errorf("the price is not known, and the usage says %+v", u)
	}
}

func TestAsk_RepairedOnce(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		name, first, second string
		want                desk.ModelReason
	}{
		{"not JSON, then good", "Claro, paga con QR.", good, ""},
		{"a field too many, then good", strings.Replace(good, "{", `{"note": 1, `, 1), good, ""},
		{"two values, then good", good + good, good, ""},
		{"too long, then good", strings.Replace(good, "Con QR", strings.Repeat("x", 5000), 1), good, ""},
		{"a control character, then good", strings.Replace(good, "Con QR", `Con\u0000QR`, 1), good, ""},
		{"a key in other letters, then good", strings.Replace(good, "{", `{"Text": "free!", `, 1), good, ""},
		{"bad twice", "{}", `{"text": 1}`, desk.ModelNonsense},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			w.server.Answer("rewrite", one.first, one.second)
			out, u, err := w.rewrite()
			if got := reason(t, err); got != one.want {
				t.Fatalf("failed with %v, want %q", err, one.want)
			}
			if (err == nil) != (out.Text == "Con QR o en la app.") {
				t.Errorf("answered %+v with %v", out, err)
			}
			asked := w.server.Requests()
			if len(asked) != 2 || u.Calls != 2 || asked[1].Messages != 4 || !strings.Contains(asked[1].User, "not accepted") {
				t.Errorf("asked %d times, charged %d calls", len(asked), u.Calls)
			}
		})
	}
}

// What small models put round their JSON is taken off.
func TestAsk_Wrapped(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"```json\n" + good + "\n```", "```\n" + good + "```", "<think>the user {wants}</think>\n" + good, "\n\n" + good} {
		w := newWorld(t, nil)
		w.server.Answer("rewrite", text)
		if out, u, err := w.rewrite(); err != nil || !out.Covers || u.Calls != 1 {
			t.Errorf("%q: %+v, %v", text, out, err)
		}
	}
}

func TestAsk_Picture(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	request := prompts.Request{
		Prompt: w.prompts.See, Inputs: prompts.Inputs{"caption": "mira", "language": "es"},
		Images: []prompts.Image{{MIME: "image/jpeg", Data: []byte("picture")}},
	}
	var out prompts.Seen
	if _, err := w.client.Ask(t.Context(), request, &out); err != nil {
		t.Fatal(err)
	}
	if out.Kind != "router_leds" || len(out.Findings) != 3 {
		t.Errorf("saw %+v", out)
	}
	if req := w.server.Requests()[0]; req.Model != "looker" || !slices.Equal(req.Images, []string{"data:image/jpeg;base64,cGljdHVyZQ=="}) {
		t.Errorf("asked %s with %v", req.Model, req.Images)
	}
	for name, change := range map[string]func(*prompts.Request){
		"no picture":       func(r *prompts.Request) { r.Images = nil },
		"too many":         func(r *prompts.Request) { r.Images = slices.Repeat(r.Images, 4) },
		"another type":     func(r *prompts.Request) { r.Images = []prompts.Image{{MIME: "image/svg+xml"}} },
		"an input missing": func(r *prompts.Request) { r.Inputs = prompts.Inputs{} },
	} {
		bad := request
		change(&bad)
		if _, err := w.client.Ask(t.Context(), bad, &out); reason(t, err) != desk.ModelInput {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := len(w.server.Requests()); got != 1 {
		t.Errorf("asked %d times", got)
	}
}

func TestAsk_NoModel(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *llm.Options) {
		o.ChatModel, o.VisionModel, o.EmbeddingModel, o.TranscriptionModel = "", "", "", ""
	})
	_, _, err := w.rewrite()
	if reason(t, err) != desk.ModelOff || w.client.Asks() || w.client.Looks() || w.client.Embeds() || w.client.Hears() {
		t.Errorf("failed with %v", err)
	}
	if _, _, err := w.client.Embed(t.Context(), uuid.Nil, []string{"a"}); reason(t, err) != desk.ModelOff {
		t.Errorf("embedding failed with %v", err)
	}
}

// The answers' types and the schemas agree in both directions.
func TestAsk_AnswersFitTheirTypes(t *testing.T) {
	t.Parallel()
	set, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range []struct {
		prompt *prompts.Prompt
		into   any
	}{
		{set.Understand, &prompts.Understood{}}, {set.Rewrite, &prompts.Rewritten{}}, {set.Clarify, &prompts.Clarified{}}, {set.Summary, &prompts.Summarized{}},
		{set.Suggest, &prompts.Suggested{}}, {set.Draft, &prompts.Drafted{}}, {set.See, &prompts.Seen{}},
	} {
		smallest := llmtest.Smallest(one.prompt.Schema())
		if err := one.prompt.Decode([]byte(smallest), one.into); err != nil {
			t.Errorf("%s: %v", one.prompt.Name, err)
		}
		again, err := json.Marshal(one.into)
		if err != nil {
			t.Fatal(err)
		}
		var want, got any
		if json.Unmarshal([]byte(smallest), &want) != nil || json.Unmarshal(again, &got) != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the type keeps %s of %s", one.prompt.Name, again, smallest)
		}
	}
}
