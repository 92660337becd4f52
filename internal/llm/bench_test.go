package llm_test

import (
	"context"
	"log/slog"
	"testing"

	"github.com/google/uuid"

	"antena/internal/llm"
	"antena/internal/llm/llmtest"
	"antena/prompts"
)

// BenchmarkAsk is what asking costs beside the model: rendering, HTTP on this
// machine, checking the answer.
func BenchmarkAsk(b *testing.B) {
	server, err := llmtest.Start("")
	if err != nil {
		b.Fatal(err)
	}
	defer server.Close()
	server.Answer(llmtest.Any, good)
	set, err := loaded()
	if err != nil {
		b.Fatal(err)
	}
	client, err := llm.New(llm.Options{BaseURL: server.URL(), ChatModel: "talker", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	defer client.Close()
	request := (&world{prompts: set}).rewriting(uuid.Nil)
	for b.Loop() {
		if _, err := client.Ask(context.Background(), request, &prompts.Rewritten{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoad is what the prompts cost at start.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := prompts.Load(); err != nil {
			b.Fatal(err)
		}
	}
}
