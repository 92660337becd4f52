// Package tokens is how other programs get in: tokens with scopes, made and revoked by
// admins or on the command line, and checked with every request.
//
// It knows nothing of HTTP. What a token may do is said by the scopes of the operation
// it is shown for; this package only says whose it is.
//
// # Why
//
// A token is 256 random bits, so a plain digest of it is kept: there is nothing to
// guess, and nothing to slow down. Every request looks it up in the database, which is
// one read of an index, so that a revoked token ends on all replicas at once. Each has
// a row among the agents: what it does stands in the history under its name, and
// conversations it takes are held by it as a person would hold them.
//
// # How it fails
//
// An unknown, expired or revoked token is desk.ErrBadToken, whichever it is. A use that
// could not be noted is logged and harms nobody.
package tokens
