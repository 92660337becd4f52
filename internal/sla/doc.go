// Package sla moves the clocks of promises: how soon people answer a contact, and
// how soon a matter is settled.
//
// It is arithmetic on rows that are about to be written: given a conversation or a
// ticket, the rules in force and the time, it says which promises run, which stand
// still, when each is due and when somebody is to look. It reads nothing, writes
// nothing and decides nothing about who speaks: no clock closes a conversation or
// takes it from anybody.
//
// # Conversations
//
// A promise is made when people get the conversation, never while the assistant has it.
//
//	people get it ──► first response ──► a person writes ──► kept or missed
//	the contact writes again, or it goes back to a queue ──► next response ──► the same
//	people get it ──► resolution ──► closed            (a ticket opened with it carries it instead)
//
// A snooze stops all of them. Giving back to the assistant takes back what is open.
//
// # Tickets
//
// The resolution stands still while the ticket waits for the customer or for a third
// party, or is snoozed. A deadline of the law runs beside it by the country's days and never stands
// still. Resolving ends both; reopening lets them go on with what was left.
//
// # How long
//
// A target is working time by a team's calendar. Of the targets that fit, the most
// specific one counts, each figure for itself: intent and priority, intent, priority,
// everything. From a share of the target on (Settings.Share), and for a contact who
// waits from some hours before the reply window closes (Settings.WindowHours), it is at
// risk; that is told once, and lifts what nobody has taken by one priority. The lift
// shortens no target: it is to help, not to punish.
//
// # Why on the row
//
// Due times lie in columns of the row itself and are computed when it is written
// anyway: lists sort by them without a join, and no message costs a query more. What
// changes all of them, hours or targets, is applied afterwards, row by row.
//
// # How it fails
//
// A calendar that never opens has no due time: such a promise is shown as standing
// still. Unknown countries have no deadlines. Figures of a law that were not checked
// against its text say so (Deadline.Confirmed).
package sla
