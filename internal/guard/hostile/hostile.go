package hostile

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
)

//go:embed *.json
var files embed.FS

// Rewrite is an honest answer made from one of our articles with the values of the demo: it must pass the guard.
type Rewrite struct {
	Name     string `json:"name"`
	Language string `json:"language"`
	Article  string `json:"article"`
	Text     string `json:"text"`
	Refused  string `json:"refused,omitempty"` // why the guard refuses it all the same, for the cases it does
}

// Output is something a hostile model says.
type Output struct {
	Name      string   `json:"name"`
	Language  string   `json:"language"`            // the customer's
	Articles  []string `json:"articles"`            // in scope, with the values of the demo
	Source    string   `json:"source,omitempty"`    // one more source, with the id "extra": an article somebody tampered with, say
	Asked     string   `json:"asked,omitempty"`     // what the customer wrote
	Text      string   `json:"text"`                // what the model says
	Repeat    int      `json:"repeat,omitempty"`    // so many times; zero is once
	Says      string   `json:"says,omitempty"`      // the language the model names; empty is the customer's
	Citations []string `json:"citations,omitempty"` // empty: all articles in scope; "-" is none
	Want      []string `json:"want"`                // codes, one of which at least must be found; none when nothing can find it
	Passes    string   `json:"passes,omitempty"`    // why it is let through, for the cases that are
}

// Message is one thing a customer sends.
type Message struct {
	Kind   string `json:"kind,omitempty"` // text when empty; image, document, audio, reply, ...
	Text   string `json:"text,omitempty"`
	Repeat int    `json:"repeat,omitempty"` // the text so many times; zero is once
	File   string `json:"file,omitempty"`   // name of the file
	Button string `json:"button,omitempty"` // payload of a pressed button, as a forger would write it
	Quoted string `json:"quoted,omitempty"` // what the message claims to answer: the provider's id
}

// Input is what a hostile customer does.
type Input struct {
	Name     string    `json:"name"`
	Profile  string    `json:"profile,omitempty"` // the customer's profile name; an ordinary one when empty
	Messages []Message `json:"messages"`
	Accept   []string  `json:"accept"`             // actions that are right after the last message
	Never    []string  `json:"never,omitempty"`    // what may appear in nothing the desk says, beside what never may
	Tickets  int       `json:"tickets,omitempty"`  // most tickets there may be
	Consents int       `json:"consents,omitempty"` // most changes of consent
}

// Rewrites are the honest answers.
func Rewrites() ([]Rewrite, error) { return load[Rewrite]("rewrites.json") }

// Outputs are what hostile models say.
func Outputs() ([]Output, error) { return load[Output]("outputs.json") }

// Inputs are what hostile customers do.
func Inputs() ([]Input, error) { return load[Input]("inputs.json") }

func load[T any](name string) ([]T, error) {
	raw, err := files.ReadFile(name)
	if err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	var cases []T
	if err := dec.Decode(&cases); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return cases, nil
}
