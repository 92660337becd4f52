package policy

const (
	mostOptions     = 2   // a question offers these and a person
	mostButtons     = 3   // under one message (Meta)
	subjectLength   = 80  // characters of a ticket's subject
	wantsLength     = 400 // characters of the contact's words in a handoff
	triedLength     = 90
	mostTried       = 6
	ticketMemory    = 24   // hours in which unclear words belong to a fresh ticket
	plausible       = 0.12 // confidence below which an intent is not worth a button
	strangerBorder  = 0.6  // probability of "none of these" from which no article or ticket is guessed
	offTopicBorder  = 0.93 // and from which we say that it is not our subject; vague words stay below
	mostMisses      = 1    // turns not understood before it is for people
	mostMissesTopic = 2    // off-topic messages declined before silence
)
