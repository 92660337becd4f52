// Package promises keeps the rules of promises in force, lets admins change them, and
// tells people what is at risk before it is late.
//
// The clocks themselves are package sla's, and move whenever a row is written. Here is
// what time alone calls for: a sweep, every few seconds on one replica at a time, looks
// at the rows whose moment has come.
//
// # What a look does, and what it never does
//
// It writes a notice into the thread or a line into the ticket's history, lifts what
// nobody has taken by one priority, and tells the supervisors; each thing once. It never
// closes a conversation, never changes who speaks and never writes to the contact: being
// late is a matter among people of the desk.
//
// # Changed rules
//
// What is written after a change follows it at once. What lies still is written again by
// the sweeps that follow, a bounded number of rows each; until then lists show the due
// times of before.
//
// # How it fails
//
// A row that cannot be looked at is logged by the caller and tried again by the next
// sweep; the others are not held up. Rules that cannot be read leave those before in force.
package promises
