package consult

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"math"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/redact"
)

// VectorStore keeps vectors by model and by the hash of their text.
type VectorStore interface {
	Vectors(ctx context.Context, model string) (map[string][]float32, error)
	AddVectors(ctx context.Context, model string, vectors map[string][]float32) error
	DropVectors(ctx context.Context, keepModel string, hashes []string) error
	VectorsChanged(ctx context.Context) error
}

// Passage is a text of an article that may be found.
type Passage struct {
	ID   string
	Text string
}

// Vectors keep the passages of the book in force as vectors of one model, and tell
// how near a question is to each. Search is exact, which is enough below 50,000
// passages. It is safe for concurrent use.
//
// A passage without a vector yet is found by its words alone, and so is everything
// when the model does not answer.
type Vectors struct {
	Embedder Embedder
	Store    VectorStore
	Model    string
	// Want has the missing vectors made, in the background.
	Want func(ctx context.Context) error
	Log  *slog.Logger

	making sync.Mutex
	state  atomic.Pointer[vectorState]
}

// vectorState are the passages of one book.
type vectorState struct {
	passages []Passage
	hashes   []string
	vectors  [][]float32 // of length one; nil while missing
	missing  int
}

const (
	embedBatch     = 64     // texts asked for at once
	longestPassage = 4000   // bytes of a passage that count
	mostPassages   = 50_000 // beyond, exact search would take too long
)

// Learn takes the passages of a new book. Vectors that are kept are used at once;
// for the others it asks that they be made.
func (v *Vectors) Learn(ctx context.Context, passages []Passage) error {
	passages = passages[:min(len(passages), mostPassages)]
	s := &vectorState{passages: passages, hashes: make([]string, len(passages))}
	for i, p := range passages {
		s.hashes[i] = hashOf(clip(p.Text))
	}
	if err := v.load(ctx, s); err != nil {
		return err
	}
	if s.missing > 0 {
		return v.Want(ctx)
	}
	return nil
}

// Reload reads the vectors again, after they were made here or on another replica.
func (v *Vectors) Reload(ctx context.Context) error {
	known := v.state.Load()
	if known == nil {
		return nil
	}
	return v.load(ctx, &vectorState{passages: known.passages, hashes: known.hashes})
}

func (v *Vectors) load(ctx context.Context, s *vectorState) error {
	kept, err := v.Store.Vectors(ctx, v.Model)
	if err != nil {
		return err
	}
	s.vectors = make([][]float32, len(s.passages))
	for i, hash := range s.hashes {
		if s.vectors[i] = unit(kept[hash]); s.vectors[i] == nil {
			s.missing++
		}
	}
	v.state.Store(s)
	return nil
}

// Progress is how many passages have a vector, of how many.
func (v *Vectors) Progress() (done, all int) {
	s := v.state.Load()
	if s == nil {
		return 0, 0
	}
	return len(s.passages) - s.missing, len(s.passages)
}

// Make has the model turn the passages without a vector into vectors, batch by
// batch, each kept at once: what was made before a failure is not made again. Then
// it removes those that no passage needs. Another try that runs here is left alone.
func (v *Vectors) Make(ctx context.Context) error {
	if !v.making.TryLock() {
		return nil
	}
	defer v.making.Unlock()
	if err := v.Reload(ctx); err != nil {
		return err
	}
	s := v.state.Load()
	if s == nil {
		return nil
	}
	texts := s.wanting()
	for start := 0; start < len(texts); start += embedBatch {
		if err := v.batch(ctx, texts[start:min(start+embedBatch, len(texts))]); err != nil {
			return err
		}
		if err := v.Store.VectorsChanged(ctx); err != nil {
			return err
		}
		if err := v.Reload(ctx); err != nil { // so that progress shows
			return err
		}
	}
	return v.sweep(ctx, s)
}

// wanting are the texts without a vector, each once.
func (s *vectorState) wanting() []string {
	var texts []string
	seen := map[string]bool{}
	for i, p := range s.passages {
		if s.vectors[i] != nil || seen[s.hashes[i]] {
			continue
		}
		seen[s.hashes[i]] = true
		texts = append(texts, clip(p.Text))
	}
	return texts
}

// batch makes vectors. What is personal in an article does not leave.
func (v *Vectors) batch(ctx context.Context, texts []string) error {
	plain := make([]string, len(texts))
	for i, text := range texts {
		if err := ctx.Err(); err != nil { // a batch takes a while, and a stopping server has none
			return err
		}
		one, _ := redact.Redact([]string{text}, redact.Known{})
		plain[i] = one[0]
	}
	made, _, err := v.Embedder.Embed(ctx, uuid.Nil, plain)
	if err != nil {
		return err
	}
	kept := make(map[string][]float32, len(texts))
	for i, text := range texts {
		kept[hashOf(text)] = made[i]
	}
	return v.Store.AddVectors(ctx, v.Model, kept)
}

// sweep removes vectors of other models and of texts that are no more.
func (v *Vectors) sweep(ctx context.Context, s *vectorState) error {
	kept, err := v.Store.Vectors(ctx, v.Model)
	if err != nil {
		return err
	}
	for _, hash := range s.hashes {
		delete(kept, hash)
	}
	var old []string
	for hash := range kept {
		old = append(old, hash)
	}
	return v.Store.DropVectors(ctx, v.Model, old)
}

// Near returns how near each passage is to a question, by the passage's id: the
// cosine of the two vectors. Nothing, and why, when the model does not help.
func (v *Vectors) Near(ctx context.Context, conversation uuid.UUID, question string) (map[string]float64, desk.ModelReason) {
	s := v.state.Load()
	if s == nil || s.missing == len(s.passages) {
		return nil, desk.ModelOff
	}
	plain, _ := redact.Redact([]string{clip(question)}, redact.Known{})
	made, _, err := v.Embedder.Embed(ctx, conversation, plain)
	if err != nil {
		return nil, desk.ModelReasonOf(err)
	}
	asked := unit(made[0])
	near := make(map[string]float64, len(s.passages))
	for i, p := range s.passages {
		if len(s.vectors[i]) == len(asked) && asked != nil {
			near[p.ID] = dot(asked, s.vectors[i])
		}
	}
	if len(near) == 0 {
		return nil, desk.ModelNonsense // vectors of another length than those kept
	}
	return near, ""
}

func dot(a, b []float32) float64 {
	var sum float32
	for i := range a {
		sum += a[i] * b[i]
	}
	return float64(sum)
}

// unit is a vector of length one; nil for none, and for what has no length.
func unit(v []float32) []float32 {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum == 0 || math.IsInf(sum, 0) || math.IsNaN(sum) {
		return nil
	}
	length := float32(math.Sqrt(sum))
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = x / length
	}
	return out
}

func clip(text string) string {
	if len(text) > longestPassage {
		text = strings.ToValidUTF8(text[:longestPassage], "")
	}
	return text
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}
