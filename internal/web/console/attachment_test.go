package console_test

import (
	"bytes"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// albums adds a conversation of Ana's with every way a file is shown.
func (f *fake) albums(t testing.TB) {
	t.Helper()
	const minute = time.Minute
	c := f.talk("Marcos Quiroga", "5491155550112", "es", 3*minute)
	c.Owner, c.AgentID, c.Team = desk.OwnerAgent, &f.agents[ana].ID, desk.TeamBilling
	for i, m := range []desk.Message{
		{Kind: desk.KindImage, Text: "la luz del equipo", Attachment: &desk.Attachment{MIME: "image/jpeg", Path: "a", Size: 240_000, Thumb: true, Width: 1600, Height: 1100}},
		{Kind: desk.KindSticker, Attachment: &desk.Attachment{MIME: "image/webp", Path: "b", Size: 40_000, Thumb: true, Width: 512, Height: 512}},
		{Kind: desk.KindAudio, Attachment: &desk.Attachment{MIME: "audio/ogg", Path: "c", Size: 21_000, Voice: true, Duration: 67 * time.Second}},
		{Kind: desk.KindVideo, Attachment: &desk.Attachment{MIME: "video/mp4", Path: "d", Size: 9_000_000}},
		{Kind: desk.KindDocument, Attachment: &desk.Attachment{MIME: "application/pdf", Path: "e", Filename: "../factura\u202efdp.exe .pdf", Size: 88_000, Pages: 3}},
		{Kind: desk.KindDocument, Attachment: &desk.Attachment{MIME: "text/html", Path: "g", Filename: "foto.jpg", Size: 900, Suspect: true}},
		{Kind: desk.KindVideo, Attachment: &desk.Attachment{MIME: "video/mp4", MediaID: "1", Tries: 2}},
		{Kind: desk.KindImage, Attachment: &desk.Attachment{MIME: "image/jpeg", MediaID: "2", Error: desk.FileGaveUp}},
		{Kind: desk.KindImage, Attachment: &desk.Attachment{MIME: "image/jpeg", MediaID: "3", Error: desk.FileLate}},
		{Kind: desk.KindDocument, Direction: desk.Outbound, Author: desk.ByAgent, AgentID: &f.agents[ana].ID, Text: "Su comprobante", Status: desk.StatusRead, Attachment: &desk.Attachment{MIME: "application/pdf", Path: "h", Filename: "recibo.pdf", Size: 51_000, Pages: 1}},
	} {
		m = f.say(c, m, time.Duration(20-i)*minute)
		if a := m.Attachment; a.Path != "" {
			f.files[m.ID] = file{mime: a.MIME, data: picture(t), name: a.Filename, suspect: a.Suspect}
		}
	}
	f.uploads = append(f.uploads,
		desk.Upload{ID: desk.NewID(), ConversationID: c.ID, AgentID: f.agents[ana].ID, Kind: desk.KindImage, Attachment: &desk.Attachment{MIME: "image/png", Path: "i", Filename: "plano.png", Size: 320_000, Thumb: true, Width: 320, Height: 220}},
		desk.Upload{ID: desk.NewID(), ConversationID: c.ID, AgentID: f.agents[ana].ID, Kind: desk.KindDocument, Attachment: &desk.Attachment{MIME: "application/pdf", Path: "j", Filename: "contrato.pdf", Size: 120_000, Pages: 4}})
	f.files[f.uploads[0].ID] = file{mime: "image/png", data: picture(t)}
}

func (f *fake) album() *desk.Conversation { return &f.conversations[len(f.conversations)-1] }

func albumPath(f *fake) string { return "/conversations/" + f.album().ID.String() }

func TestMedia_EveryKindIsShownItsWay(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	page := do(h, http.MethodGet, albumPath(f)+"?view=mine", session(t, h, f, ana), nil).Body.String()
	contains(t, page,
		`class="photo"`, `/thumb" width="320" height="220" alt="Foto"`, `class="sticker"`, "<audio controls", "1:07", "<video class=\"photo\" controls",
		"PDF · 3 páginas · ", "<b>facturafdp.exe .pdf</b>", "El contenido no es lo que dice el nombre", "Falló la descarga; se está intentando de nuevo.",
		"No se pudo descargar tras media hora de intentos.", "Reintentar", "WhatsApp guarda los archivos siete días", "Su comprobante", "recibo.pdf",
		`name="upload" value="`+f.uploads[0].ID.String()+`" form="say"`, "Quitar contrato.pdf", "PDF · 4 páginas", `accept="image/jpeg,`)
	if got := strings.Count(page, "/fetch\""); got != 1 {
		t.Errorf("%d files can be tried again, want the one for which it is not too late", got)
	}
	suspect := f.messages[f.album().ID][5].ID.String()
	contains(t, page, `href="/media/`+suspect+`?save=1" download`)
	lacks(t, page, "\u202e", `target="_blank" href="/media/`+suspect)
}

func TestMedia_UploadsAreTheirAgents(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	for _, who := range []int{bruno, carla, elena} {
		page := do(h, http.MethodGet, albumPath(f)+"?view=all", session(t, h, f, who), nil).Body.String()
		lacks(t, page, "contrato.pdf", "data-attach")
	}
}

func TestMedia_OnlySafeTypesAreShown(t *testing.T) {
	t.Parallel()
	tests := []struct {
		give              file
		kind, disposition string
		sandbox           bool
	}{
		{file{mime: "image/png"}, "image/png", "inline", true},
		{file{mime: "image/jpeg; name=x"}, "image/jpeg", "inline", true},
		{file{mime: "audio/ogg; codecs=opus"}, "audio/ogg", "inline", true},
		{file{mime: "application/pdf", name: "a.pdf"}, "application/pdf", `inline; filename=a.pdf`, false},
		{file{mime: "application/pdf", suspect: true}, "application/octet-stream", "attachment", true},
		{file{mime: "image/svg+xml"}, "application/octet-stream", "attachment", true},
		{file{mime: "image/gif"}, "application/octet-stream", "attachment", true},
		{file{mime: "text/html"}, "application/octet-stream", "attachment", true},
		{file{mime: "text/plain"}, "application/octet-stream", "attachment", true},
		{file{mime: "application/xhtml+xml"}, "application/octet-stream", "attachment", true},
		{file{mime: "text/html\r\nX-Evil: 1"}, "application/octet-stream", "attachment", true},
		{file{mime: "", name: "../../\"\r\nX-Evil: 1;\u202egpj.exe"}, "application/octet-stream", "attachment", true},
	}
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, ana)
	for _, test := range tests {
		id := desk.NewID()
		test.give.data = "<script>alert(1)</script>"
		f.files[id] = test.give
		w := do(h, http.MethodGet, "/media/"+id.String(), cookie, nil)
		header := w.Header()
		if w.Code != http.StatusOK || header.Get("Content-Type") != test.kind || !strings.HasPrefix(header.Get("Content-Disposition"), test.disposition) {
			t.Errorf("%+v: %d %v", test.give, w.Code, header)
		}
		policy := header.Get("Content-Security-Policy")
		if header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "sandbox") != test.sandbox ||
			strings.Contains(policy, "script-src") || header.Get("X-Evil") != "" || !strings.HasPrefix(header.Get("Cache-Control"), "private") {
			t.Errorf("%+v: %v", test.give, header)
		}
		if strings.ContainsAny(header.Get("Content-Disposition"), "\r\n\u202e") || strings.Contains(header.Get("Content-Disposition"), "..") {
			t.Errorf("%+v: %s", test.give, header.Get("Content-Disposition"))
		}
		if framed := header.Get("X-Frame-Options") == "SAMEORIGIN" && strings.Contains(policy, "frame-ancestors 'self'"); framed != (test.kind == "application/pdf") {
			t.Errorf("our pages may frame %s: %v", test.kind, framed)
		}
		w = do(h, http.MethodGet, "/media/"+id.String()+"?save=1", cookie, nil)
		if !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") || w.Header().Get("Content-Type") != "application/octet-stream" {
			t.Errorf("saving %+v: %v", test.give, w.Header())
		}
		if w = do(h, http.MethodGet, "/media/"+id.String()+"/thumb", cookie, nil); w.Header().Get("Content-Type") != "image/jpeg" {
			t.Errorf("the small picture of %+v is %v", test.give, w.Header())
		}
	}
	if w := do(h, http.MethodGet, "/media/"+desk.NewID().String(), cookie, nil); w.Code != http.StatusNotFound {
		t.Errorf("a missing file answered %d", w.Code)
	}
}

func TestMedia_PlayersMayJump(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	id := desk.NewID()
	f.files[id] = file{mime: "video/mp4", data: "0123456789"}
	w := do(h, http.MethodGet, "/media/"+id.String(), session(t, h, f, ana), nil, "Range", "bytes=3-5")
	if w.Code != http.StatusPartialContent || w.Body.String() != "345" || w.Header().Get("Content-Range") != "bytes 3-5/10" {
		t.Errorf("%d %q %v", w.Code, w.Body, w.Header())
	}
}

// form is a multipart form with files, as a browser sends it.
func form(t *testing.T, names ...string) (body *bytes.Buffer, kind string) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	if err := w.WriteField("back", "/conversations/x?view=mine"); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(part, strings.Repeat("x", 100_000)) // more than any other form may have
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return body, w.FormDataContentType()
}

func post(h http.Handler, path, cookie string, body *bytes.Buffer, kind string, header ...string) *httptest.ResponseRecorder {
	req := httptest.NewRequest(http.MethodPost, "https://desk.example"+path, body)
	req.Header.Set("Content-Type", kind)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	req.Header.Set("Cookie", cookie)
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w
}

func TestAttach_StoresFilesAsTheyCome(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, ana)
	before := len(f.did())
	body, kind := form(t, "a.png", "b ñ.pdf")
	w := post(h, albumPath(f)+"/attach", cookie, body, kind)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/conversations/x?done=attached&view=mine" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	want := "take a.png application/octet-stream 100000, take b ñ.pdf application/octet-stream 100000"
	if got := strings.Join(f.did()[before:], ", "); got != want {
		t.Errorf("did %s\nwant %s", got, want)
	}
	body, kind = form(t, "c.png")
	if w := post(h, albumPath(f)+"/attach", cookie, body, kind, "X-Partial", "act"); w.Code != http.StatusNoContent {
		t.Errorf("by script: %d %s", w.Code, w.Body)
	}
}

func TestAttach_SaysWhyNot(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		who    int
		refuse error
		names  []string
		status int
		words  string
	}{
		{"another's conversation", bruno, nil, []string{"a.png"}, http.StatusConflict, "assuma a conversa"},
		{"an auditor", elena, nil, []string{"a.png"}, http.StatusForbidden, ""},
		{"a type nobody carries", ana, desk.ErrFileType, []string{"a.exe"}, http.StatusUnprocessableEntity, "WhatsApp no lleva archivos de este tipo"},
		{"too large", ana, desk.ErrFileTooLarge, []string{"a.mp4"}, http.StatusUnprocessableEntity, "imágenes hasta 5 MB"},
		{"a full disk", ana, errors.Join(desk.ErrStorage, errors.New("no space left")), []string{"a.png"}, http.StatusServiceUnavailable, "No se pudo guardar"},
		{"too many", ana, nil, strings.Split("123456789", ""), http.StatusUnprocessableEntity, "como máximo 10"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := golden(t)
			h := serve(t, f)
			cookie := session(t, h, f, test.who)
			f.refuse = test.refuse
			body, kind := form(t, test.names...)
			w := post(h, albumPath(f)+"/attach", cookie, body, kind, "X-Partial", "act")
			if w.Code != test.status || !strings.Contains(w.Body.String(), test.words) {
				t.Errorf("%d %s", w.Code, w.Body)
			}
		})
	}
}

func TestAttach_BrokenForms(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, ana)
	whole, kind := form(t, "a.png")
	for name, give := range map[string]struct{ body, kind string }{
		"cut":         {whole.String()[:5000], kind},
		"no form":     {"hello", "text/plain"},
		"no boundary": {"hello", "multipart/form-data"},
		"empty":       {"", kind},
	} {
		if w := post(h, albumPath(f)+"/attach", cookie, bytes.NewBufferString(give.body), give.kind, "X-Partial", "act"); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

func TestSay_CarriesTheChosenFiles(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, ana)
	draft := uuid.NewString()
	w := do(h, http.MethodPost, albumPath(f)+"/say", cookie, url.Values{"id": {draft}, "mode": {"reply"}, "text": {""}, "upload": {f.uploads[0].ID.String(), f.uploads[1].ID.String()}})
	acts := f.did()
	if want := "reply " + draft + "  +" + f.uploads[0].ID.String() + " +" + f.uploads[1].ID.String(); w.Code != http.StatusSeeOther || acts[len(acts)-1] != want {
		t.Errorf("%d, did %q", w.Code, acts[len(acts)-1])
	}
	if w := do(h, http.MethodPost, albumPath(f)+"/say", cookie, url.Values{"mode": {"reply"}, "text": {"x"}, "upload": {"../../etc"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an upload that is none: %d", w.Code)
	}
	for path, want := range map[string]string{"/uploads/" + f.uploads[0].ID.String() + "/drop": "drop upload", "/messages/" + f.messages[f.album().ID][7].ID.String() + "/fetch": "fetch again"} {
		w := do(h, http.MethodPost, path, cookie, url.Values{})
		if acts := f.did(); w.Code != http.StatusSeeOther || acts[len(acts)-1] != want {
			t.Errorf("%s: %d, did %q", path, w.Code, acts[len(acts)-1])
		}
	}
}
