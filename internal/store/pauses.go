package store

import (
	"context"

	"gorm.io/gorm/clause"

	"antena/internal/desk"
)

// Pause stops all sending of a number, or of all when the pause names none. One
// that is there already is replaced; it keeps its beginning, and the later end.
func (t *Tx) Pause(ctx context.Context, p desk.Pause) error {
	err := t.in(ctx).Clauses(clause.OnConflict{Columns: columns("channel"), DoUpdates: clause.Assignments(map[string]any{
		"reason":         clause.Expr{SQL: "case when pauses.until is null then pauses.reason else excluded.reason end"},
		"detail":         clause.Expr{SQL: "case when pauses.until is null then pauses.detail else excluded.detail end"},
		"only_templates": clause.Expr{SQL: "pauses.only_templates and excluded.only_templates"},
		"until":          clause.Expr{SQL: "case when pauses.until is null or excluded.until is null then null when pauses.until > excluded.until then pauses.until else excluded.until end"},
	})}).Create(&p).Error
	return t.fail("pausing", err)
}

// Resume lets a number, or all when it is empty, send again. It reports whether
// there was a pause.
func (t *Tx) Resume(ctx context.Context, channel string) (bool, error) {
	result := t.in(ctx).Exec("delete from pauses where channel = ?", channel)
	return result.RowsAffected > 0, t.fail("ending a pause", result.Error)
}

// Pauses returns the pauses in force.
func (s *Store) Pauses(ctx context.Context) ([]desk.Pause, error) {
	var all []desk.Pause
	err := s.reading(ctx).Where("until is null or until > ?", s.now()).Order("since").Find(&all).Error
	return all, wrap("reading pauses", err)
}

// pausesAsked reads all pauses there are: hardly ever one.
func (t *Tx) pausesAsked(into *[]desk.Pause) question {
	return question{
		sql: "select channel, reason, detail, only_templates, since, until from pauses",
		read: func(found rows) error {
			for found.Next() {
				var p desk.Pause
				if err := found.Scan(&p.Channel, &p.Reason, &p.Detail, &p.OnlyTemplates, &p.Since, &p.Until); err != nil {
					return err
				}
				*into = append(*into, p)
			}
			return nil
		},
	}
}
