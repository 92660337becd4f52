// Package emulator is WhatsApp in a box: a Graph API that answers as Meta's does, and customers with phones who write to it
// and read what comes back. The demo puts a page on it, tests prove promises with it, the benchmark drives load through it.
//
//	business ── POST /{version}/{PHONE_ID}/messages ──► check ─► rates, window ─► thread of the Phone ─► Subscribe
//	   ▲                                                                             │
//	   └──── signed POST to the webhook ◄── lane (in order, repeated until 200) ◄── statuses, Phone.Text, PressButton ...
//
// It is written apart from the client in antena/internal/whatsapp (only the signature is shared), from Meta's
// documentation, so that the two test each other: its own checks refuse with Meta's codes (131008, 131009 and 100 for bad
// parameters, 131030 for a stranger, 131047 outside the window, 130429 and 131056 over the rates, 132000, 132001, 132012,
// 132015 and 132018 for templates, 190 for the token, 33 for another number).
//
// It is not a test double for unit tests of what only needs an interface, it keeps nothing on disk, and it does not know
// groups, resumable uploads or the voice of a call.
//
// # Webhooks
//
// Bodies look like Meta's on the wire: escaped as lower-case \uXXXX and \/, signed over those bytes. Messages of a customer
// arrive in the order they were written, one at a time, each repeated with growing pauses until the answer is 200 or the
// emulator closes; statuses have a queue of their own per customer. Different customers post concurrently. Settle waits
// until nothing is owed.
//
// # Faults
//
// Inject switches misbehaviour on at run time, by count or by chance, see FaultKind. Counters tell what was accepted by
// callback data and by recipient, which is how a test proves that each message was answered once. A message that is
// accepted and then fails (FaultFailLater) counts as accepted, but never reaches the phone.
//
// # How it fails
//
// Nothing here returns an error to a customer: a webhook that is refused is repeated. The API refuses as Meta does. A
// slow subscriber loses the oldest changes and reads the thread again. Files beyond 128 MiB push out the oldest.
package emulator
