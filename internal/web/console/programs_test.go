package console_test

import (
	"net/http"
	"net/url"
	"testing"

	"antena/internal/desk"
)

// A token, and a webhook's secret, is shown in the answer that made it and never again.
func TestPrograms_SecretsAreShownOnce(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, diego)
	w := do(h, http.MethodPost, "/tokens", cookie, url.Values{"name": {"ERP"}, "scopes": {"read:tickets"}, "days": {"30"}})
	contains(t, w.Body.String(), "antena_fresh-token", "ERP")
	lacks(t, do(h, http.MethodGet, "/tokens", cookie, nil).Body.String(), "antena_fresh-token")

	w = do(h, http.MethodPost, "/webhooks", cookie, url.Values{"name": {"ERP"}, "url": {"https://erp.example"}, "topics": {"ticket"}})
	contains(t, w.Body.String(), "whsec_fresh")
	page := do(h, http.MethodGet, "/webhooks?log=019a3f52-1040-700a-8000-00000000000a", cookie, nil).Body.String()
	lacks(t, page, "whsec_")
	contains(t, page, "ticket.updated", "HTTP 500, 84 ms", "out of order")
}

// What was refused stays as it was typed.
func TestPrograms_RefusedFormsKeepWhatWasTyped(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, diego)
	f.refuse = desk.ErrWebhookURL
	w := do(h, http.MethodPost, "/webhooks", cookie, url.Values{"name": {"ERP"}, "url": {"http://10.0.0.1/"}, "topics": {"ticket"}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("got %d", w.Code)
	}
	contains(t, w.Body.String(), `value="http://10.0.0.1/"`, "Los webhooks van a direcciones https")
	f.refuse = desk.ErrInvalid.For("scopes")
	contains(t, do(h, http.MethodPost, "/tokens", cookie, url.Values{"name": {"ERP"}}).Body.String(), `value="ERP"`, "Elige al menos un permiso.")
}
