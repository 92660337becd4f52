package console

import (
	"hash/fnv"
	"strings"
	"unicode"
)

// choice is one option of a select or a row of tabs.
type choice struct {
	Value   string
	Label   string
	Title   string // shown when pointed at
	URL     string
	Current bool
}

const hues = 8

// face draws a person: at most two letters on one of eight colours.
func face(name string) person {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return person{Name: name, Initials: initials(name), Hue: int(h.Sum32() % hues)}
}

func initials(name string) string {
	var letters []rune
	for _, word := range strings.Fields(name) {
		for _, r := range word {
			if unicode.IsLetter(r) {
				letters = append(letters, unicode.ToUpper(r))
				break
			}
		}
	}
	switch len(letters) {
	case 0:
		return "#"
	case 1:
		return string(letters[0])
	}
	return string([]rune{letters[0], letters[len(letters)-1]})
}

// phone shows a wa_id as people write numbers.
func phone(waID string) string {
	if waID == "" || strings.Trim(waID, "0123456789") != "" {
		return waID
	}
	return "+" + waID
}
