package understand

import (
	"strings"
	"unicode"

	"antena/internal/desk"
	"antena/internal/understand/cues"
	"antena/internal/understand/words"
)

// addCues takes over what is certain. One message may be several certain things; the order says which counts.
func addCues(u *desk.Understanding, f cues.Found) {
	switch {
	case f.OptOut:
		u.Certain = desk.CertainOptOut
	case f.Complaint:
		u.Certain = desk.CertainComplaint
	case f.Person:
		u.Certain = desk.CertainPerson
	case f.DataRequest:
		u.Certain = desk.CertainDataRequest
	case f.Greeting:
		u.Certain = desk.CertainGreeting
	case f.Thanks:
		u.Certain = desk.CertainThanks
	}
	switch f.Mood {
	case cues.Angry:
		u.Mood = desk.MoodAngry
	case cues.Anxious:
		u.Mood = desk.MoodAnxious
	}
	u.Urgent, u.StillBroken, u.WorksNow = f.Urgent(), f.StillBroken, f.WorksNow
}

// beside is what a text says besides a wish to receive no more messages, when that is more than a word or a courtesy.
func beside(text string, f *cues.Found) (rest string, ok bool) {
	if !f.OptOut {
		return "", false
	}
	rest = cues.WithoutOptOut(text)
	if rest == text || len(words.Fields(words.Fold(rest))) < 2 {
		return "", false
	}
	left := cues.Read(rest)
	return rest, !left.Greeting && !left.Thanks && !left.OptOut
}

// matter is the text without the lines that only greet or thank, when something else remains. It is empty when there is no word to read.
func matter(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || words.IsEmoji(r) }) < 0 {
		return ""
	}
	lines := strings.Split(text, "\n")
	if len(lines) == 1 {
		return text
	}
	kept := lines[:0]
	for _, line := range lines {
		if f := cues.Read(line); !f.Greeting && !f.Thanks {
			kept = append(kept, line)
		}
	}
	if len(kept) == 0 {
		return text
	}
	return strings.Join(kept, "\n")
}
