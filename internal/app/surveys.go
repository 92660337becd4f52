package app

import (
	"context"

	"antena/internal/compose"
	"antena/internal/store"
	"antena/internal/survey"
)

// surveyStore is the store as surveys need it.
type surveyStore struct{ *store.Store }

// InTx implements survey.Store: the job that asks is repeated if the disk loses it.
func (s surveyStore) InTx(ctx context.Context, fn func(survey.Tx) error) error {
	return s.InWork(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (a *App) surveys() *survey.Asker {
	return survey.New(survey.Deps{
		Store: surveyStore{a.Store}, Words: compose.Survey, Template: a.Config.SurveyTemplate, Profile: a.current.Profile, Now: a.Now,
	})
}
