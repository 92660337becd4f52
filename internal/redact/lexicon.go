package redact

import "strings"

// announcement is a phrase that a name follows. After a strong one nearly always.
type announcement struct {
	words  []string
	strong bool
}

var announcements = announced(
	"me llamo|mi nombre es|mi nombre completo es|a nombre de|a nombre del señor|al nombre de|el titular es|la titular es|titular|titular es|titular del servicio es|le escribe|te escribe|de parte de|"+
		"me chamo|meu nome é|meu nome completo é|em nome de|no nome de|no nome do|no nome da|o titular é|a titular é|titular é|quem fala é|quem escreve é|da parte de|falo com o|falo com a|"+
		"my name is|my name's|my full name is|in the name of|under the name of|under the name|account holder is|the account holder is|on behalf of|name's|"+
		"nombre y apellido|nombre completo|nome completo|full name|señor|señora|señorita|sr|sra|srta|don|doña|seu|dona|mr|mrs|ms",
	"soy|yo soy|habla|le habla|te habla|les habla|aquí|acá|firma|atte|atentamente|saludos|cuenta de|casa de|mi esposo|mi esposa|mi marido|mi mujer|mi hijo|mi hija|mi mamá|mi papá|mi madre|mi padre|mi hermano|mi hermana|mi vecino|mi vecina|mi novia|mi novio|mi suegra|mi abuela|el técnico|la técnica|el agente|la agente|el ingeniero|"+
		"sou|sou o|sou a|eu sou|eu sou o|eu sou a|aqui é|aqui é o|aqui é a|aqui quem fala é|fala|conta de|casa da|casa do|meu marido|minha esposa|minha mulher|meu filho|minha filha|minha mãe|meu pai|meu irmão|minha irmã|meu vizinho|minha vizinha|minha avó|o técnico|a atendente|o atendente|"+
		"i'm|i am|im|this is|it's|speaking with|regards|my husband|my wife|my son|my daughter|my mother|my father|my mom|my dad|my brother|my sister|my neighbor|my neighbour|the technician|agent",
)

func announced(strong, weak string) map[string][]announcement {
	out := map[string][]announcement{}
	for i, list := range [...]string{strong, weak} {
		for _, phrase := range strings.Split(foldList(list), "|") {
			w := strings.Fields(phrase)
			out[w[0]] = append(out[w[0]], announcement{w, i == 0})
		}
	}
	return out
}

// announces returns how many words from i on announce a name, the longest phrase first, and whether strongly.
func announces(list []word, i int) (n int, strong bool) {
	for _, a := range announcements[list[i].low] {
		if len(a.words) <= n || i+len(a.words) > len(list) {
			continue
		}
		fits := true
		for k, w := range a.words {
			fits = fits && list[i+k].low == w
		}
		if fits {
			n, strong = len(a.words), a.strong
		}
	}
	return n, strong
}

func particle(w string) bool { return particles[w] }

// function words, and words of the trade, that never belong to a name that was announced.
func function(w string) bool { return functions[w] }

// common words begin with a capital only because a sentence or a heading does.
func common(w string) bool { return functions[w] || ordinaryWords[w] }

// ambiguous names are words too.
func ambiguous(w string) bool { return ambiguousNames[w] }

// given reports whether a word is a common given name in Latin America, Brazil, Spain or English-speaking countries.
func given(w string) bool { return givenNames[w] }
