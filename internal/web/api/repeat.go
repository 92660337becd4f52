package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"antena/internal/desk"
)

const (
	keyHeader  = "Idempotency-Key"
	longestKey = 200
	answerMax  = 2 * time.Minute // a request that took longer is over, however it ended
	keepMax    = 5 * time.Second
)

// keyOf reads the idempotency key of a request.
func keyOf(c *gin.Context) (string, error) {
	key := c.GetHeader(keyHeader)
	if len(key) > longestKey || strings.ContainsFunc(key, func(r rune) bool { return r < ' ' || r > '~' }) {
		return "", desk.ErrInvalid.For(keyHeader)
	}
	return key, nil
}

// idOfKey is the id of what a request makes: should a server die between the deed and its
// answer, doing it again finds the thing there.
func idOfKey(token uuid.UUID, key string) uuid.UUID {
	if key == "" {
		return desk.NewID()
	}
	return uuid.NewSHA1(token, []byte(key))
}

// once runs a request with an idempotency key the first time, and gives the same answer
// to all others.
func (p *API) once(c *gin.Context, op *operation, token *desk.Token, key string, body []byte, run func()) error {
	ctx := c.Request.Context()
	sum := sha256.New()
	for _, part := range [][]byte{[]byte(op.method), []byte(c.Request.URL.RequestURI()), []byte(c.GetHeader("If-Match")), body} {
		sum.Write(part)
		sum.Write([]byte{0})
	}
	now := p.now()
	mine := &desk.KeptAnswer{TokenID: token.ID, Key: key, RequestHash: hex.EncodeToString(sum.Sum(nil)), Body: []byte{}, TakenAt: now, CreatedAt: now}
	var first *desk.KeptAnswer
	err := p.Answers.InTx(ctx, func(tx AnswerTx) (err error) {
		first, err = tx.TakeAnswer(ctx, mine, now.Add(-answerMax))
		return err
	})
	switch {
	case err != nil:
		return err
	case first == nil:
		return p.answerOnce(c, mine, run)
	case first.RequestHash != mine.RequestHash:
		return desk.ErrKeyReused
	case first.Status == 0:
		c.Header("Retry-After", "1")
		return desk.ErrKeyBusy
	}
	for name, value := range first.Headers {
		c.Header(name, value)
	}
	c.Header("Idempotency-Replayed", "true")
	c.Data(first.Status, first.Headers["Content-Type"], first.Body)
	return nil
}

// answerOnce runs a request, and keeps its answer unless trying again may do better.
func (p *API) answerOnce(c *gin.Context, mine *desk.KeptAnswer, run func()) error {
	copied := &copier{ResponseWriter: c.Writer}
	c.Writer = copied
	done := false
	defer func() { // a panic frees the key, too
		if !done {
			p.settle(c, mine, nil)
		}
	}()
	run()
	done = true
	c.Writer = copied.ResponseWriter
	p.settle(c, mine, copied)
	return nil
}

// settle keeps an answer or frees its key. The deed is done, so whether the caller still
// waits does not matter; should keeping fail, the key is free again after answerMax.
func (p *API) settle(c *gin.Context, mine *desk.KeptAnswer, answer *copier) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request.Context()), keepMax)
	defer cancel()
	err := p.Answers.InTx(ctx, func(tx AnswerTx) error {
		if answer == nil || !answer.Written() && answer.body.Len() == 0 || keptNever(answer.Status()) {
			return tx.DropAnswer(ctx, mine.TokenID, mine.Key)
		}
		mine.Status, mine.Body, mine.Headers = answer.Status(), answer.body.Bytes(), map[string]string{}
		if mine.Body == nil {
			mine.Body = []byte{}
		}
		for _, name := range []string{"Content-Type", "Location", "ETag"} {
			if v := answer.Header().Get(name); v != "" {
				mine.Headers[name] = v
			}
		}
		return tx.KeepAnswer(ctx, mine)
	})
	if err != nil {
		p.Log.ErrorContext(ctx, "an answer could not be kept", "token_id", mine.TokenID, "error", err)
	}
}

// keptNever reports whether an answer says nothing of the deed.
func keptNever(status int) bool {
	return status >= http.StatusInternalServerError || status == http.StatusTooManyRequests || status == http.StatusForbidden || status == http.StatusUnauthorized
}

// copier keeps what is written.
type copier struct {
	gin.ResponseWriter
	body bytes.Buffer
}

func (w *copier) Write(b []byte) (int, error) {
	w.body.Write(b)
	return w.ResponseWriter.Write(b)
}

func (w *copier) WriteString(s string) (int, error) { return w.Write([]byte(s)) }
