// Package account is about the people who work at the desk: how they are let in,
// what they may do to each other's accounts, and the two things that prove who
// they are, passwords and one-time links. It knows nothing of cookies, requests
// or pages; sessions are the console's.
//
// # Passwords
//
// There is no default password. An agent comes in by a link the first time and
// then chooses one. Passwords are kept as argon2id in PHC form with the least
// cost OWASP's password storage cheat sheet allows (19 MiB, two passes, one
// lane); a hash carries its own parameters, so raising the cost later breaks
// nobody's password. Only a few hashes are computed at a time: each needs its
// 19 MiB, and a flood of sign-ins must not take the memory of the desk.
//
// # Guessing
//
// An unknown e-mail address costs the same time as a wrong password and says the
// same. Failures are counted in the memory of each replica, by address of the
// caller, by account, and by both together; waits double with each failure.
// An attempt counts before its password is looked at, so attempts made at once
// do not slip past. The wait of an account alone stays short, because anybody
// can cause it from anywhere: it slows a guesser and must not lock its owner out.
//
// # Links
//
// A link's token is 32 random bytes, shown once; the database holds its SHA-256.
// It opens once, within a day. Programs that preview links fetch them, so the
// console spends a token on a POST only.
//
// # Failures
//
// Every failure with a meaning is a desk.Error. What the caller may not do is
// desk.ErrForbidden, also when the caller was an admin a moment ago: the verbs
// that change accounts look at the caller again in their own transaction.
package account
