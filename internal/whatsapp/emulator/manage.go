package emulator

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Template is a message template of the account. Status "" means "APPROVED".
type Template struct {
	Name, Language, Category, Status string
	ID, Reason, Quality              string // set by the emulator when empty: a number; NONE; GREEN
	Components                       string // JSON as it was handed in; "": made of Body and Buttons
	Body                             string // with {{1}} or, when Named, {{name}}
	Named                            bool
	Buttons                          []string // quick replies

	before      string // quality
	pauses      int
	pausedUntil time.Time
}

// SetTemplates replaces the templates of the account.
func (em *Emulator) SetTemplates(list []Template) {
	list = slices.Clone(list)
	for i := range list {
		list[i].Status = strings.ToUpper(cmp.Or(list[i].Status, "APPROVED"))
		list[i].Category = strings.ToUpper(cmp.Or(list[i].Category, "UTILITY"))
	}
	em.mu.Lock()
	defer em.mu.Unlock()
	for i := range list {
		if list[i].ID == "" {
			em.lastID++
			list[i].ID = strconv.Itoa(700000 + em.lastID)
		}
	}
	em.templates = list
}

func (em *Emulator) template(name, language string) (Template, bool) {
	em.mu.Lock()
	defer em.mu.Unlock()
	for _, t := range em.templates {
		if t.Name == name && t.Language == language {
			return t, true
		}
	}
	return Template{}, false
}

// getTemplates lists in pages; the cursor is the index of the next one.
func (em *Emulator) getTemplates(w http.ResponseWriter, r *http.Request) {
	if !em.isAccount(w, r) {
		return
	}
	em.mu.Lock()
	list := em.templates
	em.mu.Unlock()
	limit, err := strconv.Atoi(cmp.Or(r.URL.Query().Get("limit"), "25"))
	from, err2 := strconv.Atoi(cmp.Or(r.URL.Query().Get("after"), "0"))
	if err != nil || err2 != nil || limit < 1 || from < 0 || from > len(list) {
		refuse(w, badParameter(131059, "The paging cursor is not valid."))
		return
	}
	to := min(from+limit, len(list))
	data := make([]any, 0, to-from)
	for _, t := range list[from:to] {
		data = append(data, templateFields(t))
	}
	paging := map[string]any{"cursors": map[string]string{"before": strconv.Itoa(from), "after": strconv.Itoa(to)}}
	if to < len(list) {
		paging["next"] = "https://" + r.Host + r.URL.Path + "?after=" + strconv.Itoa(to)
	}
	answer(w, http.StatusOK, map[string]any{"data": data, "paging": paging})
}

func templateFields(t Template) map[string]any {
	format := "POSITIONAL"
	if t.Named {
		format = "NAMED"
	}
	components := []any{map[string]any{"type": "BODY", "text": t.Body}}
	if len(t.Buttons) > 0 {
		buttons := make([]any, len(t.Buttons))
		for i, title := range t.Buttons {
			buttons[i] = map[string]string{"type": "QUICK_REPLY", "text": title}
		}
		components = append(components, map[string]any{"type": "BUTTONS", "buttons": buttons})
	}
	var parts any = components
	if t.Components != "" {
		parts = json.RawMessage(t.Components)
	}
	return map[string]any{
		"id": t.ID, "name": t.Name, "language": t.Language, "status": t.Status, "category": t.Category,
		"parameter_format": format, "components": parts, "quality_score": map[string]string{"score": cmp.Or(t.Quality, "GREEN")}, "rejected_reason": cmp.Or(t.Reason, "NONE"),
	}
}

func (em *Emulator) numberFields() map[string]any {
	entity := func(kind, id string) map[string]string {
		return map[string]string{"entity_type": kind, "id": id, "can_send_message": "AVAILABLE"}
	}
	fields := map[string]any{
		"id":                       em.cfg.PhoneNumberID,
		"display_phone_number":     "+" + digits(em.cfg.DisplayNumber),
		"verified_name":            em.cfg.VerifiedName,
		"quality_rating":           "GREEN",
		"name_status":              "APPROVED",
		"code_verification_status": "VERIFIED",
		"throughput":               map[string]string{"level": "STANDARD"},
		"health_status": map[string]any{
			"can_send_message": "AVAILABLE",
			"entities":         []any{entity("PHONE_NUMBER", em.cfg.PhoneNumberID), entity("WABA", em.cfg.WABAID)},
		},
		"status": "CONNECTED", "platform_type": "CLOUD_API", "is_on_biz_app": em.Coexistence(),
		"whatsapp_business_manager_messaging_limit": "TIER_2K", "webhook_configuration": map[string]string{"application": em.webhookAddress()},
	}
	for name, value := range em.told().Number {
		fields[name] = value
	}
	return fields
}

// isAccount checks that the path names our account; it answers for any other.
func (em *Emulator) isAccount(w http.ResponseWriter, r *http.Request) bool {
	if r.PathValue("id") == em.cfg.WABAID {
		return true
	}
	refuse(w, badParameter(100, "Unsupported request. Object does not exist"))
	return false
}

func (em *Emulator) getApps(w http.ResponseWriter, r *http.Request) {
	if !em.isAccount(w, r) {
		return
	}
	em.mu.Lock()
	subscribed := em.apps
	em.mu.Unlock()
	data := []any{}
	if subscribed {
		data = append(data, map[string]any{"whatsapp_business_api_data": map[string]string{"id": "1", "name": "Antena"}})
	}
	answer(w, http.StatusOK, map[string]any{"data": data})
}

func (em *Emulator) postApps(w http.ResponseWriter, r *http.Request)   { em.setApps(w, r, true) }
func (em *Emulator) deleteApps(w http.ResponseWriter, r *http.Request) { em.setApps(w, r, false) }

func (em *Emulator) setApps(w http.ResponseWriter, r *http.Request, subscribed bool) {
	if !em.isAccount(w, r) {
		return
	}
	em.mu.Lock()
	em.apps = subscribed
	em.mu.Unlock()
	answer(w, http.StatusOK, map[string]bool{"success": true})
}
