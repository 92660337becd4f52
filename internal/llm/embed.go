package llm

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	openai "github.com/sashabaranov/go-openai"

	"antena/internal/desk"
)

const (
	batchTime      = time.Minute // for one batch of texts, or one voice note
	batchSize      = 64
	longestText    = 6000 // bytes; models read about 8,000 tokens
	mostDimensions = 8192
)

// Embed returns a vector for each text, all of one length, not normalized. Texts are
// cut at 6,000 bytes; none may be blank. What is asked within a turn brings its
// deadline in ctx; otherwise each batch of 64 texts has a minute. The error is a
// *desk.ModelError; vectors are returned for all texts or for none.
func (c *Client) Embed(ctx context.Context, conversation uuid.UUID, texts []string) ([][]float32, desk.ModelUsage, error) {
	u := c.usage(c.embedding, "embed", conversation)
	var vectors [][]float32
	for start := 0; start < len(texts); start += batchSize {
		batch, f := readable(texts[start:min(start+batchSize, len(texts))])
		if f != nil {
			return nil, *u, f.public()
		}
		one := c.usage(c.embedding, "embed", conversation)
		some, err := c.embedBatch(ctx, one, batch)
		u.Add(*one)
		if err != nil {
			return nil, *u, err
		}
		if len(vectors) > 0 && len(some[0]) != len(vectors[0]) {
			return nil, *u, nonsense("vectors of different lengths").public()
		}
		vectors = append(vectors, some...)
	}
	return vectors, *u, nil
}

func readable(texts []string) ([]string, *failure) {
	all := make([]string, 0, len(texts))
	for _, text := range texts {
		if text = strings.ToValidUTF8(cutBytes(strings.TrimSpace(text), longestText), ""); text == "" {
			return nil, &failure{reason: desk.ModelInput, detail: "a blank text"}
		}
		all = append(all, text)
	}
	return all, nil
}

func (c *Client) embedBatch(ctx context.Context, u *desk.ModelUsage, texts []string) (vectors [][]float32, err error) {
	ctx, cancel := context.WithTimeout(ctx, batchTime)
	defer cancel()
	err = c.through(ctx, c.embedding, u, func(ctx context.Context) *failure {
		x := &exchanged{limit: maxVectors}
		resp, err := c.api.CreateEmbeddings(watched(ctx, x), openai.EmbeddingRequest{Input: texts, Model: openai.EmbeddingModel(u.Model)})
		estimate := consumption{in: len(strings.Join(texts, "")) / bytesPerToken}
		if f := classify(ctx, x, err); f != nil {
			if unanswered(x) {
				c.add(u, estimate)
			}
			return f
		}
		if resp.Usage.PromptTokens > 0 {
			estimate.in = resp.Usage.PromptTokens
		}
		c.add(u, estimate)
		var f *failure
		vectors, f = vectorsOf(resp.Data, len(texts))
		return f
	})
	return vectors, err
}

// vectorsOf puts vectors into the order of the texts and checks them.
func vectorsOf(data []openai.Embedding, count int) ([][]float32, *failure) {
	vectors := make([][]float32, count)
	if len(data) != count {
		return nil, nonsense("another number of vectors")
	}
	for _, each := range data {
		if each.Index < 0 || each.Index >= count || vectors[each.Index] != nil {
			return nil, nonsense("vectors without their order")
		}
		if n := len(each.Embedding); n == 0 || n > mostDimensions || n != len(data[0].Embedding) {
			return nil, nonsense("vectors of different lengths")
		}
		var length float64
		for _, v := range each.Embedding {
			length += float64(v) * float64(v)
		}
		if length == 0 {
			return nil, nonsense("a vector of zeros")
		}
		vectors[each.Index] = each.Embedding
	}
	return vectors, nil
}
