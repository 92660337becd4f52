package api

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/hooks"
)

func (p *API) onWebhooks() []operation {
	const group = "webhooks"
	scope := desk.ScopeManageWebhooks
	request := WebhookRequest{Name: "CRM", URL: "https://crm.example.net/antena", Topics: []desk.Subject{desk.SubjectTicket, desk.SubjectContact}, SkipSource: "crm"}
	one := func(id, method, path, about string, do func(context.Context, desk.Agent, uuid.UUID) (*desk.Webhook, error)) operation {
		return with(operation{id: id, method: method, path: path, group: group, scope: scope, about: about}, exampleWebhook(), func(c *call) (Webhook, error) {
			return p.onWebhook(c, do)
		})
	}
	return []operation{
		with(operation{id: "listWebhooks", method: get, path: "/webhooks", group: group, scope: scope, about: "List the webhooks; all on one page."},
			List[Webhook]{Data: []Webhook{exampleWebhook()}},
			func(c *call) (List[Webhook], error) {
				found, err := p.Webhooks.List(c.Request.Context(), c.by)
				all := make([]Webhook, len(found))
				for i := range found {
					all[i] = webhookOf(&found[i])
				}
				return pageOf(all, ""), err
			}),
		taking(operation{id: "createWebhook", method: post, path: "/webhooks", group: group, scope: scope, status: http.StatusCreated,
			about: "Have an address told of changes. The secret is shown in this answer and never again."},
			request, WebhookSecret{Webhook: exampleWebhook(), Secret: exampleSecret},
			func(c *call, r WebhookRequest) (WebhookSecret, error) {
				w, err := p.Webhooks.Create(c.Request.Context(), c.by, wanted(r))
				if err == nil && r.Active != nil && !*r.Active {
					w, err = p.Webhooks.Activate(c.Request.Context(), c.by, w.ID, false)
				}
				if err != nil {
					return WebhookSecret{}, err
				}
				return WebhookSecret{Webhook: webhookOf(w), Secret: w.Secret}, nil
			}),
		one("getWebhook", get, "/webhooks/{id}", "Show one webhook.", p.Webhooks.One),
		taking(operation{id: "updateWebhook", method: put, path: "/webhooks/{id}", group: group, scope: scope, about: "Change where a webhook goes and what it is told of, or switch it on or off."},
			request, exampleWebhook(),
			func(c *call, r WebhookRequest) (Webhook, error) {
				return p.onWebhook(c, func(ctx context.Context, by desk.Agent, id uuid.UUID) (*desk.Webhook, error) {
					w, err := p.Webhooks.Change(ctx, by, id, wanted(r))
					if err == nil && r.Active != nil && *r.Active != w.Active {
						w, err = p.Webhooks.Activate(ctx, by, id, *r.Active)
					}
					return w, err
				})
			}),
		with(operation{id: "deleteWebhook", method: remove, path: "/webhooks/{id}", group: group, scope: scope, status: http.StatusNoContent, about: "Remove a webhook with its log."}, nothing{},
			func(c *call) (nothing, error) {
				id, err := c.id()
				if err != nil {
					return nothing{}, err
				}
				return nothing{}, p.Webhooks.Delete(c.Request.Context(), c.by, id)
			}),
		with(operation{id: "rotateWebhookSecret", method: post, path: "/webhooks/{id}/rotate-secret", group: group, scope: scope,
			about: "Give a webhook a new secret. For a day both sign."}, WebhookSecret{Webhook: exampleWebhook(), Secret: exampleSecret},
			func(c *call) (WebhookSecret, error) {
				secret := ""
				w, err := p.onWebhook(c, func(ctx context.Context, by desk.Agent, id uuid.UUID) (*desk.Webhook, error) {
					w, err := p.Webhooks.Rotate(ctx, by, id)
					if err == nil {
						secret = w.Secret
					}
					return w, err
				})
				return WebhookSecret{Webhook: w, Secret: secret}, err
			}),
		with(operation{id: "listDeliveries", method: get, path: "/webhooks/{id}/deliveries", group: group, scope: scope,
			params: paging(param{name: "state", kind: "string", values: texts(desk.DeliveryPending, desk.DeliveryDelivered, desk.DeliveryFailed)}),
			about:  "Show the log of a webhook, newest first. It is kept seven days."},
			List[Delivery]{Data: []Delivery{exampleDelivery()}}, p.deliveries),
		with(operation{id: "replayDelivery", method: post, path: "/webhooks/{id}/deliveries/{delivery}/replay", group: group, scope: scope, status: http.StatusAccepted,
			about: "Send an event again as it was, with the same id and sequence."}, exampleDelivery(),
			func(c *call) (Delivery, error) {
				id, err := c.id()
				if err != nil {
					return Delivery{}, err
				}
				delivery, err := c.idOf("delivery")
				if err != nil {
					return Delivery{}, err
				}
				d, err := p.Webhooks.Replay(c.Request.Context(), c.by, id, delivery)
				if err != nil {
					return Delivery{}, err
				}
				return deliveryOf(d), nil
			}),
	}
}

func wanted(r WebhookRequest) hooks.Wanted {
	return hooks.Wanted{Name: r.Name, URL: r.URL, Topics: r.Topics, Source: r.SkipSource}
}

func (p *API) onWebhook(c *call, do func(context.Context, desk.Agent, uuid.UUID) (*desk.Webhook, error)) (Webhook, error) {
	id, err := c.id()
	if err != nil {
		return Webhook{}, err
	}
	w, err := do(c.Request.Context(), c.by, id)
	if err != nil {
		return Webhook{}, err
	}
	return webhookOf(w), nil
}

func (p *API) deliveries(c *call) (List[Delivery], error) {
	id, err := c.id()
	if err != nil {
		return List[Delivery]{}, err
	}
	before := uuid.Nil
	if after := c.Query("after"); after != "" {
		if before, err = uuid.Parse(after); err != nil {
			return List[Delivery]{}, desk.ErrInvalid.For("after")
		}
	}
	found, more, err := p.Webhooks.Deliveries(c.Request.Context(), c.by, id, before, desk.DeliveryState(c.Query("state")), c.limit())
	if err != nil {
		return List[Delivery]{}, err
	}
	all := make([]Delivery, len(found))
	for i := range found {
		all[i] = deliveryOf(&found[i])
	}
	next := ""
	if more {
		next = all[len(all)-1].ID.String()
	}
	return pageOf(all, next), nil
}
