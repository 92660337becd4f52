package llm_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/llm/llmtest"
)

func near(a, b []float32) (sum float64) {
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

// Vectors come in the order of the texts, over several batches, whatever order the
// server answers in.
func TestEmbed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	var texts []string
	for i := range 150 {
		texts = append(texts, fmt.Sprintf("artículo %d sobre el número %d", i, i*7919))
	}
	vectors, u, err := w.client.Embed(t.Context(), uuid.Nil, texts)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range vectors {
		if got := near(v, llmtest.Vector(texts[i])); got < 0.999 {
			t.Fatalf("the vector of text %d is another's: %g", i, got)
		}
	}
	if len(vectors) != 150 || u.Calls != 3 || u.TokensIn == 0 || u.Unpriced != 3 || w.client.EmbeddingModel() != "placer" {
		t.Errorf("%d vectors, used %+v", len(vectors), u)
	}
	if got := w.ledger.total(); got.Calls != 3 || got.TokensIn != u.TokensIn {
		t.Errorf("charged %+v, used %+v", got, u)
	}
}

func TestEmbed_Refuses(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		fault llmtest.Kind
		want  desk.ModelReason
	}{
		{llmtest.Swapped, desk.ModelNonsense},
		{llmtest.NoChoices, desk.ModelNonsense},
		{llmtest.HTML, desk.ModelNonsense},
		{llmtest.NoModel, desk.ModelUnknown},
		{llmtest.KeyRefused, desk.ModelKeyRefused},
		{llmtest.Endless, desk.ModelTooLong},
	} {
		w := newWorld(t, nil)
		w.server.Fail(llmtest.Embed, llmtest.Fault{Kind: one.fault})
		if vectors, _, err := w.client.Embed(t.Context(), uuid.Nil, []string{"a", "b"}); reason(t, err) != one.want || vectors != nil {
			t.Errorf("%s: %v, want %s", one.fault, err, one.want)
		}
	}
	w := newWorld(t, nil)
	if _, _, err := w.client.Embed(t.Context(), uuid.Nil, []string{"a", " \n"}); reason(t, err) != desk.ModelInput {
		t.Errorf("a blank text: %v", err)
	}
	if _, _, err := w.client.Embed(t.Context(), uuid.Nil, []string{strings.Repeat("é", 50_000)}); err != nil || len(w.server.Requests()[0].Texts[0]) > 6000 {
		t.Errorf("a long text is to be cut: %v", err)
	}
}

func TestTranscribe(t *testing.T) {
	t.Parallel()
	for _, one := range []struct{ heard, want string }{
		{"no tengo internet\u0000 desde ayer", "no tengo internet desde ayer"},
		{"Subtítulos realizados por la comunidad de Amara.org", ""},
		{"  Thanks for watching! ", ""},
		{"gracias", "gracias"},
	} {
		w := newWorld(t, nil)
		w.server.Answer(llmtest.Transcribe, one.heard)
		got, u, err := w.client.Transcribe(t.Context(), uuid.Nil, "audio/ogg; codecs=opus", strings.NewReader("OggS…"), "es")
		if err != nil || got != one.want {
			t.Errorf("%q is written down as %q, %v", one.heard, got, err)
		}
		req := w.server.Requests()[0]
		if req.Model != "hearer" || req.File != "recording.ogg" || req.Language != "es" || string(req.Audio) != "OggS…" {
			t.Errorf("asked %+v", req)
		}
		if u.Purpose != "transcribe" || u.TokensIn != 40 || u.Calls != 1 {
			t.Errorf("used %+v", u)
		}
	}
}

func TestTranscribe_Refuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	for _, one := range []struct {
		name, mime string
		size       int
		want       desk.ModelReason
	}{
		{"a film", "video/mp4", 10, desk.ModelInput},
		{"a name as type", "audio/ogg\r\nX-Evil: 1", 10, desk.ModelInput},
		{"past the limit", "audio/ogg", 17 << 20, desk.ModelTooLong},
	} {
		_, _, err := w.client.Transcribe(t.Context(), uuid.Nil, one.mime, bytes.NewReader(make([]byte, one.size)), "xx\r\n")
		if reason(t, err) != one.want {
			t.Errorf("%s: %v, want %s", one.name, err, one.want)
		}
	}
	if got := len(w.server.Requests()); got != 0 {
		t.Errorf("asked %d times", got)
	}
	w.server.Fail(llmtest.Transcribe, llmtest.Fault{Kind: llmtest.Broken})
	if _, _, err := w.client.Transcribe(t.Context(), uuid.Nil, "audio/mp4", strings.NewReader("x"), ""); reason(t, err) != desk.ModelDown {
		t.Errorf("failed with %v", err)
	}
}
