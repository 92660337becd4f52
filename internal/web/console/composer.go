package console

import (
	"context"
	"fmt"
	"net/url"
	"sort"
	"strings"
	"time"

	"antena/internal/desk"
)

// composerView is where people write. What cannot be done now is explained in
// its place; a note is always possible for who may answer.
type composerView struct {
	ID       string // the conversation's, the key of the draft kept in the browser
	Draft    string // id of what is written next
	Key      string // changes when another composer is needed
	Act      string
	Back     string
	Reply    bool // a reply to the contact is possible
	Note     bool
	Blocked  string // why no reply is possible
	Detail   string
	Take     bool // taking the conversation would help
	Mode     string
	Text     string
	MaxText  int
	ReadOnly string

	Agent      string // whose drafts they are
	ReplyDraft string // kept on the server
	NoteDraft  string
	Kept       *keptView
	Macros     []choice
	Arrival    string // address of the card; empty: nobody waits
	Hold       int    // seconds in which a reply can be taken back

	Suggest    bool // a reply may be suggested
	Suggestion *suggestionView

	Offers   []choice // templates that may be sent
	Template *templateDraftView
}

// templateDraftView is a template being filled in.
type templateDraftView struct {
	ID      string
	Name    string
	Price   string
	Slots   []sampleField
	Preview previewView
}

func (p *Console) composer(ctx context.Context, v *visit, at place, c *desk.Conversation, contact *desk.Contact) (*composerView, error) {
	view := &composerView{
		ID: c.ID.String(), Draft: desk.NewID().String(), Act: "/conversations/" + c.ID.String(), Back: at.url(c.ID), MaxText: desk.MaxText, Mode: "reply",
	}
	mine := c.HeldBy(v.who.Actor())
	switch {
	case !v.who.Role.May(desk.MayAnswer):
		view.ReadOnly = v.T("composer.read_only")
	case !c.WindowOpen(v.now):
		view.Note, view.Mode, view.Take = true, "note", !mine && c.Owner != desk.OwnerAgent
		view.Blocked, view.Detail = v.T("composer.window_closed"), v.T("composer.window_closed_detail")
		if mine {
			if err := p.offer(ctx, v, at, c, contact, view); err != nil {
				return nil, err
			}
		}
	case !mine:
		view.Note, view.Mode, view.Take = true, "note", c.Owner != desk.OwnerAgent
		view.Blocked = v.T("composer.not_yours." + string(c.Owner))
		view.Detail = v.T("composer.not_yours_detail")
	default:
		view.Reply, view.Note = true, true
	}
	view.Text = v.typed
	view.Suggest, view.Suggestion = view.Reply && p.Scribe != nil, v.suggestion
	if view.Reply && v.mode == "note" {
		view.Mode = "note"
	}
	view.Hold = int(desk.UndoTime.Seconds())
	view.Key = fmt.Sprintf("%s %t %t %t", view.ID, view.Reply, view.Note, view.Take)
	if view.Template != nil {
		view.Key += " " + view.Template.ID
	}
	if err := p.fillDrafts(ctx, v, c, view); err != nil {
		return nil, err
	}
	fillArrival(v, c, view)
	return view, p.fillMacros(ctx, v, view)
}

// offerLength is how much of a template's words its button shows, in characters.
const offerLength = 44

// offer lists the templates that may be sent: in the contact's language, or all
// when there is none in it. The one that is asked for is opened to be filled in.
func (p *Console) offer(ctx context.Context, v *visit, at place, c *desk.Conversation, contact *desk.Contact, view *composerView) error {
	all, err := p.Reader.Templates(ctx)
	if err != nil {
		return fmt.Errorf("reading the templates: %w", err)
	}
	wanted := v.gin.Query("template")
	if wanted == "" {
		wanted = v.form("template")
	}
	for _, theirs := range []bool{true, false} {
		for i := range all {
			t := &all[i]
			if !t.Usable() || theirs && !t.Speaks(c.Language) {
				continue
			}
			view.Offers = append(view.Offers, choice{Value: t.ID, Label: t.Content.Opening(offerLength), Title: t.Name, URL: at.url(c.ID) + "&template=" + url.QueryEscape(t.ID), Current: t.ID == wanted})
			if t.ID == wanted {
				view.Template = p.draftOf(v, t, c, contact)
			}
		}
		if len(view.Offers) > 0 {
			break
		}
	}
	return nil
}

func (p *Console) draftOf(v *visit, t *desk.Template, c *desk.Conversation, contact *desk.Contact) *templateDraftView {
	draft := &templateDraftView{ID: t.ID, Name: t.Name, Price: price(v, p.quote(t.Category, c, contact.Phone, contact.BSUID))}
	values := map[string]string{}
	for _, variable := range t.Content.Variables() {
		value := v.form("v." + variable.Key)
		if value == "" && (variable.Name == "name" || variable.Name == "first_name") {
			value, _, _ = strings.Cut(contact.Name, " ")
		}
		values[variable.Key] = value
		draft.Slots = append(draft.Slots, sampleField{variable.Key, strings.ReplaceAll(variable.Name, "_", " "), value})
	}
	draft.Preview = preview(&t.Content, values)
	return draft
}

// snoozes are the times a conversation can be put off to, as the zone's clock has them.
func snoozes(v *visit) []choice {
	local := v.now.In(v.zone)
	morning := func(days int) time.Time {
		return time.Date(local.Year(), local.Month(), local.Day()+days, 9, 0, 0, 0, v.zone)
	}
	untilMonday := (8 - int(local.Weekday())) % 7
	if untilMonday == 0 {
		untilMonday = 7
	}
	var all []choice
	for _, s := range []struct {
		key string
		at  time.Time
	}{
		{"snooze.hour", local.Add(time.Hour)},
		{"snooze.hours", local.Add(4 * time.Hour)},
		{"snooze.tomorrow", morning(1)},
		{"snooze.monday", morning(untilMonday)},
	} {
		all = append(all, choice{Value: s.at.UTC().Format(time.RFC3339), Label: v.T(s.key)})
	}
	return all
}

// sorted lists the agents by name.
func (a people) sorted() []desk.Agent {
	all := make([]desk.Agent, 0, len(a))
	for _, agent := range a {
		if !agent.Program { // nobody gives work to a program, or a role
			all = append(all, agent)
		}
	}
	sort.Slice(all, func(i, j int) bool {
		x, y := strings.ToLower(all[i].Name), strings.ToLower(all[j].Name)
		if x != y {
			return x < y
		}
		return desk.Later(all[j].ID, all[i].ID)
	})
	return all
}
