package store

import (
	"context"

	"antena/internal/desk"
)

// Failed counts a failure of a language model.
func (l *Ledger) Failed(ctx context.Context, f desk.ModelFailure) error {
	return l.s.InTx(ctx, func(t *Tx) error {
		err := t.in(ctx).Exec(`insert into model_failures (day, purpose, model, reason, times, detail, at) values (?, ?, ?, ?, ?, ?, ?)
			on conflict (day, purpose, model, reason) do update set times = model_failures.times + excluded.times,
				detail = excluded.detail, at = excluded.at`,
			f.Day, f.Purpose, f.Model, f.Reason, f.Times, f.Detail, f.At).Error
		return t.fail("counting a failure of a language model", err)
	})
}

// ModelUse adds up what models used since a day, by day, purpose and model, newest
// day first.
func (s *Store) ModelUse(ctx context.Context, from string) ([]desk.ModelUsage, error) {
	var all []desk.ModelUsage
	err := s.reading(ctx).Raw(`select day, purpose, model, cast(sum(calls) as bigint) as calls,
			cast(sum(tokens_in) as bigint) as tokens_in, cast(sum(tokens_cached) as bigint) as tokens_cached,
			cast(sum(tokens_out) as bigint) as tokens_out, cast(sum(cost_micros) as bigint) as cost_micros,
			cast(sum(unpriced) as bigint) as unpriced
		from model_usages where day >= ? group by day, purpose, model order by day desc, purpose, model`, from).Scan(&all).Error
	return all, wrap("adding up what language models used", err)
}

// ModelFailures returns the failures since a day, the latest first.
func (s *Store) ModelFailures(ctx context.Context, from string) ([]desk.ModelFailure, error) {
	var all []desk.ModelFailure
	err := s.reading(ctx).Where("day >= ?", from).Order("at desc, purpose, reason").Find(&all).Error
	return all, wrap("reading failures of language models", err)
}

// DeleteModelUse removes what models used and how they failed before a day.
func (s *Store) DeleteModelUse(ctx context.Context, before string) error {
	return s.InTx(ctx, func(t *Tx) error {
		if err := t.in(ctx).Exec("delete from model_usages where day < ?", before).Error; err != nil {
			return t.fail("removing old use of language models", err)
		}
		return t.fail("removing old failures of language models", t.in(ctx).Exec("delete from model_failures where day < ?", before).Error)
	})
}
