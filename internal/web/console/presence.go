package console

import (
	"context"
	"errors"
	"net/http"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Rota is who works when and at what: teams, rules and posts, and who is there.
// Every method that changes something checks the role of the one who acts.
type Rota interface {
	Roster() *desk.Roster
	Here(ctx context.Context, by desk.Agent) error
	Moved(ctx context.Context, by desk.Agent) error
	Choose(ctx context.Context, by desk.Agent, state desk.PresenceState) error
	AddTeam(ctx context.Context, by desk.Agent, id desk.Team, names desk.Words) error
	SaveTeam(ctx context.Context, by desk.Agent, team desk.TeamInfo) error
	SaveRules(ctx context.Context, by desk.Agent, rules desk.Rules) error
	SavePost(ctx context.Context, by desk.Agent, post desk.Post) error
}

// Staffing is what pages show of it; the store satisfies it.
type Staffing interface {
	Rules(ctx context.Context) (desk.Rules, error)
	Post(ctx context.Context, agent uuid.UUID) (desk.Post, error)
	Posts(ctx context.Context) ([]desk.Post, error)
	Presence(ctx context.Context, agent uuid.UUID) (desk.Presence, error)
	Presences(ctx context.Context) ([]desk.Presence, error)
	Loads(ctx context.Context) (map[uuid.UUID]int, error)
	Waiting(ctx context.Context, limit int) ([]desk.Conversation, error)
}

// presenceView is whether somebody is at the desk.
type presenceView struct {
	State   string
	Name    string
	Choices []choice // what an agent may say of themself
}

func presenceOf(v *visit, p desk.Presence) presenceView {
	state := string(p.At(v.now))
	return presenceView{State: state, Name: v.T("presence." + state)}
}

// ownPresence is what the frame of each page shows of the one who looks; auditors
// work at nothing and have none.
func (p *Console) ownPresence(ctx context.Context, v *visit) (*presenceView, error) {
	if !v.who.Role.May(desk.MayAnswer) {
		return nil, nil //nolint:nilnil // nothing is shown
	}
	own, err := p.Staffing.Presence(ctx, v.who.ID)
	if err != nil {
		return nil, err
	}
	view := presenceOf(v, own)
	for _, s := range []desk.PresenceState{desk.Online, desk.Away, desk.Offline} {
		chosen := own.Chosen == s || own.Chosen == "" && s == desk.Online
		view.Choices = append(view.Choices, choice{Value: string(s), Label: v.T("presence.choose." + string(s)), Current: chosen})
	}
	return &view, nil
}

// setPresence takes what an agent says of themself, or, without a word, that they
// did something.
func (p *Console) setPresence(v *visit) error {
	ctx := v.gin.Request.Context()
	state := v.form("state")
	if state == "" {
		if err := p.Rota.Moved(ctx, v.who); err != nil {
			return err
		}
		v.gin.Status(http.StatusNoContent)
		v.gin.Writer.WriteHeaderNow()
		return nil
	}
	if err := p.Rota.Choose(ctx, v.who, desk.PresenceState(state)); err != nil {
		return err
	}
	return v.done(v.back("/"), "presence")
}

// present renews the presence of whoever listens. A database that is away ends no
// stream: the next beat tries again.
func (p *Console) present(v *visit) {
	ctx := v.gin.Request.Context()
	if !v.who.Role.May(desk.MayAnswer) {
		return
	}
	if err := p.Rota.Here(ctx, v.who); err != nil && !errors.Is(err, context.Canceled) {
		p.log.WarnContext(ctx, "a presence was not renewed", "agent_id", v.who.ID, "error", err)
	}
}
