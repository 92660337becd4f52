// Package outbox hands stored messages to the provider, once.
//
// A message is a row before it is a request. Its send job does three things: it
// marks the row as being sent and commits; it makes the request; it commits what
// came of it. There is no idempotency key at the provider, so the mark in the
// middle is what keeps a crash from becoming a double: a row found marked is
// never sent again by itself.
//
//	queued ─► sending ─► sent ─► delivered ─► read
//	   ▲         │ ├────► failed      (refused for good: shown, with the remedy)
//	   └─retry───┘ ├────► unknown     (time-out, crash: waits for a receipt)
//	               └────► dropped     (a person stepped in; the window closed)
//
// # What it checks before each send
//
// The conversation's owner (an answer of the assistant is dropped once an agent
// has taken over), the 24-hour window, that earlier messages of the conversation
// went first, the rate of the number and of the recipient, and that sending is
// not stopped for the account.
//
// # How it fails
//
// Certain refusals are retried, held or parked as the provider's error table
// says. A failure of the provider's (5xx) is retried only after a wait in which a
// receipt could have shown that the message went out, and only a few times. A
// time-out is never repeated: the row stays unknown until a receipt, or an agent,
// decides; a conversation left so is given to people.
package outbox
