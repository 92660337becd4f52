// Package web holds what every HTTP surface of the desk shares: request ids,
// security headers, limits, and the one mapping of failures to statuses.
//
// It is for transport only and knows no page. Its middleware never fails by
// itself; a handler that panics becomes a 500 that names the request's id.
package web

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
)

// RequestIDHeader carries the id of a request in its answer, and in the log.
const RequestIDHeader = "X-Request-ID"

const requestIDKey = "request_id"

// RequestID gives every request an id of ours. What a client sends as an id is
// not trusted.
func RequestID() gin.HandlerFunc {
	return func(c *gin.Context) {
		id := desk.NewID().String()
		c.Set(requestIDKey, id)
		c.Header(RequestIDHeader, id)
		c.Next()
	}
}

// RequestIDOf returns the id RequestID gave, or nothing when it did not run.
func RequestIDOf(c *gin.Context) string { return c.GetString(requestIDKey) }

// Headers sets the security headers of every answer. A policy is one for a page
// that loads everything from its own origin. Over https the browser is told to
// stay there for half a year.
func Headers(policy string, https bool) gin.HandlerFunc {
	return func(c *gin.Context) {
		h := c.Writer.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if https {
			h.Set("Strict-Transport-Security", "max-age=15552000")
		}
		c.Next()
	}
}

// Limit cuts request bodies at a number of bytes; reading past it is an
// *http.MaxBytesError, which Handle answers with 413.
func Limit(bytes int64) gin.HandlerFunc {
	return func(c *gin.Context) {
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, bytes)
		c.Next()
	}
}

// Recover turns a panic into a shown failure. http.ErrAbortHandler passes, since
// it is how a handler says that it gave up on purpose.
func Recover(log *slog.Logger, show Show) gin.HandlerFunc {
	return func(c *gin.Context) {
		defer func() {
			caught := recover()
			if caught == nil {
				return
			}
			if err, ok := caught.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(caught)
			}
			log.ErrorContext(c.Request.Context(), "handler panicked", "request_id", RequestIDOf(c),
				"route", c.FullPath(), "panic", fmt.Sprint(caught), "stack", string(debug.Stack()))
			if !c.Writer.Written() {
				show(c, ProblemOf(errors.New("panic")))
			}
			c.Abort()
		}()
		c.Next()
	}
}

// Protect refuses requests that change something and come from another site. It
// goes round the whole engine. publicURL is an origin that is ours even where a
// proxy rewrites the Host header; bypass lists patterns of http.ServeMux that are
// signed by their sender and need no such protection, e.g. "POST /webhooks/whatsapp".
func Protect(next http.Handler, publicURL string, bypass ...string) (http.Handler, error) {
	guard := http.NewCrossOriginProtection()
	if publicURL != "" {
		u, err := url.Parse(publicURL)
		if err != nil {
			return nil, fmt.Errorf("reading the public address: %w", err)
		}
		if err := guard.AddTrustedOrigin(u.Scheme + "://" + u.Host); err != nil {
			return nil, fmt.Errorf("trusting the public address: %w", err)
		}
	}
	for _, pattern := range bypass {
		guard.AddInsecureBypassPattern(pattern)
	}
	return guard.Handler(next), nil
}

// HTTPS reports whether people reach the address over TLS.
func HTTPS(publicURL string) bool { return strings.HasPrefix(strings.ToLower(publicURL), "https://") }
