package store

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

const slowQuery = time.Second

func (s *Store) gorm(dialector gorm.Dialector) (*gorm.DB, error) {
	return gorm.Open(dialector, &gorm.Config{
		SkipDefaultTransaction: true,
		TranslateError:         true,
		DisableAutomaticPing:   true,
		NowFunc:                s.now,
		Logger:                 gormLog{s.log},
	})
}

// gormLog warns of slow statements without their values, which are people's data.
// Failures are returned to the caller and logged where they are handled.
type gormLog struct{ log *slog.Logger }

func (l gormLog) LogMode(logger.LogLevel) logger.Interface { return l }
func (l gormLog) Info(context.Context, string, ...any)     {}
func (l gormLog) Warn(context.Context, string, ...any)     {}
func (l gormLog) Error(context.Context, string, ...any)    {}
func (l gormLog) ParamsFilter(_ context.Context, sql string, _ ...any) (string, []any) {
	return sql, nil
}

func (l gormLog) Trace(ctx context.Context, begin time.Time, statement func() (string, int64), err error) {
	took := time.Since(begin)
	if took < slowQuery || errors.Is(err, context.Canceled) {
		return
	}
	sql, rows := statement()
	l.log.WarnContext(ctx, "slow statement", "sql", sql, "rows", rows, "took_ms", took.Milliseconds())
}
