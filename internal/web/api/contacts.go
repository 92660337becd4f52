package api

import (
	"github.com/google/uuid"

	"antena/internal/desk"
)

func (p *API) onContacts() []operation {
	const group = "contacts"
	filters := paging(
		param{name: "phone", kind: "string", about: "With its country code; every form WhatsApp may use of it is found."},
		param{name: "bsuid", kind: "string", about: "WhatsApp's business-scoped id."},
		param{name: "protocol", kind: "string", about: "Number of one of their tickets."},
		param{name: "external_id", kind: "string", about: "What a source calls them."}, param{name: "source", kind: "string", about: "Whose external_id; default: the token's source."})
	return []operation{
		with(operation{id: "listContacts", method: get, path: "/contacts", group: group, scope: desk.ScopeReadContacts, params: filters,
			about: "List or find contacts, newest first by when we first heard of them."},
			List[Contact]{Data: []Contact{exampleContact()}}, p.contacts),
		with(operation{id: "getContact", method: get, path: "/contacts/{id}", group: group, scope: desk.ScopeReadContacts, about: "Show one contact."}, exampleContact(),
			func(c *call) (Contact, error) {
				id, err := c.id()
				if err != nil {
					return Contact{}, err
				}
				return p.contact(c.Request.Context(), id)
			}),
		taking(operation{id: "updateContact", method: patch, path: "/contacts/{id}", group: group, scope: desk.ScopeWriteContacts,
			about: "Say what the token's source calls a contact. Names and addresses come from WhatsApp and are not changed here."},
			ContactPatch{ExternalID: "C-77"}, exampleContact(),
			func(c *call, r ContactPatch) (Contact, error) {
				id, err := c.id()
				if err != nil {
					return Contact{}, err
				}
				ctx := c.Request.Context()
				if err := p.Desk.ContactKnownAs(ctx, c.by, id, r.ExternalID); err != nil {
					return Contact{}, err
				}
				return p.contact(ctx, id)
			}),
	}
}

func (p *API) contacts(c *call) (List[Contact], error) {
	ctx := c.Request.Context()
	found, next, err := p.Reader.QueryContacts(ctx, desk.ContactQuery{
		Phone: c.Query("phone"), BSUID: c.Query("bsuid"), Protocol: c.Query("protocol"), Source: c.source(), ExternalID: c.Query("external_id"),
		After: c.Query("after"), Limit: c.limit(),
	})
	if err != nil {
		return List[Contact]{}, err
	}
	ids := make([]uuid.UUID, len(found))
	for i := range found {
		ids[i] = found[i].ID
	}
	external, err := p.Reader.ExternalIDs(ctx, ids...)
	all := make([]Contact, len(found))
	for i := range found {
		all[i] = contactOf(&found[i], external[found[i].ID])
	}
	return pageOf(all, next), err
}
