package phone

import (
	"bytes"
	"net/http"

	"github.com/gin-gonic/gin"

	"antena/internal/whatsapp/emulator/recording"
)

// record begins a recording, or a new one.
func (p *Phone) record(c *gin.Context) error {
	var form struct {
		Back string `form:"back" json:"back"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	p.Emulator.Record()
	return p.backTo(c, form.Back)
}

// recorded serves what was recorded as a file.
func (p *Phone) recorded(c *gin.Context) error {
	var file bytes.Buffer
	if err := recording.Save(&file, p.Emulator.Recorded()); err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="session.jsonl"`)
	c.Header("Cache-Control", "no-store")
	c.Data(http.StatusOK, "application/x-ndjson", file.Bytes())
	return nil
}

// console sends the visitor to the agents' console, signed in if the demonstration can.
func (p *Phone) console(c *gin.Context) error {
	to := p.ConsoleURL
	if p.SignIn != nil {
		link, err := p.SignIn(c.Request.Context())
		if err != nil {
			return err
		}
		to = link
	}
	c.Header("Cache-Control", "no-store")
	c.Redirect(http.StatusSeeOther, to)
	return nil
}
