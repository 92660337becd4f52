// Package dialogue plays whole conversations written down in files and tells
// where the assistant did otherwise than the file expects. It runs the code that
// serves: inbox, understanding, policy, composition, outbox and the agents' verbs,
// on a database of its own with a clock of its own. Only the provider is missing:
// whatever is sent counts as taken.
//
// # The format
//
// A dialogue is a text file that ends in .txt. It opens with what it is about, as
// comments; then each line is a step or an expectation. Empty lines and lines that
// begin with # mean nothing. Steps:
//
//	hours: closed                 people do not answer now
//	placeholder unset: due_day    the provider has not filled in this word
//	contact: words                the contact writes, and the assistant has its turn
//	contact image: words          a photo with a caption; also audio, video, document, sticker, location, other
//	press: title                  of a button, the newest message that offers it first
//	agent claims                  a person takes the conversation
//	agent replies: words
//	agent gives back              to the assistant
//	agent resolves
//	wait: 25h                     time passes
//	turn                          the assistant looks again though nothing was written
//
// Expectations are about the last step:
//
//	decided: action reason        such as "answer sure_intent"; see desk.Action, desk.Reason
//	intent: label
//	article: id                   "none" for none
//	language: es
//	says: words                   part of the last message to the contact
//	says not: words
//	silent                        nothing was said
//	messages: 1                   so many were said
//	buttons: a | b                exactly these titles
//	owner: queue                  assistant, queue or agent
//	handoff: reason               why people have it
//	wants: words                  part of what the people are told the contact wants
//	tickets: 1                    how many the contact has
//	ticket: intent state priority team
//	consents: 3                   entries in the ledger
//
// For example:
//
//	# Whoever asks for the invoice is told where it is before a ticket is offered.
//	contact: donde descargo la factura de este mes
//	decided: answer sure_intent
//	article: invoice-copy
//	press: Abrir un ticket
//	tickets: 1
//
// # How it fails
//
// A line that is neither is an error that names file and line, before anything is
// played. An expectation that is not met is a finding; the dialogue goes on. A
// step that cannot be done (a button nobody offered) is a finding too, and all
// expectations after it count as not met.
package dialogue
