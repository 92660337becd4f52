package api

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// schema is the part of JSON Schema 2020-12 that our types need.
type schema struct {
	Ref         string             `json:"$ref,omitempty"`
	Type        any                `json:"type,omitempty"` // a name, or several
	AnyOf       []*schema          `json:"anyOf,omitempty"`
	Format      string             `json:"format,omitempty"`
	Description string             `json:"description,omitempty"`
	Enum        []any              `json:"enum,omitempty"`
	Properties  map[string]*schema `json:"properties,omitempty"`
	Required    []string           `json:"required,omitempty"`
	Closed      *bool              `json:"additionalProperties,omitempty"` // false: nothing else is taken
	Items       *schema            `json:"items,omitempty"`
	MinLength   *int               `json:"minLength,omitempty"`
	MaxLength   *int               `json:"maxLength,omitempty"`
	MaxItems    *int               `json:"maxItems,omitempty"`
}

// enums are the values of the types that have few. Types whose values may become more
// are plain text, so that no client breaks on them.
func enums() map[reflect.Type][]any {
	all := map[reflect.Type][]any{}
	enum(all, desk.OwnerAssistant, desk.OwnerQueue, desk.OwnerAgent)
	enum(all, desk.ConversationOpen, desk.ConversationSnoozed, desk.ConversationClosed)
	enum(all, desk.Priorities...)
	enum(all, desk.Inbound, desk.Outbound, desk.Private)
	enum(all, desk.ByContact, desk.ByAssistant, desk.ByAgent, desk.BySystem)
	enum(all, desk.TicketNew, desk.TicketOpen, desk.TicketWaitingCustomer, desk.TicketWaitingThird, desk.TicketResolved, desk.TicketClosed)
	enum(all, desk.ArticleDraft, desk.ArticleReview, desk.ArticlePublished, desk.ArticleArchived)
	enum(all, desk.Roles...)
	enum(all, desk.Scopes...)
	enum(all, desk.WebhookTopics...)
	enum(all, desk.DeliveryPending, desk.DeliveryDelivered, desk.DeliveryFailed)
	return all
}

func enum[T ~string](all map[reflect.Type][]any, values ...T) {
	for _, v := range values {
		all[reflect.TypeFor[T]()] = append(all[reflect.TypeFor[T]()], string(v))
	}
}

// schemas makes schemas of types; structs become components with their names.
type schemas struct {
	enums      map[reflect.Type][]any
	components map[string]*schema
}

func newSchemas() *schemas { return &schemas{enums: enums(), components: map[string]*schema{}} }

// of returns the schema of a type.
func (s *schemas) of(t reflect.Type) *schema {
	switch t {
	case reflect.TypeFor[time.Time]():
		return &schema{Type: "string", Format: "date-time"}
	case reflect.TypeFor[uuid.UUID]():
		return &schema{Type: "string", Format: "uuid"}
	case reflect.TypeFor[json.RawMessage]():
		return &schema{Type: "object"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return nullable(s.of(t.Elem()))
	case reflect.Slice:
		return &schema{Type: "array", Items: s.of(t.Elem())}
	case reflect.String:
		return &schema{Type: "string", Enum: s.enums[t]}
	case reflect.Bool:
		return &schema{Type: "boolean"}
	case reflect.Int, reflect.Int64:
		return &schema{Type: "integer"}
	case reflect.Float64:
		return &schema{Type: "number"}
	case reflect.Struct:
		name := nameOf(t)
		if _, ok := s.components[name]; !ok {
			s.components[name] = &schema{} // for types that hold themselves
			s.components[name] = s.object(t)
		}
		return &schema{Ref: "#/components/schemas/" + name}
	}
	panic("api: no schema for " + t.String()) // found by New, before anything is served
}

// nameOf is a struct's name; that of a list is made of what it lists.
func nameOf(t reflect.Type) string {
	name, inner, generic := strings.Cut(t.Name(), "[")
	if !generic {
		return name
	}
	inner = strings.TrimSuffix(inner, "]")
	return inner[strings.LastIndexByte(inner, '.')+1:] + name
}

func nullable(s *schema) *schema {
	if s.Ref != "" {
		return &schema{AnyOf: []*schema{s, {Type: "null"}}}
	}
	s.Type = []string{s.Type.(string), "null"}
	if s.Enum != nil {
		s.Enum = append(slices.Clone(s.Enum), nil)
	}
	return s
}

// object is the schema of a struct: what may be left out says omitempty, and then null
// is not one of its values.
func (s *schemas) object(t reflect.Type) *schema {
	no := false
	o := &schema{Type: "object", Properties: map[string]*schema{}, Closed: &no}
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		kind := f.Type
		optional := strings.Contains(options, "omitempty")
		if optional && kind.Kind() == reflect.Pointer {
			kind = kind.Elem()
		}
		p := s.of(kind)
		p.Description = f.Tag.Get("doc")
		if values := f.Tag.Get("enum"); values != "" {
			for v := range strings.SplitSeq(values, ",") {
				p.Enum = append(p.Enum, v)
			}
		}
		p.MinLength = number(f.Tag.Get("min"))
		if most := number(f.Tag.Get("max")); kind.Kind() == reflect.Slice {
			p.MaxItems = most
		} else {
			p.MaxLength = most
		}
		o.Properties[name] = p
		if !optional {
			o.Required = append(o.Required, name)
		}
	}
	return o
}

func number(tag string) *int {
	n, err := strconv.Atoi(tag)
	if err != nil {
		return nil
	}
	return &n
}

// resolve follows a reference.
func (s *schemas) resolve(p *schema) *schema {
	if p.Ref == "" {
		return p
	}
	return s.components[strings.TrimPrefix(p.Ref, "#/components/schemas/")]
}
