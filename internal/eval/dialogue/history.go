package dialogue

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
)

// History is the whole conversation with what was decided and why, for whoever
// looks for what went wrong.
func (p *Played) History(ctx context.Context) string {
	s := p.stage
	if s.conv == uuid.Nil {
		return ""
	}
	page, err := s.store.Messages(ctx, s.conv, uuid.Nil, 100)
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for _, m := range page.Messages {
		fmt.Fprintf(&b, "    %-9s %s%s %q\n", m.Author, m.Kind, m.Notice, m.Text)
	}
	turns, err := s.store.Turns(ctx, s.conv, 100)
	if err != nil {
		return err.Error()
	}
	for i := len(turns) - 1; i >= 0; i-- {
		t := &turns[i]
		fmt.Fprintf(&b, "    turn: %s %s rule=%s intent=%s accept=%.2f none=%.2f certain=%s intents=%v\n",
			t.Action, t.Reason, t.Decision.Rule, t.Intent, t.Understanding.Accept, t.Understanding.None, t.Understanding.Certain, t.Understanding.Intents)
	}
	return b.String()
}
