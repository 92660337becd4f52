package console

import (
	"embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"antena/internal/desk"
)

//go:embed locales/*.json
var localeFiles embed.FS

// phrase is one entry of a catalogue: a text, or one text per plural form.
// {0}, {1}, ... stand for arguments.
type phrase struct {
	One   string `json:"one"`
	Other string `json:"other"`
}

// UnmarshalJSON takes a plain text or an object with the plural forms.
func (p *phrase) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &p.Other)
	}
	type forms phrase
	return json.Unmarshal(data, (*forms)(p))
}

// speech is everything the console can say in one language.
type speech struct {
	language string
	phrases  map[string]phrase
}

// loadSpeech reads the catalogues of all languages.
func loadSpeech() (map[string]*speech, error) {
	all := make(map[string]*speech, len(desk.Languages))
	for _, language := range desk.Languages {
		data, err := localeFiles.ReadFile("locales/" + language + ".json")
		if err != nil {
			return nil, fmt.Errorf("reading the %s catalogue: %w", language, err)
		}
		s := &speech{language: language}
		if err := json.Unmarshal(data, &s.phrases); err != nil {
			return nil, fmt.Errorf("reading the %s catalogue: %w", language, err)
		}
		all[language] = s
	}
	return all, nil
}

// T returns a text. A key that has none is shown as it is, so that a code the
// console does not know yet is still readable.
func (s *speech) T(key string, args ...any) string {
	p, ok := s.phrases[key]
	if !ok {
		return key
	}
	return fill(p.Other, args)
}

// Has reports whether there are words for a key.
func (s *speech) Has(key string) bool {
	_, ok := s.phrases[key]
	return ok
}

// Code returns the words for a code of the desk under a prefix, else the code in
// readable form.
func (s *speech) Code(prefix, code string) string {
	if code == "" {
		return ""
	}
	if key := prefix + "." + code; s.Has(key) {
		return s.T(key)
	}
	return strings.ReplaceAll(code, "_", " ")
}

// N returns a text in the plural form for a count, which is its first argument.
// Portuguese uses the singular for zero as well.
func (s *speech) N(key string, count int, args ...any) string {
	p, ok := s.phrases[key]
	if !ok {
		return key
	}
	text := p.Other
	if p.One != "" && (count == 1 || count == 0 && s.language == "pt") {
		text = p.One
	}
	return fill(text, append([]any{count}, args...))
}

func fill(text string, args []any) string {
	for i, arg := range args {
		text = strings.ReplaceAll(text, "{"+strconv.Itoa(i)+"}", fmt.Sprint(arg))
	}
	return text
}
