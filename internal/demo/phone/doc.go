// Package phone is the customer's side of the demonstration: a page that feels
// like the messenger people have on their phones, on which a visitor is one of a
// few invented customers of an invented provider, or somebody unknown.
//
//	browser ── forms, fetch ──► Handler ──► emulator.Phone ──► signed webhook ──► the desk
//	   ▲                                        │
//	   └── "thread" and "state" events ◄── Subscribe, Counters
//
// Everything is drawn by the server; a change is announced by a server-sent event
// and the browser fetches the thread again, so a lost event only delays. Text and
// buttons work as plain forms without JavaScript.
//
// It is not for production: there is no sign-in, whoever reaches the address may
// be any customer and may switch faults on. It keeps nothing; the emulator does.
//
// # How it fails
//
// What a visitor may not do (an empty text, a file too large, a button pressed
// twice) is answered with words in the customer's language, as a page or, for
// fetch, as JSON {"error": {"code", "message"}}. New panics when an embedded
// template is broken, which no running program can cure.
package phone
