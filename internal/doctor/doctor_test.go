package doctor_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/doctor"
	"antena/internal/whatsapp"
	"antena/internal/whatsapp/emulator"
)

const (
	number  = "770900800700600"
	account = "102290129340398"
)

// patient is everything a doctor looks at, well unless a case changes it.
type patient struct {
	em   *emulator.Emulator
	deps doctor.Deps
	hook http.HandlerFunc
}

func examine(t *testing.T, change func(*patient)) desk.Checkup {
	t.Helper()
	p := &patient{hook: func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("hub.verify_token") != "word" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		_, _ = w.Write([]byte(r.URL.Query().Get("hub.challenge")))
	}}
	p.em = emulator.New(emulator.Config{AppSecret: "s", VerifyToken: "word", AccessToken: "t", PhoneNumberID: number, WABAID: account, Limits: emulator.NoLimits()})
	api := httptest.NewServer(p.em.Handler())
	hook := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.hook(w, r) }))
	p.em.SetWebhookURL(hook.URL)
	client, err := whatsapp.NewClient(whatsapp.ClientConfig{BaseURL: api.URL, Token: "t", Version: "v25.0", Timeout: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close(); p.em.Close(); hook.Close(); api.Close() })
	p.deps = doctor.Deps{
		Provider: client, Version: "v25.0", WABAID: account, Numbers: []string{number}, AppSecrets: []string{"s"}, VerifyToken: "word",
		WebhookURL: hook.URL, PerSecond: 80, HTTP: hook.Client(),
		Missing: func(context.Context) ([]desk.Template, error) { return nil, nil },
	}
	if change != nil {
		change(p)
	}
	d, err := doctor.New(p.deps)
	if err != nil {
		t.Fatal(err)
	}
	return d.Examine(t.Context())
}

func TestExamine_AllIsWell(t *testing.T) {
	t.Parallel()
	c := examine(t, nil)
	seen := map[string]bool{}
	for _, l := range c.Lines {
		seen[l.Check] = true
		if l.State != desk.CheckOK || len(l.Mend) != 0 {
			t.Errorf("%+v", l)
		}
		for _, language := range desk.Languages {
			if words := l.Found[language]; words == "" || strings.Contains(words, "%!") {
				t.Errorf("%s says %q in %s", l.Check, words, language)
			}
		}
	}
	for _, check := range []string{"api", "clock", "token", "number", "health", "quality", "limit", "throughput", "subscription", "fields", "webhook", "templates"} {
		if !seen[check] {
			t.Errorf("nothing is said about %s", check)
		}
	}
	if c.State() != desk.CheckOK {
		t.Errorf("the whole is %s", c.State())
	}
}

func TestExamine_FindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	told := func(fields map[string]any) func(*patient) {
		return func(p *patient) { p.em.SetSetup(emulator.Setup{Number: fields}) }
	}
	setup := func(s emulator.Setup) func(*patient) { return func(p *patient) { p.em.SetSetup(s) } }
	answers := func(status int, body string) func(*patient) {
		return func(p *patient) {
			p.hook = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status); _, _ = w.Write([]byte(body)) }
		}
	}
	for _, c := range []struct {
		name   string
		change func(*patient)
		check  string
		state  desk.CheckState
		words  string // in English
	}{
		{"token of an hour", setup(emulator.Setup{TokenExpiresAt: time.Now().Add(time.Hour).Unix()}), "token", desk.CheckFail, "expires soon"},
		{"token of two months", setup(emulator.Setup{TokenExpiresAt: time.Now().Add(60 * 24 * time.Hour).Unix()}), "token", desk.CheckWarn, "expires on"},
		{"a permission short", setup(emulator.Setup{Scopes: []string{"whatsapp_business_messaging"}}), "token", desk.CheckFail, "whatsapp_business_management"},
		{"version gone", setup(emulator.Setup{Version: "v26.0"}), "api", desk.CheckFail, "is gone"},
		{"version ending", func(p *patient) { p.deps.Version = "v21.0"; p.deps.Now = at(2026, 12, 20) }, "api", desk.CheckWarn, "ends on 2027-01-21"},
		{"clock", func(p *patient) { p.deps.Now = func() time.Time { return time.Now().Add(time.Hour) } }, "clock", desk.CheckFail, "off by"},
		{"not registered", told(map[string]any{"status": "PENDING"}), "number", desk.CheckFail, "not registered"},
		{"wrong number id", func(p *patient) { p.deps.Numbers = []string{"9"} }, "number", desk.CheckFail, "code 100"},
		{"blocked", told(map[string]any{"health_status": map[string]any{"can_send_message": "BLOCKED", "entities": []any{map[string]any{
			"entity_type": "WABA", "can_send_message": "BLOCKED", "errors": []any{map[string]any{"error_code": 141006, "error_description": "no payment method"}},
		}}}}), "health", desk.CheckFail, "no payment method"},
		{"low quality", told(map[string]any{"quality_rating": "RED"}), "quality", desk.CheckFail, "low"},
		{"medium quality", told(map[string]any{"quality_rating": "YELLOW"}), "quality", desk.CheckWarn, "medium"},
		{"small limit", told(map[string]any{"whatsapp_business_manager_messaging_limit": "TIER_250"}), "limit", desk.CheckWarn, "250"},
		{"coexistence", told(map[string]any{"is_on_biz_app": true}), "throughput", desk.CheckFail, "allows only 20"},
		{"nobody subscribed", func(p *patient) { unsubscribe(t, p) }, "subscription", desk.CheckFail, "No app"},
		{"account not set", func(p *patient) { p.deps.WABAID = "" }, "subscription", desk.CheckWarn, "WHATSAPP_WABA_ID"},
		{"no standby", setup(emulator.Setup{Fields: []string{"messages", "message_template_status_update"}}), "fields", desk.CheckFail, "standby"},
		{"secret of another app", func(p *patient) { p.deps.AppSecrets = []string{"other"} }, "fields", desk.CheckFail, "did not show"},
		{"webhook elsewhere", func(p *patient) { p.em.SetWebhookURL("https://other.example/") }, "address", desk.CheckWarn, "other.example"},
		{"no address", func(p *patient) { p.deps.WebhookURL = "" }, "webhook", desk.CheckFail, "PUBLIC_URL"},
		{"no https", func(p *patient) { p.deps.WebhookURL = "http://desk.example/x" }, "webhook", desk.CheckFail, "not https"},
		{"nobody answers", func(p *patient) { p.deps.WebhookURL = "https://127.0.0.1:1/x" }, "webhook", desk.CheckFail, "did not answer"},
		{"other verify token", func(p *patient) { p.deps.VerifyToken = "new" }, "webhook", desk.CheckFail, "verify token"},
		{"a page in the way", answers(http.StatusOK, "<html>"), "webhook", desk.CheckFail, "answered 200"},
		{"a proxy that sends callers on", func(p *patient) {
			verify := p.hook
			p.hook = func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/there" {
					http.Redirect(w, r, "/there?"+r.URL.RawQuery, http.StatusMovedPermanently)
					return
				}
				verify(w, r)
			}
		}, "webhook", desk.CheckFail, "answered 301"},
		{"many calls", func(p *patient) { p.deps.Provider = caller{Provider: p.deps.Provider, used: 80} }, "calls", desk.CheckWarn, "80 %"},
		{"calls rest", func(p *patient) {
			p.deps.Provider = caller{Provider: p.deps.Provider, used: 100, rests: time.Date(2026, 11, 23, 12, 30, 0, 0, time.UTC)}
		}, "calls", desk.CheckWarn, "12:30 UTC"},
		{"templates missing", func(p *patient) {
			p.deps.Missing = func(context.Context) ([]desk.Template, error) { return []desk.Template{{Name: "overdue"}}, nil }
		}, "templates", desk.CheckWarn, "overdue"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			checkup := examine(t, c.change)
			for _, l := range checkup.Lines {
				if l.Check != c.check {
					continue
				}
				if l.State != c.state || !strings.Contains(l.Found["en"], c.words) || l.Mend["en"] == "" || l.Mend["es"] == "" || l.Mend["pt"] == "" {
					t.Errorf("%+v", l)
				}
				return
			}
			t.Errorf("nothing is said about %s: %+v", c.check, checkup.Lines)
		})
	}
}

func at(year, month, day int) func() time.Time {
	return func() time.Time { return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC) }
}

func unsubscribe(t *testing.T, p *patient) {
	t.Helper()
	client, ok := p.deps.Provider.(*whatsapp.Client)
	if !ok {
		t.Fatal("the provider is not the client")
	}
	if err := client.Unsubscribe(t.Context(), account); err != nil {
		t.Fatal(err)
	}
}

// A token that is no good cannot even ask; nothing of it is in what is said.
func TestExamine_BadToken(t *testing.T) {
	t.Parallel()
	c := examine(t, func(p *patient) {
		api := httptest.NewServer(p.em.Handler())
		client, err := whatsapp.NewClient(whatsapp.ClientConfig{BaseURL: api.URL, Token: "secret-and-wrong", Version: "v25.0"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { client.Close(); api.Close() })
		p.deps.Provider = client
	})
	if c.State() != desk.CheckFail {
		t.Errorf("the whole is %s", c.State())
	}
	for _, l := range c.Lines {
		if strings.Contains(l.Found["en"]+l.Mend["en"], "secret-and-wrong") {
			t.Errorf("the token is told: %+v", l)
		}
		if l.Check == "token" && !strings.Contains(l.Found["en"], "does not accept the token") {
			t.Errorf("%+v", l)
		}
	}
}

// caller is a provider of whose management calls so much is used.
type caller struct {
	doctor.Provider
	used  int
	rests time.Time
}

func (c caller) ManagementUse() (int, time.Time) { return c.used, c.rests }
