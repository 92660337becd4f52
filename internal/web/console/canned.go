package console

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// repliesPage is where canned replies are kept.
type repliesPage struct {
	shell
	Rows     []cannedRow
	Edit     *cannedForm
	MayShare bool
	Slots    []string // names of placeholders that may be used
	MaxText  int
	Ready    []readyReply // for one conversation, in its composer's list
}

type cannedRow struct {
	ID       string
	Shortcut string
	Shared   bool
	Lead     string
	Spoken   []string // languages it has words in
	Edit     string   // address; empty: not this person's
}

// cannedForm is a canned reply being written.
type cannedForm struct {
	ID       string
	Shortcut string
	Shared   bool
	Texts    []cannedText
}

type cannedText struct{ Language, Name, Text string }

func (p *Console) replies(v *visit) error { return p.showReplies(v, http.StatusOK) }

func (p *Console) showReplies(v *visit, status int) error {
	ctx := v.gin.Request.Context()
	all, err := p.Written.CannedReplies(ctx, v.who.ID)
	if err != nil {
		return fmt.Errorf("listing canned replies: %w", err)
	}
	page := &repliesPage{shell: p.shell(v, "replies", v.T("nav.replies")), MayShare: v.who.Role.May(desk.MayReassign), Slots: p.slots(), MaxText: desk.MaxText}
	form := cannedForm{}
	for i := range all {
		r := &all[i]
		row := cannedRow{ID: r.ID.String(), Shortcut: r.Shortcut, Shared: r.AgentID == nil, Lead: lead(r.Texts.In(v.language))}
		for _, l := range desk.Languages {
			if r.Texts[l] != "" {
				row.Spoken = append(row.Spoken, strings.ToUpper(l))
			}
		}
		if r.AgentID != nil || page.MayShare {
			row.Edit = "/replies?edit=" + row.ID
		}
		page.Rows = append(page.Rows, row)
		if row.Edit != "" && (row.ID == v.gin.Query("edit") || row.ID == v.form("id")) {
			form = cannedForm{ID: row.ID, Shortcut: r.Shortcut, Shared: row.Shared}
			for _, l := range desk.Languages {
				form.Texts = append(form.Texts, cannedText{l, v.T("language." + l), r.Texts[l]})
			}
		}
	}
	if form.Texts == nil {
		for _, l := range desk.Languages {
			form.Texts = append(form.Texts, cannedText{Language: l, Name: v.T("language." + l)})
		}
	}
	if v.problem != "" {
		form.Shortcut, form.Shared = v.form("shortcut"), v.form("shared") != ""
		for i := range form.Texts {
			form.Texts[i].Text = v.gin.PostForm("text_" + form.Texts[i].Language)
		}
	}
	page.Edit = &form
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	return p.show(v, status, "replies", page)
}

// slots are the names of placeholders: those of a conversation, then the ISP's that
// have a value.
func (p *Console) slots() []string {
	all := []string{"name", "agent", "protocol"}
	profile := p.Profile()
	var own []string
	for name, words := range profile.Placeholders {
		if words.In("") != "" {
			own = append(own, name)
		}
	}
	slices.Sort(own)
	return append(all, own...)
}

func (p *Console) keepReply(v *visit) error {
	id, _ := uuid.Parse(v.form("id")) // a new one has none
	texts := desk.Words{}
	for _, l := range desk.Languages {
		texts[l] = v.gin.PostForm("text_" + l)
	}
	reply := desk.CannedReply{ID: id, Shortcut: v.form("shortcut"), Texts: texts}
	return p.kept(v, "/replies", "saved", p.Writing.SaveCanned(v.gin.Request.Context(), v.who, reply, v.form("shared") != ""), p.showReplies)
}

func (p *Console) deleteReply(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return p.kept(v, "/replies", "deleted", p.Writing.DeleteCanned(v.gin.Request.Context(), v.who, id), p.showReplies)
}

// kept ends a form of what agents keep: back to the list, or the page again with why not.
func (p *Console) kept(v *visit, to, done string, err error, show func(*visit, int) error) error {
	if err != nil {
		return p.failed(v, err, func(status int, words string) error {
			v.problem = words
			return show(v, status)
		})
	}
	return v.done(to, done)
}

// readyReply is a canned reply with everything filled in for one conversation.
type readyReply struct {
	ID       string
	Shortcut string
	Text     string
	Note     string // what the agent should know: another language, values that are missing
}

// readyReplies is the list that a slash in the composer opens.
func (p *Console) readyReplies(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	ctx := v.gin.Request.Context()
	c, err := p.Reader.Conversation(ctx, id)
	if err != nil {
		return err
	}
	page := &repliesPage{shell: p.shell(v, "replies", v.T("nav.replies"))}
	if page.Ready, err = p.ready(ctx, v, c); err != nil {
		return err
	}
	v.regions = []string{"ready"}
	return p.show(v, http.StatusOK, "replies", page)
}

func (p *Console) ready(ctx context.Context, v *visit, c *desk.Conversation) ([]readyReply, error) {
	contact, err := p.Reader.Contact(ctx, c.ContactID)
	if err != nil {
		return nil, fmt.Errorf("filling in canned replies: %w", err)
	}
	tickets, err := p.Reader.Tickets(ctx, desk.TicketFilter{Contact: contact.ID, Limit: 1})
	if err != nil {
		return nil, fmt.Errorf("filling in canned replies: %w", err)
	}
	all, err := p.Written.CannedReplies(ctx, v.who.ID)
	if err != nil {
		return nil, fmt.Errorf("filling in canned replies: %w", err)
	}
	protocol := ""
	if len(tickets.Cards) > 0 {
		protocol = tickets.Cards[0].Ticket.Protocol
	}
	profile := p.Profile()
	own, wanted := desk.OwnValues(contact, v.who, protocol), desk.LanguageOf(c, contact, profile)
	var out []readyReply
	for i := range all {
		r := &all[i]
		if i > 0 && all[i-1].Shortcut == r.Shortcut {
			continue // an agent's own goes before the shared one of the same name
		}
		language := r.Speaks(wanted)
		filled := profile.FillFor(r.Texts[language], language, own)
		ready := readyReply{ID: r.ID.String(), Shortcut: r.Shortcut, Text: filled.Text}
		if language != wanted {
			ready.Note = v.T("replies.other_language", v.T("language."+language), v.T("language."+cmp.Or(wanted, v.language)))
		}
		if len(filled.Missing) > 0 {
			ready.Note = strings.TrimSpace(ready.Note + " " + v.T("replies.missing", "{"+strings.Join(filled.Missing, "}, {")+"}"))
		}
		out = append(out, ready)
	}
	return out, nil
}
