package console_test

import (
	"context"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/hooks"
	"antena/internal/tokens"
)

// keys are the tokens of the golden desk.
type keys struct{ *fake }

func (k keys) List(context.Context, desk.Agent) ([]desk.Token, error) {
	return []desk.Token{{
		ID: desk.NewID(), Name: "CRM", Source: "crm", Prefix: "antena_AbC123", Scopes: []desk.Scope{desk.ScopeReadTickets, desk.ScopeWriteTickets},
		CreatedBy: "Diego Ferreyra", CreatedAt: k.now.AddDate(0, -1, 0), ExpiresAt: ptr(k.now.AddDate(0, 11, 0)), LastUsedAt: ptr(k.now),
	}, {
		ID: desk.NewID(), Name: "Old ERP", Source: "erp", Prefix: "antena_XyZ789", Scopes: []desk.Scope{desk.ScopeReadContacts},
		CreatedBy: "Diego Ferreyra", CreatedAt: k.now.AddDate(-1, 0, 0), RevokedAt: ptr(k.now.AddDate(0, -2, 0)),
	}}, nil
}

func (k keys) Create(_ context.Context, _ desk.Agent, want tokens.Wanted) (desk.Token, string, error) {
	return desk.Token{Name: want.Name}, "antena_fresh-token", k.act("create token")
}

func (k keys) Revoke(context.Context, desk.Agent, uuid.UUID) error { return k.act("revoke token") }

// posts are the webhooks of the golden desk.
type posts struct{ *fake }

func (k posts) hook() desk.Webhook {
	return desk.Webhook{
		ID: uuid.MustParse("019a3f52-1040-700a-8000-00000000000a"), Name: "CRM", URL: "https://crm.example.net/antena", Active: true, Secret: "whsec_kept",
		Topics: []desk.Subject{desk.SubjectTicket, desk.SubjectContact}, FailingSince: ptr(k.now.AddDate(0, 0, -1)), CreatedAt: k.now.AddDate(0, -1, 0),
	}
}

func (k posts) List(context.Context, desk.Agent) ([]desk.Webhook, error) {
	return []desk.Webhook{k.hook()}, nil
}

func (k posts) Create(_ context.Context, _ desk.Agent, want hooks.Wanted) (*desk.Webhook, error) {
	w := k.hook()
	w.Name, w.Secret = want.Name, "whsec_fresh"
	return &w, k.act("create webhook")
}

func (k posts) Activate(context.Context, desk.Agent, uuid.UUID, bool) (*desk.Webhook, error) {
	return nil, k.act("activate webhook")
}

func (k posts) Rotate(context.Context, desk.Agent, uuid.UUID) (*desk.Webhook, error) {
	w := k.hook()
	return &w, k.act("rotate webhook")
}

func (k posts) Delete(context.Context, desk.Agent, uuid.UUID) error { return k.act("delete webhook") }

func (k posts) Deliveries(context.Context, desk.Agent, uuid.UUID, uuid.UUID, desk.DeliveryState, int) ([]desk.WebhookDelivery, bool, error) {
	return []desk.WebhookDelivery{
		{ID: desk.NewID(), Type: "ticket.updated", Sequence: 4712, State: desk.DeliveryFailed, Attempts: 12, Status: 500, Response: "out of order", TookMicros: 84000, CreatedAt: k.now},
		{ID: desk.NewID(), Type: "ticket.created", Sequence: 4711, State: desk.DeliveryDelivered, Attempts: 1, Status: 200, Response: "ok", TookMicros: 9000, CreatedAt: k.now},
		{ID: desk.NewID(), Type: "contact.updated", Sequence: 4710, State: desk.DeliveryPending, Attempts: 2, Problem: "timeout", CreatedAt: k.now},
	}, false, nil
}

func (k posts) Replay(context.Context, desk.Agent, uuid.UUID, uuid.UUID) (*desk.WebhookDelivery, error) {
	return nil, k.act("replay")
}
