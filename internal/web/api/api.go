package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
	"antena/internal/web"
)

// Prefix is the path under which everything of this package is.
const Prefix = "/api/v1"

// bodyLimit is the most bytes of a request's body.
const bodyLimit = 256 << 10

// API serves other programs.
type API struct {
	Deps
	now        func() time.Time
	schemas    *schemas
	operations []operation
	document   []byte
	page       []byte
	pace       *pace
}

// New prepares the API with its document and page.
func New(deps Deps) (*API, error) {
	p := &API{Deps: deps, now: desk.Clock(deps.Now), schemas: newSchemas(), pace: newPace(paceMost)}
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	p.operations = p.table()
	for i := range p.operations {
		if op := &p.operations[i]; op.body != nil {
			op.schema = p.schemas.of(typeOf(op.body))
		}
	}
	var err error
	if p.document, err = p.openAPI(); err != nil {
		return nil, fmt.Errorf("writing the OpenAPI document: %w", err)
	}
	if p.page, err = p.reference(); err != nil {
		return nil, fmt.Errorf("writing the reference: %w", err)
	}
	return p, nil
}

// policy lets the page load its style sheet and nothing else.
const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Register adds the routes. Tokens are no cookies, so the engine's protection against
// other sites is not needed for them.
func (p *API) Register(r gin.IRouter) {
	group := r.Group(Prefix, web.Headers(policy, p.HTTPS), web.Recover(p.Log, p.show))
	group.GET("/openapi.json", func(c *gin.Context) { p.static(c, "application/json; charset=utf-8", p.document) })
	group.GET("/docs", func(c *gin.Context) { p.static(c, "text/html; charset=utf-8", p.page) })
	group.GET("/docs.css", func(c *gin.Context) { p.static(c, "text/css; charset=utf-8", styleSheet) })
	for i := range p.operations {
		op := &p.operations[i]
		group.Handle(op.method, strings.NewReplacer("{", ":", "}", "").Replace(op.path), func(c *gin.Context) { p.answer(c, op) })
	}
}

// Serves reports whether an address that nobody serves is to be answered by NotFound.
func Serves(path string) bool { return strings.HasPrefix(path, "/api/") }

// NotFound answers addresses that nothing serves.
func (p *API) NotFound(c *gin.Context) {
	web.Headers(policy, p.HTTPS)(c)
	p.show(c, web.ProblemOf(desk.ErrNotFound))
}

func (p *API) static(c *gin.Context, kind string, body []byte) {
	c.Header("Cache-Control", "public, max-age=300")
	c.Data(http.StatusOK, kind, body)
}

// answer does everything from the token to the last byte.
func (p *API) answer(c *gin.Context, op *operation) {
	token, err := p.admit(c, op)
	if err != nil {
		p.fail(c, op, err)
		return
	}
	call := &call{Context: c, api: p, op: op, token: token, by: actor(op, token)}
	key := ""
	if err := op.checkQuery(c); err != nil {
		p.fail(c, op, err)
		return
	}
	if op.writes() {
		if call.raw, err = p.body(c, op); err == nil {
			key, err = keyOf(c)
		}
		if err != nil {
			p.fail(c, op, err)
			return
		}
	}
	call.key = idOfKey(token.ID, key)
	c.Request = c.Request.WithContext(desk.WithSource(c.Request.Context(), token.Source))
	run := func() { p.run(call) }
	if key == "" {
		run()
		return
	}
	if err := p.once(c, op, token, key, call.raw, run); err != nil {
		p.fail(c, op, err)
	}
}

// admit finds whose the request is and whether it may be made now.
func (p *API) admit(c *gin.Context, op *operation) (*desk.Token, error) {
	scheme, text, _ := strings.Cut(c.GetHeader("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return nil, desk.ErrBadToken
	}
	token, err := p.Tokens.Authenticate(c.Request.Context(), strings.TrimSpace(text))
	if err != nil {
		return nil, err
	}
	left, reset := p.pace.take(token.ID, p.now())
	p.pace.announce(c.Writer.Header(), left, reset)
	if left < 0 {
		return nil, desk.ErrTooMany
	}
	if op.scope != "" && !token.Allows(op.scope) {
		return nil, desk.ErrScope
	}
	return token, nil
}

// actor is who acts: the program, with the least role its scope for this operation needs.
func actor(op *operation, token *desk.Token) desk.Agent {
	by := desk.Agent{ID: token.AgentID, Name: desk.ProgramName(token.Name), Role: desk.RoleAuditor, Language: desk.Languages[0], Active: true, Program: true}
	switch op.scope {
	case desk.ScopeWriteConversations:
		by.Role = desk.RoleAgent
		if token.Allows(desk.ScopeManageConversations) {
			by.Role = desk.RoleSupervisor
		}
	case desk.ScopeWriteMessages, desk.ScopeWriteTickets, desk.ScopeWriteContacts:
		by.Role = desk.RoleAgent
	case desk.ScopeManageConversations:
		by.Role = desk.RoleSupervisor
	case desk.ScopeWriteArticles, desk.ScopeManageWebhooks:
		by.Role = desk.RoleAdmin
	}
	return by
}

// body reads the whole body and checks it.
func (p *API) body(c *gin.Context, op *operation) ([]byte, error) {
	raw, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, bodyLimit))
	if err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, err
		}
		return nil, errJSON // it broke off
	}
	if op.body == nil {
		if len(raw) > 0 {
			return nil, &errBody{[]Place{{At: "", Code: "unknown", Detail: "this operation takes no body"}}}
		}
		return nil, nil
	}
	if kind, _, err := mime.ParseMediaType(c.GetHeader("Content-Type")); err != nil || kind != "application/json" {
		return nil, errMedia
	}
	v, err := readJSON(raw)
	if err != nil {
		return nil, err
	}
	return raw, p.schemas.check(op.schema, v)
}

// tagged is what says itself which state of it is shown.
type tagged interface{ tag() string }

// run does what the operation does and writes the answer.
func (p *API) run(c *call) {
	answer, err := c.op.serve(c)
	if err != nil {
		p.fail(c.Context, c.op, err)
		return
	}
	c.Header("Cache-Control", "no-store")
	status := http.StatusOK
	if c.op.status != 0 {
		status = c.op.status
	}
	if _, ok := answer.(nothing); ok {
		c.Status(status)
		c.Writer.WriteHeaderNow()
		return
	}
	raw, err := json.Marshal(answer)
	if err != nil {
		p.fail(c.Context, c.op, fmt.Errorf("writing the answer: %w", err))
		return
	}
	tag := tagOf(answer, raw)
	c.Header("ETag", tag)
	if !c.op.writes() && c.GetHeader("If-None-Match") == tag {
		c.Status(http.StatusNotModified)
		c.Writer.WriteHeaderNow()
		return
	}
	c.Data(status, "application/json; charset=utf-8", raw)
}

func tagOf(answer any, raw []byte) string {
	if t, ok := answer.(tagged); ok {
		return t.tag()
	}
	sum := sha256.Sum256(raw)
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}
