package console

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"antena/internal/desk"
)

// Models are the language models as admins see them.
type Models interface {
	State(ctx context.Context, from string) (*desk.ModelState, error)
	Try(ctx context.Context, by desk.Agent) ([]desk.ModelAnswer, error)
}

// modelPage is what language models are set, whether they answer, and what they use.
type modelPage struct {
	shell
	Models   []modelRow
	Any      bool
	Nothing  bool // the settings let nothing leave
	Details  []fact
	Done     int // of all passages, in per cent
	Progress string
	Days     []modelUse
	Failures []modelFailure
	Tried    bool
}

type modelRow struct {
	Purpose string
	Name    string
	Answer  string // of a try
	Bad     bool
}

type modelUse struct {
	Day     string
	Purpose string
	Model   string
	Calls   int
	Tokens  string
	Cost    string
}

type modelFailure struct {
	Day     string
	Purpose string
	Reason  string
	Times   int
	Last    string
	Detail  string
}

// modelDays is how far back the page looks.
const modelDays = 14

func (p *Console) model(v *visit) error { return p.showModel(v, nil) }

// tryModel asks every model something small and shows what came of it.
func (p *Console) tryModel(v *visit) error {
	answers, err := p.Models.Try(v.gin.Request.Context(), v.who)
	if err != nil {
		return err
	}
	return p.showModel(v, answers)
}

func (p *Console) showModel(v *visit, answers []desk.ModelAnswer) error {
	ctx := v.gin.Request.Context()
	state, err := p.Models.State(ctx, v.now.UTC().AddDate(0, 0, -modelDays).Format(time.DateOnly))
	if err != nil {
		return fmt.Errorf("reading the state of the models: %w", err)
	}
	page := &modelPage{shell: p.shell(v, "model", v.T("nav.model")), Tried: answers != nil, Nothing: state.Share == "nothing"}
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	for _, m := range state.Models {
		page.Any = page.Any || m.Name != ""
		page.Models = append(page.Models, rowOfModel(v, m, answers))
	}
	page.fill(v, state)
	return p.show(v, http.StatusOK, "model", page)
}

func rowOfModel(v *visit, m desk.ModelOf, answers []desk.ModelAnswer) modelRow {
	row := modelRow{Purpose: v.Code("model.for", m.Purpose), Name: m.Name}
	for _, a := range answers {
		if a.Purpose != m.Purpose {
			continue
		}
		row.Answer = v.T("model.answers", a.TookMS)
		if row.Bad = a.Problem != ""; row.Bad {
			row.Answer = v.Code("model", string(a.Problem))
		}
	}
	return row
}

func (page *modelPage) fill(v *visit, s *desk.ModelState) {
	add := func(key, value string) {
		if value != "" {
			page.Details = append(page.Details, fact{Name: v.T(key), Value: value})
		}
	}
	add("model.server", s.BaseURL)
	add("model.share", v.Code("model.share", s.Share))
	add("model.deadline", s.Deadline)
	add("model.budget", s.DayBudget)
	add("model.left", s.Left)
	if s.Passages > 0 {
		page.Done = 100 * s.Embedded / s.Passages
		page.Progress = v.T("model.embedded", s.Embedded, s.Passages)
	}
	for i := range s.Usage {
		u := &s.Usage[i]
		page.Days = append(page.Days, modelUse{Day: u.Day, Purpose: v.Code("model.purpose", u.Purpose), Model: u.Model, Calls: u.Calls, Tokens: strconv.Itoa(u.Tokens()), Cost: modelCost(v, u)})
	}
	for _, f := range s.Failures {
		page.Failures = append(page.Failures, modelFailure{
			Day: f.Day, Purpose: v.Code("model.purpose", f.Purpose), Reason: v.Code("model", f.Reason), Times: f.Times, Last: v.DayTime(f.At), Detail: f.Detail,
		})
	}
}

// modelCost is what calls cost; what has no price is not said to be free.
func modelCost(v *visit, u *desk.ModelUsage) string {
	if u.Unpriced == u.Calls && u.CostMicros == 0 {
		return v.T("model.unpriced")
	}
	return desk.ModelCurrency + " " + strconv.FormatFloat(float64(u.CostMicros)/1e6, 'f', 4, 64)
}
