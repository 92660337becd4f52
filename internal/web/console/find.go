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
		hits, err := p.Finder.Search(ctx, page.Search, 0)
		if err != nil {
			return fmt.Errorf("finding: %w", err)
		}
		articles, err := p.findArticles(ctx, v, page.Search)
		if err != nil {
			return err
		}
		for _, group := range []foundGroup{p.findConversations(v, hits.Contacts), p.findTickets(v, hits.Tickets), articles} {
			if len(group.Rows) > 0 {
				page.Found = append(page.Found, group)
			}
		}
	}
	return p.show(v, http.StatusOK, "find", page)
}

func (p *Console) findConversations(v *visit, hits []desk.ConversationCard) foundGroup {
	group := foundGroup{Name: v.T("find.conversations")}
	for i := range hits {
		c := &hits[i]
		preview, _ := previewOf(v, c.Conversation.Preview)
		view := desk.ViewAll
		switch c.Conversation.State {
		case desk.ConversationSnoozed:
			view = desk.ViewSnoozed
		case desk.ConversationClosed:
			view = desk.ViewClosed
		case desk.ConversationOpen:
		}
		group.Rows = append(group.Rows, foundRow{
			Icon: "inbox", Name: nameOr(v, c.ContactName, c.ContactPhone), Detail: preview,
			URL: "/conversations/" + c.Conversation.ID.String() + "?view=" + string(view),
		})
	}
	return group
}

func (p *Console) findTickets(v *visit, hits []desk.TicketCard) foundGroup {
	group := foundGroup{Name: v.T("nav.tickets")}
	for i := range hits {
		row := p.ticketRow(v, &hits[i])
		group.Rows = append(group.Rows, foundRow{Icon: "ticket", Name: row.Subject, Detail: row.Protocol + " · " + hits[i].ContactName, URL: row.URL})
	}
	return group
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
