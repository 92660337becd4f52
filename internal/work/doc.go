// Package work runs jobs: a thin layer on River. Jobs are written by the store in
// the transaction of what they follow; this package hands them to their handlers,
// and obeys what a handler answers.
//
//	nil             done
//	Permanent(err)  never again: the job is dead at once
//	RetryAfter(d)   again after d
//	Later(d)        again after d, and it does not count as a try
//	any other error again after a pause that doubles, with jitter
//
// A job that has used up its tries is dead: it is kept, reported once, and an
// admin can have it run again or discard it. A database that is away costs no
// tries.
//
// A job can run twice: when the process dies after the work and before the queue
// noted it. Handlers must be safe to repeat; the package promises at least once
// and in no order.
package work
