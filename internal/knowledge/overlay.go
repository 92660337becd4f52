package knowledge

import (
	"io/fs"
	"slices"
	"strings"
)

// overlay shows the files of top over those of base.
type overlay struct{ top, base fs.FS }

func (o overlay) Open(name string) (fs.File, error) {
	if f, err := o.top.Open(name); err == nil {
		if info, err := f.Stat(); err == nil && !info.IsDir() {
			return f, nil
		}
		_ = f.Close()
	}
	return o.base.Open(name)
}

// ReadDir lists the names of both.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	base, errBase := fs.ReadDir(o.base, name)
	top, errTop := fs.ReadDir(o.top, name)
	if errBase != nil && errTop != nil {
		return nil, errBase
	}
	for _, e := range top {
		if !slices.ContainsFunc(base, func(b fs.DirEntry) bool { return b.Name() == e.Name() }) {
			base = append(base, e)
		}
	}
	slices.SortFunc(base, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return base, nil
}
