package app

import (
	"context"
	"errors"
	"path/filepath"

	"antena/internal/bucket"
	"antena/internal/media"
)

// mediaDir is the folder of files and of those on their way.
func (a *App) mediaDir() string { return filepath.Join(a.Config.DataDir, "media") }

// spool is where files wait on their way to the shelf: on the same disk, so that
// they are moved there.
func (a *App) spool() string { return filepath.Join(a.mediaDir(), "spool") }

// shelf is where files are kept.
func (a *App) shelf() (media.Shelf, error) {
	if address := a.Config.MediaURL.Reveal(); address != "" {
		return bucket.Open(address)
	}
	return media.NewDisk(a.mediaDir()), nil
}

// sweep does what time calls for; files that cannot be removed keep nothing else
// from being done.
func (a *App) sweep(ctx context.Context) error {
	return errors.Join(a.upkeep.Sweep(ctx), a.rota.Sweep(ctx), a.promises.Sweep(ctx), a.media.Sweep(ctx))
}
