package app

import (
	"context"
	"fmt"
	"os"
	"time"

	"antena/faq"
	"antena/internal/channel"
	"antena/internal/config"
	"antena/internal/desk"
	"antena/internal/outbox"
	"antena/internal/pricing"
	"antena/internal/store"
	"antena/internal/templates"
	"antena/internal/whatsapp"
)

// NewClient is the client of the provider that the settings name.
func NewClient(cfg config.Config) (*whatsapp.Client, error) {
	return whatsapp.NewClient(whatsapp.ClientConfig{BaseURL: cfg.WhatsApp.APIBaseURL, Version: cfg.WhatsApp.APIVersion, Token: cfg.WhatsApp.AccessToken.Reveal()})
}

// NewTemplates are the templates of the account that the settings name.
func NewTemplates(cfg config.Config, client *whatsapp.Client, s *store.Store, o Options) (*templates.Shelf, error) {
	starter, err := templates.Starter(faq.Files)
	if err != nil {
		return nil, fmt.Errorf("the starter set of templates has problems:\n%w", err)
	}
	account := channel.NewAccount(client, cfg.WhatsApp.WABAID)
	return templates.New(templates.Deps{Account: account, Checker: account, Store: templateStore{s}, Starter: starter, Now: o.Now, Log: o.Log}), nil
}

// NewTemplatesWithout are the account's templates for a look without a database.
func NewTemplatesWithout(cfg config.Config, client *whatsapp.Client) (*templates.Shelf, error) {
	starter, err := templates.Starter(faq.Files)
	if err != nil {
		return nil, fmt.Errorf("the starter set of templates has problems:\n%w", err)
	}
	account := channel.NewAccount(client, cfg.WhatsApp.WABAID)
	return templates.New(templates.Deps{Account: account, Checker: account, Store: &nowhere{}, Starter: starter}), nil
}

// nowhere keeps templates for as long as one look takes.
type nowhere struct{ all []desk.Template }

func (n *nowhere) InTx(_ context.Context, fn func(templates.Tx) error) error { return fn(n) }

func (n *nowhere) Templates(context.Context) ([]desk.Template, error) { return n.all, nil }

func (n *nowhere) Template(context.Context, string) (*desk.Template, error) {
	return nil, desk.ErrNotFound
}

func (n *nowhere) LockTemplates(context.Context) ([]desk.Template, error) { return nil, nil }

func (n *nowhere) LockTemplate(context.Context, string) (*desk.Template, error) {
	return nil, desk.ErrNotFound
}

func (n *nowhere) SaveTemplate(_ context.Context, t *desk.Template) error {
	n.all = append(n.all, *t)
	return nil
}

// openPrices reads the price lists: ours, or the ISP's copy.
func (a *App) openPrices() (*pricing.Prices, error) {
	lists, err := pricing.Shipped()
	if path := a.Config.WhatsApp.Prices; path != "" {
		raw, errFile := os.ReadFile(path)
		if errFile != nil {
			return nil, fmt.Errorf("WHATSAPP_PRICES: %w", errFile)
		}
		lists, err = pricing.Read(raw)
	}
	if err != nil {
		return nil, err
	}
	return pricing.New(pricing.Deps{Lists: lists, Zone: func() *time.Location { return a.current.Profile().Location() }}), nil
}

// priced puts a price on what the provider took.
func (a *App) priced(ctx context.Context, count outbox.Counter, m *desk.Message, d *desk.Dispatch, now time.Time) error {
	return a.prices.Estimate(ctx, count, m, d, now)
}

// templateStore is the store as templates need it.
type templateStore struct{ *store.Store }

func (s templateStore) InTx(ctx context.Context, fn func(templates.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}
