package console

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"antena/internal/desk"
)

// findPage is what the command bar finds.
type findPage struct {
	shell
	Search string
	Found  []foundGroup
}

type foundGroup struct {
	Name string
	Rows []foundRow
}

type foundRow struct{ Icon, Name, Detail, URL string }

// mostFound is how many of each kind are shown.
const mostFound = 6

// find looks for conversations, tickets and articles at once.
func (p *Console) find(v *visit) error {
	ctx := v.gin.Request.Context()
	page := &findPage{shell: p.shell(v, "find", v.T("find.title")), Search: strings.TrimSpace(v.gin.Query("q"))}
	if !v.partial() {
		if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
			return err
		}
	}
	if page.Search != "" {
		for _, look := range []func(context.Context, *visit, string) (foundGroup, error){p.findConversations, p.findTickets, p.findArticles} {
			group, err := look(ctx, v, page.Search)
			if err != nil {
				return err
			}
			if len(group.Rows) > 0 {
				page.Found = append(page.Found, group)
			}
		}
	}
	return p.show(v, http.StatusOK, "find", page)
}

func (p *Console) findConversations(ctx context.Context, v *visit, search string) (foundGroup, error) {
	group := foundGroup{Name: v.T("find.conversations")}
	for _, view := range []desk.View{desk.ViewAll, desk.ViewSnoozed, desk.ViewClosed} {
		found, err := p.Reader.Conversations(ctx, desk.ConversationFilter{View: view, Agent: v.who.ID, Search: search, Limit: mostFound})
		if err != nil {
			return group, fmt.Errorf("finding conversations: %w", err)
		}
		for i := range found.Cards {
			c := &found.Cards[i]
			if len(group.Rows) == mostFound {
				return group, nil
			}
			preview, _ := previewOf(v, c.Conversation.Preview)
			group.Rows = append(group.Rows, foundRow{
				Icon: "inbox", Name: nameOr(v, c.ContactName, c.ContactPhone), Detail: preview,
				URL: "/conversations/" + c.Conversation.ID.String() + "?view=" + string(view),
			})
		}
	}
	return group, nil
}

func (p *Console) findTickets(ctx context.Context, v *visit, search string) (foundGroup, error) {
	group := foundGroup{Name: v.T("nav.tickets")}
	found, err := p.Reader.Tickets(ctx, desk.TicketFilter{State: "all", Search: search, Limit: mostFound})
	if err != nil {
		return group, fmt.Errorf("finding tickets: %w", err)
	}
	for i := range found.Cards {
		row := p.ticketRow(v, &found.Cards[i])
		group.Rows = append(group.Rows, foundRow{Icon: "ticket", Name: row.Subject, Detail: row.Protocol + " · " + found.Cards[i].ContactName, URL: row.URL})
	}
	return group, nil
}

func (p *Console) findArticles(ctx context.Context, v *visit, search string) (foundGroup, error) {
	group := foundGroup{Name: v.T("nav.articles")}
	all, err := p.Reader.Articles(ctx)
	if err != nil {
		return group, fmt.Errorf("finding articles: %w", err)
	}
	for i := range all {
		a := &all[i]
		if len(group.Rows) < mostFound && a.Language == v.language && mentions(a, search) {
			group.Rows = append(group.Rows, foundRow{Icon: "book", Name: a.Title, Detail: lead(a.Body), URL: "/articles/" + url.PathEscape(a.ID) + "?lang=" + a.Language})
		}
	}
	return group, nil
}
