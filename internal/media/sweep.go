package media

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"
)

// When things are forgotten.
const (
	uploadKeep = 7 * 24 * time.Hour
	fileGrace  = 24 * time.Hour // a file without a user may be about to get one
	spoolKeep  = time.Hour      // longer than anything takes
	mostSwept  = 100
)

// Sweep removes uploads nobody sent and files nobody uses.
func (l *Library) Sweep(ctx context.Context) error {
	now := l.Now()
	old, err := l.Store.OldUploads(ctx, now.Add(-uploadKeep), mostSwept)
	if err != nil {
		return err
	}
	if len(old) > 0 {
		err = l.Store.InTx(ctx, func(tx Tx) error {
			for _, id := range old {
				if err := dropUpload(ctx, tx, id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return errors.Join(l.sweepFiles(ctx, now), l.sweepSpool(now))
}

func (l *Library) sweepFiles(ctx context.Context, now time.Time) error {
	found, err := l.Store.UnusedFiles(ctx, now.Add(-fileGrace))
	if err != nil || !found {
		return err
	}
	var dying []string
	err = l.Store.InTx(ctx, func(tx Tx) (err error) {
		dying, err = tx.MarkUnusedFiles(ctx, now.Add(-fileGrace), now, mostSwept)
		return err
	})
	if err == nil {
		err = l.Store.Flush(ctx) // a power cut would take the mark back, and somebody use what is being deleted
	}
	if err != nil {
		return err
	}
	var all error
	for _, path := range dying {
		err := errors.Join(l.Shelf.Delete(ctx, thumbPath(path)), l.Shelf.Delete(ctx, path))
		if err == nil {
			err = l.Store.InTx(ctx, func(tx Tx) error { return tx.RemoveFile(ctx, path) })
		}
		all = errors.Join(all, err)
	}
	return all
}

// sweepSpool removes what a killed process left on its way.
func (l *Library) sweepSpool(now time.Time) error {
	left, err := filepath.Glob(filepath.Join(l.Spool, spoolPattern))
	if err != nil {
		return err
	}
	for _, name := range left {
		info, err := os.Stat(name)
		if err == nil && now.Sub(info.ModTime()) > spoolKeep {
			_ = os.Remove(name) // else the next sweep
		}
	}
	return nil
}
