package emulator

import (
	"net/http"
	"strings"
)

// Setup is what the account says about itself to a doctor. The zero value is a
// healthy one.
type Setup struct {
	TokenExpiresAt int64    // seconds; 0 never
	Scopes         []string // nil: both WhatsApp permissions
	Fields         []string // of the app's subscription; nil: every one
	Number         map[string]any
	Version        string // what the API says it served; "": what was asked
}

// SetSetup changes what the account says about itself.
func (em *Emulator) SetSetup(s Setup) {
	em.mu.Lock()
	defer em.mu.Unlock()
	em.setup = s
}

func (em *Emulator) told() Setup {
	em.mu.Lock()
	defer em.mu.Unlock()
	return em.setup
}

const appID = "1"

// usualFields are the webhook fields of a whole subscription.
func usualFields() []string {
	return []string{
		"messages", "message_template_status_update", "message_template_quality_update", "message_template_components_update", "template_category_update",
		"phone_number_quality_update", "business_capability_update", "phone_number_name_update", "account_update", "account_review_update", "account_alerts",
		"security", "user_preferences", "calls", "smb_message_echoes", "smb_app_state_sync", "history", "messaging_handovers", "standby",
	}
}

// getToken answers debug_token.
func (em *Emulator) getToken(w http.ResponseWriter, r *http.Request) {
	s := em.told()
	scopes := s.Scopes
	if scopes == nil {
		scopes = []string{"whatsapp_business_management", "whatsapp_business_messaging"}
	}
	answer(w, http.StatusOK, map[string]any{"data": map[string]any{
		"app_id": appID, "application": "Antena", "type": "SYSTEM_USER", "is_valid": r.URL.Query().Get("input_token") == em.cfg.AccessToken,
		"expires_at": s.TokenExpiresAt, "scopes": scopes,
	}})
}

// getSubscriptions answers an app's subscriptions; only the app itself may ask.
func (em *Emulator) getSubscriptions(w http.ResponseWriter, r *http.Request) {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if r.PathValue("id") != appID || token != appID+"|"+em.cfg.AppSecret {
		refuse(w, &graphError{http.StatusUnauthorized, 190, "Invalid application access token"})
		return
	}
	names := em.told().Fields
	if names == nil {
		names = usualFields()
	}
	fields := make([]map[string]string, len(names))
	for i, name := range names {
		fields[i] = map[string]string{"name": name, "version": "v25.0"}
	}
	answer(w, http.StatusOK, map[string]any{"data": []any{map[string]any{
		"object": "whatsapp_business_account", "callback_url": em.webhookAddress(), "active": true, "fields": fields,
	}}})
}

func (em *Emulator) webhookAddress() string {
	em.mu.Lock()
	defer em.mu.Unlock()
	return em.url
}

// getMe answers the smallest of calls.
func (em *Emulator) getMe(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]string{"id": "10"})
}

// getNumbers lists the account's only number.
func (em *Emulator) getNumbers(w http.ResponseWriter, r *http.Request) {
	if em.isAccount(w, r) {
		answer(w, http.StatusOK, map[string]any{"data": []any{em.numberFields()}})
	}
}

// versioned tells which version answered.
func (em *Emulator) versioned(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		served := em.told().Version
		if served == "" {
			served = r.PathValue("version")
		}
		w.Header().Set("Facebook-Api-Version", served)
		next(w, r)
	}
}
