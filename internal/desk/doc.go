// Package desk is the domain of Antena: its nouns, their states, and the verbs
// that move them. It knows the standard library and uuids, and nothing of
// databases, HTTP or WhatsApp's wire format.
//
// # Glossary
//
//	Contact        a person who writes to one of our numbers; has aliases, never a key of WhatsApp's
//	Alias          one identity of a contact: bsuid, parent bsuid or phone
//	Subscriber     a customer of the ISP as its billing knows them; not the same as a contact
//	Agent          a person who works at the desk; always a person
//	Assistant      the machine
//	Actor          whoever acts: contact, assistant, agent or system
//	Token          what another program shows to act at the desk; it has scopes
//	Program        who acts with a token; has a row among agents for history's sake, and is no person
//	Source         another system: whose token it was, whose external ids they are
//	Webhook        an address of another system that is told of changes; Delivery: one event on its way there
//	Roster         who answers what: teams and the rules that lead to them
//	Rule           leads a matter to a team; Matter: what a rule looks at
//	Post           an agent's place: teams, skills, languages, how much at once
//	Presence       whether an agent is there: online, away or offline
//	Wait           how long a conversation was in a queue
//	Role           what an agent may do: agent, supervisor, admin, auditor
//	Channel        a business number, by its phone_number_id
//	Conversation   the one thread of a contact with a channel
//	Message        one entry of a thread; inbound, outbound, or private among agents
//	Notice         a private message that says what happened: taken, given back, resolved
//	Event          one thing the provider told us, as its bytes came
//	Arrival        what an event means to the desk
//	Receipt        the provider's word on how far a message of ours has come
//	Turn           one pass of the assistant over what was said, and its record
//	Scene          everything a turn looks at
//	Understanding  what was found in the words: findings, no decision
//	Certain        a thing found without any model: a person wanted, stop writing, ...
//	Intent         a label for a matter contacts write about
//	Decision       what policy makes of a scene: one action, one reason, its evidence
//	Outcome        everything one turn changes, committed as a whole
//	Phrase         the key of fixed words
//	Article        one answer in one language; Passage: a piece of it that was found
//	Draft          what an agent has written in a conversation and not sent
//	Canned reply   words agents keep to insert, in one or more languages
//	Macro          several acts on a conversation under one name, done together or not at all
//	Undo           what an agent did last with a conversation, while it may be taken back
//	Survey         the one question after a person resolved a matter; Verdict: its answer
//	Wrong answer   an answer of the assistant that an agent found wrong, for who keeps its article
//	Placeholder    a {name} in an article that the ISP fills in
//	Flow           a guided series of steps with buttons
//	Book           all knowledge in force at one moment
//	Profile        what the ISP set: name, hours, placeholders, thresholds
//	Handoff        a conversation given to people, now
//	Ticket         a matter that outlives the chat; Protocol: the number it is known by
//	Parent         the larger ticket that one is part of: two floors at most
//	Link           two tickets that have to do with each other
//	Watcher        an agent who is told when a ticket changes
//	Tag            a word put on tickets and conversations; CustomField: a thing more to know of a ticket
//	Notification   what one agent is told of; Mention: an agent named with @ in a note
//	Import         a file of subscribers or contacts on its way in
//	Border         the message up to which a conversation is settled and never answered again
//	Window         the 24 hours after a contact's message in which free text may be sent
//	Template       words the provider approved, which may be sent outside the window
//	Entry point    72 hours without charge after answering a contact an advert brought
//	Price list     what a message costs by country and category, from a day on
//	Promise        how soon people answer or settle a matter; at risk before it is broken
//	Target         the working time a promise takes; working time is what a team's calendar counts
//	Deadline       a promise the law of the desk's country makes for us
//	Consent        one entry of the ledger of what a contact allows
//	Alert          a failure an admin should act on
//	Model          a language model; it helps and never decides
//	ModelUsage     what a model's calls used: tokens and money
//	ModelReason    why a model was of no help
//	Advice         what a model said a message means, before code weighed it
//	Wording        words a model proposed for a decision; said only if code accepts them
//	Job            work written in the transaction of what it follows
//	Change         the news that something was committed
//
// # Conversation: who speaks
//
// Exactly one owner at a time; each change raises the version, and a turn
// commits only on the version it saw.
//
//	               handoff                  claim
//	┌───────────┐ ─────────► ┌───────┐ ─────────────► ┌───────┐ ─┐ assign,
//	│ assistant │            │ queue │                │ agent │  │ take over
//	└───────────┘ ◄───────── └───────┘ ◄───────────── └───────┘ ◄┘
//	   ▲    │      give back             to the queue     │
//	   │    └──────────────── claim ─────────────────────►│
//	   └───────────────────── give back ──────────────────┘
//
// Giving back and closing set the border at the last message. Beside the owner
// there is a state: open, snoozed until a time or until the contact writes, closed
// until the contact writes, which the assistant then answers.
//
// # Ticket
//
//	new ──► open ◄──► waiting on customer
//	         │  ◄──► waiting on third party
//	         ▼
//	      resolved ──(7 days)──► closed
//	         └──── reopen ────► open
//
// Only live tickets (before resolved) can be assigned, parked or resolved. A ticket
// can be reopened for ReopenWindow after its resolution, closed or not.
//
// # Outbound message
//
//	queued ─► sending ─► sent ─► delivered ─► read ─► played
//	             ├─► failed     refused for good
//	             ├─► unknown    nobody knows; a receipt or an agent decides
//	             └─► queued     certainly not sent, tried again
//	queued ─► dropped           never sent: a person stepped in, the window closed, or its author took it back
//
// Receipts only climb. Failed ends what was not delivered; delivered outlives failed.
package desk
