package agents

import (
	"context"
	"time"

	"antena/internal/desk"
)

// survey has the contact asked about a resolution of the agent's, after a while in
// which it may be taken back.
func (d *Desk) survey(ctx context.Context, tx Tx, by desk.Agent, j desk.SurveyJob, now time.Time) error {
	if !d.Surveys {
		return nil
	}
	j.Survey, j.Agent = desk.NewID(), by.ID
	return tx.EnqueueAt(ctx, now.Add(desk.SurveyDelay), j)
}
