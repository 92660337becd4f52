package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// Templates returns every template that the provider still has, by name and language.
func (s *Store) Templates(ctx context.Context) ([]desk.Template, error) {
	var all []desk.Template
	err := s.reading(ctx).Where("deleted_at is null").Order("name, language, id").Find(&all).Error
	return all, wrap("listing templates", err)
}

// Template returns a template, deleted ones too.
func (s *Store) Template(ctx context.Context, id string) (*desk.Template, error) {
	var template desk.Template
	if err := s.reading(ctx).Take(&template, "id = ?", id).Error; err != nil {
		return nil, wrap("reading a template", err)
	}
	return &template, nil
}

// LockTemplate returns a template and holds it.
func (t *Tx) LockTemplate(ctx context.Context, id string) (*desk.Template, error) {
	var template desk.Template
	err := t.in(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&template, "id = ?", id).Error
	if err != nil {
		return nil, t.fail("locking a template", err)
	}
	return &template, nil
}

// SaveTemplate writes a template, or adds it.
func (t *Tx) SaveTemplate(ctx context.Context, template *desk.Template) error {
	now := t.s.now()
	if template.CreatedAt.IsZero() {
		template.CreatedAt = now
	}
	template.UpdatedAt = now
	err := t.in(ctx).Clauses(clause.OnConflict{Columns: columns("id"), UpdateAll: true}).Create(template).Error
	return t.fail("saving a template", err)
}

// LockTemplates returns all templates, deleted ones too, and holds them.
func (t *Tx) LockTemplates(ctx context.Context) ([]desk.Template, error) {
	var all []desk.Template
	err := t.in(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Order("id").Find(&all).Error
	return all, t.fail("locking the templates", err)
}

// CountTemplateUse counts one more message sent with a template.
func (t *Tx) CountTemplateUse(ctx context.Context, id string) error {
	return t.fail("counting a template", t.in(ctx).Exec("update templates set uses = uses + 1 where id = ?", id).Error)
}

// CountService counts one more reply of a business number in a month and returns
// how many there are now. It is a transaction of its own: in another's all sends of
// the number would wait for each other. It is work, see InWork.
func (s *Store) CountService(ctx context.Context, channel, month string) (used int, err error) {
	err = s.InWork(ctx, func(t *Tx) error {
		err := t.in(ctx).Raw(`insert into service_quotas (channel, month, used) values (?, ?, 1)
			on conflict (channel, month) do update set used = service_quotas.used + 1 returning used`, channel, month).Row().Scan(&used)
		return t.fail("counting a reply", err)
	})
	return used, err
}

// ServiceUse returns how many replies of a month each business number has counted.
func (s *Store) ServiceUse(ctx context.Context, month string) ([]desk.QuotaUse, error) {
	var all []desk.QuotaUse
	err := s.reading(ctx).Raw("select channel, month, used from service_quotas where month = ? order by channel", month).Scan(&all).Error
	return all, wrap("reading the free replies", err)
}

// TemplatesSyncedAt returns when the provider last told us of any template; zero: never.
func (s *Store) TemplatesSyncedAt(ctx context.Context) (time.Time, error) {
	var last []time.Time
	err := s.reading(ctx).Raw("select synced_at from templates order by synced_at desc limit 1").Scan(&last).Error
	if err != nil || len(last) == 0 {
		return time.Time{}, wrap("reading when templates were synchronised", err)
	}
	return last[0], nil
}
