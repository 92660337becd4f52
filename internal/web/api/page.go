package api

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"maps"
	"slices"
	"strings"

	"antena/internal/desk"
)

//go:embed reference.html
var referenceTemplate string

//go:embed reference.css
var styleSheet []byte

// referenceView is the page.
type referenceView struct {
	Prefix, Intro, Events string
	Groups                []groupView
	Types                 []typeView
	Scopes                []desk.Scope
}

type groupView struct {
	Name       string
	Operations []operationView
}

type operationView struct {
	ID, Method, Path, About string
	Scope                   desk.Scope
	Params                  []paramView
	Body, Answer            string // JSON
	Status                  int
}

type paramView struct{ Name, In, About string }

type typeView struct {
	Name   string
	Fields []fieldView
}

type fieldView struct {
	Name, Kind, About string
	Required          bool
}

// reference writes the page from the table.
func (p *API) reference() ([]byte, error) {
	view := referenceView{Prefix: Prefix, Intro: intro, Events: eventWords, Scopes: desk.Scopes}
	for i := range p.operations {
		op := &p.operations[i]
		shown, err := operationOf(op)
		if err != nil {
			return nil, err
		}
		if n := len(view.Groups); n == 0 || view.Groups[n-1].Name != op.group {
			view.Groups = append(view.Groups, groupView{Name: op.group})
		}
		g := &view.Groups[len(view.Groups)-1]
		g.Operations = append(g.Operations, shown)
	}
	for _, name := range slices.Sorted(maps.Keys(p.schemas.components)) {
		view.Types = append(view.Types, p.typeView(name))
	}
	t, err := template.New("reference").Parse(referenceTemplate)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Execute(&out, view)
	return out.Bytes(), err
}

func operationOf(op *operation) (operationView, error) {
	v := operationView{ID: op.id, Method: op.method, Path: op.path, About: op.about, Scope: op.scope, Status: max(op.status, 200)}
	for _, o := range parameters(op) {
		about, _ := o["description"].(string)
		if s, ok := o["schema"].(object); ok && s["enum"] != nil {
			about = strings.TrimSpace(about + " One of: " + strings.Join(s["enum"].([]string), ", ") + ".")
		}
		v.Params = append(v.Params, paramView{o["name"].(string), o["in"].(string), about})
	}
	for _, pair := range []struct {
		into *string
		from any
	}{{&v.Body, op.body}, {&v.Answer, op.answer}} {
		if _, none := pair.from.(nothing); none || pair.from == nil {
			continue
		}
		raw, err := json.MarshalIndent(pair.from, "", "  ")
		if err != nil {
			return v, err
		}
		*pair.into = string(raw)
	}
	return v, nil
}

func (p *API) typeView(name string) typeView {
	s := p.schemas.components[name]
	v := typeView{Name: name}
	for _, field := range slices.Sorted(maps.Keys(s.Properties)) {
		f := s.Properties[field]
		v.Fields = append(v.Fields, fieldView{Name: field, Kind: kindWords(f), About: f.Description, Required: slices.Contains(s.Required, field)})
	}
	return v
}

func kindWords(s *schema) string {
	switch {
	case s.Ref != "":
		return strings.TrimPrefix(s.Ref, "#/components/schemas/")
	case len(s.AnyOf) > 0:
		return kindWords(s.AnyOf[0]) + " or null"
	case s.Items != nil:
		return "list of " + kindWords(s.Items)
	}
	words := strings.Join(kinds(s.Type), " or ")
	if s.Format != "" {
		words += " (" + s.Format + ")"
	}
	return words
}
