// Package templates keeps the desk's copy of the account's message templates and
// hands changes to the provider's review.
//
//	provider ──list, news──► Sync ──► our copy ──► console, composer, outbox
//	console ──Create, Edit, Delete──► rules ──► provider ──► our copy
//
// The copy is never the truth: it is read again every hour, after each piece of
// news, and when the provider refuses a template we thought good. What the
// provider's rules forbid is refused here first, all problems at once, so that
// nobody waits a day for a review that cannot succeed.
//
// The starter set are the templates an internet provider needs on its first day,
// as files in three languages; Push hands in those the account lacks.
//
// It fails by the provider being away: then nothing changes, here or there. A
// change that the provider took and we failed to write is found by the next Sync.
package templates
