package console

import (
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"antena/internal/account"
	"antena/internal/desk"
)

// usersPage lists the people of the desk and adds new ones.
type usersPage struct {
	shell
	Rows      []userRow
	Roles     []choice
	Languages []choice
	Name      string // what was typed when adding failed
	Email     string
	Link      string // a one-time link just made: shown on this page and never again
	LinkFor   string
}

type userRow struct {
	ID        string
	Face      person
	Email     string
	Language  string
	Roles     []choice
	Active    bool
	Self      bool
	Password  bool
	LastSeen  string
	SeenTitle string
}

func (p *Console) users(v *visit) error { return p.showUsers(v, http.StatusOK, "", "") }

// showUsers shows the list, with a fresh link on top when there is one. The link
// is part of the answer to the form that made it and kept nowhere, so reloading
// the page cannot show it again.
func (p *Console) showUsers(v *visit, status int, token, linkFor string) error {
	ctx := v.gin.Request.Context()
	page := &usersPage{shell: p.shell(v, "users", v.T("nav.users")), LinkFor: linkFor}
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	people, err := p.people(ctx)
	if err != nil {
		return err
	}
	if token != "" {
		page.Link = p.PublicURL + "/signin/link?token=" + url.QueryEscape(token)
	}
	if v.problem != "" {
		page.Name, page.Email = v.form("name"), v.form("email")
	}
	for _, a := range people.sorted() {
		page.Rows = append(page.Rows, userOf(v, a))
	}
	page.Roles = roles(v, desk.RoleAgent)
	page.Languages = languages(v, v.language)
	return p.show(v, status, "users", page)
}

func userOf(v *visit, a desk.Agent) userRow {
	row := userRow{
		ID: a.ID.String(), Face: face(a.Name), Email: a.Email, Language: v.Code("language", a.Language), Roles: roles(v, a.Role),
		Active: a.Active, Self: a.ID == v.who.ID, Password: a.PasswordHash != "", LastSeen: v.T("users.never"),
	}
	row.Face.Role = v.T("role." + string(a.Role))
	if a.LastSeenAt != nil {
		row.LastSeen, row.SeenTitle = v.Stamp(*a.LastSeenAt), v.Full(*a.LastSeenAt)
	}
	return row
}

func roles(v *visit, current desk.Role) []choice {
	var all []choice
	for _, r := range desk.Roles {
		all = append(all, choice{Value: string(r), Label: v.T("role." + string(r)), Current: r == current})
	}
	return all
}

func languages(v *visit, current string) []choice {
	var all []choice
	for _, l := range desk.Languages {
		all = append(all, choice{Value: l, Label: v.T("language.own." + l), Current: l == current})
	}
	return all
}

func (p *Console) addUser(v *visit) error {
	agent, token, err := p.Account.CreateAgent(v.gin.Request.Context(), v.who, account.NewAgent{
		Name: v.form("name"), Email: v.form("email"), Role: desk.Role(v.form("role")), Language: v.form("language"),
	})
	if err != nil {
		return p.failedUsers(v, err)
	}
	return p.showUsers(v, http.StatusOK, token, agent.Name)
}

func (p *Console) newLink(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	ctx := v.gin.Request.Context()
	token, err := p.Account.NewLink(ctx, v.who, id)
	if err != nil {
		return p.failedUsers(v, err)
	}
	agent, err := p.Reader.Agent(ctx, id)
	if err != nil {
		return err
	}
	return p.showUsers(v, http.StatusOK, token, agent.Name)
}

func (p *Console) changeRole(v *visit) error {
	return p.onUser(v, "role_changed", func(id uuid.UUID) error {
		return p.Account.ChangeRole(v.gin.Request.Context(), v.who, id, desk.Role(v.form("role")))
	})
}

// deactivate shuts somebody out, or lets them in again.
func (p *Console) deactivate(v *visit) error {
	if v.gin.PostForm("active") == "yes" {
		return p.onUser(v, "reactivated", func(id uuid.UUID) error {
			return p.Account.Reactivate(v.gin.Request.Context(), v.who, id)
		})
	}
	return p.onUser(v, "deactivated", func(id uuid.UUID) error {
		return p.Account.Deactivate(v.gin.Request.Context(), v.who, id)
	})
}

func (p *Console) onUser(v *visit, done string, act func(uuid.UUID) error) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := act(id); err != nil {
		return p.failedUsers(v, err)
	}
	return v.done("/users", done)
}

func (p *Console) failedUsers(v *visit, err error) error {
	return p.failed(v, err, func(status int, words string) error {
		v.problem = words
		return p.showUsers(v, status, "", "")
	})
}
