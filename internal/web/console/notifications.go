package console

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// notificationsPage is what a person was told, newest first.
type notificationsPage struct {
	shell
	Rows  []noticeRow
	Any   bool // something is unread
	First string
	Next  string
}

type noticeRow struct {
	ID     string
	Icon   string
	Words  string
	Text   string
	Count  string // empty: once
	When   string
	Full   string
	ISO    string
	URL    string
	Unread bool
}

var noticeIcons = map[desk.NotificationKind]string{
	desk.NotifyMention: "user", desk.NotifyAssigned: "ticket", desk.NotifyWatched: "bell", desk.NotifyWoke: "clock", desk.NotifyWhisper: "lock",
	desk.NotifyAtRisk: "clock", desk.NotifyLate: "warning",
}

func (p *Console) notifications(v *visit) error {
	ctx := v.gin.Request.Context()
	after := v.gin.Query("after")
	found, err := p.Tied.Notifications(ctx, v.who.ID, after, 0)
	if err != nil {
		return fmt.Errorf("reading notifications: %w", err)
	}
	people, err := p.people(ctx)
	if err != nil {
		return err
	}
	page := &notificationsPage{shell: p.shell(v, "notifications", v.T("nav.notifications"))}
	for i := range found.Rows {
		row := noticeRowOf(v, &found.Rows[i], people)
		page.Any = page.Any || row.Unread
		page.Rows = append(page.Rows, row)
	}
	if after != "" {
		page.First = "/notifications"
	}
	if found.Next != "" {
		page.Next = "/notifications?after=" + found.Next
	}
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	return p.show(v, http.StatusOK, "notifications", page)
}

func noticeRowOf(v *visit, n *desk.Notification, people people) noticeRow {
	who := people.name(n.ByID)
	if who == "" {
		who = v.T("notify.desk")
	}
	row := noticeRow{
		ID: n.ID.String(), Icon: noticeIcons[n.Kind], Words: v.T("notify."+string(n.Kind), who), Text: n.Text, Unread: n.ReadAt == nil,
		When: v.Stamp(n.UpdatedAt), Full: v.Full(n.UpdatedAt), ISO: v.ISO(n.UpdatedAt), URL: "/notifications",
	}
	if row.Icon == "" {
		row.Icon = "bell"
	}
	if n.Count > 1 {
		row.Count = strconv.Itoa(n.Count)
	}
	switch {
	case n.TicketID != nil:
		row.URL = "/tickets/" + n.TicketID.String()
	case n.ConversationID != nil:
		row.URL = "/conversations/" + n.ConversationID.String()
		if n.MessageID != nil {
			row.URL += "#m-" + n.MessageID.String()
		}
	}
	return row
}

// readNotification opens what one notification is about, which is read then.
func (p *Console) readNotification(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := p.Ties.Read(v.gin.Request.Context(), v.who, id); err != nil {
		return err
	}
	v.gin.Redirect(http.StatusSeeOther, v.back("/notifications"))
	return nil
}

func (p *Console) readNotifications(v *visit) error {
	if err := p.Ties.Read(v.gin.Request.Context(), v.who, uuid.Nil); err != nil {
		return err
	}
	return v.done("/notifications", "read")
}

// names lists whom a note can name, for the composer.
func (p *Console) names(v *visit) error {
	people, err := p.people(v.gin.Request.Context())
	if err != nil {
		return err
	}
	names := []string{}
	for _, a := range people.sorted() {
		if a.Active && !a.Program && a.ID != v.who.ID {
			names = append(names, a.Name)
		}
	}
	v.gin.Header("Cache-Control", "no-store")
	v.gin.JSON(http.StatusOK, names)
	return nil
}
