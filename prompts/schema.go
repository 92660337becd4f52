package prompts

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// Schema returns the JSON schema of the answer as a server gets it: without the
// limits that only some servers know.
func (p *Prompt) Schema() json.RawMessage { return slices.Clone(p.wire) }

// SchemaText returns the whole JSON schema, for a model whose server takes none.
func (p *Prompt) SchemaText() string { return string(p.document) }

// Decode checks an answer against the schema and reads it into out. The error says
// what is wrong in words that the model may be shown.
func (p *Prompt) Decode(answer []byte, out any) error {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(answer))
	if err != nil {
		return fmt.Errorf("the answer is not one JSON value: %w", err)
	}
	if err := p.full.Validate(document); err != nil {
		return fmt.Errorf("the answer does not fit the schema: %s", problemsOf(err))
	}
	if !printable(document) {
		return errors.New("the answer holds control characters")
	}
	if err := json.Unmarshal(answer, out); err != nil {
		return fmt.Errorf("the answer does not fit the schema: %w", err)
	}
	return nil
}

// longestProblem bounds what a model is told about its answer, in bytes.
const longestProblem = 600

func problemsOf(err error) string {
	_, text, _ := strings.Cut(err.Error(), "\n") // the first line names the schema
	if len(text) > longestProblem {
		text = strings.ToValidUTF8(text[:longestProblem], "")
	}
	return text
}

// printable reports whether no text of an answer has control characters, which
// databases refuse and screens obey.
func printable(document any) bool {
	switch v := document.(type) {
	case string:
		return !strings.ContainsFunc(v, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' })
	case []any:
		return !slices.ContainsFunc(v, func(each any) bool { return !printable(each) })
	case map[string]any:
		for _, each := range v {
			if !printable(each) {
				return false
			}
		}
	}
	return true
}

func (p *Prompt) setSchema(node *yaml.Node) error {
	if node.Kind != yaml.MappingNode {
		return errors.New("there is none")
	}
	if err := strict(node); err != nil {
		return err
	}
	p.document, p.wire = toJSON(node, false), toJSON(node, true)
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(p.document))
	if err != nil {
		return err
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	address := "prompt:" + p.Name
	if err := compiler.AddResource(address, document); err != nil {
		return err
	}
	p.full, err = compiler.Compile(address)
	return err
}

// strict checks what OpenAI's strict mode asks of every object: all properties
// required, no others allowed.
func strict(node *yaml.Node) error {
	if properties := at(node, "properties"); properties != nil {
		var names, required []string
		for i := 0; i < len(properties.Content); i += 2 {
			names = append(names, properties.Content[i].Value)
			if err := strict(properties.Content[i+1]); err != nil {
				return err
			}
		}
		if all := at(node, "required"); all != nil {
			for _, each := range all.Content {
				required = append(required, each.Value)
			}
		}
		slices.Sort(names)
		slices.Sort(required)
		others := at(node, "additionalProperties")
		if !slices.Equal(names, required) || others == nil || others.Value != "false" {
			return fmt.Errorf("an object with %s does not require just these", strings.Join(names, ", "))
		}
	}
	if items := at(node, "items"); items != nil {
		return strict(items)
	}
	return nil
}

func at(node *yaml.Node, key string) *yaml.Node {
	for i := 0; node.Kind == yaml.MappingNode && i < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return node.Content[i+1]
		}
	}
	return nil
}

// limits are the keywords of a schema that only some servers know.
var limits = []string{"minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "pattern"}

// toJSON writes a schema with its keys in the order of the file, which is the order
// in which models answer.
func toJSON(node *yaml.Node, bare bool) []byte {
	var out bytes.Buffer
	writeJSON(&out, node, bare)
	return out.Bytes()
}

func writeJSON(out *bytes.Buffer, node *yaml.Node, bare bool) {
	switch node.Kind {
	case yaml.MappingNode:
		out.WriteByte('{')
		first := true
		for i := 0; i < len(node.Content); i += 2 {
			key, value := node.Content[i].Value, node.Content[i+1]
			if bare && value.Kind == yaml.ScalarNode && slices.Contains(limits, key) {
				continue
			}
			if !first {
				out.WriteByte(',')
			}
			first = false
			fmt.Fprintf(out, "%q:", key)
			writeJSON(out, value, bare)
		}
		out.WriteByte('}')
	case yaml.SequenceNode:
		out.WriteByte('[')
		for i, each := range node.Content {
			if i > 0 {
				out.WriteByte(',')
			}
			writeJSON(out, each, bare)
		}
		out.WriteByte(']')
	default:
		var value any
		_ = node.Decode(&value) // a scalar always decodes
		raw, _ := json.Marshal(value)
		out.Write(raw)
	}
}
