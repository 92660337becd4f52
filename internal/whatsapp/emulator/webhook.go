package emulator

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"antena/internal/whatsapp"
)

// Sign returns the X-Hub-Signature-256 header for a body.
func (em *Emulator) Sign(body []byte) string { return whatsapp.Sign(em.cfg.AppSecret, body) }

// Deliver signs a body and posts it to the webhook once, at once, whatever faults are on. The status is 0 when there was no answer.
func (em *Emulator) Deliver(ctx context.Context, body []byte) (status int, err error) {
	em.mu.Lock()
	address := em.url
	em.mu.Unlock()
	if address == "" {
		return 0, errors.New("emulator: no webhook URL")
	}
	return em.post(ctx, address, body)
}

func (em *Emulator) post(ctx context.Context, address string, body []byte) (status int, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, fmt.Errorf("emulator: posting a webhook: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Hub-Signature-256", em.Sign(body))
	em.tally.add(func(c *Counters) { c.WebhookPosts++ })
	resp, err := em.client.Do(req)
	if err != nil {
		em.tally.answered(0)
		return 0, fmt.Errorf("emulator: posting a webhook: %w", err)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20)); err != nil {
		em.tally.answered(0)
		return 0, fmt.Errorf("emulator: reading the answer to a webhook: %w", err)
	}
	em.tally.answered(resp.StatusCode)
	return resp.StatusCode, nil
}

// postUntilTaken posts a body until the answer is 200 or the emulator closes. It reports whether it was taken.
func (em *Emulator) postUntilTaken(body []byte) bool {
	delay := em.cfg.RetryDelay
	for {
		address := em.webhookURL()
		if address == "" {
			return false
		}
		status, err := em.post(em.ctx, address, body)
		if status == http.StatusOK {
			return true
		}
		em.log.Debug("webhook refused", "status", status, "error", err, "again_in", delay)
		if !em.wait(delay) {
			return false
		}
		delay = min(2*delay, em.cfg.RetryMax)
	}
}

// VerifyWebhook asks the webhook to prove that it knows the verify token, as Meta does when the URL is saved.
func (em *Emulator) VerifyWebhook(ctx context.Context) error {
	challenge := rand.Text()
	query := url.Values{"hub.mode": {"subscribe"}, "hub.verify_token": {em.cfg.VerifyToken}, "hub.challenge": {challenge}}
	em.mu.Lock()
	address := em.url + "?" + query.Encode()
	em.mu.Unlock()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return fmt.Errorf("emulator: verifying the webhook: %w", err)
	}
	resp, err := em.client.Do(req)
	if err != nil {
		return fmt.Errorf("emulator: verifying the webhook: %w", err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
	if err != nil {
		return fmt.Errorf("emulator: verifying the webhook: %w", err)
	}
	if resp.StatusCode != http.StatusOK || string(got) != challenge {
		return fmt.Errorf("emulator: verifying the webhook: status %d and %d bytes instead of the challenge", resp.StatusCode, len(got))
	}
	return nil
}

// change is one element of changes, encoded as Meta does.
func (em *Emulator) change(value map[string]any) []byte { return em.changeOf("messages", value) }

// changeOf is one of a field of its own.
func (em *Emulator) changeOf(field string, value map[string]any) []byte {
	value["messaging_product"] = "whatsapp"
	value["metadata"] = map[string]string{"display_phone_number": em.cfg.DisplayNumber, "phone_number_id": em.cfg.PhoneNumberID}
	return wire(map[string]any{"field": field, "value": value})
}

// envelope puts changes into the body of one POST.
func (em *Emulator) envelope(changes [][]byte) []byte {
	var body bytes.Buffer
	body.WriteString(`{"object":"whatsapp_business_account","entry":[{"id":`)
	body.Write(wire(em.cfg.WABAID))
	body.WriteString(`,"changes":[`)
	body.Write(bytes.Join(changes, []byte{','}))
	body.WriteString(`]}]}`)
	return body.Bytes()
}

// wire encodes JSON the way Meta does: everything outside ASCII as lower-case \uXXXX, "/" as "\/". A receiver that parses
// and writes the body again gets other bytes, and a signature that does not match.
func wire(v any) []byte {
	var plain bytes.Buffer
	encoder := json.NewEncoder(&plain)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic(fmt.Sprintf("emulator: encoding: %v", err)) // all we encode is maps of strings and numbers
	}
	text := bytes.TrimSuffix(plain.Bytes(), []byte("\n"))
	out := make([]byte, 0, len(text)+len(text)/4)
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r == '/':
			out = append(out, `\/`...)
		case r < utf8.RuneSelf:
			out = append(out, byte(r))
		default:
			for _, unit := range utf16.Encode([]rune{r}) {
				out = fmt.Appendf(out, `\u%04x`, unit)
			}
		}
		text = text[size:]
	}
	return out
}

func seconds(t time.Time) string { return fmt.Sprint(t.Unix()) }
