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

const countReply = `insert into service_quotas (channel, month, used) values (?, ?, 1)
	on conflict (channel, month) do update set used = service_quotas.used + 1 returning used`

// CountService counts one more reply of a business number in a month and returns
// how many there are now.
func (t *Tx) CountService(ctx context.Context, channel, month string) (int, error) {
	var used int
	err := t.in(ctx).Raw(countReply, channel, month).Row().Scan(&used)
	return used, t.fail("counting a reply", err)
}

// CountService is the same as a transaction of its own, so that those who count at
// once hold each other up no longer than the counting takes. It is work, see InWork.
func (s *Store) CountService(ctx context.Context, channel, month string) (used int, err error) {
	if s.sqlite() {
		err = s.InWork(ctx, func(t *Tx) (err error) {
			used, err = t.CountService(ctx, channel, month)
			return err
		})
		return used, err
	}
	err = s.workPool.QueryRow(ctx, s.shapes.message.numbered(countReply), channel, month).Scan(&used)
	return used, wrap("counting a reply", err)
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
