package llm

import (
	"context"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Ledger keeps what models used, for all replicas together.
type Ledger interface {
	// Spent returns what was used on a day (2026-11-23, in UTC), by all and by one
	// conversation.
	Spent(ctx context.Context, day string, conversation uuid.UUID) (all, one desk.ModelUsage, err error)
	// Spend adds what a call used to what was used before.
	Spend(ctx context.Context, u desk.ModelUsage) error
}

// Budget is how much may be used on a day (in UTC). Zero in both: no limit.
type Budget struct {
	Tokens int64
	Micros int64 // millionths of a desk.ModelCurrency unit
}

func (b Budget) spent(u desk.ModelUsage) bool {
	return b.Tokens > 0 && int64(u.Tokens()) >= b.Tokens || b.Micros > 0 && u.CostMicros >= b.Micros
}

// chargeTime is how long charging may take, also after the deadline of the call.
const chargeTime = 5 * time.Second

// afford returns a failure when a call may not be made.
func (c *Client) afford(ctx context.Context, u *desk.ModelUsage) *failure {
	if c.day == (Budget{}) && c.talk == (Budget{}) {
		return nil
	}
	all, one, err := c.ledger.Spent(ctx, u.Day, u.ConversationID)
	switch {
	case err != nil && ctx.Err() != nil:
		return ended(ctx)
	case err != nil:
		c.log.Error("the use of language models cannot be read, so none is asked", "error", err)
		return &failure{reason: desk.ModelUnaccounted, detail: "the ledger cannot be read"}
	case c.day.spent(all):
		return &failure{reason: desk.ModelBudget, detail: "of the day"}
	case u.ConversationID != uuid.Nil && c.talk.spent(one):
		return &failure{reason: desk.ModelBudget, detail: "of the conversation"}
	}
	return nil
}

// charge writes into the ledger what a call used, whatever became of it.
func (c *Client) charge(ctx context.Context, u desk.ModelUsage) {
	if c.ledger == nil || u.Calls == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), chargeTime)
	defer cancel()
	if err := c.ledger.Spend(ctx, u); err != nil {
		c.log.Error("a call of a language model was not charged", "purpose", u.Purpose, "tokens", u.Tokens(), "error", err)
	}
}
