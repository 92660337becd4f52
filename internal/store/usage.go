package store

import (
	"context"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Ledger keeps what language models used, for all replicas together.
type Ledger struct{ s *Store }

// Ledger returns the ledger of language models.
func (s *Store) Ledger() *Ledger { return &Ledger{s} }

// Spend adds what calls used to what was used on that day for the same conversation,
// purpose and model. The conversation need not exist any more.
func (l *Ledger) Spend(ctx context.Context, u desk.ModelUsage) error {
	return l.s.InTx(ctx, func(t *Tx) error {
		err := t.in(ctx).Exec(`insert into model_usages
			(day, conversation_id, purpose, model, calls, tokens_in, tokens_cached, tokens_out, cost_micros, unpriced, at)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			on conflict (day, conversation_id, purpose, model) do update set
				calls = model_usages.calls + excluded.calls,
				tokens_in = model_usages.tokens_in + excluded.tokens_in,
				tokens_cached = model_usages.tokens_cached + excluded.tokens_cached,
				tokens_out = model_usages.tokens_out + excluded.tokens_out,
				cost_micros = model_usages.cost_micros + excluded.cost_micros,
				unpriced = model_usages.unpriced + excluded.unpriced,
				at = case when excluded.at > model_usages.at then excluded.at else model_usages.at end`,
			u.Day, u.ConversationID, u.Purpose, u.Model, u.Calls, u.TokensIn, u.TokensCached, u.TokensOut, u.CostMicros, u.Unpriced, u.At).Error
		return t.fail("charging a language model", err)
	})
}

// Spent returns what was used on a day, by all and by one conversation.
func (l *Ledger) Spent(ctx context.Context, day string, conversation uuid.UUID) (all, one desk.ModelUsage, err error) {
	var sums []struct {
		desk.ModelUsage
		Own bool
	}
	err = l.s.reading(ctx).Raw(`select conversation_id = ? as own, cast(sum(calls) as bigint) as calls,
			cast(sum(tokens_in) as bigint) as tokens_in, cast(sum(tokens_cached) as bigint) as tokens_cached,
			cast(sum(tokens_out) as bigint) as tokens_out, cast(sum(cost_micros) as bigint) as cost_micros,
			cast(sum(unpriced) as bigint) as unpriced
		from model_usages where day = ? group by 1`, conversation, day).Scan(&sums).Error
	for _, sum := range sums {
		all.Add(sum.ModelUsage)
		if sum.Own {
			one.Add(sum.ModelUsage)
		}
	}
	return all, one, wrap("reading what language models used", err)
}
