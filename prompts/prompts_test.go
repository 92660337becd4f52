package prompts

import (
	"strings"
	"testing"
)

const small = `---
name: small
purpose: For a test.
max_tokens: 10
inputs:
  message: {type: text, untrusted: true, max: 10}
  language: {type: language}
answer: {type: object, additionalProperties: false, required: [text], properties: {text: {type: string, maxLength: 5}}}
---
Answer in {{.language}}.
---
{{.message}}
`

func TestParse(t *testing.T) {
	t.Parallel()
	p, err := read("small", []byte(small), []byte("Common."))
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"type":"object","additionalProperties":false,"required":["text"],"properties":{"text":{"type":"string"}}}`; string(p.Schema()) != want {
		t.Errorf("the server gets %s", p.Schema())
	}
	if !strings.Contains(p.SchemaText(), `"maxLength":5`) {
		t.Errorf("the words have %s", p.SchemaText())
	}
	other, err := read("small", []byte(small), []byte("Common!"))
	if err != nil || other.Hash == p.Hash || len(p.Hash) != 12 {
		t.Errorf("hashes %q and %q, %v", p.Hash, other.Hash, err)
	}
}

// A file that breaks the form is found when the program starts.
func TestParse_Refuses(t *testing.T) {
	t.Parallel()
	for _, one := range []struct{ name, old, new, says string }{
		{"two parts", "---\n{{.message}}", "{{.message}}", "three parts"},
		{"no front matter", "---\nname", "name", "three parts"},
		{"another name", "name: small", "name: large", "its own name"},
		{"no limit", "max_tokens: 10", "max_tokens: 0", "max_tokens"},
		{"an unknown field", "purpose:", "porpoise: x\npurpose:", "porpoise"},
		{"an input that is not declared", "{{.message}}", "{{.message}} {{.name}}", "names name"},
		{"an input that is not used", "Answer in {{.language}}.", "Answer.", "named nowhere"},
		{"words of others among the rules", "Answer in {{.language}}.", "Answer {{.message}} in {{.language}}.", "untrusted"},
		{"words of others that are trusted", "untrusted: true, ", "", "must be untrusted"},
		{"no longest text", ", max: 10", "", "needs max"},
		{"a type nobody knows", "{type: language}", "{type: html}", "no type we know"},
		{"a language of others", "{type: language}", "{type: language, untrusted: true}", "cannot be untrusted"},
		{"a function", "{{.message}}", `{{printf "%s" .message}}`, "not among its inputs"},
		{"a loop", "{{.message}}", "{{range .message}}{{.}}{{end}}", "not among its inputs"},
		{"a template that does not parse", "{{.message}}", "{{.message", "reading its text"},
		{"no schema", "answer:", "answers:", "answers"},
		{"an object that takes more", "additionalProperties: false, ", "", "does not require just these"},
		{"a property that may be left out", "required: [text], ", "required: [], ", "does not require just these"},
		{"a schema that is none", "{type: string, maxLength: 5}", "{type: words}", "reading the schema"},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(small, one.old, one.new, 1)
			if text == small {
				t.Fatal("the case changes nothing")
			}
			if _, err := read("small", []byte(text), nil); err == nil || !strings.Contains(err.Error(), one.says) {
				t.Errorf("got %v, want it to say %q", err, one.says)
			}
		})
	}
}

func TestDecode(t *testing.T) {
	t.Parallel()
	p, err := read("small", []byte(small), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range []struct{ name, answer, says string }{
		{"good", `{"text": "hola"}`, ""},
		{"escapes", `{"text": "\ud83d\ude00\n"}`, ""},
		{"not JSON", `hola`, "not one JSON value"},
		{"two values", `{"text": "a"} {"text": "b"}`, "not one JSON value"},
		{"cut", `{"text": "a`, "not one JSON value"},
		{"empty", ``, "not one JSON value"},
		{"another type", `{"text": 1}`, "text"},
		{"a list", `[{"text": "a"}]`, "does not fit"},
		{"too long", `{"text": "holas!"}`, "maxLength"},
		{"missing", `{}`, "missing property 'text'"},
		{"too much", `{"text": "a", "refund": 100}`, "'refund'"},
		{"other letters", `{"text": "a", "Text": "b"}`, "'Text'"},
		{"a null character", `{"text": "\u0000"}`, "control characters"},
		{"an escape of terminals", `{"text": "\u001b[0m"}`, "control characters"},
		{"deep", strings.Repeat("[", 20_000), "not one JSON value"},
	} {
		var out struct{ Text string }
		err := p.Decode([]byte(one.answer), &out)
		switch {
		case one.says == "" && err != nil, one.says != "" && (err == nil || !strings.Contains(err.Error(), one.says)):
			t.Errorf("%s: %v, want %q", one.name, err, one.says)
		case err != nil && out.Text != "":
			t.Errorf("%s: refused and read all the same", one.name)
		case err != nil && len(err.Error()) > longestProblem+100:
			t.Errorf("%s: the problem takes %d bytes", one.name, len(err.Error()))
		}
	}
}

// What any model may answer does not break the program, and what is taken fits.
func FuzzDecode(f *testing.F) {
	for _, text := range []string{`{"text":"a"}`, `{"text":"\u0000"}`, `{`, `null`, `{"text":{"text":"a"}}`, "\xff"} {
		f.Add([]byte(text))
	}
	p, err := read("small", []byte(small), nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, answer []byte) {
		var out struct{ Text string }
		if p.Decode(answer, &out) == nil && (len([]rune(out.Text)) > 5 || strings.ContainsRune(out.Text, 0)) {
			t.Errorf("%q was taken as %q", answer, out.Text)
		}
	})
}
