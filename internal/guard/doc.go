// Package guard checks in code what a language model proposed to say to a customer, before it is said.
//
// A model may lie, obey a stranger or simply err, and nobody reads its words before the customer does. So the words must stand on what the
// desk gave it: every sum, date, number, address and name is looked up in the sources, whatever its form, and what has the shape of a
// promise, a deed, a leak or a link is refused. Check answers with violations, each with a stable code; the caller sends the proposal only
// when there are none, and otherwise the article's own words.
//
// # How it errs
//
// In doubt it refuses: a refusal costs style, a lie costs a customer. What it cannot see is a lie without a fact in it: words that repeat
// the sources' own in an order that means something else, a nuance ("usually" left out), a claim in a language that shares no word with the
// source. Amounts are held to the line they come from and negations to the words they deny, which catches the common ways of swapping and
// flipping, not all.
//
// It never fails, knows no model and does no I/O. Violations may quote the proposal, so their Detail belongs in the record of a turn and
// never in a log.
package guard
