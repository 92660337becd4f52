package phone

import (
	"errors"
	"fmt"

	"github.com/gin-gonic/gin"

	"antena/internal/whatsapp/emulator"
)

// renumber moves the customer to the next invented number nobody has.
func (p *Phone) renumber(c *gin.Context, who *person) error {
	for {
		next, err := p.people.number()
		if err != nil {
			return err
		}
		if err = who.phone.ChangeNumber(fmt.Sprint(next)); !errors.Is(err, emulator.ErrTaken) {
			if err != nil {
				return err
			}
			return done(c, chatURL(who)+"#end")
		}
	}
}
