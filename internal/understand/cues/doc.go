// Package cues finds what can be known about a message without any model: that somebody asks for a person, wants no more messages, asks about
// their data, only greets or thanks; that the problem is still there or gone; how they sound, and why it may be urgent.
//
// It reads Spanish, Portuguese and English at once, because people mix them and a first message has no known language. It is made for
// precision: what it says is acted on before anything else is asked, so a phrase is listed only when it can hardly mean something else.
// What it does not find, the classifier may still. It never fails.
//
// # Patterns
//
// The tables are lines of space-separated elements, each standing for one word of the folded message:
//
//	word          that word; from seven letters up also with one slip of the finger
//	a|b           either
//	@name         any word of a named class
//	x?            x may be missing
//	x*            x any number of times, none included
//	_             any word
//	^ and $       start and end of the message, fillers such as "please" aside
package cues
