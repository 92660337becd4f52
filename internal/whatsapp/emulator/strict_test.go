package emulator_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"antena/internal/whatsapp"
	"antena/internal/whatsapp/emulator"
)

// raw posts a body to the API as it is, past the client's own checks, and returns the Graph code; 0 when it was taken.
func raw(t *testing.T, w *world, body string) int {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v25.0/"+number+"/messages", strings.NewReader(body))
	req.Header.Set("Authorization", "Bearer "+token)
	res := httptest.NewRecorder()
	w.em.Handler().ServeHTTP(res, req)
	var answer struct {
		Error struct {
			Code int `json:"code"`
		} `json:"error"`
	}
	if err := json.Unmarshal(res.Body.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	return answer.Error.Code
}

func TestCheck_RefusesWhatMetaRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.phone.Text("hola")
	pdf := w.em.Upload(emulator.File{Content: []byte("%PDF"), MIME: "application/pdf"})
	long := strings.Repeat("x", 31)
	tests := map[string]struct {
		give string
		code int
	}{
		"text":                         {`"type":"text","text":{"body":"hola"}`, 0},
		"no type":                      {`"text":{"body":"hola"}`, 131008},
		"unknown type":                 {`"type":"poll"`, 100},
		"empty text":                   {`"type":"text","text":{"body":"  "}`, 131008},
		"text too long":                {`"type":"text","text":{"body":"` + strings.Repeat("x", 4097) + `"}`, 131009},
		"image that is a PDF":          {`"type":"image","image":{"id":"` + pdf + `"}`, 131053},
		"document":                     {`"type":"document","document":{"id":"` + pdf + `","filename":"a.pdf"}`, 0},
		"caption of a sound":           {`"type":"audio","audio":{"link":"https://x.example/a","caption":"x"}`, 100},
		"link without TLS":             {`"type":"image","image":{"link":"http://x.example/a"}`, 131009},
		"voice that is no OGG":         {`"type":"document","document":{"id":"` + pdf + `","voice":true}`, 100},
		"place without a point":        {`"type":"location","location":{"name":"x"}`, 131008},
		"place off the earth":          {`"type":"location","location":{"latitude":91,"longitude":0}`, 131009},
		"place":                        {`"type":"location","location":{"latitude":0,"longitude":0}`, 0},
		"no contacts":                  {`"type":"contacts","contacts":[]`, 131008},
		"contact without second name":  {`"type":"contacts","contacts":[{"name":{"formatted_name":"Ana"}}]`, 131008},
		"contact":                      {`"type":"contacts","contacts":[{"name":{"formatted_name":"Ana","first_name":"Ana"}}]`, 0},
		"four buttons":                 {`"type":"interactive","interactive":{"type":"button","body":{"text":"x"},"action":{"buttons":[` + strings.TrimSuffix(strings.Repeat(`{"type":"reply","reply":{"id":"1","title":"a"}},`, 4), ",") + `]}}`, 131009},
		"two titles alike":             {`"type":"interactive","interactive":{"type":"button","body":{"text":"x"},"action":{"buttons":[{"type":"reply","reply":{"id":"1","title":"a"}},{"type":"reply","reply":{"id":"2","title":"a"}}]}}`, 131009},
		"picture over a list":          {`"type":"interactive","interactive":{"type":"list","header":{"type":"image","image":{"link":"https://x.example/a"}},"body":{"text":"x"},"action":{"button":"o","sections":[{"rows":[{"id":"1","title":"a"}]}]}}`, 131009},
		"two sections without a title": {`"type":"interactive","interactive":{"type":"list","body":{"text":"x"},"action":{"button":"o","sections":[{"rows":[{"id":"1","title":"a"}]},{"rows":[{"id":"2","title":"b"}]}]}}`, 131008},
		"link to nowhere":              {`"type":"interactive","interactive":{"type":"cta_url","body":{"text":"x"},"action":{"name":"cta_url","parameters":{"display_text":"a","url":"javascript:x"}}}`, 131009},
		"flow without a screen":        {`"type":"interactive","interactive":{"type":"flow","body":{"text":"x"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_cta":"a","flow_action":"navigate"}}}`, 131008},
		"flow with a long label":       {`"type":"interactive","interactive":{"type":"flow","body":{"text":"x"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_cta":"` + long + `"}}}`, 131009},
		"reaction to nothing":          {`"type":"reaction","reaction":{"message_id":"wamid.x","emoji":"👍"}`, 131009},
		"BSUID for a phone":            {`"type":"text","text":{"body":"x"},"to":"AR.80417733920011"`, 131009},
		"callback data too long":       {`"type":"text","text":{"body":"x"},"biz_opaque_callback_data":"` + strings.Repeat("x", 513) + `"`, 131009},
	}
	for name, test := range tests {
		body := `{"messaging_product":"whatsapp","to":"` + ana + `",` + test.give + `}`
		if code := raw(t, w, body); code != test.code {
			t.Errorf("%s: code %d, want %d", name, code, test.code)
		}
	}
}

func TestTemplates_HeaderButtonsReviewAndQuality(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *emulator.Config) { c.ReviewDelay = time.Millisecond })
	image := w.em.Upload(emulator.File{Content: []byte("png"), MIME: "image/png"})
	w.em.SetTemplates([]emulator.Template{{Name: "factura", Language: "es", Components: `[{"type":"HEADER","format":"IMAGE"},
		{"type":"BODY","text":"Hola {{1}}, tu factura."},{"type":"FOOTER","text":"Río"},
		{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Pagué"},{"type":"URL","text":"Ver","url":"https://isp.example/{{1}}"}]}]`, Body: "Hola {{1}}, tu factura."}})
	header := whatsapp.Component{Type: "header", Parameters: []whatsapp.Parameter{{Media: &whatsapp.OutMedia{Type: "image", ID: image}}}}
	body := whatsapp.Component{Type: "body", Parameters: []whatsapp.Parameter{{Text: "Ana"}}}
	link := whatsapp.Component{Type: "button", SubType: whatsapp.ButtonURL, Index: 1, Parameters: []whatsapp.Parameter{{Text: "7"}}}
	give := func(parts ...whatsapp.Component) whatsapp.Outbound {
		return whatsapp.Outbound{Template: &whatsapp.TemplateMessage{Name: "factura", Language: "es", Components: parts}}
	}
	for name, test := range map[string]struct {
		give whatsapp.Outbound
		code int
	}{
		"no header": {give(body, link), 132000},
		"no link":   {give(header, body), 131008},
		"no body":   {give(header, link), 132000},
	} {
		if _, e := w.send(t, test.give); e == nil || e.Code != test.code {
			t.Errorf("%s: %v, want %d", name, e, test.code)
		}
	}
	id := w.say(t, give(header, body, link))
	if !find(w.phone, id, func(m emulator.Message) bool {
		return m.Text == "Hola Ana, tu factura." && m.MediaID == image && m.Footer == "Río" && m.Buttons[1].URL == "https://isp.example/7"
	}) {
		t.Errorf("the phone shows %+v", w.phone.Thread())
	}
	for _, want := range []int{132015, 132015, 132016} { // paused, paused again, disabled
		w.em.SetQuality("factura", "es", "RED")
		if _, e := w.send(t, give(header, body, link)); e == nil || e.Code != want {
			t.Errorf("of low quality: %v, want %d", e, want)
		}
		w.em.Advance(7 * time.Hour)
	}
	w.settle(t)
}

func TestReview_ByItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(c *emulator.Config) { c.ReviewDelay = time.Millisecond })
	hand := func(name, body string) {
		t.Helper()
		draft := `{"name":"` + name + `","language":"es","category":"utility","components":[{"type":"BODY","text":"` + body + `"}]}`
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v25.0/"+account+"/message_templates", bytes.NewReader([]byte(draft)))
		req.Header.Set("Authorization", "Bearer "+token)
		res := httptest.NewRecorder()
		w.em.Handler().ServeHTTP(res, req)
		if res.Code != http.StatusOK {
			t.Fatalf("%s: %d %s", name, res.Code, res.Body)
		}
	}
	hand("visita", "Tu visita es el lunes.")
	hand("venta", "Aprovecha: 50% off en todos los planes")
	want := map[string]string{"visita": "APPROVED", "venta": "REJECTED"}
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); <-time.After(time.Millisecond) {
		got := map[string]string{}
		for _, template := range w.em.Templates() {
			got[template.Name] = template.Status
		}
		if got["visita"] == want["visita"] && got["venta"] == want["venta"] {
			w.settle(t)
			return
		}
	}
	t.Errorf("reviewed as %+v", w.em.Templates())
}

func TestErrors_EveryCodeOnDemand(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.phone.Text("hola")
	for _, c := range emulator.Codes() {
		w.em.Inject(emulator.Fault{Kind: emulator.FaultRefuse, Code: c.Code, Count: 1})
		_, e := w.send(t, text("x"))
		if e == nil || e.Code != c.Code || e.HTTPStatus != c.Status {
			t.Errorf("%d: %v", c.Code, e)
		}
	}
}

func TestProfiles_LoseNothing(t *testing.T) {
	t.Parallel()
	for _, p := range emulator.FaultProfiles() {
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(c *emulator.Config) { c.Seed = 3 })
			off, err := w.em.InjectProfile(p.Name)
			if err != nil {
				t.Fatal(err)
			}
			for range 20 {
				w.phone.Text("hola")
			}
			off()
			w.em.Advance(72 * time.Hour)
			w.settle(t)
			seen := map[string]bool{}
			for _, m := range w.hook.messages() {
				seen[m.ID] = true
			}
			if len(seen) != 20 {
				t.Errorf("%d of 20 messages arrived", len(seen))
			}
		})
	}
	w := newWorld(t, nil)
	if _, err := w.em.InjectProfile("none such"); err == nil {
		t.Error("an unknown profile was taken")
	}
}
