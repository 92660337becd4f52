package phone

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
	"antena/internal/whatsapp/emulator"
)

const (
	maxText  = 4096 // characters of a text, as the messenger has it
	maxEmoji = 64   // bytes of a reaction; the longest families and flags have fewer
)

var errPressed = &desk.Error{Kind: desk.Conflict, Code: "pressed", Msg: "that button was pressed already"}

// bind reads a form or JSON by the content type.
func bind(c *gin.Context, into any) error {
	err := c.ShouldBind(into)
	var large *http.MaxBytesError
	if err == nil || errors.As(err, &large) {
		return err
	}
	return fmt.Errorf("reading the form: %w: %w", desk.ErrInvalid, err)
}

// done answers what was done: fetch gets 204, a plain form goes back to the page.
func done(c *gin.Context, page string) error {
	if wantsJSON(c) {
		c.Status(http.StatusNoContent)
		return nil
	}
	c.Redirect(http.StatusSeeOther, page)
	return nil
}

func wantsJSON(c *gin.Context) bool {
	return strings.Contains(c.GetHeader("Accept"), "application/json")
}

func chatURL(who *person) string { return "/c/" + who.ID }

func (p *Phone) addGuest(c *gin.Context) error {
	var form struct {
		Language string `form:"language" json:"language"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	w := p.languageOf(c)
	if slices.Contains(desk.Languages, form.Language) {
		w = wordsOf(form.Language)
	}
	who, err := p.people.guest(w)
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, chatURL(who))
	return nil
}

func (p *Phone) write(c *gin.Context, who *person) error {
	var form struct {
		Text  string `form:"text" json:"text"`
		Quote string `form:"quote" json:"quote"` // id of the message answered
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	text := strings.TrimSpace(strings.ReplaceAll(form.Text, "\r\n", "\n"))
	switch {
	case text == "":
		return desk.ErrEmptyText
	case utf8.RuneCountInString(text) > maxText:
		return desk.ErrTextTooLong
	case form.Quote == "":
		who.phone.Text(text)
	default:
		if _, err := messageOf(who, form.Quote); err != nil {
			return err
		}
		who.phone.Quote(form.Quote, text)
	}
	return done(c, chatURL(who)+"#end")
}

// burst writes three messages in a row, as people do who think while they type.
func (p *Phone) burst(c *gin.Context, who *person) error {
	for _, text := range wordsOf(who.Language).Burst {
		who.phone.Text(text)
	}
	return done(c, chatURL(who)+"#end")
}

// press presses a button or chooses a row, once per message.
func (p *Phone) press(c *gin.Context, who *person) error {
	var form struct {
		Message string `form:"message" json:"message"`
		Button  string `form:"button" json:"button"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	who.press.Lock()
	defer who.press.Unlock()
	thread := who.phone.Thread()
	if _, taken := pressed(thread)[form.Message]; taken {
		return errPressed
	}
	m, err := messageIn(thread, form.Message)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(m.Buttons, func(b emulator.Button) bool { return b.ID == form.Button })
	if at < 0 {
		return desk.ErrNotFound
	}
	switch m.Buttons[at].Kind {
	case emulator.ButtonReply, emulator.ButtonQuick:
		_, err = who.phone.PressButton(m.ID, form.Button)
	case emulator.ButtonRow:
		_, err = who.phone.ChooseRow(m.ID, form.Button)
	case emulator.ButtonContact:
		who.phone.ShareContact()
	case emulator.ButtonFlow:
		_, err = who.phone.FillForm(m.ID, nil)
	case emulator.ButtonLocation:
		who.phone.Location(sampleLatitude, sampleLongitude, samplePlace)
	default:
		return desk.ErrInvalid
	}
	if err != nil {
		return fmt.Errorf("pressing a button: %w", err)
	}
	return done(c, chatURL(who)+"#end")
}

func (p *Phone) react(c *gin.Context, who *person) error {
	var form struct {
		Message string `form:"message" json:"message"`
		Emoji   string `form:"emoji" json:"emoji"` // "" takes it away
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	m, err := messageOf(who, form.Message)
	if err != nil {
		return err
	}
	if len(form.Emoji) > maxEmoji || !utf8.ValidString(form.Emoji) {
		return desk.ErrInvalid
	}
	if form.Emoji == m.CustomerReaction {
		form.Emoji = "" // the same again takes it away
	}
	who.phone.React(m.ID, form.Emoji)
	return done(c, chatURL(who))
}

// read says that the customer looks at the chat.
func (p *Phone) read(c *gin.Context, who *person) error {
	who.phone.Read()
	return done(c, chatURL(who))
}

func messageOf(who *person, id string) (emulator.Message, error) {
	return messageIn(who.phone.Thread(), id)
}

func messageIn(thread []emulator.Message, id string) (emulator.Message, error) {
	for _, m := range thread {
		if m.ID == id {
			return m, nil
		}
	}
	return emulator.Message{}, fmt.Errorf("finding message %q: %w", id, desk.ErrNotFound)
}
