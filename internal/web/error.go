package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
)

// Problem is a failure as it may be shown. Code is stable and the key of its
// words; Message is English and for machines and logs.
type Problem struct {
	Status  int    `json:"status"`
	Code    string `json:"code"`
	Field   string `json:"field,omitempty"`
	Message string `json:"message"`
}

// Show writes a problem as the answer.
type Show func(*gin.Context, Problem)

// statusOf maps kinds of failure to statuses; it is the only place that does.
var statusOf = map[desk.Kind]int{
	desk.Internal:        http.StatusInternalServerError,
	desk.Invalid:         http.StatusUnprocessableEntity,
	desk.Unauthenticated: http.StatusUnauthorized,
	desk.Forbidden:       http.StatusForbidden,
	desk.NotFound:        http.StatusNotFound,
	desk.Conflict:        http.StatusConflict,
	desk.TooMany:         http.StatusTooManyRequests,
	desk.Unavailable:     http.StatusServiceUnavailable,
}

// ProblemOf returns what may be shown of a failure. What has no meaning of its
// own is an internal failure, and none of its words leave the server.
func ProblemOf(err error) Problem {
	var known *desk.Error
	if errors.As(err, &known) {
		status, ok := statusOf[known.Kind]
		if !ok {
			status = http.StatusInternalServerError
		}
		return Problem{Status: status, Code: known.Code, Field: known.Field, Message: known.Msg}
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return Problem{Status: http.StatusRequestEntityTooLarge, Code: "too_large", Message: "that is too large"}
	}
	return Problem{Status: http.StatusInternalServerError, Code: "internal", Message: "something went wrong on our side"}
}

// Handle turns a handler that returns its failure into one of gin's. A failure
// of ours goes to the log with the request's id; one of the client's does not.
func Handle(log *slog.Logger, show Show, handler func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		err := handler(c)
		if err == nil {
			return
		}
		c.Abort()
		if errors.Is(err, context.Canceled) && c.Request.Context().Err() != nil {
			return // the client left; nobody reads an answer
		}
		problem := ProblemOf(err)
		if problem.Status >= http.StatusInternalServerError {
			log.ErrorContext(c.Request.Context(), "request failed", "request_id", RequestIDOf(c),
				"method", c.Request.Method, "route", c.FullPath(), "status", problem.Status, "error", err)
		}
		if !c.Writer.Written() {
			show(c, problem)
		}
	}
}

// JSON shows a problem to a machine.
func JSON(c *gin.Context, p Problem) {
	c.JSON(p.Status, struct {
		Error     Problem `json:"error"`
		RequestID string  `json:"request_id,omitempty"`
	}{p, RequestIDOf(c)})
}
