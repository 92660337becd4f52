package app

import (
	"context"
	"fmt"
	"sync"

	"github.com/google/uuid"

	"antena/internal/courier"
	"antena/internal/desk"
	"antena/internal/hooks"
	"antena/internal/store"
	"antena/internal/tokens"
	"antena/internal/web"
	"antena/internal/web/api"
	"antena/internal/web/console"
)

// Each use case of other programs declares the transaction it needs.
type (
	tokenStore  struct{ *store.Store }
	hookStore   struct{ *store.Store }
	feedStore   struct{ *store.Store }
	answerStore struct{ *store.Store }
)

func (s tokenStore) InTx(ctx context.Context, fn func(tokens.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s hookStore) InTx(ctx context.Context, fn func(hooks.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s feedStore) InTx(ctx context.Context, fn func(hooks.FeedTx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s answerStore) InTx(ctx context.Context, fn func(api.AnswerTx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// programs is what serves other programs.
type programs struct {
	api     *api.API
	tokens  *tokens.Tokens
	hooks   *hooks.Hooks
	courier *courier.Courier
	relay   *hooks.Relay
}

// NewTokens are the tokens of a store, for the command line. What a revoked token's
// program holds stays with it until somebody takes it.
func NewTokens(s *store.Store) *tokens.Tokens { return tokens.New(tokens.Deps{Store: tokenStore{s}}) }

// openPrograms builds what serves other programs.
func (a *App) openPrograms() error {
	p := &a.programs
	p.tokens = tokens.New(tokens.Deps{Store: tokenStore{a.Store}, Release: func(ctx context.Context, by desk.Agent, agent uuid.UUID) error {
		return a.agents.ReleaseAll(ctx, by, agent)
	}, Now: a.Now, Log: a.Log})
	p.courier = courier.New(a.Config.PrivateWebhooks)
	p.hooks = hooks.New(hooks.Deps{Store: hookStore{a.Store}, Address: p.courier.Address, Now: a.Now, Log: a.Log})
	words, err := console.FailureWords()
	if err != nil {
		return err
	}
	p.api, err = api.New(api.Deps{
		Desk: a.agents, Tickets: a.agents, Editor: a.editor(), Webhooks: p.hooks, Tokens: p.tokens, Reader: a.Store, Answers: answerStore{a.Store},
		Words: words, HTTPS: web.HTTPS(a.Config.PublicURL), Now: a.Now, Log: a.Log,
	})
	if err != nil {
		return fmt.Errorf("the API: %w", err)
	}
	p.relay = hooks.NewRelay(hooks.RelayDeps{
		Feed: feedStore{a.Store}, Post: p.courier.Post, Represent: p.api.Represent, Subscribe: a.hub.Subscribe, Now: a.Now, Log: a.Log,
	})
	return nil
}

// startRelay tells webhooks of changes until the function it returns is called.
func (a *App) startRelay() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() { a.programs.relay.Run(ctx) })
	return func() {
		cancel()
		done.Wait()
		a.programs.courier.Close()
	}
}
