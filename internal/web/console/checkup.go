package console

import (
	"fmt"
	"net/http"

	"antena/internal/desk"
)

// checkupPage is what the doctor found when it looked last.
type checkupPage struct {
	shell
	When  string // empty: it never looked
	State string
	Words string
	Lines []checkupLine
}

type checkupLine struct {
	State   string
	Icon    string
	Name    string
	Subject string
	Found   string
	Mend    string
}

var checkIcons = map[desk.CheckState]string{desk.CheckOK: "check", desk.CheckWarn: "hourglass", desk.CheckFail: "warning"}

func (p *Console) checkup(v *visit) error {
	ctx := v.gin.Request.Context()
	found, err := p.Checkup(ctx)
	if err != nil {
		return fmt.Errorf("reading the last examination: %w", err)
	}
	page := &checkupPage{shell: p.shell(v, "whatsapp", v.T("nav.whatsapp"))}
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	if !found.At.IsZero() {
		page.When, page.State = v.DayTime(found.At), string(found.State())
		page.Words = v.T("checkup.state." + page.State)
	}
	for _, l := range found.Lines {
		page.Lines = append(page.Lines, checkupLine{
			State: string(l.State), Icon: checkIcons[l.State], Name: v.Code("checkup", l.Check), Subject: l.Subject, Found: l.Found.In(v.language), Mend: l.Mend.In(v.language),
		})
	}
	return p.show(v, http.StatusOK, "whatsapp", page)
}

func (p *Console) examine(v *visit) error {
	if _, err := p.Examine(v.gin.Request.Context(), v.who); err != nil {
		return err
	}
	return v.done("/whatsapp", "examined")
}
