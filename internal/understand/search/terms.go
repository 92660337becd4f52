package search

import (
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/spanish"

	"antena/internal/understand/words"
)

// maxTerms bounds how much of a text is read.
const maxTerms = 2000

// terms are the word stems of a text, in order, those of synonyms being the same. Words are folded before they are stemmed, as people leave
// accents out.
func terms(text, language string, same map[string]string) []string {
	var out []string
	env := snowballstem.NewEnv("")
	for _, w := range words.Fields(words.Fold(text)) {
		w = words.Expand(words.Squeeze(w), language)
		for from := 0; from < len(w); {
			to := from
			for to < len(w) && w[to] != ' ' {
				to++
			}
			term := stem(env, w[from:to], language)
			if head, ok := same[term]; ok {
				term = head
			}
			out = append(out, term)
			from = to + 1
		}
		if len(out) >= maxTerms {
			break
		}
	}
	return out
}

func stem(env *snowballstem.Env, word, language string) string {
	env.SetCurrent(word)
	switch language {
	case "es":
		spanish.Stem(env)
	case "pt":
		portuguese.Stem(env)
	case "en":
		english.Stem(env)
	default:
		return word
	}
	return env.Current()
}

// grams calls visit with the hash of every run of three and four characters of a text's words, a space at either end of the word.
func grams(text, language string, visit func(hash uint32)) {
	for n, w := range words.Fields(words.Fold(text)) {
		if n >= maxTerms {
			return
		}
		w = " " + words.Expand(words.Squeeze(w), language) + " "
		for from := range len(w) {
			h := uint32(2166136261)
			for to := from; to < len(w) && to < from+gramTo; to++ {
				h = (h ^ uint32(w[to])) * 16777619
				if to-from+1 >= gramFrom {
					visit(h)
				}
			}
		}
	}
}

const (
	gramFrom = 2
	gramTo   = 4
)
