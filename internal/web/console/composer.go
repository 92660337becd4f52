package console

import (
	"fmt"
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
}

func (p *Console) composer(v *visit, at place, c *desk.Conversation) *composerView {
	view := &composerView{
		ID: c.ID.String(), Draft: desk.NewID().String(), Act: "/conversations/" + c.ID.String(), Back: at.url(c.ID), MaxText: desk.MaxText, Mode: "reply",
	}
	mine := c.HeldBy(v.who.Actor())
	switch {
	case !v.who.Role.May(desk.MayAnswer):
		view.ReadOnly = v.T("composer.read_only")
	case !c.WindowOpen(v.now):
		view.Note, view.Mode = true, "note"
		view.Blocked, view.Detail = v.T("composer.window_closed"), v.T("composer.window_closed_detail")
	case !mine:
		view.Note, view.Mode, view.Take = true, "note", c.Owner != desk.OwnerAgent
		view.Blocked = v.T("composer.not_yours." + string(c.Owner))
		view.Detail = v.T("composer.not_yours_detail")
	default:
		view.Reply, view.Note = true, true
	}
	view.Text = v.typed
	if view.Reply && v.mode == "note" {
		view.Mode = "note"
	}
	view.Key = fmt.Sprintf("%s %t %t %t", view.ID, view.Reply, view.Note, view.Take)
	return view
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
		all = append(all, agent)
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
