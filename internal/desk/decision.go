package desk

import "github.com/google/uuid"

// Action is what the assistant does in a turn.
type Action string

// The actions.
const (
	ActAnswer  Action = "answer"  // says an article
	ActAsk     Action = "ask"     // asks one question
	ActFlow    Action = "flow"    // says a step of a guided flow
	ActTicket  Action = "ticket"  // opens or updates a ticket and says so
	ActHandoff Action = "handoff" // gives the conversation to people and says so
	ActReply   Action = "reply"   // says a fixed phrase
	ActSilent  Action = "silent"  // says nothing
)

// Reason is the one reason code of a decision.
type Reason string

// The reasons of decisions.
const (
	ReasonPersonAsked     Reason = "person_asked"
	ReasonOptOut          Reason = "opt_out"
	ReasonDataRequest     Reason = "data_request"
	ReasonGreeting        Reason = "greeting"
	ReasonThanks          Reason = "thanks"
	ReasonSureIntent      Reason = "sure_intent"
	ReasonSureArticle     Reason = "sure_article"
	ReasonUnsure          Reason = "unsure"         // asked which of a few
	ReasonNotUnderstood   Reason = "not_understood" // asked to say it in other words
	ReasonStillUnclear    Reason = "still_unclear"  // handed over after asking
	ReasonChosen          Reason = "chosen"         // the contact pressed what we offered
	ReasonFlowStep        Reason = "flow_step"
	ReasonFlowSolved      Reason = "flow_solved"
	ReasonFlowFailed      Reason = "flow_failed" // the steps did not help: ticket
	ReasonTicketNeeded    Reason = "ticket_needed"
	ReasonTicketUpdate    Reason = "ticket_update" // more about a live ticket
	ReasonTicketStatus    Reason = "ticket_status"
	ReasonTicketReopened  Reason = "ticket_reopened"
	ReasonPolicyHandoff   Reason = "policy_handoff" // the intent belongs to people
	ReasonAngry           Reason = "angry"
	ReasonPersonAdvised   Reason = "person_advised" // a language model says so where the desk is unsure
	ReasonUnreadable      Reason = "unreadable"     // voice note, photo, file, sticker without words
	ReasonUnansweredMedia Reason = "media_to_person"
	ReasonOffTopic        Reason = "off_topic"
	ReasonSpam            Reason = "spam"
	ReasonNoArticle       Reason = "no_article"        // nothing published answers it
	ReasonPlaceholder     Reason = "placeholder_unset" // the article lacks a value of the ISP
	ReasonScopeUnknown    Reason = "scope_unknown"     // the answer depends on a zone or plan that is not known
	ReasonSystemFailure   Reason = "system_failure"
	ReasonSendUnknown     Reason = "send_unknown"   // an answer may or may not have reached the contact
	ReasonAgentEnqueued   Reason = "agent_enqueued" // an agent put it into the queue
	ReasonAgentSilent     Reason = "agent_silent"   // its agent let the contact wait too long
	ReasonMerged          Reason = "merged"         // two threads of one person became one, with something unanswered in them
	ReasonMissedCall      Reason = "missed_call"    // the contact called, and nobody can answer calls here
	ReasonPhoneApp        Reason = "phone_app"      // a person answered from the phone app
	ReasonAllSettled      Reason = "all_settled"
	ReasonWindowClosed    Reason = "window_closed"
	ReasonReactionOnly    Reason = "reaction_only"
)

// Decision is what policy makes of a scene and an understanding. It names what
// to do and on what evidence; the words are composed later.
type Decision struct {
	Action     Action         `json:"action"`
	Reason     Reason         `json:"reason"`
	Rule       string         `json:"rule"` // name of the rule that decided
	Intent     string         `json:"intent,omitempty"`
	Confidence float64        `json:"confidence"`
	Language   string         `json:"language"`
	Article    *ArticleRef    `json:"article,omitempty"`
	Phrase     Phrase         `json:"phrase,omitempty"` // a fixed phrase said first or instead
	Question   *Question      `json:"question,omitempty"`
	Flow       *FlowPosition  `json:"flow,omitempty"`   // where the contact stands afterwards
	Open       *TicketOpening `json:"open,omitempty"`   // a new ticket
	Update     *uuid.UUID     `json:"update,omitempty"` // a live ticket that takes the messages in
	Reopen     *uuid.UUID     `json:"reopen,omitempty"` // a resolved ticket taken up again
	Resolve    *uuid.UUID     `json:"resolve,omitempty"`
	Status     *uuid.UUID     `json:"status,omitempty"` // the ticket asked about
	Handoff    *Handoff       `json:"handoff,omitempty"`
	OptOut     bool           `json:"opt_out,omitempty"`
	Missed     bool           `json:"missed,omitempty"`  // counts as not understood
	Wording    *Wording       `json:"wording,omitempty"` // not policy's: words a model proposed for it; nil when none was asked
}

// TicketOpening is a ticket to open.
type TicketOpening struct {
	TicketPlan
	Intent   string   `json:"intent"`
	Subject  string   `json:"subject"`
	Notes    []string `json:"notes,omitempty"`
	Facts    []Fact   `json:"facts,omitempty"`
	Protocol string   `json:"protocol,omitempty"` // given by the commit
}

// Question is what the assistant asks: at most three options to press.
type Question struct {
	Options []Option `json:"options"`
}

// Option of a question.
type Option struct {
	ID     string `json:"id"` // of the button
	Intent string `json:"intent"`
}
