package store

import (
	"context"
	"encoding/binary"
	"errors"
	"math"
	"time"

	"antena/internal/desk"
)

// passageVector is a passage's vector as a model gave it, known by the hash of the
// passage's text.
type passageVector struct {
	Model     string `gorm:"primaryKey"`
	Hash      string `gorm:"primaryKey"`
	Vector    []byte // 32-bit floats, the low byte first
	CreatedAt time.Time
}

var errVector = errors.New("a stored vector is not a list of 32-bit floats")

// vectorBatch bounds how many hashes stand in one statement.
const vectorBatch = 200

// Vectors returns all vectors of a model, by the hash of their text.
func (s *Store) Vectors(ctx context.Context, model string) (map[string][]float32, error) {
	var rows []passageVector
	if err := s.reading(ctx).Where("model = ?", model).Find(&rows).Error; err != nil {
		return nil, wrap("reading vectors", err)
	}
	all := make(map[string][]float32, len(rows))
	for i := range rows {
		v, err := floats(rows[i].Vector)
		if err != nil {
			return nil, wrap("reading vectors", err)
		}
		all[rows[i].Hash] = v
	}
	return all, nil
}

// AddVectors keeps vectors of a model by the hash of their text; those that are
// there already stay.
func (s *Store) AddVectors(ctx context.Context, model string, vectors map[string][]float32) error {
	return s.InTx(ctx, func(t *Tx) error {
		for hash, v := range vectors {
			err := t.in(ctx).Exec("insert into passage_vectors (model, hash, vector, created_at) values (?, ?, ?, ?) on conflict do nothing",
				model, hash, raw(v), t.s.now()).Error
			if err != nil {
				return t.fail("keeping vectors", err)
			}
		}
		return nil
	})
}

// DropVectors removes the vectors of other models and those with one of the hashes.
func (s *Store) DropVectors(ctx context.Context, keepModel string, hashes []string) error {
	return s.InTx(ctx, func(t *Tx) error {
		if err := t.in(ctx).Exec("delete from passage_vectors where model <> ?", keepModel).Error; err != nil {
			return t.fail("removing vectors of other models", err)
		}
		for start := 0; start < len(hashes); start += vectorBatch {
			some := hashes[start:min(start+vectorBatch, len(hashes))]
			if err := t.in(ctx).Exec("delete from passage_vectors where model = ? and hash in ?", keepModel, some).Error; err != nil {
				return t.fail("removing old vectors", err)
			}
		}
		return nil
	})
}

// VectorsChanged tells every replica that there are other vectors, after the commit.
func (s *Store) VectorsChanged(ctx context.Context) error {
	return s.InTx(ctx, func(t *Tx) error {
		t.Touch(desk.Change{Topic: desk.TopicVectors})
		return nil
	})
}

func raw(v []float32) []byte {
	out := make([]byte, 0, 4*len(v))
	for _, x := range v {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(x))
	}
	return out
}

func floats(b []byte) ([]float32, error) {
	if len(b) == 0 || len(b)%4 != 0 {
		return nil, errVector
	}
	v := make([]float32, len(b)/4)
	for i := range v {
		v[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return v, nil
}
