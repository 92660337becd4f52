package console

import (
	"net/http"
	"net/url"
	"strings"

	"antena/internal/desk"
	"antena/internal/web"
)

// signInPage is where people come in.
type signInPage struct {
	shell
	Email string
	Next  string
}

// linkPage spends a one-time link, but only when its button is pressed: programs
// that fetch addresses to preview them must not spend it.
type linkPage struct {
	shell
	Token string
}

func (p *Console) signInPage(v *visit) error {
	if v.who.Active {
		v.gin.Redirect(http.StatusSeeOther, "/")
		return nil
	}
	return p.showSignIn(v, http.StatusOK, "", "")
}

func (p *Console) showSignIn(v *visit, status int, email, problem string) error {
	next := v.gin.Query("next")
	if !local(next) {
		next = ""
	}
	page := &signInPage{shell: p.shell(v, "", v.T("signin.title")), Email: email, Next: next}
	page.Problem = problem
	return p.show(v, status, "signin", page)
}

func (p *Console) signIn(v *visit) error {
	agent, err := p.Account.SignIn(v.gin.Request.Context(), v.form("email"), v.gin.PostForm("password"), v.gin.ClientIP())
	if err != nil {
		problem := web.ProblemOf(err)
		if problem.Status >= http.StatusInternalServerError {
			return err
		}
		return p.showSignIn(v, problem.Status, v.form("email"), p.words(v, problem))
	}
	return p.enter(v, agent)
}

func (p *Console) linkPage(v *visit) error {
	page := &linkPage{shell: p.shell(v, "", v.T("signin.title")), Token: v.gin.Query("token")}
	v.gin.Header("Referrer-Policy", "no-referrer")
	return p.show(v, http.StatusOK, "link", page)
}

func (p *Console) signInByLink(v *visit) error {
	agent, err := p.Account.SignInByLink(v.gin.Request.Context(), v.form("token"))
	if err != nil {
		problem := web.ProblemOf(err)
		if problem.Status >= http.StatusInternalServerError {
			return err
		}
		return p.showSignIn(v, problem.Status, "", p.words(v, problem))
	}
	return p.enter(v, agent)
}

func (p *Console) enter(v *visit, agent desk.Agent) error {
	if err := p.sessions.signIn(v.gin.Request.Context(), v.gin.Writer, agent); err != nil {
		return err
	}
	next := v.gin.PostForm("next")
	if !local(next) {
		next = "/"
	}
	v.gin.Redirect(http.StatusSeeOther, next)
	return nil
}

func (p *Console) signOut(v *visit) error {
	if err := p.sessions.signOut(v.gin.Request.Context(), v.gin.Writer); err != nil {
		return err
	}
	v.gin.Redirect(http.StatusSeeOther, "/signin")
	return nil
}

// sendToSignIn brings somebody who reads to the way in, and refuses what would
// change something.
func (p *Console) sendToSignIn(v *visit) error {
	if v.gin.Request.Method != http.MethodGet || v.partial() || v.gin.FullPath() == "/events" || strings.HasPrefix(v.gin.FullPath(), "/media/") {
		return desk.ErrUnauthenticated
	}
	to := "/signin"
	if uri := v.gin.Request.URL.RequestURI(); uri != "/" {
		to += "?next=" + url.QueryEscape(uri)
	}
	v.gin.Redirect(http.StatusSeeOther, to)
	return nil
}
