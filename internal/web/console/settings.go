package console

import (
	"net/http"

	"antena/internal/account"
	"antena/internal/desk"
	"antena/internal/web"
)

// settingsPage is what people set for themselves.
type settingsPage struct {
	shell
	Languages   []choice
	Themes      []choice
	HasPassword bool
	Email       string
	Shortest    int
	Desktop     bool
	Sound       bool
}

// helpPage explains the console in a screenful.
type helpPage struct {
	shell
	Keys []keyGroup
}

type keyGroup struct {
	Name string
	Keys []keyHelp
}

type keyHelp struct {
	Keys  []string
	Words string
}

func (p *Console) settings(v *visit) error { return p.showSettings(v, http.StatusOK) }

func (p *Console) showSettings(v *visit, status int) error {
	page := &settingsPage{
		shell: p.shell(v, "settings", v.T("nav.settings")), Languages: languages(v, v.language),
		HasPassword: v.who.PasswordHash != "", Email: v.who.Email, Shortest: account.ShortestPassword,
		Desktop: v.who.NotifyDesktop, Sound: v.who.NotifySound,
	}
	for _, theme := range []string{"", "light", "dark"} {
		key := theme
		if key == "" {
			key = "auto"
		}
		page.Themes = append(page.Themes, choice{Value: theme, Label: v.T("theme." + key), Current: theme == v.theme})
	}
	if err := p.fillViews(v.gin.Request.Context(), v, &page.shell, nil); err != nil {
		return err
	}
	return p.show(v, status, "settings", page)
}

func (p *Console) setTheme(v *visit) error {
	theme := v.form("theme")
	if theme != "light" && theme != "dark" {
		theme = ""
	}
	v.keep(themeCookie, theme, web.HTTPS(p.PublicURL))
	v.gin.Redirect(http.StatusSeeOther, v.back("/settings"))
	return nil
}

func (p *Console) setLanguage(v *visit) error {
	language := v.form("language")
	if err := p.Account.SetLanguage(v.gin.Request.Context(), v.who, v.who.ID, language); err != nil {
		return p.failedSettings(v, err)
	}
	v.keep(languageCookie, language, web.HTTPS(p.PublicURL))
	v.gin.Redirect(http.StatusSeeOther, "/settings?done=language")
	return nil
}

// setPassword changes one's own password. Every other session of the person ends;
// this one goes on under a new token.
func (p *Console) setPassword(v *visit) error {
	ctx := v.gin.Request.Context()
	password := v.gin.PostForm("password")
	if password != v.gin.PostForm("again") {
		return p.failedSettings(v, &desk.Error{Kind: desk.Invalid, Code: "password_differs", Field: "again", Msg: "the two passwords differ"})
	}
	if err := p.Account.SetPassword(ctx, v.who, v.who.ID, v.gin.PostForm("current"), password); err != nil {
		return p.failedSettings(v, err)
	}
	agent, err := p.Reader.Agent(ctx, v.who.ID)
	if err != nil {
		return err
	}
	if err := p.sessions.signIn(ctx, v.gin.Writer, *agent); err != nil {
		return err
	}
	v.gin.Redirect(http.StatusSeeOther, "/settings?done=password")
	return nil
}

func (p *Console) failedSettings(v *visit, err error) error {
	return p.failed(v, err, func(status int, words string) error {
		v.problem = words
		return p.showSettings(v, status)
	})
}

func (p *Console) help(v *visit) error {
	page := &helpPage{shell: p.shell(v, "help", v.T("nav.help"))}
	page.Keys = []keyGroup{
		{v.T("help.move"), []keyHelp{
			{[]string{"j", "k"}, v.T("help.key.list")}, {[]string{"J", "K"}, v.T("help.key.next")}, {[]string{"↵"}, v.T("help.key.open")}, {[]string{"Esc"}, v.T("help.key.back")},
			{[]string{"1", "…", "6"}, v.T("help.key.views")}, {[]string{"/"}, v.T("help.key.search")},
			{[]string{"g", "i"}, v.T("help.key.inbox")}, {[]string{"g", "t"}, v.T("help.key.tickets")}, {[]string{"g", "a"}, v.T("help.key.articles")},
		}},
		{v.T("help.act"), []keyHelp{
			{[]string{"Ctrl", "K"}, v.T("help.key.palette")}, {[]string{"t"}, v.T("help.key.take")}, {[]string{"r"}, v.T("help.key.reply")}, {[]string{"n"}, v.T("help.key.note")}, {[]string{"s"}, v.T("help.key.suggest")},
			{[]string{"Ctrl", "↵"}, v.T("help.key.send")}, {[]string{"/"}, v.T("help.key.canned")}, {[]string{"z"}, v.T("help.key.undo")}, {[]string{"e"}, v.T("help.key.resolve")}, {[]string{"E"}, v.T("help.key.resolve_next")}, {[]string{"?"}, v.T("help.key.help")},
		}},
	}
	if err := p.fillViews(v.gin.Request.Context(), v, &page.shell, nil); err != nil {
		return err
	}
	return p.show(v, http.StatusOK, "help", page)
}
