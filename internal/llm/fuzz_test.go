package llm

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"testing"

	"antena/internal/desk"
	"antena/prompts"
)

// canned answers every request with the same bytes.
type canned struct {
	status int
	header string
	body   []byte
}

func (c canned) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: c.status, Header: http.Header{"Retry-After": {c.header}}, Body: io.NopCloser(bytes.NewReader(c.body)),
	}, nil
}

// Whatever a server sends, the program goes on: with an answer that fits, or with a
// failure that has one of the known reasons and a bounded charge.
func FuzzServer(f *testing.F) {
	for _, body := range []string{
		`{"choices":[{"message":{"content":"{\"covers\":false,\"citations\":[],\"text\":\"\"}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":-5,"completion_tokens":99999999999}}`,
		`{"choices":[{"message":{"content":null,"tool_calls":[{}]}}]}`, `{"choices":null}`, `null`, `[]`, `{"error":"text"}`, `{"error":{"code":429}}`,
		`{"error":{"message":"temperature"}}`, `{"error":{"message":"max_tokens response_format","param":"x"}}`, "<html>", "", `{"choices":[{"message":{"content":"<think>"}}]}`,
		`{"data":[{"index":-1,"embedding":[1e39]}]}`, `{"data":[{"index":0,"embedding":[]}]}`, `{"text":"\u0000","usage":{"seconds":1e300}}`,
	} {
		for _, status := range []int{200, 204, 307, 400, 401, 429, 500, 529} {
			f.Add(status, "0", []byte(body))
		}
	}
	f.Add(429, "Wed, 21 Oct 2015 07:28:00 GMT", []byte("{}"))
	f.Add(503, "1e308", []byte("{}"))
	set, err := prompts.Load()
	if err != nil {
		f.Fatal(err)
	}
	request := prompts.Request{Prompt: set.Clarify, Inputs: prompts.Inputs{
		"message": "anda mal", "language": "es", "matters": []prompts.Choice{{Label: "a", About: "b"}, {Label: "c", About: "d"}},
	}}
	f.Fuzz(func(t *testing.T, status int, header string, body []byte) {
		if status < 200 || status > 599 || retryAfter(http.Header{"Retry-After": {header}}) > 0 && (status == 429 || status == 503) {
			t.Skip() // waiting is tested elsewhere
		}
		c, err := New(Options{
			ChatModel: "a", EmbeddingModel: "a", TranscriptionModel: "a", Log: slog.New(slog.DiscardHandler), Transport: canned{status, header, body},
			Prices: map[string]Price{"a": {In: 1_000_000_000, Out: 1_000_000_000, Minute: 1_000_000_000_000_000}},
		})
		if err != nil {
			t.Fatal(err)
		}
		var out prompts.Clarified
		asked, err := c.Ask(t.Context(), request, &out)
		if (err == nil) != (out.Question != "") {
			t.Errorf("answered %+v with %v", out, err)
		}
		vectors, embedded, embedErr := c.Embed(t.Context(), desk.NewID(), []string{"hola"})
		if (embedErr == nil) != (len(vectors) == 1 && len(vectors[0]) > 0) {
			t.Errorf("%d vectors with %v", len(vectors), embedErr)
		}
		_, heard, _ := c.Transcribe(t.Context(), desk.NewID(), "audio/ogg", bytes.NewReader(body), "es")
		for _, u := range []desk.ModelUsage{asked, embedded, heard} {
			if u.TokensIn < 0 || u.TokensOut < 0 || u.TokensCached > u.TokensIn || u.Tokens() > 8*mostTokens || u.CostMicros < 0 {
				t.Errorf("used %+v", u)
			}
		}
	})
}
