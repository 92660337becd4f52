package api

import (
	"net/http"
	"slices"

	"antena/internal/desk"
)

const (
	get    = http.MethodGet
	post   = http.MethodPost
	put    = http.MethodPut
	patch  = http.MethodPatch
	remove = http.MethodDelete
)

// table is the one table of operations.
func (p *API) table() []operation {
	return slices.Concat(p.onConversations(), p.onMessages(), p.onTickets(), p.onContacts(), p.onArticles(), p.onAgents(), p.onWebhooks())
}

func (p *API) onAgents() []operation {
	return []operation{
		with(operation{id: "getToken", method: get, path: "/token", group: "agents", about: "Say whose token this is and what it may do."}, exampleToken(),
			func(c *call) (TokenInfo, error) {
				t := c.token
				return TokenInfo{ID: t.ID, AgentID: t.AgentID, Name: t.Name, Source: t.Source, Scopes: full(t.Scopes), ExpiresAt: t.ExpiresAt}, nil
			}),
		with(operation{id: "listAgents", method: get, path: "/agents", group: "agents", scope: desk.ScopeReadAgents, about: "List everybody who works at the desk, by name; all on one page."},
			List[Agent]{Data: []Agent{exampleAgent()}},
			func(c *call) (List[Agent], error) {
				agents, err := p.Reader.Agents(c.Request.Context())
				all := make([]Agent, len(agents))
				for i := range agents {
					all[i] = agentOf(&agents[i])
				}
				return pageOf(all, ""), err
			}),
		with(operation{id: "getAgent", method: get, path: "/agents/{id}", group: "agents", scope: desk.ScopeReadAgents, about: "Show one agent."}, exampleAgent(),
			func(c *call) (Agent, error) {
				id, err := c.id()
				if err != nil {
					return Agent{}, err
				}
				a, err := p.Reader.Agent(c.Request.Context(), id)
				if err != nil {
					return Agent{}, err
				}
				return agentOf(a), nil
			}),
	}
}
