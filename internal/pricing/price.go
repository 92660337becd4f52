package pricing

import (
	"context"
	"strings"
	"sync"
	"time"

	"antena/internal/desk"
)

// Tx is what counting the free replies needs of a transaction.
type Tx interface {
	CountService(ctx context.Context, channel, month string) (int, error)
}

// Deps are what Prices are made of.
type Deps struct {
	Lists *Lists
	Zone  func() *time.Location // the desk's, which the account is taken to be in: the day of a cost, the month of the free replies; nil: UTC
}

// Prices puts prices on messages. It is safe for concurrent use.
type Prices struct {
	Deps
	spent sync.Map // "channel month" → the free replies are used up: no need to count more
}

// New returns prices.
func New(d Deps) *Prices {
	if d.Zone == nil {
		d.Zone = func() *time.Location { return time.UTC }
	}
	return &Prices{Deps: d}
}

// Quote is what one message would cost.
type Quote struct {
	Micros    int64
	Currency  string
	Known     bool // false: nobody knows the price of this market or category
	Confirmed bool // the rate was seen on a rate card or a bill
}

// Quote says what a template of a category would cost a person, without counting anything.
func (p *Prices) Quote(category desk.TemplateCategory, conv *desk.Conversation, phone, bsuid string, now time.Time) Quote {
	l := p.Lists.at(now)
	if l == nil {
		return Quote{}
	}
	kind := strings.ToLower(string(category))
	if conv.EntryOpen(now) || kind == "utility" && conv.WindowOpen(now) && !l.Rules.UtilityInWindow {
		return Quote{Currency: l.Currency, Known: true, Confirmed: true}
	}
	m := l.market(phone, bsuid)
	if m == nil {
		return Quote{}
	}
	micros, ok := m.rate(kind)
	return Quote{Micros: micros, Currency: l.Currency, Known: ok, Confirmed: m.Confirmed}
}

// Estimate prices a message that the provider has just taken.
func (p *Prices) Estimate(ctx context.Context, tx Tx, m *desk.Message, d *desk.Dispatch, now time.Time) error {
	if m.CostState != desk.CostNone {
		return nil // a receipt was faster
	}
	l := p.Lists.at(now)
	if l == nil {
		return nil
	}
	category := desk.CategoryService
	if m.Template != nil {
		category = strings.ToLower(string(m.Template.Category))
	}
	free := d.Free || category == desk.CategoryService && !l.Rules.Service || category == "utility" && d.Window && !l.Rules.UtilityInWindow
	if !free && category == desk.CategoryService {
		var err error
		if free, err = p.stillFree(ctx, tx, l, m.Channel, now); err != nil {
			return err
		}
	}
	p.put(m, l, category, free, d.Phone, d.BSUID, now)
	return nil
}

// month is the month of a time where the account is, for the provider counts the free replies of the account's own months.
func (p *Prices) month(now time.Time) string { return now.In(p.Zone()).Format("2006-01") }

// stillFree counts a reply of the month and reports whether it is one of the free ones.
func (p *Prices) stillFree(ctx context.Context, tx Tx, l *list, channel string, now time.Time) (bool, error) {
	if l.Rules.FreeService == 0 {
		return false, nil
	}
	month := p.month(now)
	key := channel + " " + month
	if _, over := p.spent.Load(key); over {
		return false, nil
	}
	used, err := tx.CountService(ctx, channel, month)
	if err != nil {
		return false, err
	}
	if used > l.Rules.FreeService {
		p.spent.Store(key, true)
		return false, nil
	}
	return true, nil
}

// put writes a price on a message; without a known rate it stays unpriced.
func (p *Prices) put(m *desk.Message, l *list, category string, free bool, phone, bsuid string, now time.Time) bool {
	micros := int64(0)
	if !free {
		of := l.market(phone, bsuid)
		if of == nil {
			return false
		}
		var known bool
		if micros, known = of.rate(category); !known {
			return false
		}
	}
	m.CostMicros, m.CostCurrency, m.CostCategory, m.CostState = micros, l.Currency, category, desk.CostEstimated
	if m.CostDay == "" {
		m.CostDay = now.In(p.Zone()).Format(time.DateOnly)
	}
	return true
}

// Confirm takes the provider's word of a receipt. It reports whether anything changed.
func (p *Prices) Confirm(m *desk.Message, r *desk.Receipt, now time.Time) bool {
	if m.Status == desk.StatusFailed {
		if m.CostState == desk.CostNone || m.CostState == desk.CostConfirmed && m.CostMicros == 0 {
			return false
		}
		m.CostMicros, m.CostCurrency, m.CostCategory, m.CostDay, m.CostState = 0, "", "", "", desk.CostNone
		return true // only what is delivered is charged
	}
	if r.Pricing == nil || m.CostState == desk.CostConfirmed {
		return false
	}
	m.Pricing = r.Pricing.Raw
	at := now
	if m.AcceptedAt != nil {
		at = *m.AcceptedAt
	}
	l := p.Lists.at(at)
	if l == nil {
		return true
	}
	// The provider does not say which replies were free ones: what we counted stands.
	same := m.CostState == desk.CostEstimated && m.CostCategory == r.Pricing.Category
	counted := same && m.CostCategory == desk.CategoryService && m.CostMicros == 0 && l.Rules.FreeService > 0
	if p.put(m, l, r.Pricing.Category, !r.Pricing.Charged || counted, r.Phone, r.BSUID, at) || same {
		m.CostState = desk.CostConfirmed
	}
	return true
}

// FreeReplies is how many replies a number may send free of charge in the month of a time.
func (p *Prices) FreeReplies(now time.Time) int {
	if l := p.Lists.at(now); l != nil {
		return l.Rules.FreeService
	}
	return 0
}
