// Package survey asks a contact, once for a resolution, what they thought of the help
// of a person: by three buttons while the reply window is open, by an approved template
// when it has closed and one is set, else not at all.
//
// It decides whether and how to ask. What contacts answer is taken in where messages
// arrive (package inbox), and never becomes a turn of the assistant's.
//
// # How it fails
//
// A question that cannot be asked is not asked: a chat that is live again, a contact
// who wants no messages, a template that lacks a language or a value. A job that runs
// twice finds the survey it has made. What is asked and not yet sent when the contact
// writes is dropped by the outbox.
package survey
