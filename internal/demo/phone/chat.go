package phone

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"github.com/gin-gonic/gin"

	"antena/internal/whatsapp/emulator"
)

// view is everything the page shows.
type view struct {
	Words      *words
	Business   string
	ConsoleURL string
	Clock      string // of the phone's status bar
	People     []face
	Me         *face // nil where nobody is chosen
	Thread     *threadView
	State      state
	Troubles   []switchView
	Emoji      []string // of the picker
	Faces      []string // of the menu of reactions
	Problem    string   // what went wrong, and where to go back to
	Back       string
	Plans      []emulator.Item
	Profiles   []choice
	Codes      []emulator.Code
}

// choice is one of a list to choose from.
type choice struct {
	Name, Title string
	Current     bool
}

// face is a customer in the list.
type face struct {
	Path, ID, Name, Number, Story, Initials, Language string
	Hue                                               int
	Current                                           bool
}

// threadView is the part of the page that changes.
type threadView struct {
	Words    *words
	Path     string
	Bubbles  []bubble
	Typing   bool
	Unread   bool // something was delivered and is not read yet
	Starters []string
}

type switchView struct {
	Name, Title, Hint, Next string
	On                      bool
}

func (p *Phone) home(c *gin.Context) error {
	return p.show(c, http.StatusOK, "page", p.view(p.languageOf(c), nil))
}

// chat shows a customer's phone. Opening it reads what is there, as it does on a phone.
func (p *Phone) chat(c *gin.Context, who *person) error {
	who.phone.Read()
	return p.show(c, http.StatusOK, "page", p.view(wordsOf(who.Language), who))
}

// thread shows only what changes, for the browser to put in place of what it has.
func (p *Phone) thread(c *gin.Context, who *person) error {
	return p.show(c, http.StatusOK, "thread", p.threadOf(who))
}

func (p *Phone) view(w *words, me *person) *view {
	v := &view{
		Words: w, Business: p.Business, ConsoleURL: p.ConsoleURL, Clock: p.Now().In(p.Zone).Format("15:04"),
		State: p.state(), Emoji: emoji(), Faces: reactions(), Plans: plans(), Codes: emulator.Codes(),
	}
	for i, who := range p.people.all() {
		f := faceOf(who)
		f.Hue = i % hues
		f.Current = who == me
		v.People = append(v.People, f)
		if f.Current {
			v.Me, v.Thread = &f, p.threadOf(who)
		}
	}
	using := p.faults.inUse()
	for _, f := range emulator.FaultProfiles() {
		v.Profiles = append(v.Profiles, choice{f.Name, w.ProfileName[f.Name], f.Name == using})
	}
	for _, t := range troubles() {
		s := switchView{Name: t.name, Title: w.FaultName[t.name], Hint: w.FaultHint[t.name], Next: "true"}
		if slices.Contains(v.State.Faults, t.name) {
			s.On, s.Next = true, "false"
		}
		v.Troubles = append(v.Troubles, s)
	}
	return v
}

func (p *Phone) threadOf(who *person) *threadView {
	thread := who.phone.Thread()
	t := &threadView{Words: wordsOf(who.Language), Path: chatURL(who), Bubbles: p.draw(who, thread), Typing: who.phone.Typing()}
	if len(thread) == 0 {
		t.Starters = who.Starters
	}
	t.Unread = slices.ContainsFunc(thread, func(m emulator.Message) bool {
		return !m.FromCustomer && m.Tick == emulator.TickDelivered
	})
	return t
}

const hues = 6 // of faces, in the style sheet

func faceOf(who *person) face {
	w := wordsOf(who.Language)
	f := face{
		Path: chatURL(who), ID: who.ID, Name: cmp.Or(who.Profile.Name, who.ID), Story: who.Story, Language: who.Language,
		Initials: initials(who.Profile.Name),
	}
	now := who.phone.Profile()
	switch {
	case now.Phone != "":
		f.Number = spaced(now.Phone)
	case now.Username != "":
		f.Number = "@" + now.Username + " · " + w.Hidden
	default:
		f.Number = w.Hidden
	}
	return f
}

// spaced writes a number the way people do, for the two plans our customers are in.
func spaced(phone string) string {
	switch {
	case len(phone) == 11 && phone[0] == '1':
		return "+1 " + phone[1:4] + " " + phone[4:7] + " " + phone[7:]
	case len(phone) == 12 && phone[:2] == "44":
		return "+44 " + phone[2:6] + " " + phone[6:]
	}
	return "+" + phone
}

// initials are the first letters of the first and the last word.
func initials(name string) string {
	var letters []rune
	for _, word := range strings.Fields(name) {
		letters = append(letters, unicode.ToUpper([]rune(word)[0]))
	}
	switch len(letters) {
	case 0:
		return "?"
	case 1:
		return string(letters)
	}
	return string([]rune{letters[0], letters[len(letters)-1]})
}

// emoji are those of the picker.
func emoji() []string {
	return strings.Fields("😀 😂 🙂 😉 😍 😅 😭 😡 😱 🤔 🙄 😴 👍 👎 🙏 👋 👏 💪 ❤️ 🎉 🔥 ✅ ❌ 📶")
}

// reactions are those offered on a message.
func reactions() []string { return strings.Fields("👍 ❤️ 😂 😮 😢 🙏") }
