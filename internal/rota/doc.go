// Package rota is who works when, and at what: teams, posts and rules as admins set
// them up, who is at the desk, and the run that gives out what waits.
//
// What is decided is decided in package routing; here boards are read and decisions
// carried out. Words to contacts about their wait are not said here: what there is to
// say is told in the turn that hands over.
//
// # The run
//
// It runs with every sweep, and soon after who holds what, who is there or what
// teams are has changed. Replicas may run it at once. Each conversation is given in
// a transaction of its own, in which its row is held and must be of the version that
// was decided on, the agent's presence is held and must be online, and what they
// hold is counted again: so nothing is given twice, and nobody is given more than
// their capacity. What people take by themselves is not limited by it.
//
// While words of the assistant are on their way to a contact, their conversation is
// not given out, since that would take the words back; after a minute it is.
//
// # Presence
//
// An open console renews a lease. Who has no lease is offline, who has not moved for
// ten minutes is away, and agents may say that they are away or offline. Consoles
// hear of it when a state changes by an act; what changes by time alone they hear
// with the next sweep.
//
// # How it fails
//
// A conversation that changed meanwhile is passed over and looked at by the next run.
// When the database is away a run ends with its error; nothing is half done.
package rota
