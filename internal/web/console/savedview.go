package console

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"antena/internal/desk"
)

// saveView keeps the list it came from under a name.
func (p *Console) saveView(v *visit) error {
	at := place{}
	if back, err := url.Parse(v.back("/")); err == nil {
		at.read(v, back.Query())
	}
	saved, err := p.Views.Save(v.gin.Request.Context(), v.who, v.form("name"), v.form("shared") != "", at.ConversationFilter)
	if err != nil {
		return p.failed(v, err, func(status int, words string) error {
			v.problem = words
			return p.showInbox(v, status, at)
		})
	}
	at.Saved, at.After = saved.ID, ""
	return v.done(at.listURL(), "view_saved")
}

// dropView forgets a saved view; the list it showed stays open.
func (p *Console) dropView(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := p.Views.Drop(v.gin.Request.Context(), v.who, id); err != nil {
		return err
	}
	at := place{}
	if back, err := url.Parse(v.back("/")); err == nil {
		at.read(v, back.Query())
	}
	return v.done(at.without(), "view_dropped")
}

// exportView is a list as a file, every page of it.
func (p *Console) exportView(v *visit) error {
	at, err := readPlace(v)
	if err != nil {
		return err
	}
	control := http.NewResponseController(v.gin.Writer)
	out := csv.NewWriter(v.gin.Writer)
	begin := func() error {
		// A server without deadlines has nothing to lift; the file comes all the same.
		_ = control.SetWriteDeadline(time.Time{})
		v.gin.Header("Content-Type", "text/csv; charset=utf-8")
		v.gin.Header("Cache-Control", "no-store")
		v.gin.Header("Content-Disposition", `attachment; filename="conversations-`+v.now.In(v.zone).Format(time.DateOnly)+`.csv"`)
		v.gin.Status(http.StatusOK)
		return out.Write([]string{
			"conversation", "contact", "phone", "number", "state", "owner", "holder", "team", "priority", "intent", "language",
			"unread", "queued_at", "awaited_since", "due_at", "snoozed_until", "window_ends_at", "last_at", "created_at",
		})
	}
	begun := false
	err = p.Views.Export(v.gin.Request.Context(), v.who, at.ConversationFilter, func(card *desk.ConversationCard) error {
		if !begun {
			begun = true
			if err := begin(); err != nil {
				return err
			}
		}
		return out.Write(exported(card))
	})
	if err == nil && !begun {
		err = begin()
	}
	out.Flush()
	if err != nil && begun { // the half of a file must not look like the whole
		p.log.ErrorContext(v.gin.Request.Context(), "an export broke off", "error", err)
		panic(http.ErrAbortHandler)
	}
	if err != nil {
		return err
	}
	return out.Error()
}

// exported is a line of the file. What people wrote is not to be taken for a formula.
func exported(card *desk.ConversationCard) []string {
	c := &card.Conversation
	at := func(t *time.Time) string {
		if t == nil {
			return ""
		}
		return t.UTC().Format(time.RFC3339)
	}
	return []string{
		c.ID.String(), cell(card.ContactName), cell(card.ContactPhone), cell(c.Channel), string(c.State), string(c.Owner), cell(card.HolderName), cell(string(c.Team)),
		cell(string(c.Priority)), cell(c.Intent), cell(c.Language), strconv.Itoa(c.Unread), at(c.QueuedAt), at(c.AwaitedSince), at(c.DueAt),
		at(c.SnoozedUntil), at(c.WindowEndsAt), at(&c.LastAt), at(&c.CreatedAt),
	}
}
