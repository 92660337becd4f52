package emulator

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"antena/internal/whatsapp"
)

// draftPart is a component as it is handed in.
type draftPart struct {
	Type    string `json:"type"`
	Text    string `json:"text"`
	Buttons []struct {
		Type string `json:"type"`
		Text string `json:"text"`
	} `json:"buttons"`
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
	if problem := t.take(in.Components); problem != nil {
		refuse(w, problem)
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
	text := strings.TrimSpace(t.Body)
	switch {
	case t.Category == "AUTHENTICATION":
	case text == "":
		return badParameter(2388072, "The message body is missing")
	case whatsapp.UTF16Len(text) > whatsapp.MaxTemplateBody:
		return badParameter(2388040, "The message body is too long")
	case strings.HasPrefix(text, "{{"), strings.HasSuffix(text, "}}"):
		return badParameter(2388299, "Variables can't be at the start or end of the template")
	}
	return nil
}

// editTemplate takes new parts of a template; it reports false when there is none of the id.
func (em *Emulator) editTemplate(w http.ResponseWriter, r *http.Request) {
	var in handedIn
	if !readJSON(w, r, &in) {
		return
	}
	em.mu.Lock()
	defer em.mu.Unlock()
	list := slices.Clone(em.templates)
	i := slices.IndexFunc(list, func(t Template) bool { return t.ID == r.PathValue("id") })
	if i < 0 {
		refuse(w, badParameter(100, "Unsupported post request. Object does not exist"))
		return
	}
	if !slices.Contains([]string{"APPROVED", "REJECTED", "PAUSED"}, list[i].Status) {
		refuse(w, badParameter(100, "The template cannot be edited in its present status"))
		return
	}
	if problem := list[i].take(in.Components); problem != nil {
		refuse(w, problem)
		return
	}
	list[i].Status = "PENDING"
	em.templates = list
	answer(w, http.StatusOK, map[string]bool{"success": true})
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
	em.mu.Lock()
	list := slices.Clone(em.templates)
	i := slices.IndexFunc(list, func(t Template) bool { return t.Name == name && t.Language == language })
	if i < 0 {
		em.mu.Unlock()
		return false
	}
	list[i].Status, list[i].Reason = event, reason
	t := list[i]
	em.templates = list
	em.mu.Unlock()
	id, _ := strconv.ParseInt(t.ID, 10, 64) // ours: always a number
	body := wire(map[string]any{"object": "whatsapp_business_account", "entry": []any{map[string]any{
		"id": em.cfg.WABAID, "time": em.cfg.Now().Unix(),
		"changes": []any{map[string]any{"field": "message_template_status_update", "value": map[string]any{
			"event": event, "message_template_id": id, "message_template_name": t.Name, "message_template_language": t.Language,
			"message_template_category": t.Category, "reason": reason,
		}}},
	}}})
	em.spawn(func() { em.postUntilTaken(body) })
	return true
}
