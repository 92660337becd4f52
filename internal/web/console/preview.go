package console

import (
	"strconv"
	"strings"

	"antena/internal/desk"
	"antena/internal/pricing"
)

// previewView is a template as the contact will see it.
type previewView struct {
	Header  []piece
	Body    []piece
	Footer  string
	Buttons []string
}

// piece is a run of a text; one with a slot is the value of a variable.
type piece struct {
	Text string
	Slot string // key of the variable
}

func preview(c *desk.TemplateContent, values map[string]string) previewView {
	view := previewView{Header: pieces(desk.PartHeader, c.Header.Text, values), Body: pieces(desk.PartBody, c.Body, values), Footer: c.Footer}
	for _, b := range c.Buttons {
		view.Buttons = append(view.Buttons, b.Text)
	}
	return view
}

// pieces cuts a text at its variables.
func pieces(part, text string, values map[string]string) []piece {
	var all []piece
	for text != "" {
		before, rest, found := strings.Cut(text, "{{")
		name, after, closed := strings.Cut(rest, "}}")
		if !found || !closed {
			return append(all, piece{Text: text})
		}
		if before != "" {
			all = append(all, piece{Text: before})
		}
		key := part + "." + strings.TrimSpace(name)
		value := desk.ParameterText(values[key])
		if value == "" {
			value = "{{" + name + "}}"
		}
		all = append(all, piece{Text: value, Slot: key})
		text = after
	}
	return all
}

// price says what one message costs.
func price(v *visit, q pricing.Quote) string {
	switch {
	case !q.Known:
		return v.T("cost.unknown")
	case q.Micros == 0:
		return v.T("cost.free")
	}
	words := money(v, q.Micros, q.Currency)
	if !q.Confirmed {
		return v.T("cost.about", words)
	}
	return words
}

// money writes an amount with as many decimals as it needs, four at most and two at least.
func money(v *visit, micros int64, currency string) string {
	text := strconv.FormatFloat(float64(micros)/1e6, 'f', 4, 64)
	for strings.HasSuffix(text, "0") && len(text)-strings.Index(text, ".") > 3 {
		text = text[:len(text)-1]
	}
	return currency + " " + strings.Replace(text, ".", v.T("number.decimal"), 1)
}

// sums says what several messages cost.
func sums(v *visit, all []desk.CostSum) string {
	var parts []string
	for _, s := range all {
		words := money(v, s.Micros, s.Currency)
		if s.Estimated > 0 {
			words = v.T("cost.about", words)
		}
		parts = append(parts, words+" · "+v.N("cost.messages", s.Messages))
	}
	return strings.Join(parts, ", ")
}
