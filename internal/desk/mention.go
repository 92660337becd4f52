package desk

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
)

// MaxMentions is how many agents one note tells.
const MaxMentions = 20

// Mentions returns the agents a note names, each once, in the order they are named:
// "@" and their whole name, or their first name when nobody else of the team has it,
// without regard to case. Who has left is not told.
func Mentions(note string, team []Agent) []uuid.UUID {
	names := callNames(team)
	var told []uuid.UUID
	for at, r := range note {
		if r != '@' || len(told) >= MaxMentions {
			continue
		}
		if before, _ := utf8.DecodeLastRuneInString(note[:at]); at > 0 && wordRune(before) {
			continue // an e-mail address
		}
		rest := note[at+1:]
		i := slices.IndexFunc(names, func(n callName) bool { return calls(rest, n.name) })
		if i >= 0 && !slices.Contains(told, names[i].id) {
			told = append(told, names[i].id)
		}
	}
	return told
}

type callName struct {
	name string
	id   uuid.UUID
}

// callNames are what agents can be called by, the longest first.
func callNames(team []Agent) []callName {
	var names []callName
	first := map[string]int{}
	for i := range team {
		if a := &team[i]; callable(a) {
			names = append(names, callName{a.Name, a.ID})
			first[strings.ToLower(firstName(a.Name))]++
		}
	}
	for i := range team {
		if a := &team[i]; callable(a) && first[strings.ToLower(firstName(a.Name))] == 1 {
			names = append(names, callName{firstName(a.Name), a.ID})
		}
	}
	slices.SortStableFunc(names, func(a, b callName) int { return cmp.Compare(len(b.name), len(a.name)) })
	return names
}

func callable(a *Agent) bool { return a.Active && !a.Program && strings.TrimSpace(a.Name) != "" }

func firstName(name string) string { return strings.Fields(name)[0] }

// calls reports whether a text begins with a name, and the name ends there.
func calls(text, name string) bool {
	for _, want := range name {
		got, size := utf8.DecodeRuneInString(text)
		if size == 0 || unicode.ToLower(got) != unicode.ToLower(want) {
			return false
		}
		text = text[size:]
	}
	next, _ := utf8.DecodeRuneInString(text)
	return text == "" || !wordRune(next)
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }
