// Package whatsapp speaks the protocol of the WhatsApp Business Cloud API: it verifies, takes apart and decodes webhooks,
// sends messages, moves media, and turns every refusal into an instruction. It knows bytes and HTTP; it stores nothing,
// decides nothing about customers, and imports nothing else of Antena.
//
//	POST ─► Verify ─► Split ─► one Item a row ─────► Decode ─► Event     (now, or days later)
//	Outbound ─► Validate ─► Client.Send ─► Sent (accepted) or *Error (Action, Outcome, Delay)
//
// # Webhooks
//
// The signature covers the raw bytes; there is no time in it, so a replay verifies, and Item.Key is the defence: Meta
// repeats for up to seven days. Split is made for the request itself (a one-message POST takes some microseconds and no
// decoding), Decode for the worker that handles the row. Both tolerate whatever production has shown: unknown fields and types,
// absent contacts, profiles and phones, numbers for texts, nulls in lists, ids in the wrong field. A bad element becomes a
// KindOther item and never costs its neighbours. U+0000, lone surrogates and invalid UTF-8 are gone after Split, because
// PostgreSQL refuses the first two and one poisoned row would come back for a week.
//
// What an Event holds that this version does not understand stays in its Raw, and Event.Strange names it for a counter.
//
// The customer's phone is optional since 2026: use the BSUID first (Person.Ref).
//
// # Sending
//
// Outbound is one message; Validate knows every limit (limits.go) and Send asks it, so that nothing leaves that Meta would
// refuse for its size: the error then holds an *InvalidError with the field, the limit and what there was. Longer texts are cut
// by SplitText. Files go through UploadMedia, templates through TemplateDraft and the calls in templates.go; number.go,
// account.go, apps.go, token.go and probe.go ask what a check of the installation wants to know. The limits of rate are not kept
// here: they are shared by all who send for a number.
//
// # Fates of a send
//
// There is no idempotency key. A 200 means accepted, and a lost answer means nothing: set Outbound.CallbackData and wait for
// a status that carries it. What the client proves is in Error.Outcome:
//
//	what happened                                        Outcome   Action
//	refused by Outbound.Validate                         NotSent   Park
//	no connection, or nothing of the request written     NotSent   Retry
//	written, then time-out, reset or half an answer      Unknown   RetryUnproven
//	rate limits 4, 80007, 130429, 131056, 131057         NotSent   Retry after Error.Delay (131056: powers of four)
//	1, 2, 131000, 131016, 133004, 5xx and odd 200s       Unknown   RetryUnproven, few times
//	0 with 4xx, 190, 368, 131031, 131042, bare 401       NotSent   StopAll: nothing can be sent, a person must act
//	131048                                               NotSent   StopBulk: for hours
//	131047                                               NotSent   WindowClosed: template, or wait
//	131026, 130403, 130497                               NotSent   MarkUnreachable
//	131050                                               NotSent   MarkOptedOut
//	137000                                               NotSent   MarkIdentity
//	132000, 132001, 132015, 132016                       NotSent   StopTemplate: refresh our copy
//	everything else at 4xx                               NotSent   Park: the same request fails for ever
//
// The whole table is data, in fates.go, and printed below. The same codes arrive in failed statuses: Fate with HTTP status 0 reads them.
//
// # How it fails
//
// Split and Decode have one error each, for input that is no webhook and no row. Every error of the Client is an *Error
// (AsError). Error texts hold codes and our own words, never a token, a recipient or what was said. A media URL is followed only
// to our base host and Meta's two hosts; the token goes nowhere else.
//
// # Why
//
// Split uses a small scanner of its own instead of encoding/json: decoding level by level would read each message five times
// on the path whose speed Meta measures. Decode goes through a tree of any values instead of structs with tags, because tolerance
// is then in one place (node) and cannot be forgotten for a field.
package whatsapp
