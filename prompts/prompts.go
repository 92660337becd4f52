package prompts

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"text/template"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

//go:embed *.md
var files embed.FS

// Set holds all prompts.
type Set struct {
	Understand *Prompt // what does this message mean
	Rewrite    *Prompt // an article's words, fitted to the question
	Clarify    *Prompt // one question that tells matters apart
	Summary    *Prompt // for the agent who takes over
	Suggest    *Prompt // a reply for an agent to send
	Draft      *Prompt // an article from a solved matter
	See        *Prompt // what a photo shows
}

// Prompt is one thing a model is asked to do. It is safe for concurrent use.
type Prompt struct {
	Name      string
	Purpose   string
	Hash      string // of its text: 12 hexadecimal digits
	MaxTokens int    // longest answer
	Images    bool   // looks at pictures

	inputs       map[string]input
	system, user *template.Template
	full         *jsonschema.Schema
	wire         []byte // the schema as a server gets it
	document     []byte // the schema with its limits
}

// input is a declared input.
type input struct {
	Type      string `yaml:"type"`
	Untrusted bool   `yaml:"untrusted"`
	Optional  bool   `yaml:"optional"`
	Max       int    `yaml:"max"`
}

// header is the part of a file before its texts.
type header struct {
	Name      string           `yaml:"name"`
	Purpose   string           `yaml:"purpose"`
	MaxTokens int              `yaml:"max_tokens"`
	Images    bool             `yaml:"images"`
	Inputs    map[string]input `yaml:"inputs"`
	Answer    yaml.Node        `yaml:"answer"`
}

// Load reads the prompts of this program and checks them.
func Load() (*Set, error) {
	common, err := files.ReadFile("common.md")
	if err != nil {
		return nil, err
	}
	var set Set
	for name, into := range set.byName() {
		text, err := files.ReadFile(name + ".md")
		if err != nil {
			return nil, err
		}
		if *into, err = read(name, text, common); err != nil {
			return nil, fmt.Errorf("prompt %s: %w", name, err)
		}
	}
	return &set, set.strangers()
}

func (s *Set) byName() map[string]**Prompt {
	return map[string]**Prompt{
		"understand": &s.Understand, "rewrite": &s.Rewrite, "clarify": &s.Clarify, "summary": &s.Summary,
		"suggest": &s.Suggest, "draft": &s.Draft, "see": &s.See,
	}
}

// strangers finds files that no field of Set stands for.
func (s *Set) strangers() error {
	known := s.byName()
	return fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		name := strings.TrimSuffix(path, ".md")
		if _, ok := known[name]; err != nil || d.IsDir() || ok || name == "common" {
			return err
		}
		return fmt.Errorf("prompt %s: nobody asks it", name)
	})
}

// read reads a file; common is put beneath its system message.
func read(name string, text, common []byte) (*Prompt, error) {
	parts := strings.Split(string(text), "---\n")
	if len(parts) != 4 || parts[0] != "" {
		return nil, errors.New("is not three parts, each after a line of ---")
	}
	var h header
	decoder := yaml.NewDecoder(strings.NewReader(parts[1]))
	decoder.KnownFields(true)
	if err := decoder.Decode(&h); err != nil {
		return nil, fmt.Errorf("reading its front matter: %w", err)
	}
	if h.Name != name || h.Purpose == "" || h.MaxTokens < 1 {
		return nil, errors.New("needs its own name, a purpose and max_tokens")
	}
	p := &Prompt{Name: h.Name, Purpose: h.Purpose, Hash: hash(text, common), MaxTokens: h.MaxTokens, Images: h.Images, inputs: h.Inputs}
	if err := p.setTexts(parts[2]+"\n"+string(common), parts[3]); err != nil {
		return nil, err
	}
	if err := p.setSchema(&h.Answer); err != nil {
		return nil, fmt.Errorf("reading the schema of its answer: %w", err)
	}
	return p, nil
}

// setTexts parses the two texts and compares what they name with what is declared.
func (p *Prompt) setTexts(system, user string) (err error) {
	for name, in := range p.inputs {
		if problem := in.problem(); problem != "" {
			return fmt.Errorf("input %s %s", name, problem)
		}
	}
	named := map[string]bool{}
	for _, part := range []struct {
		text string
		into **template.Template
		safe bool
	}{{system, &p.system, true}, {user, &p.user, false}} {
		*part.into, err = template.New(p.Name).Option("missingkey=error").Parse(part.text)
		if err != nil {
			return fmt.Errorf("reading its text: %w", err)
		}
		for _, name := range fields((*part.into).Root) {
			in, ok := p.inputs[name]
			if !ok {
				return fmt.Errorf("its text names %s, which is not among its inputs", name)
			}
			if part.safe && in.Untrusted {
				return fmt.Errorf("its system message names %s, which is untrusted", name)
			}
			named[name] = true
		}
	}
	for name := range p.inputs {
		if !named[name] {
			return fmt.Errorf("input %s is declared and named nowhere", name)
		}
	}
	return nil
}

func hash(parts ...[]byte) string {
	sum := sha256.Sum256(bytes.Join(parts, []byte{0}))
	return hex.EncodeToString(sum[:6])
}
