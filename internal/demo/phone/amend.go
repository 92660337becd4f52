package phone

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
	"antena/internal/whatsapp/emulator"
)

var errTooLate = &desk.Error{Kind: desk.Conflict, Code: "too_late", Msg: "it is too late for that"}

func tooLate(err error) error {
	if errors.Is(err, emulator.ErrTooLate) {
		return errTooLate
	}
	return err
}

// edit changes what the customer wrote.
func (p *Phone) edit(c *gin.Context, who *person) error {
	var form struct {
		Message string `form:"message" json:"message"`
		Text    string `form:"text" json:"text"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	text := strings.TrimSpace(form.Text)
	switch {
	case text == "":
		return desk.ErrEmptyText
	case utf8.RuneCountInString(text) > maxText:
		return desk.ErrTextTooLong
	}
	if _, err := messageOf(who, form.Message); err != nil {
		return err
	}
	if _, err := who.phone.Edit(form.Message, text); err != nil {
		return tooLate(err)
	}
	return done(c, chatURL(who)+"#end")
}

// revoke deletes one for everyone.
func (p *Phone) revoke(c *gin.Context, who *person) error {
	var form struct {
		Message string `form:"message" json:"message"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	if _, err := messageOf(who, form.Message); err != nil {
		return err
	}
	if _, err := who.phone.Revoke(form.Message); err != nil {
		return tooLate(err)
	}
	return done(c, chatURL(who)+"#end")
}

// fill answers a form: every field of the request but the message is a value of it.
func (p *Phone) fill(c *gin.Context, who *person) error {
	if err := c.Request.ParseForm(); err != nil {
		return errors.Join(desk.ErrInvalid, err)
	}
	values, id := map[string]string{}, c.Request.PostForm.Get("message")
	for _, name := range []string{"name", "day", "notes"} {
		if v := strings.TrimSpace(c.Request.PostForm.Get(name)); v != "" {
			if utf8.RuneCountInString(v) > maxPlaceName {
				return desk.ErrInvalid.For(name)
			}
			values[name] = v
		}
	}
	who.press.Lock()
	defer who.press.Unlock()
	thread := who.phone.Thread()
	if _, err := messageIn(thread, id); err != nil {
		return err
	}
	if _, taken := pressed(thread)[id]; taken {
		return errPressed
	}
	if _, err := who.phone.FillForm(id, values); err != nil {
		return desk.ErrNotFound
	}
	return done(c, chatURL(who)+"#end")
}
