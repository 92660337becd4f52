package doctor

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"antena/internal/desk"
	"antena/internal/whatsapp"
)

// Provider is what is asked of the Graph API.
type Provider interface {
	Probe(ctx context.Context, now func() time.Time) (whatsapp.Probe, error)
	TokenInfo(ctx context.Context) (whatsapp.TokenInfo, error)
	NumberInfo(ctx context.Context, phoneNumberID string) (whatsapp.NumberInfo, error)
	Apps(ctx context.Context, wabaID string) ([]whatsapp.App, error)
	AppSubscription(ctx context.Context, appID, appSecret string) (whatsapp.Subscription, error)
	ManagementUse() (used int, restsUntil time.Time)
}

// Deps are what a Doctor is made of.
type Deps struct {
	Provider    Provider
	Version     string // of the Graph API we ask for
	WABAID      string
	Numbers     []string // phone_number_ids
	AppSecrets  []string
	VerifyToken string
	WebhookURL  string // where the provider reaches us; empty: PUBLIC_URL is not set
	PerSecond   int    // messages a second we send at most; 0: what the number is granted
	// Missing lists templates of the starter set that the account lacks; nil: not looked at.
	Missing func(ctx context.Context) ([]desk.Template, error)
	HTTP    *http.Client // for our own address; nil: one with a time limit
	Now     func() time.Time
}

// Doctor examines.
type Doctor struct {
	Deps
	words map[string]desk.Words
}

// New returns a doctor.
func New(d Deps) (*Doctor, error) {
	words, err := readWords()
	if err != nil {
		return nil, err
	}
	d.Now = desk.Clock(d.Now)
	if d.HTTP == nil {
		d.HTTP = &http.Client{Timeout: 10 * time.Second}
	}
	own := *d.HTTP
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // the provider follows none
	d.HTTP = &own
	return &Doctor{d, words}, nil
}

// Examine looks at everything.
func (d *Doctor) Examine(ctx context.Context) desk.Checkup {
	v := &visit{Doctor: d, now: d.Now()}
	v.probe(ctx)
	token, ok := v.token(ctx)
	for _, id := range d.Numbers {
		v.number(ctx, id)
	}
	v.account(ctx)
	if ok {
		v.subscription(ctx, token.AppID)
	}
	v.webhook(ctx)
	v.templates(ctx)
	v.calls()
	return desk.Checkup{At: v.now, Lines: v.lines}
}

// visit is one examination.
type visit struct {
	*Doctor
	now   time.Time
	lines []desk.CheckLine
}

// say adds a line; the key names its words, and its mend is key + ".mend".
func (v *visit) say(state desk.CheckState, check, subject, key string, args ...any) {
	v.lines = append(v.lines, desk.CheckLine{
		Check: check, Subject: subject, State: state, Found: v.inWords(key, args...), Mend: v.inWords(key+".mend", args...),
	})
}

// trouble adds a line for a call that failed.
func (v *visit) trouble(check, subject string, err error) {
	e := whatsapp.AsError(err)
	switch {
	case e.Action == whatsapp.StopAll && (e.Code == 190 || e.Code == 0):
		v.say(desk.CheckFail, check, subject, "refused.token")
	case e.HTTPStatus == 0:
		v.say(desk.CheckFail, check, subject, "refused.away")
	default:
		v.say(desk.CheckFail, check, subject, "refused", e.HTTPStatus, e.Code, e.Meaning)
	}
}

// skewMost is how far clocks may differ before windows end at the wrong moment.
const (
	skewMost   = 30 * time.Second
	versionEnd = 60 * 24 * time.Hour
	tokenEnd   = 14 * 24 * time.Hour
)

func (v *visit) probe(ctx context.Context) {
	p, err := v.Provider.Probe(ctx, v.Now)
	if err != nil {
		v.trouble("api", "", err)
		return
	}
	end, named := whatsapp.VersionEnd(v.Version)
	switch {
	case !p.Alive(), named && !v.now.Before(end):
		v.say(desk.CheckFail, "api", "", "api.dead", v.Version)
	case named && end.Sub(v.now) < versionEnd:
		v.say(desk.CheckWarn, "api", "", "api.ending", v.Version, end.Format(time.DateOnly))
	default:
		v.say(desk.CheckOK, "api", "", "api.alive", v.Version)
	}
	switch {
	case !p.Dated:
	case p.Skew.Abs() > skewMost:
		v.say(desk.CheckFail, "clock", "", "clock.off", p.Skew.Round(time.Second).String())
	default:
		v.say(desk.CheckOK, "clock", "", "clock.right")
	}
}

// usedMost is from how many per cent of the calls that manage the account on an admin should know.
const usedMost = 80

// calls tells how much of the calls that manage the account is used. It comes last, for the other checks are such calls.
func (v *visit) calls() {
	used, rests := v.Provider.ManagementUse()
	switch {
	case !rests.IsZero():
		v.say(desk.CheckWarn, "calls", "", "calls.rest", used, rests.UTC().Format("15:04 UTC"))
	case used >= usedMost:
		v.say(desk.CheckWarn, "calls", "", "calls.many", used)
	default:
		v.say(desk.CheckOK, "calls", "", "calls.few", used)
	}
}

func (v *visit) token(ctx context.Context) (whatsapp.TokenInfo, bool) {
	t, err := v.Provider.TokenInfo(ctx)
	if err != nil {
		v.trouble("token", "", err)
		return t, false
	}
	missing := t.Missing()
	switch {
	case !t.Valid:
		v.say(desk.CheckFail, "token", "", "token.invalid")
	case len(missing) > 0:
		v.say(desk.CheckFail, "token", "", "token.permissions", strings.Join(missing, ", "))
	case v.WABAID != "" && !(t.Reaches(whatsapp.PermissionMessaging, v.WABAID) && t.Reaches(whatsapp.PermissionManagement, v.WABAID)):
		v.say(desk.CheckFail, "token", "", "token.account", v.WABAID)
	case !t.ExpiresAt.IsZero() && t.ExpiresAt.Sub(v.now) < tokenEnd:
		v.say(desk.CheckFail, "token", "", "token.ending", t.ExpiresAt.Format(time.DateTime))
	case !t.ExpiresAt.IsZero():
		v.say(desk.CheckWarn, "token", "", "token.ends", t.ExpiresAt.Format(time.DateOnly))
	default:
		v.say(desk.CheckOK, "token", "", "token.good")
	}
	return t, t.Valid
}

func (v *visit) number(ctx context.Context, id string) {
	n, err := v.Provider.NumberInfo(ctx, id)
	if err != nil {
		v.trouble("number", id, err)
		return
	}
	if n.Registered() {
		v.say(desk.CheckOK, "number", id, "number.registered", n.Display, n.VerifiedName)
	} else {
		v.say(desk.CheckFail, "number", id, "number.unregistered", n.Display)
	}
	v.health(id, n)
	switch n.Quality {
	case "RED":
		v.say(desk.CheckFail, "quality", id, "quality.red")
	case "YELLOW":
		v.say(desk.CheckWarn, "quality", id, "quality.yellow")
	case "GREEN":
		v.say(desk.CheckOK, "quality", id, "quality.green")
	}
	switch n.Limit {
	case "":
	case "TIER_50", "TIER_250":
		v.say(desk.CheckWarn, "limit", id, "limit.low", strings.TrimPrefix(n.Limit, "TIER_"))
	default:
		v.say(desk.CheckOK, "limit", id, "limit.good", strings.TrimPrefix(n.Limit, "TIER_"))
	}
	if most := n.PerSecond(); v.PerSecond > most {
		v.say(desk.CheckFail, "throughput", id, "throughput.high", v.PerSecond, most)
	} else {
		v.say(desk.CheckOK, "throughput", id, "throughput.good", cmp.Or(v.PerSecond, most), most)
	}
}

func (v *visit) health(id string, n whatsapp.NumberInfo) {
	var reasons []string
	for _, e := range n.Health {
		for _, p := range e.Problems {
			reasons = append(reasons, strings.TrimSpace(e.Type+": "+p.Problem+" "+p.Solution))
		}
	}
	switch n.CanSend {
	case "BLOCKED":
		v.say(desk.CheckFail, "health", id, "health.blocked", strings.Join(reasons, "; "))
	case "LIMITED":
		v.say(desk.CheckWarn, "health", id, "health.limited", strings.Join(reasons, "; "))
	case "AVAILABLE":
		v.say(desk.CheckOK, "health", id, "health.good")
	}
}

func (v *visit) account(ctx context.Context) {
	if v.WABAID == "" {
		v.say(desk.CheckWarn, "subscription", "", "account.unset")
		return
	}
	apps, err := v.Provider.Apps(ctx, v.WABAID)
	switch {
	case err != nil:
		v.trouble("subscription", v.WABAID, err)
	case len(apps) == 0:
		v.say(desk.CheckFail, "subscription", v.WABAID, "subscription.none")
	default:
		v.say(desk.CheckOK, "subscription", v.WABAID, "subscription.good")
	}
}

// fieldsNeeded are the webhook fields without which something is not noticed.
var fieldsNeeded = []string{"messages", "standby", "message_template_status_update"}

// fieldsWanted are the others the desk makes use of.
var fieldsWanted = []string{
	"message_template_quality_update", "template_category_update", "phone_number_quality_update", "business_capability_update", "account_update",
	"account_alerts", "security", "user_preferences", "smb_message_echoes", "messaging_handovers",
}

func (v *visit) subscription(ctx context.Context, appID string) {
	if appID == "" || len(v.AppSecrets) == 0 {
		return
	}
	s, err := v.Provider.AppSubscription(ctx, appID, v.AppSecrets[0])
	if err != nil {
		v.say(desk.CheckFail, "fields", "", "fields.secret", whatsapp.AsError(err).Code)
		return
	}
	needed, wanted := s.Missing(fieldsNeeded...), s.Missing(fieldsWanted...)
	switch {
	case len(needed) > 0:
		v.say(desk.CheckFail, "fields", "", "fields.missing", strings.Join(slices.Concat(needed, wanted), ", "))
	case len(wanted) > 0:
		v.say(desk.CheckWarn, "fields", "", "fields.missing", strings.Join(wanted, ", "))
	default:
		v.say(desk.CheckOK, "fields", "", "fields.good")
	}
	if v.WebhookURL != "" && s.Address != "" && s.Address != v.WebhookURL {
		v.say(desk.CheckWarn, "address", "", "address.other", s.Address, v.WebhookURL)
	}
}

func (v *visit) templates(ctx context.Context) {
	if v.Missing == nil || v.WABAID == "" {
		return
	}
	missing, err := v.Missing(ctx)
	if err != nil {
		v.trouble("templates", "", err)
		return
	}
	if len(missing) == 0 {
		v.say(desk.CheckOK, "templates", "", "templates.good")
		return
	}
	var names []string
	for i := range missing {
		if !slices.Contains(names, missing[i].Name) {
			names = append(names, missing[i].Name)
		}
	}
	v.say(desk.CheckWarn, "templates", "", "templates.missing", len(missing), strings.Join(names, ", "))
}
