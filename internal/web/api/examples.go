package api

import (
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// The examples of the document. A test checks them against the schemas.

func exampleID(n byte) uuid.UUID {
	return uuid.UUID{0x01, 0x9a, 0x3f, 0x52, 0x10, 0x40, 0x70, n, 0x80, 0, 0, 0, 0, 0, 0, n}
}

// exampleTime is some minutes after a certain moment.
func exampleTime(minutes int) time.Time {
	return time.Date(2026, 11, 20, 14, 30, 0, 0, time.UTC).Add(time.Duration(minutes) * time.Minute)
}

const exampleSecret = "whsec_" + "ZXhhbXBsZS1leGFtcGxlLWV4YW1wbGUtZXhhbXBsZSE="

func exampleConversation() Conversation {
	return Conversation{
		ID: exampleID(1), ContactID: exampleID(2), Channel: "106540352242922", Owner: desk.OwnerAgent, AgentID: ptr(exampleID(7)), State: desk.ConversationOpen,
		Language: "es", Team: "technical", Priority: desk.PriorityHigh, WindowEndsAt: ptr(exampleTime(1430)), LastAt: exampleTime(5), Version: 3,
		Handoff: &Handoff{Reason: "person_asked", Intent: "no_internet", Wants: "llevo dos días sin internet", Tried: []string{"restart"},
			Facts: []Fact{{"customer_code", "88123"}}, Protocol: "202611200000042", At: exampleTime(1)},
		CreatedAt: exampleTime(0), UpdatedAt: exampleTime(5),
	}
}

func exampleMessage() Message {
	return Message{
		ID: exampleID(3), ConversationID: exampleID(1), Direction: desk.Outbound, Author: desk.ByAgent, AgentID: ptr(exampleID(7)), Kind: "text",
		Text: "Your line is back. Sorry for the trouble!", Status: "queued", CreatedAt: exampleTime(5),
	}
}

func exampleTicket() Ticket {
	return Ticket{
		ID: exampleID(4), Protocol: "202611200000042", ContactID: exampleID(2), ConversationID: exampleID(1), Intent: "no_internet", Subject: "No internet since Sunday",
		Priority: desk.PriorityHigh, State: desk.TicketOpen, Team: "technical", AssigneeID: ptr(exampleID(7)), OpenedBy: desk.ByAssistant,
		Facts: []Fact{{"customer_code", "88123"}}, ExternalIDs: []ExternalID{{"crm", "CRM-1042"}}, CreatedAt: exampleTime(1), UpdatedAt: exampleTime(5),
	}
}

func exampleTicketEvent() TicketEvent {
	return TicketEvent{ID: exampleID(5), TicketID: exampleID(4), Author: desk.ByAgent, AgentID: ptr(exampleID(7)), Kind: "state", From: "new", To: "open", CreatedAt: exampleTime(2)}
}

func exampleContact() Contact {
	return Contact{
		ID: exampleID(2), Name: "Bruna", Phone: "5511987654321", BSUID: "BR.13491208655302741918", Language: "pt",
		ExternalIDs: []ExternalID{{"crm", "C-77"}}, CreatedAt: exampleTime(0), UpdatedAt: exampleTime(0),
	}
}

func exampleArticle() Article {
	return Article{
		ID: "restart-modem-1f0c9a2b", Language: "en", Version: 1, Title: "How to restart the modem", Questions: []string{"how do i restart my modem?"}, Keywords: []string{},
		Body: "Unplug it, wait ten seconds and plug it in again.", Team: "support", Status: desk.ArticleDraft, Zones: []string{}, Plans: []string{},
		CreatedAt: exampleTime(0), UpdatedAt: exampleTime(0),
	}
}

func exampleAgent() Agent {
	return Agent{ID: exampleID(7), Name: "Ana", Email: "ana@isp.example", Role: desk.RoleAgent, Active: true}
}

func exampleToken() TokenInfo {
	return TokenInfo{ID: exampleID(8), AgentID: exampleID(9), Name: "CRM", Source: "crm", Scopes: []desk.Scope{desk.ScopeReadTickets, desk.ScopeWriteTickets}}
}

func exampleWebhook() Webhook {
	return Webhook{
		ID: exampleID(10), Name: "CRM", URL: "https://crm.example.net/antena", Topics: []desk.Subject{desk.SubjectTicket, desk.SubjectContact}, SkipSource: "crm",
		Active: true, CreatedAt: exampleTime(0), UpdatedAt: exampleTime(0),
	}
}

func exampleDelivery() Delivery {
	return Delivery{
		ID: exampleID(11), WebhookID: exampleID(10), EventID: exampleID(12), Type: "ticket.updated", Sequence: 4711, State: desk.DeliveryDelivered, Attempts: 1,
		DueAt: exampleTime(5), TriedAt: ptr(exampleTime(5)), DeliveredAt: ptr(exampleTime(5)), Status: 200, Response: "ok", TookMS: 84, CreatedAt: exampleTime(5),
	}
}
