package console

import (
	"context"
	"fmt"
	"strconv"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// viewLink is one list of the inbox with how many it holds.
type viewLink struct {
	Name    string
	Key     string // the digit that goes there
	Icon    string
	URL     string
	Count   int
	Current bool
	Waiting bool // the count calls for people
	Shared  bool // of a saved view: it is everybody's
	Own     bool // of a saved view: this person may remove it
	ID      string
}

// Shown is the count in words; counting ends at a thousand.
func (l viewLink) Shown() string {
	if l.Count >= desk.CountMost {
		return strconv.Itoa(desk.CountMost-1) + "+"
	}
	return strconv.Itoa(l.Count)
}

var viewIcons = map[desk.View]string{
	desk.ViewMine: "user", desk.ViewQueue: "queue", desk.ViewRisk: "flag", desk.ViewWaiting: "reply", desk.ViewAssistant: "spark",
	desk.ViewAll: "stack", desk.ViewSnoozed: "clock", desk.ViewClosed: "done",
}

// fillViews reads the counts and settles which list is open: what the address
// asks for, else what is waiting for this person.
func (p *Console) fillViews(ctx context.Context, v *visit, s *shell, at *place) error {
	all, err := p.shared.counts.get(ctx, struct{}{}, func(ctx context.Context) (desk.Counts, error) { return p.Lists.Counts(ctx) })
	if err != nil {
		return fmt.Errorf("counting conversations: %w", err)
	}
	counts := all.For(v.who.ID)
	s.Teams, s.Calling = all.Teams, counts[desk.ViewQueue]
	if v.who.Role.May(desk.MayAnswer) {
		if s.Presence, err = p.ownPresence(ctx, v); err != nil {
			return fmt.Errorf("reading who is there: %w", err)
		}
		if s.Unread, err = p.Written.Unread(ctx, v.who.ID); err != nil {
			return fmt.Errorf("counting what is unread: %w", err)
		}
	}
	if s.Told, err = p.Tied.UnreadNotifications(ctx, v.who.ID); err != nil {
		return fmt.Errorf("counting notifications: %w", err)
	}
	if at != nil && viewIcons[at.View] == "" {
		at.View = startView(v.who.Role, counts)
	}
	for i, view := range desk.Views {
		if view == desk.ViewMine && !v.who.Role.May(desk.MayAnswer) {
			continue
		}
		s.Views = append(s.Views, viewLink{
			Name: v.T("view." + string(view)), Key: fmt.Sprint(i + 1), Icon: viewIcons[view],
			URL: "/?view=" + string(view), Count: counts[view],
			Current: at != nil && at.View == view && at.Saved == uuid.Nil, Waiting: (view == desk.ViewQueue || view == desk.ViewRisk) && counts[view] > 0,
		})
	}
	if err := p.fillSaved(ctx, v, s, at); err != nil {
		return err
	}
	if s.Admin {
		alerts, err := p.Reader.Alerts(ctx)
		if err != nil {
			return fmt.Errorf("counting alerts: %w", err)
		}
		for _, a := range alerts {
			if a.ResolvedAt == nil {
				s.Alerts++
			}
		}
	}
	return nil
}

// fillSaved adds the saved views of this person and those everybody shares.
func (p *Console) fillSaved(ctx context.Context, v *visit, s *shell, at *place) error {
	saved, err := p.Lists.SavedViews(ctx, v.who.ID)
	if err != nil {
		return fmt.Errorf("reading saved views: %w", err)
	}
	for i := range saved {
		view := &saved[i]
		f := view.Filter
		f.Agent = v.who.ID
		f.From, f.Until = inZone(f.From, v.zone), inZone(f.Until, v.zone)
		to := place{ConversationFilter: f, Saved: view.ID}
		count, err := p.shared.filters.get(ctx, counted(f), func(ctx context.Context) (int, error) { return p.Lists.CountConversations(ctx, f) })
		if err != nil {
			return fmt.Errorf("counting a saved view: %w", err)
		}
		s.Saved = append(s.Saved, viewLink{
			ID: view.ID.String(), Name: view.Name, Icon: "bookmark", URL: to.listURL(), Count: count, Shared: view.Shared,
			Own: view.AgentID == v.who.ID || view.Shared && v.who.Role.May(desk.MayAdminister), Current: at != nil && at.Saved == view.ID,
		})
	}
	return nil
}

// counted is what a count depends on, so that all who ask for the same share one.
func counted(f desk.ConversationFilter) desk.ConversationFilter {
	f.Sort, f.After, f.Limit = "", "", 0
	if f.View != desk.ViewMine {
		f.Agent = uuid.Nil
	}
	f.From, f.Until = f.From.UTC(), f.Until.UTC()
	return f
}
