// Package agents is the human side of the desk: what a person may do with a
// conversation and a ticket.
//
// Every verb takes the acting agent, checks the role, changes what it changes in
// one transaction with the row of the conversation or ticket held, and leaves a
// trace: a notice in the thread, a line in the ticket's history.
//
// It shows nothing (pages read through the store) and sends nothing (the outbox does).
//
// # One voice
//
// Claim is atomic: of many at once one wins and the others get desk.ErrTaken. Only
// the holder may reply. Taking a conversation drops the assistant's answers that
// are not yet on their way. Giving back puts the border at the last message: what
// people settled is not answered again.
//
// A reply waits desk.UndoTime before its job runs, so that its author can take it
// back; a browser that dies changes nothing about that. Who takes a conversation over
// stops what its former holder may still take back. What is refused because things
// changed while it was written is kept as a draft with the reason.
//
// # Macros
//
// The steps of a macro are the verbs, with their checks, in one transaction: the
// conversation is held once, and the first step that is refused undoes all.
//
// # How it fails
//
// A verb that is not possible now returns a desk error with a meaning for the
// page (taken, not_holder, window_closed, transition) and changes nothing. A
// reply carries an id made by the browser, so that a repeated request is one message.
package agents
