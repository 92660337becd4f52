package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// SetSetting keeps a value, as JSON, under a key.
func (t *Tx) SetSetting(ctx context.Context, key string, value any) error {
	raw, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("keeping the setting %s: %w", key, err)
	}
	err = t.in(ctx).Exec(`insert into settings (key, value, updated_at) values (?, ?, ?)
		on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at`, key, string(raw), t.s.now()).Error
	return t.fail("keeping the setting "+key, err)
}

// Setting reads the value kept under a key; desk.ErrNotFound when there is none.
func (s *Store) Setting(ctx context.Context, key string, into any) error {
	var raw []byte
	if err := s.reading(ctx).Raw("select value from settings where key = ?", key).Row().Scan(&raw); err != nil {
		return wrap("reading the setting "+key, err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("reading the setting %s: %w", key, err)
	}
	return nil
}
