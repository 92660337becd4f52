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
// went first, the pace to the recipient and of the number, and that sending is not
// stopped for the account.
//
// # Pace
//
// All replicas together send no more in any second than the number may, see gate.
// Whoever waits goes by rank: what people write, then answers, then what is sent in
// bulk; people's messages have workers of their own in the queue, so that a storm
// of answers keeps none of them waiting for more than a second or so. What the
// provider says of the number to one replica (too fast, too many calls, no token)
// all obey; after it, and after a failure of the provider's, one message is tried
// alone before the others follow.
//
// # How it fails
//
// Certain refusals are retried, held or parked as the provider's error table says.
// What may have gone out is never repeated, be it a time-out, a lost connection or a
// failure of the provider's (5xx): the row stays unknown until a receipt, or an
// agent, decides; a conversation left so is given to people. A provider who fails is
// asked less and less, so that few messages end so. testdata/faults.golden lists
// every fault with what becomes of the message.
//
// Without the database nothing is sent. A replica whose share of the pace could not
// be renewed for three seconds waits.
package outbox
