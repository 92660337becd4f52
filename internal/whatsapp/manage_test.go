package whatsapp

import (
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
)

func itoa(n int) string { return strconv.Itoa(n) }

// visit is a draft that uses most of what a template can have.
// answers is one sample of what Meta answers to each call.
func answers() map[string]string {
	return map[string]string{
		"GET /v25.0/debug_token":             `{"data":{"app_id":"55","type":"SYSTEM_USER","application":"Desk","data_access_expires_at":0,"expires_at":1800000000,"is_valid":true,"issued_at":1790000000,"scopes":["whatsapp_business_management","public_profile"],"granular_scopes":[{"scope":"whatsapp_business_management","target_ids":["88"]},null]}}`,
		"GET /v25.0/77":                      `{"id":"77","display_phone_number":"+54 9 351 555-0100","verified_name":"Fibra Sur","status":"CONNECTED","platform_type":"CLOUD_API","quality_rating":"green","name_status":"APPROVED","code_verification_status":"VERIFIED","throughput":{"level":"HIGH"},"whatsapp_business_manager_messaging_limit":"TIER_2K","is_on_biz_app":true,"webhook_configuration":{"phone_number":"https://a.example","application":"https://b.example"},"health_status":{"can_send_message":"LIMITED","entities":[{"entity_type":"PHONE_NUMBER","id":"77","can_send_message":"AVAILABLE"},{"entity_type":"WABA","id":"88","can_send_message":"LIMITED","errors":[{"error_code":141006,"error_description":"no payment","possible_solution":"add one"}],"additional_info":["a note"]}]}}`,
		"GET /v25.0/88":                      `{"id":"88","name":"Fibra","account_review_status":"APPROVED","business_verification_status":"verified","country":"AR","currency":"USD","timezone_id":42,"health_status":{"can_send_message":"AVAILABLE"}}`,
		"GET /v25.0/88/phone_numbers":        `{"data":[{"id":"77","status":"CONNECTED"},null,{"id":78,"status":"PENDING","platform_type":"NOT_APPLICABLE"}]}`,
		"GET /v25.0/88/subscribed_apps":      `{"data":[{"whatsapp_business_api_data":{"id":"55","name":"Desk","link":"x"},"override_callback_uri":"https://a.example"}]}`,
		"POST /v25.0/88/subscribed_apps":     `{"success":true}`,
		"DELETE /v25.0/88/subscribed_apps":   `{"success":"true"}`,
		"POST /v25.0/77":                     `{"success":true}`,
		"POST /v25.0/77/register":            `{"success":true}`,
		"GET /v25.0/55/subscriptions":        `{"data":[{"object":"page","fields":[{"name":"feed"}]},{"object":"whatsapp_business_account","callback_url":"https://b.example","active":true,"fields":[{"name":"messages","version":"v25.0"},{"name":"calls","version":"v25.0"}]}]}`,
		"POST /v25.0/55/subscriptions":       `{"success":true}`,
		"POST /v25.0/88/message_templates":   `{"id":"600","status":"pending","category":"marketing"}`,
		"GET /v25.0/600":                     `{"id":"600","name":"visita_confirmada","language":"es_AR","status":"approved","category":"utility","parameter_format":"NAMED","quality_score":{"score":"green"},"rejected_reason":"NONE","components":[]}`,
		"POST /v25.0/600":                    `{"success":true}`,
		"POST /v25.0/600/unpause":            `{"success":true}`,
		"DELETE /v25.0/88/message_templates": `{"success":true}`,
		"POST /v25.0/55/uploads":             `{"id":"upload:MTp=?sig=AB"}`,
		"POST /v25.0/upload:MTp=":            `{"h":"4::aW"}`,
		"DELETE /v25.0/91":                   `{"success":true}`,
		"GET /v25.0/91":                      `{"messaging_product":"whatsapp","url":"https://lookaside.fbsbx.com/x","mime_type":"image/png","sha256":"q83v","file_size":"303833","id":"91"}`,
	}
}

// call is one request that the fake saw.
type call struct {
	line, query, auth, body string
}

// graph answers out of the samples and records.
func graph(t *testing.T) (*Client, *[]call) {
	t.Helper()
	var seen []call
	c, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		line := r.Method + " " + r.URL.Path
		seen = append(seen, call{line, r.URL.RawQuery, r.Header.Get("Authorization"), string(raw)})
		body, ok := answers()[line]
		if !ok {
			t.Errorf("nobody answers %s", line)
		}
		io.WriteString(w, body)
	})
	return c, &seen
}

func TestTokenInfo(t *testing.T) {
	t.Parallel()
	c, seen := graph(t)
	got, err := c.TokenInfo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := TokenInfo{
		AppID: "55", App: "Desk", Kind: "SYSTEM_USER", Valid: true,
		IssuedAt: time.Unix(1790000000, 0).UTC(), ExpiresAt: time.Unix(1800000000, 0).UTC(),
		Scopes:  []string{PermissionManagement, "public_profile"},
		Targets: map[string][]string{PermissionManagement: {"88"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	if missing := got.Missing(); len(missing) != 1 || missing[0] != PermissionMessaging {
		t.Errorf("missing %v", missing)
	}
	if !got.Reaches(PermissionManagement, "88") || got.Reaches(PermissionManagement, "89") || got.Reaches(PermissionMessaging, "88") {
		t.Error("the targets of a scope are not kept")
	}
	if (*seen)[0].query != "input_token="+testToken {
		t.Errorf("asked %s", (*seen)[0].query)
	}
}

func TestNumberInfo(t *testing.T) {
	t.Parallel()
	c, _ := graph(t)
	got, err := c.NumberInfo(t.Context(), "77")
	if err != nil {
		t.Fatal(err)
	}
	want := NumberInfo{
		ID: "77", Display: "+54 9 351 555-0100", VerifiedName: "Fibra Sur", Status: "CONNECTED", Platform: "CLOUD_API", Quality: "GREEN",
		NameStatus: "APPROVED", Verification: "VERIFIED", Throughput: "HIGH", Limit: "TIER_2K", OnBusinessApp: true,
		Webhooks: Webhooks{Phone: "https://a.example", App: "https://b.example"}, CanSend: "LIMITED",
		Health: []EntityHealth{
			{Type: "PHONE_NUMBER", ID: "77", CanSend: "AVAILABLE"},
			{Type: "WABA", ID: "88", CanSend: "LIMITED", Problems: []HealthProblem{{141006, "no payment", "add one"}}, Notes: []string{"a note"}},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if !got.Registered() || got.PerSecond() != PerSecondCoexistence || got.Webhooks.Effective() != "https://a.example" {
		t.Errorf("registered %v, %d/s, %s", got.Registered(), got.PerSecond(), got.Webhooks.Effective())
	}
	list, err := c.Numbers(t.Context(), "88")
	if err != nil || len(list) != 2 || !list[0].Registered() || list[1].Registered() || list[1].ID != "78" || list[1].PerSecond() != PerSecond {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestAccountInfo(t *testing.T) {
	t.Parallel()
	c, _ := graph(t)
	got, err := c.AccountInfo(t.Context(), "88")
	want := AccountInfo{ID: "88", Name: "Fibra", Review: "APPROVED", Verification: "VERIFIED", Country: "AR", Currency: "USD", TimezoneID: "42", CanSend: "AVAILABLE"}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestApps(t *testing.T) {
	t.Parallel()
	c, seen := graph(t)
	apps, err := c.Apps(t.Context(), "88")
	if err != nil || len(apps) != 1 || apps[0] != (App{"55", "Desk", "https://a.example"}) {
		t.Errorf("%+v, %v", apps, err)
	}
	s, err := c.AppSubscription(t.Context(), "55", "secret")
	if err != nil || s.Address != "https://b.example" || !s.Active || !reflect.DeepEqual(s.Missing("messages", "standby", "calls"), []string{"standby"}) {
		t.Errorf("%+v, %v", s, err)
	}
	if last := (*seen)[1]; last.auth != "Bearer 55|secret" {
		t.Errorf("asked as %s", last.auth)
	}
}

// TestOrders holds each call that changes something to its method, path and body.
func TestOrders(t *testing.T) {
	t.Parallel()
	c, seen := graph(t)
	ctx := t.Context()
	approved := Template{ID: "600", Name: "visita", Language: "es", Category: "UTILITY", Status: TemplateApproved}
	rejected := Template{ID: "600", Name: "visita", Language: "es", Category: "MARKETING", Status: TemplateRejected}
	plain := TemplateDraft{Category: "UTILITY", Body: "Hola"}
	tests := []struct {
		name string
		do   func() error
		want call
	}{
		{"subscribe", func() error { return c.Subscribe(ctx, "88") }, call{"POST /v25.0/88/subscribed_apps", "", "", ""}},
		{"subscribe at", func() error { return c.SubscribeAt(ctx, "88", "https://a.example/h", "v") },
			call{"POST /v25.0/88/subscribed_apps", "", "", `{"override_callback_uri":"https://a.example/h","verify_token":"v"}`}},
		{"unsubscribe", func() error { return c.Unsubscribe(ctx, "88") }, call{"DELETE /v25.0/88/subscribed_apps", "", "", ""}},
		{"number's address", func() error { return c.OverrideNumber(ctx, "77", "https://a.example/h", "v") },
			call{"POST /v25.0/77", "", "", `{"webhook_configuration":{"override_callback_uri":"https://a.example/h","verify_token":"v"}}`}},
		{"no number's address", func() error { return c.OverrideNumber(ctx, "77", "", "v") },
			call{"POST /v25.0/77", "", "", `{"webhook_configuration":{"override_callback_uri":""}}`}},
		{"register", func() error { return c.Register(ctx, "77", "123456") },
			call{"POST /v25.0/77/register", "", "", `{"messaging_product":"whatsapp","pin":"123456"}`}},
		{"app fields", func() error {
			return c.SubscribeApp(ctx, "55", "s", "https://b.example", "v", []string{"messages", "standby"})
		},
			call{"POST /v25.0/55/subscriptions", "", "", "callback_url=https%3A%2F%2Fb.example&fields=messages%2Cstandby&object=whatsapp_business_account&verify_token=v"}},
		{"edit approved", func() error { return c.EditTemplate(ctx, approved, TemplateDraft{Category: "MARKETING", Body: "Hola"}) },
			call{"POST /v25.0/600", "", "", `{"components":[{"text":"Hola","type":"body"}]}`}},
		{"edit rejected", func() error { return c.EditTemplate(ctx, rejected, plain) },
			call{"POST /v25.0/600", "", "", `{"category":"utility","components":[{"text":"Hola","type":"body"}]}`}},
		{"delete all languages", func() error { return c.DeleteTemplate(ctx, "88", "visita", "") }, call{"DELETE /v25.0/88/message_templates", "name=visita", "", ""}},
		{"delete one", func() error { return c.DeleteTemplate(ctx, "88", "visita", "600") }, call{"DELETE /v25.0/88/message_templates", "hsm_id=600&name=visita", "", ""}},
		{"unpause", func() error { return c.UnpauseTemplate(ctx, "600") }, call{"POST /v25.0/600/unpause", "", "", ""}},
		{"delete media", func() error { return c.DeleteMedia(ctx, "77", "91") }, call{"DELETE /v25.0/91", "phone_number_id=77", "", ""}},
	}
	for _, test := range tests {
		*seen = nil
		if err := test.do(); err != nil || len(*seen) != 1 {
			t.Errorf("%s: %v after %d calls", test.name, err, len(*seen))
			continue
		}
		got := (*seen)[0]
		got.auth = ""
		if got != test.want {
			t.Errorf("%s:\ngot  %+v\nwant %+v", test.name, got, test.want)
		}
	}
}

func TestOrders_RefusedBeforehand(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was made") })
	ctx := t.Context()
	tests := map[string]func() error{
		"plain HTTP":       func() error { return c.SubscribeAt(ctx, "88", "http://a.example", "v") },
		"long address":     func() error { return c.SubscribeAt(ctx, "88", "https://a.example/"+strings.Repeat("x", 183), "v") },
		"number's address": func() error { return c.OverrideNumber(ctx, "77", "ftp://a.example", "v") },
		"app's address":    func() error { return c.SubscribeApp(ctx, "55", "s", "", "v", nil) },
		"pending template": func() error {
			return c.EditTemplate(ctx, Template{ID: "600", Name: "n", Language: "es", Category: "UTILITY", Status: TemplatePending}, TemplateDraft{Body: "x"})
		},
		"short PIN":    func() error { return c.Register(ctx, "77", "12345") },
		"PIN of words": func() error { return c.Register(ctx, "77", "abcdef") },
		"bad draft":    func() error { _, err := c.CreateTemplate(ctx, "88", TemplateDraft{}); return err },
		"bad sample":   func() error { _, err := c.UploadSample(ctx, "55", "audio/ogg", "a", []byte("x")); return err },
		"bad file": func() error {
			_, err := c.UploadMedia(ctx, "77", "text/html", "a", strings.NewReader("x"), 1)
			return err
		},
		"empty file": func() error {
			_, err := c.UploadMedia(ctx, "77", "text/plain", "a", strings.NewReader(""), 0)
			return err
		},
		"large image": func() error {
			_, err := c.UploadMedia(ctx, "77", "image/png", "a", strings.NewReader("x"), MaxImage+1)
			return err
		},
	}
	for name, do := range tests {
		if e := AsError(do()); e == nil || e.Outcome != NotSent || e.Action != Park {
			t.Errorf("%s: %v", name, e)
		}
	}
}

func TestOrders_AYesThatIsNone(t *testing.T) {
	t.Parallel()
	c := answering(t, http.StatusOK, nil, []byte(`{"success":false}`))
	if e := AsError(c.Subscribe(t.Context(), "88")); e == nil || e.Outcome != Unknown {
		t.Errorf("got %v", e)
	}
}

// TestUploadSample_GoesOn breaks the transfer once: the rest is sent from where Meta says it stopped.
func TestProbe(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
	header := http.Header{"Date": {now.Add(-90 * time.Second).Format(http.TimeFormat)}, "Facebook-Api-Version": {"v26.0"}}
	c := answering(t, http.StatusUnauthorized, header, []byte(`{"error":{"code":190}}`))
	got, err := c.Probe(t.Context(), func() time.Time { return now })
	if err != nil || got.Alive() || got.Served != "v26.0" || !got.Dated || got.Skew.Round(time.Second) != 90*time.Second || got.Status != 401 {
		t.Errorf("%+v, %v", got, err)
	}
	if end, known := VersionEnd("v25.0"); !known || end.Year() != 2028 {
		t.Errorf("v25.0 ends %v", end)
	}
	if _, known := VersionEnd("v26.0"); known {
		t.Error("the end of v26.0 is not announced")
	}
}
