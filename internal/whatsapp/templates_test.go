package whatsapp

import (
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"testing"
	"time"
)

func visit() TemplateDraft {
	return TemplateDraft{
		Name: "visita_confirmada", Language: "es_AR", Category: "UTILITY", Named: true,
		Header: &DraftHeader{Text: "Visita de {{empresa}}"},
		Body:   "Hola {{nombre}}, te visitamos el {{dia}} por la tarde.",
		Footer: "Fibra Sur",
		Buttons: []DraftButton{
			{Kind: DraftQuickReply, Text: "Confirmar"},
			{Kind: DraftURL, Text: "Ver", URL: "https://isp.example/v/{{1}}", Example: "https://isp.example/v/9"},
			{Kind: DraftPhone, Text: "Llamar", Phone: "+5493515550100"},
		},
		Examples: map[string]string{"empresa": "Fibra Sur", "nombre": "Ana", "dia": "lunes"},
		Lifetime: time.Hour,
	}
}

func TestCreateTemplate(t *testing.T) {
	t.Parallel()
	c, seen := graph(t)
	made, err := c.CreateTemplate(t.Context(), "88", visit())
	if err != nil || made.ID != "600" || made.Status != TemplatePending || made.Category != "MARKETING" || made.Name != "visita_confirmada" {
		t.Fatalf("%+v, %v", made, err)
	}
	want := `{"category":"utility","components":[` +
		`{"example":{"header_text_named_params":[{"example":"Fibra Sur","param_name":"empresa"}]},"format":"text","text":"Visita de {{empresa}}","type":"header"},` +
		`{"example":{"body_text_named_params":[{"example":"Ana","param_name":"nombre"},{"example":"lunes","param_name":"dia"}]},"text":"Hola {{nombre}}, te visitamos el {{dia}} por la tarde.","type":"body"},` +
		`{"text":"Fibra Sur","type":"footer"},` +
		`{"buttons":[{"text":"Confirmar","type":"quick_reply"},{"example":["https://isp.example/v/9"],"text":"Ver","type":"url","url":"https://isp.example/v/{{1}}"},{"phone_number":"+5493515550100","text":"Llamar","type":"phone_number"}],"type":"buttons"}],` +
		`"language":"es_AR","message_send_ttl_seconds":3600,"name":"visita_confirmada","parameter_format":"named"}`
	if got := (*seen)[0].body; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	made.Category = "UTILITY"
	back := made.Draft()
	back.Lifetime = time.Hour // not told by Meta
	if !reflect.DeepEqual(back, visit()) {
		t.Errorf("read back as %+v", back)
	}
}

func TestDraft_PositionalExamples(t *testing.T) {
	t.Parallel()
	d := TemplateDraft{Name: "n", Language: "pt_BR", Category: "utility", Header: &DraftHeader{Text: "Caso {{1}}"}, Body: "Oi {{1}}, ate {{2}} horas.", Examples: map[string]string{"1": "Ana", "2": "14"}}
	if err := d.Validate(); err != nil {
		t.Fatal(err)
	}
	var parts []map[string]json.RawMessage
	if err := json.Unmarshal(d.ComponentsJSON(), &parts); err != nil {
		t.Fatal(err)
	}
	if string(parts[0]["example"]) != `{"header_text":["Ana"]}` || string(parts[1]["example"]) != `{"body_text":[["Ana","14"]]}` {
		t.Errorf("examples %s and %s", parts[0]["example"], parts[1]["example"])
	}
	if header, body, _ := d.Preview(map[string]string{"1": "Bia"}); header != "Caso Bia" || body != "Oi Bia, ate 14 horas." {
		t.Errorf("preview %q, %q", header, body)
	}
}

func TestDraft_Authentication(t *testing.T) {
	t.Parallel()
	d := TemplateDraft{Name: "codigo", Language: "es", Category: "AUTHENTICATION", SecurityAdvice: true, CodeMinutes: 10, Buttons: []DraftButton{{Kind: DraftOTP}}, Examples: map[string]string{}}
	if err := d.Validate(); err != nil {
		t.Fatal(err)
	}
	want := `[{"add_security_recommendation":true,"type":"body"},{"code_expiration_minutes":10,"type":"footer"},{"buttons":[{"otp_type":"copy_code","type":"otp"}],"type":"buttons"}]`
	if got := string(d.ComponentsJSON()); got != want {
		t.Errorf("got %s", got)
	}
	back := Template{Name: "codigo", Language: "es", Category: "AUTHENTICATION", Components: d.ComponentsJSON()}.Draft()
	if !reflect.DeepEqual(back, d) {
		t.Errorf("read back as %+v", back)
	}
}

func TestTemplate_Foreign(t *testing.T) {
	t.Parallel()
	have := Template{Components: json.RawMessage(`[{"type":"BODY","text":"x"},{"type":"CAROUSEL","cards":[]},{"type":"limited_time_offer"}]`)}
	if got := have.Foreign(); !reflect.DeepEqual(got, []string{"CAROUSEL", "LIMITED_TIME_OFFER"}) {
		t.Errorf("got %v", got)
	}
}

func TestTemplate_ReadsStatus(t *testing.T) {
	t.Parallel()
	c, _ := graph(t)
	got, err := c.Template(t.Context(), "600")
	if err != nil || !got.Usable() || !got.Named || got.Quality != "GREEN" || got.RejectedReason != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestTemplates_ListsThatDoNotEndOrGoStale(t *testing.T) {
	t.Parallel()
	endless := answering(t, http.StatusOK, nil, []byte(`{"data":[],"paging":{"cursors":{"after":"x"},"next":"y"}}`))
	if _, err := endless.Templates(t.Context(), "88"); AsError(err) == nil || AsError(err).Action != Park {
		t.Errorf("an endless list: %v", err)
	}
	asked := 0
	c, _ := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		switch {
		case asked == 2:
			w.WriteHeader(http.StatusBadRequest)
			io.WriteString(w, `{"error":{"code":131059}}`)
		case r.URL.Query().Get("after") == "":
			io.WriteString(w, `{"data":[{"id":"1"}],"paging":{"cursors":{"after":"x"},"next":"y"}}`)
		default:
			io.WriteString(w, `{"data":[{"id":"2"}],"paging":{"cursors":{"after":"z"}}}`)
		}
	})
	list, err := c.Templates(t.Context(), "88")
	if err != nil || len(list) != 2 || asked != 4 {
		t.Errorf("%+v, %v after %d calls", list, err, asked)
	}
}
