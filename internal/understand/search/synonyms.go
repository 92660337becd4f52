package search

import (
	"embed"
	"strings"

	"github.com/blevesearch/snowballstem"

	"antena/internal/understand/words"
)

//go:embed synonyms/*.txt
var synonymFiles embed.FS

// synonyms maps the stem of a word to that of the first word of its group in the file of the language. A language without a file has none.
func synonyms(language string) map[string]string {
	text, err := synonymFiles.ReadFile("synonyms/" + language + ".txt")
	if err != nil {
		return nil
	}
	return readSynonyms(string(text), language)
}

// readSynonyms reads groups of words, one a line; a line that starts with # is a remark.
func readSynonyms(text, language string) map[string]string {
	first := map[string]string{}
	env := snowballstem.NewEnv("")
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		head := ""
		for _, w := range words.Fields(words.Fold(line)) {
			s := stem(env, w, language)
			if head == "" {
				head = s
			}
			if s != head {
				first[s] = head
			}
		}
	}
	return first
}
