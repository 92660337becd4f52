package console

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"antena/internal/desk"
)

// arrivalView is what a person should know before they answer, and what they could
// say: nothing of it is sent by itself.
type arrivalView struct {
	Wants    string
	Intent   string
	Mood     string
	Tried    []string
	Facts    []fact
	Articles []offerView
	Nothing  bool // nothing is known and nothing found
}

// offerView is the words of an article, as they may be said now.
type offerView struct {
	Title string
	Text  string
	URL   string
	First bool // the suggested reply
}

// arrival shows the card of a conversation's holder. Without a script it is the
// conversation itself, whose side shows the same.
func (p *Console) arrival(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if !v.partial() {
		v.gin.Redirect(http.StatusSeeOther, "/conversations/"+id.String())
		return nil
	}
	ctx := v.gin.Request.Context()
	c, err := p.Reader.Conversation(ctx, id)
	if err != nil {
		return err
	}
	page := &inboxPage{shell: p.shell(v, "inbox", v.T("nav.inbox"))}
	if page.Arrival, err = p.arrivalOf(ctx, v, c); err != nil {
		return err
	}
	v.regions = []string{"arrival"}
	return p.show(v, http.StatusOK, "inbox", page)
}

func (p *Console) arrivalOf(ctx context.Context, v *visit, c *desk.Conversation) (*arrivalView, error) {
	view := &arrivalView{}
	if h := c.Handoff; h != nil {
		view.Wants, view.Intent, view.Tried, view.Facts = h.Wants, p.intent(v, h.Intent), h.Tried, facts(v, h.Facts)
		if h.Mood != "" {
			view.Mood = v.Code("mood", h.Mood)
		}
		if s := h.Summary; s != nil && s.Wants != "" {
			view.Wants = s.Wants
		}
	}
	if p.Scribe != nil {
		found, err := p.Scribe.Offer(ctx, v.who, c.ID)
		if err != nil {
			return nil, fmt.Errorf("looking for what to say: %w", err)
		}
		if view.Intent == "" {
			view.Intent = p.intent(v, found.Intent)
		}
		for i, o := range found.Offers {
			view.Articles = append(view.Articles, offerView{Title: o.Source.Title, Text: o.Text, First: i == 0, URL: "/articles/" + url.PathEscape(o.Source.ID) + "?lang=" + o.Source.Language})
		}
	}
	view.Nothing = view.Wants == "" && view.Intent == "" && len(view.Tried)+len(view.Facts)+len(view.Articles) == 0
	return view, nil
}

// fillArrival says where the card of whoever may answer now is.
func fillArrival(v *visit, c *desk.Conversation, view *composerView) {
	if view.Reply && c.HeldBy(v.who.Actor()) {
		view.Arrival = view.Act + "/arrival"
	}
}

// setNotify keeps how somebody wants to be told of what is new.
func (p *Console) setNotify(v *visit) error {
	err := p.Account.SetNotify(v.gin.Request.Context(), v.who, v.form("desktop") != "", v.form("sound") != "")
	if err != nil {
		return p.failedSettings(v, err)
	}
	return v.done("/settings", "saved")
}
