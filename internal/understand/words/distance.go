package words

// OneApart reports whether one letter added, dropped, changed, or two neighbours swapped turn a into b. Equal words are not one apart.
// Words are compared by byte, which after Fold is by letter in the languages we speak.
func OneApart(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) != len(b) {
		return a[i:] == b[i+1:]
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// Squeeze shortens every run of three or more equal letters to one, as in "holaaaa" or "pleaaase". Digits stay.
func Squeeze(word string) string {
	for i := 2; i < len(word); i++ {
		if isLetter(word[i]) && word[i] == word[i-1] && word[i] == word[i-2] {
			return squeeze(word)
		}
	}
	return word
}

func squeeze(word string) string {
	out := make([]byte, 0, len(word))
	for i := 0; i < len(word); {
		j := i + 1
		for j < len(word) && word[j] == word[i] {
			j++
		}
		n := j - i
		if n > 2 && isLetter(word[i]) {
			n = 1
		}
		for range n {
			out = append(out, word[i])
		}
		i = j
	}
	return string(out)
}
