package whatsapp

import (
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"
)

// budget is what Meta leaves of the calls that manage an account: reading and changing templates, numbers and subscriptions.
// An app has 200 an hour for an account, 5,000 once a number of it sends, and every answer says in a header how much is used.
// Sends and files are not among these calls. A client speaks for one account, so it has one budget.
//
// # Why calls rest
//
// Calls beyond the limit are refused and lengthen the refusal. So once Meta says stop, or little is left, nobody asks again
// before the time Meta names; who tries is told at once how long that is.
type budget struct {
	mu      sync.Mutex
	until   time.Time // no call before it
	used    int       // per cent, as last told
	refused int       // times in a row
}

const (
	budgetLow  = 95 // per cent; from there on calls come slowly
	budgetSlow = time.Minute
)

// deliveries are the operations that no budget of management counts.
var deliveries = []string{"send message", "mark read", "upload media", "look up media"}

// limitCodes are the refusals for too many calls (Meta, "rate limits"): of the app, and of an account by its kind.
var limitCodes = []int{4, 80004, 80007, 80008}

// rest says that a call may not be made now, or nil.
func (b *budget) rest(op string, now time.Time) error {
	if slices.Contains(deliveries, op) {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if left := b.until.Sub(now); left > 0 {
		e := Fate(op, http.StatusBadRequest, 80007)
		e.base, e.factor = left, 0
		return e
	}
	return nil
}

// heed takes what an answer says of the budget.
func (b *budget) heed(op string, header http.Header, failure error, now time.Time) {
	if slices.Contains(deliveries, op) {
		return
	}
	used, regain := usage(header)
	b.mu.Lock()
	defer b.mu.Unlock()
	if used >= 0 {
		b.used = used
	}
	wait := regain
	switch {
	case failure != nil && slices.Contains(limitCodes, AsError(failure).Code):
		b.refused++
		wait = max(wait, AsError(failure).Delay(b.refused))
	case wait == 0 && used >= budgetLow:
		wait, b.refused = budgetSlow, 0
	default:
		b.refused = 0
	}
	if until := now.Add(min(wait, 24*time.Hour)); wait > 0 && until.After(b.until) {
		b.until = until
	}
}

// usage reads the headers of Meta's limits: the per cent used, -1 when untold, and how long until calls are taken again.
func usage(h http.Header) (used int, regain time.Duration) {
	type share struct {
		Calls  float64 `json:"call_count"`
		CPU    float64 `json:"total_cputime"`
		Time   float64 `json:"total_time"`
		Regain float64 `json:"estimated_time_to_regain_access"` // minutes
	}
	var all []share
	var accounts map[string][]share
	if json.Unmarshal([]byte(h.Get("X-Business-Use-Case-Usage")), &accounts) == nil {
		for _, shares := range accounts {
			all = append(all, shares...)
		}
	}
	var app share
	if json.Unmarshal([]byte(h.Get("X-App-Usage")), &app) == nil {
		all = append(all, app)
	}
	used = -1
	for _, s := range all {
		used = max(used, int(min(max(s.Calls, s.CPU, s.Time, 0), 1000)))
		regain = max(regain, time.Duration(min(max(s.Regain, 0), 24*60)*float64(time.Minute)))
	}
	return used, regain
}

// ManagementUse is how much of the calls that manage the account is used, in per cent as Meta last said, and until when
// nothing is called because it was too much; the zero time when calls are made.
func (c *Client) ManagementUse() (used int, restsUntil time.Time) {
	c.budget.mu.Lock()
	defer c.budget.mu.Unlock()
	if !time.Now().Before(c.budget.until) {
		return c.budget.used, time.Time{}
	}
	return c.budget.used, c.budget.until
}
