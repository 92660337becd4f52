package doctor

import (
	"context"
	"crypto/rand"
	"io"
	"net/http"
	"net/url"
	"strings"

	"antena/internal/desk"
)

// webhook calls our own address from outside, as the provider does when it is
// saved: the answer must be the challenge and nothing else.
func (v *visit) webhook(ctx context.Context) {
	if v.WebhookURL == "" {
		v.say(desk.CheckFail, "webhook", "", "webhook.unset")
		return
	}
	if !strings.HasPrefix(v.WebhookURL, "https://") {
		v.say(desk.CheckFail, "webhook", "", "webhook.plain", v.WebhookURL)
		return
	}
	v.verify(ctx)
}

func (v *visit) verify(ctx context.Context) {
	challenge := rand.Text()
	query := url.Values{"hub.mode": {"subscribe"}, "hub.verify_token": {v.VerifyToken}, "hub.challenge": {challenge}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, v.WebhookURL+"?"+query.Encode(), nil)
	if err != nil {
		v.say(desk.CheckFail, "webhook", "", "webhook.away", v.WebhookURL)
		return
	}
	resp, err := v.HTTP.Do(req)
	if err != nil { // its text would hold the verify token
		v.say(desk.CheckFail, "webhook", "", "webhook.away", v.WebhookURL)
		return
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
	switch {
	case err == nil && resp.StatusCode == http.StatusOK && string(body) == challenge:
		v.say(desk.CheckOK, "webhook", "", "webhook.good", v.WebhookURL)
	case resp.StatusCode == http.StatusForbidden:
		v.say(desk.CheckFail, "webhook", "", "webhook.token", v.WebhookURL)
	default:
		v.say(desk.CheckFail, "webhook", "", "webhook.other", v.WebhookURL, resp.StatusCode)
	}
}
