package console

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"antena/internal/agents"
	"antena/internal/desk"
	"antena/internal/web"
)

// macrosPage is where macros are kept.
type macrosPage struct {
	shell
	Rows     []macroRow
	Edit     *macroForm
	MayShare bool
}

type macroRow struct {
	ID     string
	Name   string
	Shared bool
	Steps  []string // in words
	Edit   string
}

// macroForm is a macro being written: a row for each step it may have.
type macroForm struct {
	ID     string
	Name   string
	Shared bool
	Steps  []stepForm
}

type stepForm struct {
	N          int // from 1
	Kinds      []choice
	Text       string
	Teams      []choice
	Priorities []choice
	Hours      string
}

func (p *Console) macros(v *visit) error { return p.showMacros(v, http.StatusOK) }

func (p *Console) showMacros(v *visit, status int) error {
	ctx := v.gin.Request.Context()
	all, err := p.Written.Macros(ctx, v.who.ID)
	if err != nil {
		return fmt.Errorf("listing macros: %w", err)
	}
	page := &macrosPage{shell: p.shell(v, "macros", v.T("nav.macros")), MayShare: v.who.Role.May(desk.MayReassign)}
	form := desk.Macro{}
	for i := range all {
		m := &all[i]
		row := macroRow{ID: m.ID.String(), Name: m.Name, Shared: m.AgentID == nil}
		for _, s := range m.Steps {
			row.Steps = append(row.Steps, stepWords(v, s))
		}
		if m.AgentID != nil || page.MayShare {
			row.Edit = "/macros?edit=" + row.ID
		}
		page.Rows = append(page.Rows, row)
		if row.Edit != "" && (row.ID == v.gin.Query("edit") || row.ID == v.form("id")) {
			form = *m
		}
	}
	shared := form.ID != uuid.Nil && form.AgentID == nil
	if v.problem != "" {
		id := form.ID
		form, shared = macroOf(v), v.form("shared") != ""
		form.ID = id
	}
	page.Edit = p.macroForm(v, &form, shared)
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	return p.show(v, status, "macros", page)
}

func (p *Console) macroForm(v *visit, m *desk.Macro, shared bool) *macroForm {
	form := &macroForm{Name: m.Name, Shared: shared}
	if m.ID != uuid.Nil {
		form.ID = m.ID.String()
	}
	for i := range desk.MaxSteps {
		s := desk.Step{}
		if i < len(m.Steps) {
			s = m.Steps[i]
		}
		step := stepForm{N: i + 1, Text: s.Text, Kinds: []choice{{Label: v.T("step.none"), Current: s.Do == ""}}, Teams: p.teamChoices(v, s.Team)[1:]}
		for _, k := range desk.StepKinds {
			step.Kinds = append(step.Kinds, choice{Value: string(k), Label: v.T("step." + string(k)), Current: k == s.Do})
		}
		for _, priority := range desk.Priorities {
			step.Priorities = append(step.Priorities, choice{Value: string(priority), Label: v.Code("priority", string(priority)), Current: priority == s.Priority})
		}
		if s.Hours > 0 {
			step.Hours = strconv.Itoa(s.Hours)
		}
		form.Steps = append(form.Steps, step)
	}
	return form
}

// macroOf reads the form: only what belongs to the kind of a step is taken from it.
func macroOf(v *visit) desk.Macro {
	m := desk.Macro{Name: v.form("name")}
	m.ID, _ = uuid.Parse(v.form("id")) // a new one has none
	for i := range desk.MaxSteps {
		n := strconv.Itoa(i + 1)
		s := desk.Step{Do: desk.StepKind(v.form("do" + n))}
		switch s.Do {
		case "":
			continue
		case desk.StepReply, desk.StepNote, desk.StepResolve:
			s.Text = v.form("text" + n)
		case desk.StepPriority:
			s.Priority = desk.Priority(v.form("priority" + n))
		case desk.StepEnqueue:
			s.Team = desk.Team(v.form("team" + n))
		case desk.StepSnooze:
			s.Hours, _ = strconv.Atoi(v.form("hours" + n)) // none is refused like any other wrong number
		}
		m.Steps = append(m.Steps, s)
	}
	return m
}

// stepWords says what a step does.
func stepWords(v *visit, s desk.Step) string {
	detail := s.Text
	switch s.Do {
	case desk.StepPriority:
		detail = v.Code("priority", string(s.Priority))
	case desk.StepEnqueue:
		detail = v.Code("team", string(s.Team))
	case desk.StepSnooze:
		detail = v.T("step.hours", s.Hours)
	}
	words := v.T("step." + string(s.Do))
	if detail = strings.TrimSpace(lead(detail)); detail != "" {
		words += ": " + detail
	}
	return words
}

func (p *Console) keepMacro(v *visit) error {
	return p.kept(v, "/macros", "saved", p.Writing.SaveMacro(v.gin.Request.Context(), v.who, macroOf(v), v.form("shared") != ""), p.showMacros)
}

func (p *Console) deleteMacro(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	return p.kept(v, "/macros", "deleted", p.Writing.DeleteMacro(v.gin.Request.Context(), v.who, id), p.showMacros)
}

// fillMacros offers the macros an agent may run in the conversation.
func (p *Console) fillMacros(ctx context.Context, v *visit, view *composerView) error {
	if !view.Reply {
		return nil
	}
	all, err := p.Written.Macros(ctx, v.who.ID)
	if err != nil {
		return fmt.Errorf("listing macros: %w", err)
	}
	for i := range all {
		var steps []string
		for _, s := range all[i].Steps {
			steps = append(steps, stepWords(v, s))
		}
		view.Macros = append(view.Macros, choice{Value: all[i].ID.String(), Label: all[i].Name, URL: strings.Join(steps, " · ")})
	}
	return nil
}

// runMacro does all a macro says, or nothing, and says which.
func (p *Console) runMacro(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	back := v.back("/conversations/" + id.String())
	macro, err := uuid.Parse(v.form("macro"))
	if err != nil {
		err = desk.ErrInvalid.For("macro")
	} else {
		_, err = p.Writing.RunMacro(v.gin.Request.Context(), v.who, id, macro, draftID(v))
	}
	var step *agents.StepError
	if errors.As(err, &step) {
		problem := web.ProblemOf(err)
		words := v.T("macro.failed", step.At+1, stepWords(v, step.Step), p.words(v, problem))
		if v.partial() {
			v.gin.String(problem.Status, "%s", words)
			return nil
		}
		return p.refuse(v, problem.Status, words, id)
	}
	if err != nil {
		return p.failed(v, err, func(status int, words string) error { return p.refuse(v, status, words, id) })
	}
	undoable(v, id)
	return v.done(back, "macro")
}
