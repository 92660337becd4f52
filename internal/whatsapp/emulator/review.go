package emulator

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// draftPart is a component as it is handed in.
type draftPart struct {
	Type    string        `json:"type"`
	Format  string        `json:"format"`
	Text    string        `json:"text"`
	Buttons []draftButton `json:"buttons"`
}

type draftButton struct {
	Type  string `json:"type"`
	Text  string `json:"text"`
	URL   string `json:"url"`
	Phone string `json:"phone_number"`
}

// handedIn is a template handed in for review.
type handedIn struct {
	Name       string          `json:"name"`
	Language   string          `json:"language"`
	Category   string          `json:"category"`
	Format     string          `json:"parameter_format"`
	Components json.RawMessage `json:"components"`
}

// postTemplates takes a new template; it is PENDING until Review decides.
func (em *Emulator) postTemplates(w http.ResponseWriter, r *http.Request) {
	var in handedIn
	if !em.isAccount(w, r) || !readJSON(w, r, &in) {
		return
	}
	t := Template{Name: in.Name, Language: in.Language, Category: strings.ToUpper(in.Category), Status: "PENDING", Named: strings.EqualFold(in.Format, "named")}
	problem := t.label()
	if problem == nil {
		problem = t.take(in.Components)
	}
	if problem != nil {
		refuse(w, problem)
		return
	}
	if len(em.Templates()) >= maxTemplates {
		refuse(w, badParameter(2388019, "The account has as many templates as it may"))
		return
	}
	if _, exists := em.template(in.Name, in.Language); exists {
		refuse(w, badParameter(100, "Content in this language already exists"))
		return
	}
	em.mu.Lock()
	em.lastID++
	t.ID = strconv.Itoa(700000 + em.lastID)
	em.templates = append(slices.Clone(em.templates), t)
	em.mu.Unlock()
	answer(w, http.StatusOK, map[string]string{"id": t.ID, "status": t.Status, "category": t.Category})
	em.reviewLater(t.Name, t.Language)
}

// take reads the parts of a template, or says what is wrong with them.
func (t *Template) take(components json.RawMessage) *graphError {
	var parts []draftPart
	if t.Name == "" || t.Language == "" || json.Unmarshal(components, &parts) != nil {
		return missing("name, language and components")
	}
	t.Components, t.Body, t.Buttons = string(components), "", nil
	for _, p := range parts {
		switch strings.ToUpper(p.Type) {
		case "BODY":
			t.Body = p.Text
		case "BUTTONS":
			for _, b := range p.Buttons {
				if strings.EqualFold(b.Type, "quick_reply") {
					t.Buttons = append(t.Buttons, b.Text)
				}
			}
		}
	}
	return t.form()
}

// editTemplate takes new parts of a template, which is then reviewed again.
func (em *Emulator) editTemplate(w http.ResponseWriter, r *http.Request) {
	var in handedIn
	if !readJSON(w, r, &in) {
		return
	}
	t, problem := em.edited(r.PathValue("id"), in.Components)
	if problem != nil {
		refuse(w, problem)
		return
	}
	answer(w, http.StatusOK, map[string]bool{"success": true})
	em.reviewLater(t.Name, t.Language)
}

func (em *Emulator) edited(id string, components json.RawMessage) (Template, *graphError) {
	em.mu.Lock()
	defer em.mu.Unlock()
	list := slices.Clone(em.templates)
	i := slices.IndexFunc(list, func(t Template) bool { return t.ID == id })
	if i < 0 {
		return Template{}, badParameter(100, "Unsupported post request. Object does not exist")
	}
	if !slices.Contains([]string{"APPROVED", "REJECTED", "PAUSED"}, list[i].Status) {
		return Template{}, badParameter(100, "The template cannot be edited in its present status")
	}
	if problem := list[i].take(components); problem != nil {
		return Template{}, problem
	}
	list[i].Status = "PENDING"
	em.templates = list
	return list[i], nil
}

// deleteTemplates deletes one language, or all of a name.
func (em *Emulator) deleteTemplates(w http.ResponseWriter, r *http.Request) {
	if !em.isAccount(w, r) {
		return
	}
	name, id := r.URL.Query().Get("name"), r.URL.Query().Get("hsm_id")
	em.mu.Lock()
	before := len(em.templates)
	em.templates = slices.DeleteFunc(slices.Clone(em.templates), func(t Template) bool { return t.Name == name && (id == "" || t.ID == id) })
	gone := before - len(em.templates)
	em.mu.Unlock()
	if gone == 0 {
		refuse(w, badParameter(100, "Message template not found"))
		return
	}
	answer(w, http.StatusOK, map[string]bool{"success": true})
}

// Templates returns the templates of the account.
func (em *Emulator) Templates() []Template {
	em.mu.Lock()
	defer em.mu.Unlock()
	return slices.Clone(em.templates)
}

// Review decides about a template, as Meta's review does, and tells the webhook: event is
// APPROVED, REJECTED, PAUSED, DISABLED, ... It reports whether there is such a template.
func (em *Emulator) Review(name, language, event, reason string) bool {
	t, ok := em.changeTemplate(name, language, func(t *Template) { t.Status, t.Reason = event, reason })
	if ok {
		em.tellReview(&t, nil)
	}
	return ok
}

// reviewLater reviews a template that was handed in, when the emulator reviews by itself.
func (em *Emulator) reviewLater(name, language string) {
	if em.cfg.ReviewDelay <= 0 {
		return
	}
	em.spawn(func() {
		if !em.wait(em.cfg.ReviewDelay) {
			return
		}
		t, ok := em.template(name, language)
		if !ok || t.Status != "PENDING" {
			return
		}
		event, reason := reviewed(&t)
		em.Review(name, language, event, reason)
	})
}

// reviewed is what a review by itself finds: what is put in for something else than it is, or cannot be read, is rejected.
func reviewed(t *Template) (event, reason string) {
	body := strings.ToLower(t.Body)
	count := variables(t.Body)
	switch {
	case t.Category == "UTILITY" && promotes(body):
		return "REJECTED", "INCORRECT_CATEGORY"
	case strings.Contains(body, "bit.ly/"), strings.Contains(body, "wa.me/"):
		return "REJECTED", "INVALID_FORMAT"
	case count > 0 && len(strings.Fields(body)) < 3*count:
		return "REJECTED", "TAG_CONTENT_MISMATCH"
	case strings.Contains(body, "password"), strings.Contains(body, "contraseña completa"), strings.Contains(body, "número de tarjeta"):
		return "REJECTED", "SCAM"
	}
	return "APPROVED", "NONE"
}

// promotes reports whether a text, in lower case, sells.
func promotes(body string) bool {
	for _, word := range []string{"% off", "descuento", "desconto", "discount", "oferta", "promo", "special offer", "aprovecha", "aproveite"} {
		if strings.Contains(body, word) {
			return true
		}
	}
	return false
}
