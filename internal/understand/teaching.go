package understand

import (
	"antena/internal/desk"
	"antena/internal/understand/classify"
	"antena/internal/understand/cues"
	"antena/internal/understand/search"
)

// Examples are what a Brain learns intents from in a book, always in the same
// order: for evaluations, which keep a part of them back.
func Examples(book *desk.Book) []classify.Example { return examples(book) }

// Passages are what a Brain searches in of a book.
func Passages(book *desk.Book) []search.Passage {
	all, _ := passages(book)
	return all
}

// Undecided reports whether a message is left to the model: nothing in it is
// certain already.
func Undecided(text string) bool {
	var u desk.Understanding
	addCues(&u, cues.Read(text))
	return u.Certain == desk.CertainNothing
}
