package guard

import (
	"strings"

	"antena/internal/understand/words"
)

// stem is the beginning of a word that carries meaning.
type stem struct {
	stem   string
	start  int
	denied int // how many words after a negation, 0 when none reaches it
}

// reach is how many words with a meaning after a negation it speaks of, at most to the end of the clause.
const reach = 3

// stems cuts a text in lower case without accents to its meaning. A word's first five letters are its stem: enough to tell matters apart,
// and the endings of three languages fall away.
func stems(low, lang string) []stem {
	var out []stem
	spans := words.Split(nil, low)
	left := 0
	for i, s := range spans {
		w := low[s.Start:s.End]
		if i > 0 && strings.ContainsAny(low[spans[i-1].End:s.Start], ".,;:!?()\n") {
			left = 0
		}
		switch {
		case negates(w, lang) || strings.HasSuffix(w, "n't"):
			left = reach
			continue
		case breaksNegation(w):
			left = 0
		}
		if meaningful(w) {
			out = append(out, stem{stem: cutStem(w), start: s.Start, denied: distance(left)})
		}
		if meaningful(w) || !minor(w) {
			left = max(0, left-1)
		}
	}
	return out
}

// distance is the place of a word after a negation that reaches so many words more.
func distance(left int) int {
	if left == 0 {
		return 0
	}
	return reach - left + 1
}

// minor words stand between a negation and what it denies.
func minor(w string) bool {
	if len(w) < 3 || stopWord(w) {
		return true
	}
	switch w {
	case "the", "for", "you", "are", "los", "las", "del", "por", "con", "una", "que", "sus", "its", "our", "any", "uma", "dos", "das", "nos", "seu", "sua", "son", "hay", "has", "had",
		"can", "ser", "sea", "mas", "com", "sao", "and", "but", "may", "did":
		return true
	}
	return false
}

func cutStem(w string) string {
	if len(w) > 5 {
		return w[:5]
	}
	return w
}

// negates reports whether a word denies what follows. In Portuguese "no" is "in the".
func negates(w, lang string) bool {
	switch w {
	case "no":
		return lang != "pt"
	case "nunca", "jamas", "sin", "ni", "tampoco", "ningun", "ninguno", "ninguna", "nada", "evita", "evitar", "evite", "nao", "sem", "nem", "jamais", "nenhum", "nenhuma",
		"tampouco", "not", "never", "without", "cannot", "nor", "none", "neither", "avoid", "nothing":
		return true
	}
	return false
}

func breaksNegation(w string) bool {
	switch w {
	case "pero", "sino", "mas", "aunque", "but", "porem", "embora", "though", "so", "solo", "salvo", "excepto", "except", "hasta", "until", "ate", "antes", "before":
		return true
	}
	return false
}

func meaningful(w string) bool {
	return len(w) >= 4 && !stopWord(w) && strings.IndexFunc(w, func(r rune) bool { return r >= '0' && r <= '9' }) < 0
}

// stopWord lists the words that hold sentences together, folded.
func stopWord(w string) bool {
	switch w {
	case "para", "como", "cuando", "donde", "porque", "esta", "este", "esto", "estas", "estos", "esos", "esas", "desde", "hasta", "sobre", "entre", "pero", "tambien", "todo", "todos", "toda",
		"todas", "otra", "otro", "otras", "otros", "cada", "algo", "alguno", "alguna", "algun", "puede", "pueden", "puedes", "poder", "debe", "deben", "debes", "tiene", "tienes", "tienen", "tener",
		"hacer", "hace", "hacen", "haga", "estan", "estar", "sera", "seran", "sean", "cual", "cuales", "quien", "mismo", "misma", "aqui", "alli", "luego", "despues", "antes", "durante",
		"segun", "aunque", "siempre", "solo", "muy", "favor", "gracias", "hola", "usted", "ustedes", "nuestra", "nuestro", "nuestros", "nuestras", "suyo", "tuyo", "siguiente", "siguientes", "vamos", "entonces",
		"quando", "onde", "esse", "essa", "isso", "isto", "desse", "dessa", "deste", "desta", "pelo", "pela", "pelos", "pelas", "mais", "menos", "muito", "muita", "tambem",
		"pode", "podem", "deve", "devem", "fazer", "fica", "ficam", "ficar", "estao", "qual", "quais", "quem", "mesmo", "mesma", "depois", "sempre", "voce", "voces", "nosso", "nossa", "nossos", "nossas",
		"seus", "suas", "dele", "dela", "eles", "elas", "obrigado", "obrigada", "precisa", "preciso", "seja", "caso", "ainda", "entao", "assim",
		"this", "that", "these", "those", "with", "from", "your", "yours", "ours", "have", "will", "would", "could", "should", "must", "when", "where", "which", "what", "then", "than", "there", "here",
		"them", "they", "their", "into", "onto", "over", "under", "after", "while", "also", "only", "just", "some", "each", "every", "both", "more", "most", "less", "such", "very", "please", "thanks",
		"hello", "does", "doing", "done", "make", "need", "needs", "want", "like", "once", "about", "around", "being", "been", "were", "until", "because", "case", "know", "same", "other", "another", "using", "take", "takes":
		return true
	}
	return false
}
