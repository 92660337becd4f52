// Package inbox takes in what the provider tells us.
//
// It has two halves. Accept stores raw events and returns when they are
// committed, so that the webhook may answer 200; concurrent calls share one
// commit. Ingest, a job written in that commit, later makes of each event what it
// is: a message in a conversation that then wants a turn, a tick on something we
// sent, a reaction, a moved identity, an alert.
//
// It does not think and does not answer: package turn does.
//
//	POST ─► Accept ─┐
//	POST ─► Accept ─┼─► one commit: events + one ingest job ─► 200, 200, 200
//	POST ─► Accept ─┘                     │
//	                                      ▼
//	                 Ingest: contact, conversation, message, turn job (one commit)
//
// # Order
//
// Nothing is promised of the order in which events come, and each may come again for
// a week. Whatever the order, the end is the same, because each kind of news is
// decided by the provider's word and not by its arrival:
//
//	messages       shown by the provider's time, then by wamid; filed as they came, so
//	               that a late one is still answered
//	ticks          climb only; a failure is kept beside a delivery
//	edits          all kept, the newest by the provider's time is shown
//	reactions      the newest by the provider's time, each side's own
//	names, ids     what was said later counts; older news fills gaps
//	control        the later word, and a message that reaches us is the latest
//	consent        dated by the provider
//	what refers to a message not yet here    is parked and used when it comes
//
// A test plays one session in random orders and compares. Left to the provider are
// its templates, which are read anew after each news of them. A stop of sending is on
// the safe side instead: late news of one stops, and an admin can end it.
//
// # How it fails
//
// Accept: nothing is stored and nothing is answered 200; the provider repeats.
// Ingest: the events of a job share a transaction; when it fails each is tried
// alone, so that one event nobody can read never holds back its neighbours. That
// one keeps its error, and an alert is raised. A repeat of anything changes nothing.
//
// # Why not do it all in the webhook
//
// The provider wants its answer fast, repeats whatever fails as a whole, and may
// send a thousand updates at once. A stored event can be taken apart as often as
// it takes.
package inbox
