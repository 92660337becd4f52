// Package turn lets the assistant answer: it runs understanding, policy and
// composition once over what a contact said since the last turn, and commits one
// outcome.
//
//	load scene ─► understand ─► decide ─► word ─► compose ─► commit
//	(read only)   (both may be slow;      │                 (one transaction, only if
//	               no transaction is open)┘                  nobody stepped in meanwhile)
//
// It does not receive, does not send and does not know where words come from. All
// waiting for help in a turn has one deadline.
//
// # One voice
//
// The commit locks the conversation and compares its version and border with
// those of the scene. When a person took the conversation meanwhile, the outcome
// is dropped. When the contact wrote more, the whole is thought again, up to
// maxThoughts times; then what was asked so far is answered and another turn follows.
//
// # How it fails
//
// Understanding that fails is a finding like any other (desk.NotUnderstood) and
// ends with a person. A commit that fails leaves nothing behind and the job is
// tried again; a turn whose tries are used up gives the conversation to people
// (GiveUp). A crash anywhere repeats the thinking and never an answer.
package turn
