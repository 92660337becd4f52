package llmtest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptrace"
	"slices"
	"strings"
	"testing"

	"antena/internal/llm/llmtest"
)

func start(t *testing.T) *llmtest.Server {
	t.Helper()
	s, err := llmtest.Start("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// ask sends a chat and returns the status and what was said.
func ask(t *testing.T, s *llmtest.Server, name string) (int, string) {
	t.Helper()
	body := `{"model":"m","messages":[{"role":"system","content":"rules"},{"role":"user","content":[{"type":"text","text":"hola"}]}],
		"response_format":{"type":"json_schema","json_schema":{"name":"` + name + `","schema":{"type":"object","properties":{"sure":{"type":"boolean"}}}}}}`
	resp, err := http.Post(s.URL()+"/chat/completions", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Choices []struct {
			Message struct{ Content string } `json:"message"`
		} `json:"choices"`
	}
	if resp.StatusCode == http.StatusOK && (json.Unmarshal(raw, &answer) != nil || len(answer.Choices) != 1) {
		t.Fatalf("said %s", raw)
	}
	if len(answer.Choices) == 0 {
		return resp.StatusCode, string(raw)
	}
	return resp.StatusCode, strings.TrimSpace(answer.Choices[0].Message.Content)
}

// Scripts are followed by prompt, each text once and the last for ever; a prompt
// without one gets what fits its schema.
func TestServer_Scripts(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.Answer("a", "one", "two")
	s.AnswerWith("b", func(r llmtest.Request) string { return r.Prompt + r.System + r.User })
	for _, one := range []struct{ prompt, want string }{
		{"a", "one"}, {"b", "bruleshola"}, {"a", "two"}, {"a", "two"}, {"c", `{"sure":false}`},
	} {
		if _, got := ask(t, s, one.prompt); got != one.want {
			t.Errorf("%s: %q, want %q", one.prompt, got, one.want)
		}
	}
	s.Answer(llmtest.Any, "all")
	if _, got := ask(t, s, "c"); got != "all" {
		t.Errorf("a prompt without a script of its own: %q", got)
	}
	if got := len(s.Requests()); got != 6 {
		t.Errorf("%d requests recorded", got)
	}
}

// A fault counts the requests it fails, and goes before the script.
func TestServer_FaultsCount(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.Answer(llmtest.Any, "good")
	s.Fail("a", llmtest.Fault{Kind: llmtest.Broken, Times: 2})
	var got []int
	for range 3 {
		status, _ := ask(t, s, "a")
		got = append(got, status)
	}
	if !slices.Equal(got, []int{500, 500, 200}) {
		t.Errorf("statuses %v", got)
	}
	s.Fail(llmtest.Any, llmtest.Fault{Kind: llmtest.KeyRefused})
	if status, _ := ask(t, s, "b"); status != http.StatusUnauthorized {
		t.Errorf("status %d", status)
	}
	s.Heal()
	if status, _ := ask(t, s, "b"); status != http.StatusOK {
		t.Errorf("healed, status %d", status)
	}
}

// Closing ends what waits.
func TestServer_CloseEndsTheSlow(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.Fail(llmtest.Any, llmtest.Fault{Kind: llmtest.Slow})
	sent, ended := make(chan struct{}), make(chan struct{})
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { close(sent) }})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL()+"/embeddings", strings.NewReader(`{"model":"m","input":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(ended)
		if resp, err := http.DefaultClient.Do(req); err == nil {
			_ = resp.Body.Close()
		}
	}()
	<-sent
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	<-ended
}

// Texts that share words are near each other, whatever their case and accents, so
// that a test of retrieval says something.
func TestVector(t *testing.T) {
	t.Parallel()
	near := func(a, b string) (sum float64) {
		x, y := llmtest.Vector(a), llmtest.Vector(b)
		for i := range x {
			sum += float64(x[i]) * float64(y[i])
		}
		return sum
	}
	question := "como cambio la clave del wifi"
	for _, one := range []struct{ nearer, farther string }{
		{"Cambiar la clave del Wi-Fi", "Pagar la factura con QR"},
		{"cambiar contraseña wifi", "cobertura en tu zona"},
		{"CÓMO CAMBIO LA CLAVE DEL WIFI", "Cambiar la clave del Wi-Fi"},
		{"como canbio la clabe del wifi", "quiero cambiar de plan"},
	} {
		if a, b := near(question, one.nearer), near(question, one.farther); a <= b {
			t.Errorf("%q is at %.2f, %q at %.2f", one.nearer, a, one.farther, b)
		}
	}
	if got := near(question, "CÓMO CAMBIO LA CLAVE DEL WIFI!"); got < 0.999 {
		t.Errorf("case and accents count: %.3f", got)
	}
	if got := near("🙂", "🙂"); got < 0.999 {
		t.Errorf("a text without words has no vector: %.3f", got)
	}
}
