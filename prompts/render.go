package prompts

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"text/template"

	"github.com/google/uuid"
)

// Request is one use of a prompt.
type Request struct {
	Prompt       *Prompt
	Inputs       Inputs
	Images       []Image   // of a prompt that looks at pictures
	Conversation uuid.UUID // it is asked for; uuid.Nil: for none
}

// Image is a picture for the model to look at.
type Image struct {
	MIME string // image/jpeg, image/png or image/webp
	Data []byte
}

// Messages are what a prompt has come to.
type Messages struct {
	System string // the same for every use that differs in data alone
	User   string
}

// Render fills a prompt in. Every call draws a code of its own for its blocks.
func (p *Prompt) Render(in Inputs) (Messages, error) {
	return p.render(in, newCode())
}

func (p *Prompt) render(in Inputs, code string) (Messages, error) {
	values := map[string]string{}
	for name := range in {
		if _, ok := p.inputs[name]; !ok {
			return Messages{}, fmt.Errorf("prompt %s has no input %s", p.Name, name)
		}
	}
	for name, declared := range p.inputs {
		var err error
		values[name] = ""
		if value, given := in[name]; given {
			if values[name], err = declared.write(name, value, code); err != nil {
				return Messages{}, fmt.Errorf("prompt %s: input %s %w", p.Name, name, err)
			}
		}
		if values[name] == "" && !declared.Optional {
			return Messages{}, fmt.Errorf("prompt %s: input %s is missing", p.Name, name)
		}
	}
	system, err := fill(p.system, values)
	if err != nil {
		return Messages{}, err
	}
	user, err := fill(p.user, values)
	return Messages{System: system, User: "The code of the data blocks below is " + code + ".\n\n" + user}, err
}

var gaps = regexp.MustCompile(`\n{3,}`)

// fill writes the template's own text and the values. The blank lines that
// conditions leave behind are closed before values go in: data stays as it is.
func fill(t *template.Template, values map[string]string) (string, error) {
	marks := make(map[string]string, len(values))
	var replace []string
	for name, value := range values {
		if value != "" {
			marks[name] = "\x00" + name + "\x00"
			replace = append(replace, marks[name], value)
			continue
		}
		marks[name] = ""
	}
	var out strings.Builder
	if err := t.Execute(&out, marks); err != nil {
		return "", fmt.Errorf("filling in prompt %s: %w", t.Name(), err)
	}
	text := gaps.ReplaceAllString(strings.TrimSpace(out.String()), "\n\n")
	return strings.NewReplacer(replace...).Replace(text), nil
}

func newCode() string {
	var raw [8]byte
	_, _ = rand.Read(raw[:]) // never fails
	return hex.EncodeToString(raw[:])
}
