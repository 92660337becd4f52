package pricing_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/pricing"
)

var (
	before = time.Date(2026, 9, 30, 23, 59, 0, 0, time.UTC)
	after  = time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
)

// counter counts replies as the store does.
type counter struct {
	used  int
	err   error
	month string
}

func (c *counter) CountService(_ context.Context, _, month string) (int, error) {
	c.month = month
	c.used++
	return c.used, c.err
}

func prices(t *testing.T) *pricing.Prices {
	t.Helper()
	lists, err := pricing.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return pricing.New(pricing.Deps{Lists: lists, Zone: func() *time.Location { return time.FixedZone("BRT", -3*3600) }})
}

func template(category desk.TemplateCategory) *desk.Message {
	return &desk.Message{Kind: desk.KindTemplate, Template: &desk.TemplateUse{Category: category}}
}

const brazil, nowhere = "5511987654321", "999"

func TestEstimate(t *testing.T) {
	t.Parallel()
	reply := func() *desk.Message { return &desk.Message{Kind: desk.KindText} }
	for _, c := range []struct {
		name    string
		give    *desk.Message
		to      desk.Dispatch
		at      time.Time
		used    int
		micros  int64
		state   desk.CostState
		day     string
		counted int
	}{
		{"reply while replies were free", reply(), desk.Dispatch{Phone: brazil, Window: true}, before, 5000, 0, desk.CostEstimated, "2026-09-30", 0},
		{"first free reply of the month", reply(), desk.Dispatch{Phone: brazil, Window: true}, after, 0, 0, desk.CostEstimated, "2026-09-30", 1},
		{"last free reply", reply(), desk.Dispatch{Phone: brazil, Window: true}, after, 999, 0, desk.CostEstimated, "2026-09-30", 1},
		{"first reply that is charged", reply(), desk.Dispatch{Phone: brazil, Window: true}, after, 1000, 6800, desk.CostEstimated, "2026-09-30", 1},
		{"free entry point", reply(), desk.Dispatch{Phone: brazil, Window: true, Free: true}, after, 5000, 0, desk.CostEstimated, "2026-09-30", 0},
		{"utility in the window, before", template("UTILITY"), desk.Dispatch{Phone: brazil, Window: true}, before, 0, 0, desk.CostEstimated, "2026-09-30", 0},
		{"utility in the window, since", template("UTILITY"), desk.Dispatch{Phone: brazil, Window: true}, after, 0, 6800, desk.CostEstimated, "2026-09-30", 0},
		{"utility outside", template("UTILITY"), desk.Dispatch{Phone: brazil}, before, 0, 6800, desk.CostEstimated, "2026-09-30", 0},
		{"marketing in the window", template("MARKETING"), desk.Dispatch{Phone: brazil, Window: true}, before, 0, 62500, desk.CostEstimated, "2026-09-30", 0},
		{"marketing in an entry point", template("MARKETING"), desk.Dispatch{Phone: brazil, Free: true}, after, 0, 0, desk.CostEstimated, "2026-09-30", 0},
		{"by the country of a user id", template("AUTHENTICATION"), desk.Dispatch{BSUID: "CO.123"}, after, 0, 800, desk.CostEstimated, "2026-09-30", 0},
		{"the longest code wins", template("UTILITY"), desk.Dispatch{Phone: "18095550101"}, after, 0, 11300, desk.CostEstimated, "2026-09-30", 0},
		{"a market nobody knows", template("UTILITY"), desk.Dispatch{Phone: nowhere}, after, 0, 0, desk.CostNone, "", 0},
		{"before the first list", reply(), desk.Dispatch{Phone: brazil}, before.AddDate(-3, 0, 0), 0, 0, desk.CostNone, "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tx := &counter{used: c.used}
			m := *c.give
			if err := prices(t).Estimate(t.Context(), tx, &m, &c.to, c.at); err != nil {
				t.Fatal(err)
			}
			if m.CostMicros != c.micros || m.CostState != c.state || m.CostDay != c.day || tx.used-c.used != c.counted || tx.month != "" && tx.month != "2026-09" {
				t.Errorf("got %d %s on %q, counted %d", m.CostMicros, m.CostState, m.CostDay, tx.used-c.used)
			}
		})
	}
}

func TestEstimate_CountsNoMoreOnceSpent(t *testing.T) {
	t.Parallel()
	p, tx := prices(t), &counter{used: 1000}
	for range 3 {
		m := desk.Message{Kind: desk.KindText, Channel: "1"}
		if err := p.Estimate(t.Context(), tx, &m, &desk.Dispatch{Phone: brazil}, after); err != nil || m.CostMicros != 6800 {
			t.Fatalf("%d micros: %v", m.CostMicros, err)
		}
	}
	if tx.used != 1001 {
		t.Errorf("counted to %d", tx.used)
	}
	away := &counter{err: errors.New("away")}
	if err := prices(t).Estimate(t.Context(), away, &desk.Message{}, &desk.Dispatch{Phone: brazil}, after); !errors.Is(err, away.err) {
		t.Errorf("a failed count: %v", err)
	}
}

func TestConfirm(t *testing.T) {
	t.Parallel()
	estimated := func(category string, micros int64) desk.Message {
		return desk.Message{Status: desk.StatusSent, CostMicros: micros, CostCurrency: "USD", CostCategory: category, CostState: desk.CostEstimated, CostDay: "2026-11-01", AcceptedAt: &after}
	}
	charged := func(category string) *desk.Pricing {
		return &desk.Pricing{Charged: true, Category: category, Raw: "{}"}
	}
	failed := estimated("utility", 6800)
	failed.Status = desk.StatusFailed
	confirmed := estimated("utility", 6800)
	confirmed.CostState = desk.CostConfirmed
	for _, c := range []struct {
		name     string
		give     desk.Message
		pricing  *desk.Pricing
		phone    string
		micros   int64
		category string
		state    desk.CostState
		changed  bool
	}{
		{"as estimated", estimated("utility", 6800), charged("utility"), brazil, 6800, "utility", desk.CostConfirmed, true},
		{"filed as marketing", estimated("utility", 6800), charged("marketing"), brazil, 62500, "marketing", desk.CostConfirmed, true},
		{"free after all", estimated("utility", 6800), &desk.Pricing{Category: "utility"}, brazil, 0, "utility", desk.CostConfirmed, true},
		{"one of the free replies", estimated("service", 0), charged("service"), brazil, 0, "service", desk.CostConfirmed, true},
		{"a reply that is charged", estimated("service", 6800), charged("service"), brazil, 6800, "service", desk.CostConfirmed, true},
		{"without a recipient: the estimate stands", estimated("utility", 6800), charged("utility"), "", 6800, "utility", desk.CostConfirmed, true},
		{"never estimated", desk.Message{Status: desk.StatusSent}, charged("utility"), brazil, 6800, "utility", desk.CostConfirmed, true},
		{"a category nobody knows", desk.Message{Status: desk.StatusSent}, charged("general_purpose_ai"), brazil, 0, "", desk.CostNone, true},
		{"a second time", confirmed, charged("marketing"), brazil, 6800, "utility", desk.CostConfirmed, false},
		{"says nothing", estimated("utility", 6800), nil, brazil, 6800, "utility", desk.CostEstimated, false},
		{"failed: nothing is charged", failed, nil, brazil, 0, "", desk.CostNone, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := c.give
			changed := prices(t).Confirm(&m, &desk.Receipt{Pricing: c.pricing, Phone: c.phone}, after)
			if m.CostMicros != c.micros || m.CostCategory != c.category || m.CostState != c.state || changed != c.changed {
				t.Errorf("got %d %q %q, changed %v", m.CostMicros, m.CostCategory, m.CostState, changed)
			}
		})
	}
}

func TestQuote(t *testing.T) {
	t.Parallel()
	later := after.Add(time.Hour)
	entry := &desk.Conversation{EntryEndsAt: &later}
	open := &desk.Conversation{WindowEndsAt: &later}
	for _, c := range []struct {
		name string
		conv *desk.Conversation
		to   string
		at   time.Time
		want pricing.Quote
	}{
		{"closed", &desk.Conversation{}, brazil, after, pricing.Quote{Micros: 6800, Currency: "USD", Known: true}},
		{"entry point", entry, brazil, after, pricing.Quote{Currency: "USD", Known: true, Confirmed: true}},
		{"open window, when it was free", open, brazil, before, pricing.Quote{Currency: "USD", Known: true, Confirmed: true}},
		{"unknown market", &desk.Conversation{}, nowhere, after, pricing.Quote{}},
	} {
		if got := prices(t).Quote(desk.CategoryUtility, c.conv, c.to, "", c.at); got != c.want {
			t.Errorf("%s: got %+v", c.name, got)
		}
	}
	if got := prices(t).FreeReplies(after); got != 1000 {
		t.Errorf("%d free replies", got)
	}
}

func TestRead_RefusesBrokenLists(t *testing.T) {
	t.Parallel()
	const good = "lists:\n- from: 2026-01-01\n  currency: USD\n  rules: {service: true, utility_in_window: true, free_service: 1}\n  markets:\n"
	for _, c := range []struct{ name, give, want string }{
		{"nothing", "lists: []", "there is no list"},
		{"unknown key", "prices: 1", "not found"},
		{"no currency", strings.Replace(good, "USD", "dollars", 1), "not a currency"},
		{"two of one day", good + strings.TrimPrefix(good, "lists:\n"), "two lists begin"},
		{"a price out of reach", good + "  - {name: X, codes: ['1'], utility: 99000000}\n", "a price is not between"},
		{"a code twice", good + "  - {name: X, codes: ['1']}\n  - {name: Y, codes: ['1']}\n", "belongs to X and to Y"},
		{"not a code", good + "  - {name: X, codes: ['+1']}\n", "neither a country nor a calling code"},
	} {
		if _, err := pricing.Read([]byte(c.give)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
