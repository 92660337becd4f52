package console

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"antena/internal/desk"
)

//go:embed static
var staticFiles embed.FS

// assets are the embedded files, served under a hash of all of them: a new
// version is a new address, so browsers may keep what they have for a year.
type assets struct {
	files  fs.FS
	hash   string
	packed map[string][]byte // the same, compressed once
}

func loadAssets() (*assets, error) {
	files, err := fs.Sub(staticFiles, "static")
	if err != nil {
		return nil, fmt.Errorf("opening the static files: %w", err)
	}
	sum, packed := sha256.New(), map[string][]byte{}
	err = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		sum.Write([]byte(name))
		sum.Write(data)
		packed[name], err = pack(data)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("hashing the static files: %w", err)
	}
	return &assets{files: files, hash: hex.EncodeToString(sum.Sum(nil))[:16], packed: packed}, nil
}

// pack compresses a file.
func pack(data []byte) ([]byte, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// URL is the address of a file.
func (a *assets) URL(name string) string { return "/static/" + a.hash + "/" + name }

func (p *Console) static(v *visit) error {
	name := path.Clean("/" + v.gin.Param("file"))[1:]
	data, err := fs.ReadFile(p.assets.files, name)
	if err != nil {
		return desk.ErrNotFound
	}
	header := v.gin.Writer.Header()
	if v.gin.Param("hash") == p.assets.hash {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		header.Set("Cache-Control", "no-cache") // an old page asking after an update gets what there is
	}
	header.Add("Vary", "Accept-Encoding")
	if packed := p.assets.packed[name]; len(packed) < len(data) && strings.Contains(v.gin.GetHeader("Accept-Encoding"), "gzip") {
		header.Set("Content-Encoding", "gzip")
		data = packed
	}
	v.gin.Data(http.StatusOK, contentType(name), data)
	return nil
}

func (p *Console) favicon(v *visit) error {
	v.gin.Redirect(http.StatusFound, p.assets.URL("brand.svg"))
	return nil
}

// contentType does not depend on the machine's own table of types for what we ship.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	if known := mime.TypeByExtension(path.Ext(name)); known != "" {
		return known
	}
	return "application/octet-stream"
}
