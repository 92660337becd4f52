package recording

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"

	"antena/internal/whatsapp"
	"antena/internal/whatsapp/emulator"
)

// Account is whose webhooks are made of a recording.
type Account struct {
	WABAID, PhoneNumberID, DisplayNumber string
	Secret                               string // signs them
}

// Webhooks makes a body of every message and status of the recording, oldest first.
func (r Recording) Webhooks(a Account) [][]byte {
	var bodies [][]byte
	profiles := map[string]emulator.CustomerProfile{}
	for _, step := range r {
		value := map[string]any{"messaging_product": "whatsapp", "metadata": map[string]string{"display_phone_number": a.DisplayNumber, "phone_number_id": a.PhoneNumberID}}
		switch step.Kind {
		case emulator.StepCustomer:
			profiles[step.Who] = *step.Profile
			continue
		case emulator.StepAct:
			value["contacts"], value["messages"] = []any{contact(profiles[step.Who])}, []any{step.Message}
		case emulator.StepStatus:
			value["statuses"] = []any{step.Message}
		default:
			continue
		}
		body, err := json.Marshal(map[string]any{"object": "whatsapp_business_account", "entry": []any{map[string]any{
			"id": a.WABAID, "changes": []any{map[string]any{"field": "messages", "value": value}},
		}}})
		if err != nil {
			panic("recording: encoding a webhook: " + err.Error()) // texts, and JSON that was read as such
		}
		bodies = append(bodies, body)
	}
	return bodies
}

func contact(p emulator.CustomerProfile) map[string]any {
	c := map[string]any{"profile": map[string]string{"name": p.Name}}
	if p.Phone != "" {
		c["wa_id"] = p.Phone
	}
	if p.BSUID != "" {
		c["user_id"] = p.BSUID
	}
	return c
}

// Shuffle returns the bodies in an order of the seed's, with about one in four twice. The same seed gives the same order.
func Shuffle(bodies [][]byte, seed uint64) [][]byte {
	dice := rand.New(rand.NewPCG(seed, 7))
	out := make([][]byte, 0, len(bodies)+len(bodies)/4)
	for _, body := range bodies {
		out = append(out, body)
		if dice.IntN(4) == 0 {
			out = append(out, body)
		}
	}
	dice.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// Post signs each body and posts it once, in order. Any answer but 200 is an error.
func Post(ctx context.Context, url, secret string, bodies [][]byte) error {
	for i, body := range bodies {
		if err := post(ctx, url, secret, body); err != nil {
			return fmt.Errorf("posting webhook %d of %d: %w", i+1, len(bodies), err)
		}
	}
	return nil
}

func post(ctx context.Context, url, secret string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Hub-Signature-256", whatsapp.Sign(secret, body))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(res.Body, 1<<20)); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the answer was %s", res.Status)
	}
	return nil
}
