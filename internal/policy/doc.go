// Package policy decides what the assistant does in a turn.
//
// Decide is a pure function: the same scene and understanding give the same
// decision, so a recorded turn can be decided again. It asks nobody, reads no
// clock and says no words; it names an action, one reason and the evidence, and
// package compose finds the words.
//
// # The order of the rules
//
// Rules are tried from the top and the first that applies decides:
//
//	nothing new, or the reply window has closed
//	what needs no model: stop writing, a person, personal data
//	a button we sent, an answer to the question we asked, a step of a guided flow
//	messages without words: voice, photo, file, place, sticker
//	small talk
//	understanding failed: people
//	how is my ticket; it works again; more about a live ticket
//	a sure intent does what its data says
//	a sure article answers
//	unsure, and a language model says it needs a person: people
//	in between: one question, asked once
//	otherwise: say it in other words, once; then people
//
// # Why
//
// A wrong answer costs more than a question, and a question more than an
// answer: hence three bands of confidence (desk.Thresholds). Every path ends in
// words, a ticket or a person; only thanks, stickers, spam and a conversation
// that people own end in silence, because each reply is billed since October 2026.
//
// # How it fails
//
// It cannot: missing knowledge (an unknown intent, an article that is not in
// force, a placeholder the ISP has not filled in) turns into a handoff with that reason.
package policy
