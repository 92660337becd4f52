package phone

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
)

//go:embed static
var staticFiles embed.FS

// assets are the embedded files, served under a hash of all of them, so that a
// browser may keep what it has and never keeps what is old.
type assets struct {
	files map[string][]byte // by name below static/
	hash  string
}

func loadAssets() *assets {
	a := &assets{files: map[string][]byte{}}
	sum := sha256.New()
	err := fs.WalkDir(staticFiles, "static", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := staticFiles.ReadFile(name)
		fmt.Fprintf(sum, "%s %d\n", name, len(data))
		sum.Write(data)
		a.files[name[len("static/"):]] = data
		return err
	})
	if err != nil {
		panic(fmt.Sprintf("phone: reading the embedded files: %v", err))
	}
	a.hash = hex.EncodeToString(sum.Sum(nil))[:16]
	return a
}

// URL is the address of a file.
func (a *assets) URL(name string) string { return "/static/" + a.hash + "/" + name }

func (p *Phone) static(c *gin.Context) error {
	name := path.Clean("/" + c.Param("file"))[1:]
	data, ok := p.assets.files[name]
	if !ok {
		return desk.ErrNotFound
	}
	if c.Param("hash") == p.assets.hash {
		c.Header("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		c.Header("Cache-Control", "no-cache") // a page from before a restart gets what there is
	}
	c.Data(http.StatusOK, contentType(name), data)
	return nil
}

// contentType does not depend on the machine's own table of types.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "application/octet-stream"
}
