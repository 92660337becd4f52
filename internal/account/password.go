package account

import (
	_ "embed" // for the list of common passwords
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"antena/internal/desk"
)

// Lengths of a password, in characters.
const (
	ShortestPassword = 12
	LongestPassword  = 200
)

// What is wrong with a password.
var (
	ErrPasswordShort    = &desk.Error{Kind: desk.Invalid, Code: "password_short", Field: "password", Msg: "use at least 12 characters"}
	ErrPasswordLong     = &desk.Error{Kind: desk.Invalid, Code: "password_long", Field: "password", Msg: "use at most 200 characters"}
	ErrPasswordCommon   = &desk.Error{Kind: desk.Invalid, Code: "password_common", Field: "password", Msg: "this is among the first passwords a stranger would try"}
	ErrPasswordPersonal = &desk.Error{Kind: desk.Invalid, Code: "password_personal", Field: "password", Msg: "do not build it from your name or e-mail address"}
)

//go:embed common.txt
var common string

// CheckPassword says whether an agent may have the password.
func CheckPassword(password, name, email string) error {
	length := utf8.RuneCountInString(norm.NFKC.String(password))
	switch {
	case length < ShortestPassword:
		return ErrPasswordShort
	case length > LongestPassword:
		return ErrPasswordLong
	case personal(password, name, email):
		return ErrPasswordPersonal
	case guessable(password):
		return ErrPasswordCommon
	}
	return nil
}

// ownEnough is how many characters must be left when what everybody knows about
// the agent is taken out of the password.
const ownEnough = 8

func personal(password, name, email string) bool {
	left := fold(password)
	local, domain, _ := strings.Cut(fold(email), "@")
	known := append([]string{fold(email), local, domain, fold(name)}, strings.Fields(fold(name))...)
	known = append(known, strings.FieldsFunc(local, func(r rune) bool { return !unicode.IsLetter(r) })...)
	slices.SortFunc(known, func(a, b string) int { return len(b) - len(a) })
	before := left
	for _, word := range known {
		if utf8.RuneCountInString(word) >= 3 {
			left = strings.ReplaceAll(left, word, "")
		}
	}
	return left != before && utf8.RuneCountInString(left) < ownEnough
}

// guessable reports whether a password is one common word, repeated or with
// figures and signs round it, or a run of characters in a row.
func guessable(password string) bool {
	folded := fold(password)
	words := strings.Fields(common)
	bare, repeated := core(folded), period(folded)
	for _, whole := range []string{folded, bare, period(bare), repeated, core(repeated)} {
		if whole != "" && slices.Contains(words, whole) {
			return true
		}
	}
	return fewCharacters(folded) || inARow(folded)
}

// core is what stands between figures and signs.
func core(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

// fold makes alike what a guesser would try as one: lower case, no accents, no
// spaces.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		if !unicode.Is(unicode.Mn, r) && !unicode.IsSpace(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// period returns the shortest string that s repeats, s itself when it repeats none.
func period(s string) string {
	for n := 1; n <= len(s)/2; n++ {
		if len(s)%n == 0 && strings.Repeat(s[:n], len(s)/n) == s {
			return s[:n]
		}
	}
	return s
}

const fewest = 5 // different characters

func fewCharacters(s string) bool {
	runes := []rune(s)
	slices.Sort(runes)
	return len(slices.Compact(runes)) < fewest
}

// inARow reports whether most characters follow from the one before, as in 12345
// or fedcba.
func inARow(s string) bool {
	runes, steps := []rune(s), 0
	for i := 1; i < len(runes); i++ {
		if d := runes[i] - runes[i-1]; d >= -1 && d <= 1 {
			steps++
		}
	}
	return steps*4 >= (len(runes)-1)*3
}
