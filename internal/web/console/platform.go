package console

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// pauseView is a stop of all sending, with its reason and, for admins, its end.
type pauseView struct {
	Channel string
	Words   string
	Todo    string
	Detail  string
	Until   string
	Since   string
}

func (p *Console) pauses(ctx context.Context, v *visit) ([]pauseView, error) {
	all, err := p.Reader.Pauses(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing pauses: %w", err)
	}
	var views []pauseView
	for i := range all {
		k := &all[i]
		view := pauseView{Channel: k.Channel, Words: v.Code("alert", k.Reason), Detail: k.Detail, Since: v.DayTime(k.Since)}
		if key := "todo." + k.Reason; v.Has(key) {
			view.Todo = v.T(key)
		}
		switch {
		case k.Until != nil:
			view.Until = v.T("pause.until", v.DayTime(*k.Until))
		default:
			view.Until = v.T("pause.open")
		}
		views = append(views, view)
	}
	return views, nil
}

// resumeSending ends a pause by an admin's word.
func (p *Console) resumeSending(v *visit) error {
	return p.onAlerts(v, "resumed", p.Resume(v.gin.Request.Context(), v.who, v.form("channel")))
}

// mergeView is the record of a contact who went into another, for admins.
type mergeView struct {
	When   string
	Reason string
	Gone   string
}

func (p *Console) merges(ctx context.Context, v *visit, contact uuid.UUID) ([]mergeView, error) {
	if !v.who.Role.May(desk.MayAdminister) {
		return nil, nil
	}
	all, err := p.Reader.Merges(ctx, contact)
	if err != nil {
		return nil, fmt.Errorf("listing merges: %w", err)
	}
	var views []mergeView
	for i := range all {
		m := &all[i]
		view := mergeView{When: v.DayTime(m.CreatedAt), Reason: v.Code("merge", string(m.Reason))}
		if m.Gone != nil {
			view.Gone = contactName(v, m.Gone)
			if m.Gone.Phone != "" && m.Gone.Name != "" {
				view.Gone += " · " + phone(m.Gone.Phone)
			}
		}
		views = append(views, view)
	}
	return views, nil
}

// react puts an agent's emoji on a contact's message.
func (p *Console) react(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	ctx := v.gin.Request.Context()
	m, err := p.Reader.Message(ctx, id)
	if err != nil {
		return fmt.Errorf("reading a message: %w", err)
	}
	back := v.back("/conversations/" + m.ConversationID.String())
	if err := p.Desk.React(ctx, v.who, id, v.form("emoji")); err != nil {
		return p.failed(v, err, func(status int, words string) error { return p.refuse(v, status, words, m.ConversationID) })
	}
	return v.done(back, "reacted")
}

func (p *Console) askPhone(v *visit) error {
	return p.onConversation(v, "phone_asked", func(id uuid.UUID) error {
		return p.Desk.AskPhone(v.gin.Request.Context(), v.who, id)
	})
}
