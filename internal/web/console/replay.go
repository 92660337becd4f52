package console

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// replayView is what deciding a turn again gave.
type replayView struct {
	Same    bool
	Verdict string
	Parts   []replayPart
}

// replayPart is one list of what was and is otherwise.
type replayPart struct {
	Title   string
	Changes []desk.Difference
}

// mayReplay reports whether a role checks what the assistant decided.
func mayReplay(r desk.Role) bool { return r == desk.RoleAuditor || r.May(desk.MayAdminister) }

// replay offers to decide a turn again, and shows the result when it is asked for.
func (p *Console) replay(ctx context.Context, v *visit, at place, conversation uuid.UUID, view *whyView) error {
	if p.Replay == nil || !mayReplay(v.who.Role) {
		return nil
	}
	view.Again = at.url(conversation) + "&pane=context&why=" + at.Why.String() + "&again=1"
	if !at.Again {
		return nil
	}
	r, err := p.Replay(ctx, at.Why)
	if err != nil {
		return fmt.Errorf("deciding turn %s again: %w", at.Why, err)
	}
	shown := &replayView{Same: r.Same, Verdict: v.T("replay.otherwise")}
	if r.Same {
		shown.Verdict = v.T("replay.same")
	}
	add := func(title string, changes []desk.Difference) {
		if len(changes) > 0 {
			shown.Parts = append(shown.Parts, replayPart{Title: title, Changes: changes})
		}
	}
	add(v.T("replay.stored"), r.Stored.Changes)
	add(v.T("replay.inputs"), r.Inputs)
	if r.Now != nil {
		add(v.T("replay.now"), r.Now.Changes)
	}
	if r.Again != nil {
		add(v.T("replay.again"), r.Again.Changes)
	}
	view.Replay = shown
	return nil
}
