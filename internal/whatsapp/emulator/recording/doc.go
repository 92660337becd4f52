// Package recording keeps what happened between customers and a business on an emulated WhatsApp, and lets it happen again.
//
//	emulator.Record ─► Emulator.Recorded ─► Save ─► a file ─► Load ─┬► Replay: the customers act again on another emulator
//	                                                               └► Webhooks ─► Shuffle ─► Post: the raw bodies, in any order
//
// A file holds one step a line, as JSON, in the emulator's own time: who was there, what they did, what was sent to them and what
// was refused, the files, the statuses, and how far the clock was moved.
//
// Replay lets the business answer anew: a step that came after an answer waits for as many answers as there were, and ids of the
// old messages are put right by their place in the chat. Post does not: it shows a webhook the very bytes that were recorded,
// and as many of them and in what order the seed says.
//
// The sessions in testdata are replayed by the tests of package app, which record them anew with -record, and told in any order
// by those of the inbox.
//
// It is not for production: recordings hold whole conversations.
//
// # How it fails
//
// A file that is none names the line. A replay whose business stays silent ends with the context's error and the step it
// waited at; one whose customer cannot do what they did (no such button) names that step.
package recording
