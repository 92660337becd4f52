package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Place is one thing that is wrong with a request.
type Place struct {
	At     string `json:"at" doc:"A JSON Pointer into the body, or the name of a parameter."`
	Code   string `json:"code" doc:"required, unknown, type, enum, format, too_short, too_long, too_many or invalid."`
	Detail string `json:"detail"`
}

// mostPlaces are reported of one body, and how deep it may be.
const (
	mostPlaces = 20
	mostDepth  = 16
)

// errBody is a body that does not fit, with the places.
type errBody struct{ places []Place }

func (e *errBody) Error() string {
	return fmt.Sprintf("the body does not fit in %d places", len(e.places))
}

func (e *errBody) Unwrap() error { return errRequest }

var (
	errRequest = &desk.Error{Kind: desk.Invalid, Code: "bad_request", Msg: "the request does not fit what this operation takes"}
	errJSON    = &desk.Error{Kind: desk.Invalid, Code: "bad_json", Msg: "the body is not one JSON value"}
)

// readJSON reads exactly one value.
func readJSON(body []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, errJSON
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errJSON
	}
	return v, nil
}

// checker compares a value with a schema and collects what does not fit.
type checker struct {
	schemas *schemas
	places  []Place
}

func (s *schemas) check(p *schema, v any) error {
	c := &checker{schemas: s}
	c.value("", p, v, 0)
	if len(c.places) == 0 {
		return nil
	}
	return &errBody{c.places}
}

func (c *checker) wrong(at, code, detail string) {
	if len(c.places) < mostPlaces {
		c.places = append(c.places, Place{At: at, Code: code, Detail: detail})
	}
}

func (c *checker) value(at string, p *schema, v any, depth int) {
	if depth > mostDepth {
		c.wrong(at, "invalid", "nested too deeply")
		return
	}
	p = c.schemas.resolve(p)
	if v == nil && accepts(p.Type, "null") {
		return
	}
	switch value := v.(type) {
	case map[string]any:
		if c.is(at, p, "object") {
			c.object(at, p, value, depth)
		}
	case []any:
		if !c.is(at, p, "array") {
			return
		}
		if p.MaxItems != nil && len(value) > *p.MaxItems {
			c.wrong(at, "too_many", fmt.Sprintf("at most %d", *p.MaxItems))
			return
		}
		for i, item := range value {
			c.value(fmt.Sprintf("%s/%d", at, i), p.Items, item, depth+1)
		}
	case string:
		if c.is(at, p, "string") {
			c.text(at, p, value)
		}
	case json.Number:
		if _, err := value.Int64(); err != nil && accepts(p.Type, "integer") {
			c.wrong(at, "type", "wanted integer")
			return
		}
		if !accepts(p.Type, "integer") {
			c.is(at, p, "number")
		}
	case bool:
		c.is(at, p, "boolean")
	default:
		c.is(at, p, "null")
	}
}

// is reports whether a kind of value fits.
func (c *checker) is(at string, p *schema, kind string) bool {
	if accepts(p.Type, kind) {
		return true
	}
	c.wrong(at, "type", "wanted "+strings.Join(kinds(p.Type), " or "))
	return false
}

func kinds(t any) []string {
	if many, ok := t.([]string); ok {
		return many
	}
	one, _ := t.(string)
	return []string{one}
}

func accepts(t any, kind string) bool { return slices.Contains(kinds(t), kind) }

func (c *checker) object(at string, p *schema, v map[string]any, depth int) {
	for _, name := range p.Required {
		if _, ok := v[name]; !ok {
			c.wrong(at+"/"+name, "required", "is missing")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		place := at + "/" + pointer(name)
		if known, ok := p.Properties[name]; ok {
			c.value(place, known, v[name], depth+1)
			continue
		}
		c.wrong(place, "unknown", "there is no such field")
	}
}

// pointer writes a name for a JSON Pointer (RFC 6901), and no longer than is of use.
func pointer(name string) string {
	const most = 60
	if len(name) > most {
		name = strings.ToValidUTF8(name[:most], "")
	}
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

func (c *checker) text(at string, p *schema, v string) {
	length := desk.Units(v)
	switch {
	case p.Enum != nil && !slices.Contains(p.Enum, any(v)):
		c.wrong(at, "enum", fmt.Sprintf("one of %v", p.Enum))
	case p.MinLength != nil && length < *p.MinLength:
		c.wrong(at, "too_short", fmt.Sprintf("at least %d characters", *p.MinLength))
	case p.MaxLength != nil && length > *p.MaxLength:
		c.wrong(at, "too_long", fmt.Sprintf("at most %d characters", *p.MaxLength))
	case p.Format == "uuid" && !isUUID(v):
		c.wrong(at, "format", "wanted a UUID")
	case p.Format == "date-time" && !isTime(v):
		c.wrong(at, "format", "wanted a time as RFC 3339 says")
	}
}

func isUUID(v string) bool {
	_, err := uuid.Parse(v)
	return err == nil && len(v) == 36
}

func isTime(v string) bool {
	_, err := time.Parse(time.RFC3339, v)
	return err == nil
}
