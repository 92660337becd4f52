// Package hooks tells other systems what changed at the desk: admins say where to and
// of what, the relay turns committed changes into events and has them delivered.
//
// It speaks no HTTP (package courier does) and does not know how a thing is shown to
// other systems (package web/api does).
//
// # From a change to a delivery
//
//	transaction ─► feed_changes ─► relay: one event for each thing that changed ─► deliveries
//	 (only while a webhook is active)   (its state by then, with a sequence number)    (tried for a day)
//
// A transaction notes what it changed in rows of its own, which are committed with it:
// nothing is told that did not happen, and nothing that happened is forgotten. One
// replica at a time, the one that holds the relay, reads those rows, shows each thing as
// it is now and writes the events. Changes that came in a row are one event.
//
// # What is promised
//
// Every event arrives at least once, or is in the log as failed after a day. Events carry
// a sequence number that rises with time over all things: a receiver that keeps the
// highest it has used for a thing drops what comes late or twice. Deliveries are tried in
// that order, one at a time for each webhook; what failed is tried later, beside newer ones.
//
// # Signatures
//
// As standardwebhooks.com says: webhook-id, webhook-timestamp and webhook-signature, which
// is "v1," and the base64 of HMAC-SHA256 over "id.timestamp.body". After a change of the
// secret both sign for a day. Secrets stand in the database as they are, since signing
// needs them.
//
// # How it fails
//
// What is not answered with 2xx within ten seconds is tried again after 5 s, 15 s, 1 min
// and so on up to four hours, for a day. A webhook where nothing has arrived for a day is
// switched off with an alert; its log can be replayed.
package hooks
