package words

// Expand writes out an abbreviation as people type it on a phone: "q" is "que", "vc" is "voce", "pls" is "please". The word and the
// result are folded; the result may be several words. A word that is no abbreviation in the language comes back unchanged. With an
// empty language only what means the same everywhere, or exists in one language only, is written out.
func Expand(word, language string) string {
	if len(word) > 10 {
		return word
	}
	full := ""
	switch language {
	case "es":
		full = spanish(word)
	case "pt":
		full = portuguese(word)
	case "en":
		full = english(word)
	default:
		full = unmistakable(word)
	}
	if full == "" {
		return word
	}
	return full
}

// unmistakable expands a word that no two languages read differently.
func unmistakable(word string) string {
	full := ""
	for _, in := range [...]string{spanish(word), portuguese(word), english(word)} {
		if in == "" {
			continue
		}
		if full != "" && full != in {
			return ""
		}
		full = in
	}
	if full != "" && ordinary(word) {
		return ""
	}
	return full
}

// ordinary lists abbreviations of one language that are ordinary words, or abbreviations of nothing in particular, in another.
func ordinary(word string) bool {
	switch word {
	case "n", "d", "k", "x", "c", "p", "u", "r", "ta", "to", "toy", "pa", "eh", "are", "me", "so", "bo", "pro", "pras", "inter", "net", "cel", "min":
		return true
	}
	return false
}
