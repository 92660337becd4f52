package console

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"antena/internal/desk"
)

// costsPage is what messages cost, by day and category.
type costsPage struct {
	shell
	Months     []choice
	Categories []string
	Days       []costDay
	Totals     []string
	Total      string
	Quotas     []fact
	CSV        string
}

type costDay struct {
	Day   string
	Cells []costCell
	Total string
}

type costCell struct {
	Amount string
	Count  string
}

// monthsBack is how many months the page offers.
const monthsBack = 6

// span reads which month is asked for.
func (p *Console) span(v *visit) (month time.Time, from, to string) {
	local := v.now.In(v.zone)
	month = time.Date(local.Year(), local.Month(), 1, 0, 0, 0, 0, v.zone)
	if asked, err := time.ParseInLocation("2006-01", v.gin.Query("month"), v.zone); err == nil {
		month = asked
	}
	return month, month.Format(time.DateOnly), month.AddDate(0, 1, -1).Format(time.DateOnly)
}

func (p *Console) costs(v *visit) error {
	ctx := v.gin.Request.Context()
	month, from, to := p.span(v)
	rows, err := p.Reader.Costs(ctx, from, to)
	if err != nil {
		return fmt.Errorf("adding up costs: %w", err)
	}
	used, err := p.Reader.ServiceUse(ctx, month.Format("2006-01"))
	if err != nil {
		return fmt.Errorf("reading the free replies: %w", err)
	}
	page := &costsPage{shell: p.shell(v, "costs", v.T("nav.costs")), CSV: "/costs.csv?month=" + month.Format("2006-01")}
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	newest := time.Date(v.now.In(v.zone).Year(), v.now.In(v.zone).Month(), 1, 0, 0, 0, 0, v.zone)
	for i := range monthsBack {
		m := newest.AddDate(0, -i, 0).Format("2006-01")
		page.Months = append(page.Months, choice{Value: m, Label: m, URL: "/costs?month=" + m, Current: m == month.Format("2006-01")})
	}
	fillCosts(v, page, rows)
	if p.Prices != nil {
		if free := p.Prices.FreeReplies(month); free > 0 {
			for _, q := range used {
				page.Quotas = append(page.Quotas, fact{Name: q.Channel, Value: v.T("costs.quota_used", min(q.Used, free), free)})
			}
		}
	}
	return p.show(v, http.StatusOK, "costs", page)
}

// fillCosts turns rows into a table of days and categories. Amounts of different
// currencies are not added: each cell lists them.
func fillCosts(v *visit, page *costsPage, rows []desk.CostRow) {
	var categories, days []string
	cells, byDay, byCategory := map[[2]string][]desk.CostSum{}, map[string][]desk.CostSum{}, map[string][]desk.CostSum{}
	var whole []desk.CostSum
	for _, r := range rows {
		if byDay[r.Day] == nil {
			days = append(days, r.Day)
		}
		if byCategory[r.Category] == nil {
			categories = append(categories, r.Category)
		}
		key := [2]string{r.Day, r.Category}
		cells[key] = plus(cells[key], r.CostSum)
		byDay[r.Day], byCategory[r.Category], whole = plus(byDay[r.Day], r.CostSum), plus(byCategory[r.Category], r.CostSum), plus(whole, r.CostSum)
	}
	for _, c := range categories {
		page.Categories = append(page.Categories, v.Code("cost.category", c))
		page.Totals = append(page.Totals, sums(v, byCategory[c]))
	}
	for _, day := range days {
		row := costDay{Day: day, Total: sums(v, byDay[day])}
		for _, c := range categories {
			row.Cells = append(row.Cells, costCell{Amount: sums(v, cells[[2]string{day, c}])})
		}
		page.Days = append(page.Days, row)
	}
	page.Total = sums(v, whole)
}

// plus adds a sum to those of its currency.
func plus(all []desk.CostSum, s desk.CostSum) []desk.CostSum {
	for i := range all {
		if all[i].Currency == s.Currency {
			all[i].Micros, all[i].Estimated, all[i].Messages = all[i].Micros+s.Micros, all[i].Estimated+s.Estimated, all[i].Messages+s.Messages
			return all
		}
	}
	return append(all, s)
}

// costsCSV is the same as a file: one line for each day, category and currency.
func (p *Console) costsCSV(v *visit) error {
	month, from, to := p.span(v)
	rows, err := p.Reader.Costs(v.gin.Request.Context(), from, to)
	if err != nil {
		return fmt.Errorf("adding up costs: %w", err)
	}
	v.gin.Header("Content-Type", "text/csv; charset=utf-8")
	v.gin.Header("Content-Disposition", `attachment; filename="costs-`+month.Format("2006-01")+`.csv"`)
	v.gin.Status(http.StatusOK)
	out := csv.NewWriter(v.gin.Writer)
	lines := [][]string{{"day", "category", "currency", "amount", "estimated", "messages"}}
	for _, r := range rows {
		lines = append(lines, []string{
			r.Day, cell(r.Category), cell(r.Currency), strconv.FormatFloat(float64(r.Micros)/1e6, 'f', 6, 64), strconv.FormatFloat(float64(r.Estimated)/1e6, 'f', 6, 64), strconv.Itoa(r.Messages),
		})
	}
	return out.WriteAll(lines)
}

// cell is a text that came from outside as a spreadsheet shows it: one that begins
// like a formula is not to be taken for one.
func cell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
