// Package store keeps the desk in SQLite or PostgreSQL. It is the only package
// that imports gorm; what it reads and writes are the entities of desk.
//
// Writing is done in [Store.InTx] and nowhere else: the closure gets a [Tx], and
// everything it does, jobs included, is committed as a whole or not at all.
// Reading is done with the methods of [Store].
//
// # Failure
//
// What is absent is desk.ErrNotFound, what exists already desk.ErrDuplicate. A
// database that is away, full or locked is desk.ErrUnavailable; the store
// recovers by itself when it is back. Serialization failures and deadlocks of
// PostgreSQL are tried again inside InTx, so a closure must be safe to run twice:
// it may change nothing but the database and its own variables.
//
// # Why
//
// SQLite has one writer, and a durable commit waits for the disk. Concurrent
// transactions therefore share a commit (see group.go): each closure runs in a
// savepoint of its own, and all are answered after the one commit. The job queue
// uses the same connection between groups with commits that do not wait for the
// disk: what is lost of them by a power cut is only that a job ran, and jobs are
// safe to run twice. Whatever InTx commits is on disk when it returns.
//
// On PostgreSQL gorm and the job queue share a transaction of pgx (see bridge.go),
// and changes reach the other replicas by NOTIFY, outside of the transactions:
// a notification inside would make commits wait for each other. Waiting for the
// server is most of what a transaction costs there, so "begin" and writes that need
// no answer travel with the next statement that does (see pipeline.go).
//
// gorm does the ordinary reading and writing. The few entities that every message
// touches take a shorter way with gorm's own schema (see entity.go), and SQLite
// keeps prepared statements for everyone (see statements.go): together they cut
// the CPU time of a message by about a third.
package store
