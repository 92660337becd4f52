package app

import (
	"context"
	"errors"

	"antena/internal/config"
	"antena/internal/desk"
	"antena/internal/doctor"
	"antena/internal/store"
	"antena/internal/templates"
	"antena/internal/web/hook"
	"antena/internal/whatsapp"
)

// NewDoctor examines what the settings name. Without templates it looks at none.
func NewDoctor(cfg config.Config, client *whatsapp.Client, shelf *templates.Shelf, o Options) (*doctor.Doctor, error) {
	d := doctor.Deps{
		Provider: client, Version: cfg.WhatsApp.APIVersion, WABAID: cfg.WhatsApp.WABAID, Numbers: cfg.WhatsApp.PhoneNumberIDs,
		VerifyToken: cfg.WhatsApp.VerifyToken.Reveal(), PerSecond: cfg.WhatsApp.MessagesPerSecond, Now: o.Now,
	}
	for _, s := range cfg.WhatsApp.AppSecrets {
		d.AppSecrets = append(d.AppSecrets, s.Reveal())
	}
	if cfg.PublicURL != "" {
		d.WebhookURL = cfg.PublicURL + hook.Path
	}
	if shelf != nil {
		d.Missing = func(ctx context.Context) ([]desk.Template, error) {
			if _, err := shelf.Sync(ctx); err != nil {
				return nil, err
			}
			return shelf.Missing(ctx, cfg.Languages)
		}
	}
	return doctor.New(d)
}

// checkupKey is where the last examination is kept.
const checkupKey = "whatsapp_checkup"

// examine has the doctor look and keeps what was found.
func (a *App) examine(ctx context.Context, by desk.Agent) (*desk.Checkup, error) {
	if !by.Active || !by.Role.May(desk.MayAdminister) {
		return nil, desk.ErrForbidden
	}
	d, err := NewDoctor(a.Config, a.client, a.templates, a.Options)
	if err != nil {
		return nil, err
	}
	c := d.Examine(ctx)
	return &c, a.Store.InTx(ctx, func(tx *store.Tx) error { return tx.SetSetting(ctx, checkupKey, c) })
}

// lastCheckup is what the doctor found last; nothing when it never looked.
func (a *App) lastCheckup(ctx context.Context) (*desk.Checkup, error) {
	var c desk.Checkup
	if err := a.Store.Setting(ctx, checkupKey, &c); err != nil && !errors.Is(err, desk.ErrNotFound) {
		return nil, err
	}
	return &c, nil
}
