package api

import (
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// AssignRequest gives a conversation to an agent.
type AssignRequest struct {
	AgentID uuid.UUID `json:"agent_id"`
}

// EnqueueRequest puts a conversation into a queue.
type EnqueueRequest struct {
	Team string `json:"team" min:"1" max:"60"`
	Note string `json:"note,omitempty" max:"4000" doc:"For whoever takes it."`
}

// ResolveRequest ends a conversation or a ticket.
type ResolveRequest struct {
	Outcome string `json:"outcome,omitempty" max:"1000"`
}

// SnoozeRequest hides a conversation for a while.
type SnoozeRequest struct {
	Until time.Time `json:"until" doc:"At most 90 days ahead."`
}

// ReplyRequest is a text for the contact.
type ReplyRequest struct {
	Text     string `json:"text" min:"1" max:"4096"`
	QuotedID string `json:"quoted_id,omitempty" max:"200" doc:"provider_id of the message it replies to."`
}

// NoteRequest is a text among agents.
type NoteRequest struct {
	Text string `json:"text" min:"1" max:"4000"`
}

// TicketRequest opens a ticket.
type TicketRequest struct {
	ConversationID uuid.UUID     `json:"conversation_id"`
	Subject        string        `json:"subject" min:"1" max:"200"`
	Intent         string        `json:"intent,omitempty" max:"80"`
	Team           string        `json:"team,omitempty" max:"60" doc:"Default: support."`
	Priority       desk.Priority `json:"priority,omitempty" doc:"Default: normal."`
	ExternalID     string        `json:"external_id,omitempty" max:"200" doc:"What the token's source calls it."`
}

// TicketPatch changes a ticket; what is not given stays.
type TicketPatch struct {
	Subject    *string        `json:"subject,omitempty" min:"1" max:"200"`
	Intent     *string        `json:"intent,omitempty" max:"80"`
	Team       *string        `json:"team,omitempty" max:"60"`
	Priority   *desk.Priority `json:"priority,omitempty"`
	ExternalID *string        `json:"external_id,omitempty" max:"200" doc:"What the token's source calls it; empty: nothing any more."`
}

// WaitRequest parks a ticket.
type WaitRequest struct {
	For string `json:"for" enum:"customer,third_party"`
}

// TicketAssignRequest gives a ticket to an agent, or to nobody.
type TicketAssignRequest struct {
	AgentID *uuid.UUID `json:"agent_id" doc:"null: nobody."`
}

// ContactPatch says what the token's source calls a contact.
type ContactPatch struct {
	ExternalID string `json:"external_id" max:"200" doc:"Empty: nothing any more."`
}

// ArticleRequest is a new article, kept as a draft.
type ArticleRequest struct {
	Language  string   `json:"language" enum:"es,pt,en"`
	Title     string   `json:"title" min:"1" max:"120"`
	Body      string   `json:"body" min:"1" max:"4000"`
	Questions []string `json:"questions" max:"40"`
	Team      string   `json:"team,omitempty" max:"60"`
}

// ArticleEdit changes the words of an article.
type ArticleEdit struct {
	Title     string   `json:"title" min:"1" max:"120"`
	Body      string   `json:"body" min:"1" max:"4000"`
	Questions []string `json:"questions" max:"40"`
}

// WebhookRequest says where a webhook goes and what it is told of.
type WebhookRequest struct {
	Name       string         `json:"name" min:"1" max:"60"`
	URL        string         `json:"url" min:"1" max:"500"`
	Topics     []desk.Subject `json:"topics" max:"4"`
	SkipSource string         `json:"skip_source,omitempty" max:"40" doc:"Changes by tokens of this source are not sent back."`
	Active     *bool          `json:"active,omitempty" doc:"Default: as it is; a new one is active."`
}
