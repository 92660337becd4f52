// Package consult asks a language model for help inside a turn, where it helps.
//
// Everything a model brings back is a proposal. What it may change is bounded here,
// in code: a finding is merged so that a model alone never makes the desk sure, and
// words are sent only when package guard finds nothing wrong with them. It decides
// nothing; what follows from a finding stays policy's.
//
//	local brain ─► unsure? ─► redact ─► model ─► merge    ─► policy ─► redact ─► model ─► restore ─► guard ─► words
//	              (policy               (what it says              (an answer or
//	               says so)              is a finding)              a question)
//
// # When it asks
//
// About the meaning of a message: only when policy, given what the local brain found,
// would have to ask or give up. Never about certain things, buttons, guided flows,
// small talk, or messages without words.
//
// For words: when policy answers from an article what was asked in words, and when
// it asks which of several matters is meant. Buttons, numbers of tickets, hand-overs,
// and everything that is promised or done are said in fixed words, always.
//
// # What leaves
//
// Words of people only after package redact. Articles go as they are published, with
// the ISP's values filled in, through the same redaction, since a number in an article
// may be a number in the message.
//
// # How it fails
//
// It cannot: whatever happens to the model, the local finding and the article's own
// words stand, and the turn's record says in one word why (desk.ModelReason, or the
// guard's codes). All calls of a turn share one deadline. What only an admin can mend
// raises an alert, once.
package consult
