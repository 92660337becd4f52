package phone

import (
	"time"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
)

// maxAdvance is how far the clock may be moved at once.
const maxAdvance = 31 * 24

// advance moves the clock of the network, and of the desk that lives by it, forward.
func (p *Phone) advance(c *gin.Context) error {
	var form struct {
		Hours int    `form:"hours" json:"hours"`
		Back  string `form:"back" json:"back"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	if form.Hours < 1 || form.Hours > maxAdvance {
		return desk.ErrInvalid.For("hours")
	}
	p.Emulator.Advance(time.Duration(form.Hours) * time.Hour)
	return p.backTo(c, form.Back)
}

// backTo ends a form of the drawer.
func (p *Phone) backTo(c *gin.Context, id string) error {
	if who, err := p.people.find(id); err == nil {
		return done(c, chatURL(who)+"#around")
	}
	return done(c, "/#around")
}
