package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"antena/internal/desk"
)

// operation is one line of the table.
type operation struct {
	id     string
	method string
	path   string // below /api/v1, with {id} for what varies
	group  string
	about  string
	scope  desk.Scope // empty: any token
	params []param
	status int  // of success; 0: 200
	match  bool // takes If-Match

	body   any // an example of the request; nil: none
	answer any // an example of the answer; nil: none
	serve  func(*call) (any, error)
	schema *schema // of the body
}

// param is one query parameter.
type param struct {
	name, about string
	kind        string   // string, integer, uuid, date-time
	values      []string // the only ones, if any
}

// writes reports whether the operation changes something.
func (o *operation) writes() bool { return o.method != http.MethodGet }

// with gives an operation what it does without a body.
func with[A any](o operation, example A, serve func(*call) (A, error)) operation {
	o.answer = example
	o.serve = func(c *call) (any, error) { return serve(c) }
	return o
}

// taking gives an operation what it does with a body.
func taking[B, A any](o operation, body B, example A, serve func(*call, B) (A, error)) operation {
	o.body, o.answer = body, example
	o.serve = func(c *call) (any, error) {
		var b B
		if err := json.Unmarshal(c.raw, &b); err != nil {
			return nil, fmt.Errorf("%w (%w)", errRequest, err) // the schema let through what the type does not take
		}
		return serve(c, b)
	}
	return o
}

// nothing is the answer of operations that have none.
type nothing struct{}

// call is one request on its way.
type call struct {
	*gin.Context
	api   *API
	op    *operation
	token *desk.Token
	by    desk.Agent
	raw   []byte
	key   uuid.UUID // of what is made: the same for the same idempotency key
}

// id reads the id in the address.
func (c *call) id() (uuid.UUID, error) { return c.idOf("id") }

func (c *call) idOf(name string) (uuid.UUID, error) {
	id, err := uuid.Parse(c.Param(name))
	if err != nil {
		return uuid.Nil, desk.ErrNotFound
	}
	return id, nil
}

// checkQuery reports parameters that do not fit, and those nobody knows: a filter with a
// slip in its name would list everything.
func (o *operation) checkQuery(c *gin.Context) error {
	var places []Place
	for name, values := range c.Request.URL.Query() {
		p := o.param(name)
		switch {
		case p == nil:
			places = append(places, Place{At: name, Code: "unknown", Detail: "there is no such parameter"})
		case len(values) > 1:
			places = append(places, Place{At: name, Code: "too_many", Detail: "give it once"})
		case !p.fits(values[0]):
			places = append(places, Place{At: name, Code: "invalid", Detail: "wanted " + p.wanted()})
		}
	}
	if len(places) > 0 {
		return &errBody{places}
	}
	return nil
}

func (o *operation) param(name string) *param {
	for i := range o.params {
		if o.params[i].name == name {
			return &o.params[i]
		}
	}
	return nil
}

const longestParam = 300

func (p *param) fits(v string) bool {
	if p.values != nil {
		for _, known := range p.values {
			if v == known {
				return true
			}
		}
		return false
	}
	switch p.kind {
	case "uuid":
		return isUUID(v)
	case "date-time":
		return isTime(v)
	case "integer":
		n, err := strconv.Atoi(v)
		return err == nil && n >= 1 && n <= mostRows
	}
	return len(v) <= longestParam
}

func (p *param) wanted() string {
	if p.values != nil {
		return fmt.Sprintf("one of %v", p.values)
	}
	if p.kind == "integer" {
		return fmt.Sprintf("a whole number from 1 to %d", mostRows)
	}
	return p.kind
}

const mostRows = 100

func (c *call) limit() int {
	n, _ := strconv.Atoi(c.Query("limit")) // it was checked; nothing is the usual number
	return n
}

func (c *call) queryID(name string) uuid.UUID {
	id, _ := uuid.Parse(c.Query(name)) // it was checked
	return id
}

func (c *call) queryTime(name string) time.Time {
	at, _ := time.Parse(time.RFC3339, c.Query(name)) // it was checked
	return at.UTC()
}

// source is whose external ids are asked for: the parameter's, else the token's.
func (c *call) source() string {
	if s := c.Query("source"); s != "" {
		return s
	}
	return c.token.Source
}

// paging are the parameters of every list.
func paging(more ...param) []param {
	return append(more, param{name: "after", kind: "string", about: "Cursor: what next of the page before says."},
		param{name: "limit", kind: "integer", about: "Rows of a page, 1 to 100; default 30."})
}

func texts[T ~string](values ...T) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return all
}

func typeOf(v any) reflect.Type { return reflect.TypeOf(v) }
