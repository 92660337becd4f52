package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
	"antena/internal/web"
)

// Problem is a failure as RFC 9457 shows it.
type Problem struct {
	Type      string  `json:"type" doc:"urn:antena:problem: and the code."`
	Title     string  `json:"title" doc:"For people, in the language the caller accepts: es, pt or en."`
	Status    int     `json:"status"`
	Code      string  `json:"code" doc:"Stable; what programs decide by."`
	Detail    string  `json:"detail" doc:"In English, for whoever mends the program."`
	Field     string  `json:"field,omitempty" doc:"The input it is about."`
	RequestID string  `json:"request_id"`
	Errors    []Place `json:"errors,omitempty"`
}

const problemType = "application/problem+json"

// show writes a failure.
func (p *API) show(c *gin.Context, problem web.Problem) { p.problem(c, problem, nil) }

func (p *API) problem(c *gin.Context, w web.Problem, places []Place) {
	body := Problem{
		Type: "urn:antena:problem:" + w.Code, Title: p.Words(web.Language(c.GetHeader("Accept-Language")), w.Code, w.Field), Status: w.Status,
		Code: w.Code, Detail: w.Message, Field: w.Field, RequestID: web.RequestIDOf(c), Errors: places,
	}
	if w.Status == http.StatusUnauthorized {
		c.Header("WWW-Authenticate", `Bearer realm="antena"`)
	}
	c.Header("Vary", "Accept-Language, Authorization")
	raw, err := json.Marshal(body)
	if err != nil {
		raw = []byte(`{}`)
	}
	c.Data(w.Status, problemType, raw)
}

// problemOf is what may be shown of a failure of an operation.
func problemOf(err error, match bool) (web.Problem, []Place) {
	var body *errBody
	errors.As(err, &body)
	problem := web.ProblemOf(err)
	switch {
	case errors.Is(err, errJSON):
		problem.Status = http.StatusBadRequest
	case match && errors.Is(err, desk.ErrStale):
		problem.Status = http.StatusPreconditionFailed
	case errors.Is(err, errMedia):
		problem.Status = http.StatusUnsupportedMediaType
	case errors.Is(err, errMatch):
		problem.Status = http.StatusPreconditionRequired
	}
	if body != nil {
		return problem, body.places
	}
	return problem, nil
}

// fail answers with a failure and logs what is ours.
func (p *API) fail(c *gin.Context, op *operation, err error) {
	if errors.Is(err, context.Canceled) && c.Request.Context().Err() != nil {
		return // the client left; nobody reads an answer
	}
	problem, places := problemOf(err, op.match)
	if problem.Status >= http.StatusInternalServerError {
		p.Log.ErrorContext(c.Request.Context(), "request failed", "request_id", web.RequestIDOf(c), "operation", op.id, "status", problem.Status, "error", err)
	}
	p.problem(c, problem, places)
}

var (
	errMedia = &desk.Error{Kind: desk.Invalid, Code: "media_type", Field: "Content-Type", Msg: "the body must be application/json"}
	errMatch = &desk.Error{Kind: desk.Invalid, Code: "match_missing", Field: "If-Match", Msg: "say with If-Match which state of it you saw"}
)
