// Package views is what people do with whole lists of conversations: keep a list
// under a name, do one thing to many, take a list away as a file.
//
// It reads no list for a page (the console does, through the store) and changes no
// conversation itself: each of many is changed by the verb of package agents that a
// person would use, with the same checks.
//
// # Many at once
//
// An act on many conversations is a run: which ones are settled when it starts, and
// a job goes through them. The verb and the mark that it is done are one
// transaction, so a run that is interrupted goes on where it was, and nothing is done
// twice. What is refused is noted with the code of why and does not stop the rest.
//
// # How it fails
//
// What may not be done returns a desk error before anything is written. A database
// that is away leaves the run where it is; the job comes back.
package views
