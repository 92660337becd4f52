package doctor

import (
	"bytes"
	_ "embed" // the words
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"antena/internal/desk"
)

//go:embed words.yaml
var wordsFile []byte

func readWords() (map[string]desk.Words, error) {
	words := map[string]desk.Words{}
	if err := yaml.NewDecoder(bytes.NewReader(wordsFile)).Decode(&words); err != nil {
		return nil, fmt.Errorf("reading the doctor's words: %w", err)
	}
	return words, nil
}

// inWords fills a finding's words in every language; nil when it has none.
func (v *visit) inWords(key string, args ...any) desk.Words {
	pattern, ok := v.words[key]
	if !ok {
		return nil
	}
	filled := desk.Words{}
	for language, text := range pattern {
		filled[language] = text
		if strings.Contains(text, "%[") { // places are numbered, so a text may leave some out
			filled[language] = fmt.Sprintf(text, args...)
		}
	}
	return filled
}
