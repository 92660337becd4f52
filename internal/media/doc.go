// Package media keeps the files of messages: fetched once from the provider when a
// contact sends one, taken from an agent who is about to, stored by their content,
// handed to the provider, opened for agents.
//
// It does not decide who may see a file and does not show it (the console does),
// and it does not send messages (the outbox does).
//
// # A file's way in
//
//	provider or agent ─► spool, a file beside the database
//	                       │ size, digest, type by the bytes, small picture, length
//	                       ▼
//	                     entered in the database ─► shelf (a folder or a bucket) ─► used by a message or an upload
//
// Nothing is held in memory but buffers and, one at a time, a picture of at most
// 20 million pixels. A file is known by its SHA-256, so the same content is kept
// once, however often it is sent; its small picture lies beside it.
//
// # How it fails
//
// A file that cannot be fetched now is tried again by its job, with longer and
// longer pauses for half an hour; one that can never be (too large, gone, altered)
// is given up at once. Either way its message says why, and an agent may try again
// while the provider still has it. What was fetched but could not be stored is
// fetched again. A file is on its shelf whole or not at all, and its message names
// it only after that.
//
// # Removal
//
// A file is removed when it has had no user for a day: its row is marked, its bytes
// are deleted, its row goes. Whoever wants the same content meanwhile finds the
// mark and comes back later. A process that dies in between leaves a mark that the
// next sweep takes up, or bytes without a user that were entered first and are
// found by their row.
//
// # Why
//
// What the sender says a file is decides nothing: browsers are given only types
// seen in the bytes. Files whose bytes contradict their claim are kept, since an
// agent may need them, marked, and only ever saved. Waveforms, film posters and
// pictures of PDF pages would need decoders that we do not trust with strangers'
// bytes; lengths and page counts are read without one.
package media
