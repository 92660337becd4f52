package desk

// Phrase is the key of a fixed phrase. Its words are package compose's, in every
// language.
type Phrase string

// The fixed phrases a decision may name.
const (
	PhraseGreeting           Phrase = "greeting"
	PhraseOptedOut           Phrase = "opted_out"
	PhraseHandoff            Phrase = "handoff"        // people answer now
	PhraseHandoffClosed      Phrase = "handoff_closed" // people answer from the next opening on
	PhraseTicketOpened       Phrase = "ticket_opened"
	PhraseTicketPerson       Phrase = "ticket_person" // a ticket and a person
	PhraseTicketPersonClosed Phrase = "ticket_person_closed"
	PhraseTicketUpdated      Phrase = "ticket_updated"
	PhraseTicketReopened     Phrase = "ticket_reopened"
	PhraseTicketStatus       Phrase = "ticket_status"
	PhraseTicketMerged       Phrase = "ticket_merged" // asked by a number that leads to another
	PhraseReceipt            Phrase = "ticket_receipt"
	PhraseNoTicket           Phrase = "no_ticket"
	PhraseSolved             Phrase = "solved"
	PhraseSolvedTicket       Phrase = "solved_ticket"
	PhraseWhich              Phrase = "which"       // one question
	PhraseOtherWords         Phrase = "other_words" // say it differently
	PhraseOffTopic           Phrase = "off_topic"
	PhraseChoose             Phrase = "choose" // pick one of the buttons
	PhraseVoiceAsText        Phrase = "voice_as_text"
	PhraseWhatIsIt           Phrase = "what_is_it" // a file without words
	PhraseSendAsText         Phrase = "send_as_text"
	PhraseAskPhone           Phrase = "ask_phone" // with a button that shares the number
)

// ButtonPerson is the id of the button that asks for a person.
const ButtonPerson = "person"

// Prefixes of the ids of buttons. An id says everything needed to understand a
// press long after: a press never depends on what is remembered.
const (
	ButtonIntentPrefix = "intent:" // + label
	ButtonFlowPrefix   = "flow:"   // + flow ":" step ":" button
)

// IntentButtonID returns the id of the button that stands for an intent.
func IntentButtonID(label string) string { return ButtonIntentPrefix + label }

// FlowButtonID returns the id of a button of a flow's step.
func FlowButtonID(flow, step, button string) string {
	return ButtonFlowPrefix + flow + ":" + step + ":" + button
}
