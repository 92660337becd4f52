package emulator

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// FillForm answers the form of a flow message with these values; "" means the newest. The token of the message goes with them.
func (p *Phone) FillForm(messageID string, values map[string]string) (string, error) {
	m, b, err := p.button(messageID, "", ButtonFlow)
	if err != nil {
		return "", err
	}
	answer, lines := map[string]string{}, make([]string, 0, len(values))
	for key, value := range values {
		answer[key] = value
		lines = append(lines, key+": "+value)
	}
	slices.Sort(lines)
	set(answer, "flow_token", b.Token)
	response, err := json.Marshal(answer)
	if err != nil {
		return "", fmt.Errorf("emulator: filling a form: %w", err)
	}
	reply := map[string]any{"type": "nfm_reply", "nfm_reply": map[string]string{"name": "flow", "body": "Sent", "response_json": string(response)}}
	return p.write(map[string]any{"type": "interactive", "context": p.quoting(m.ID), "interactive": reply},
		Message{Type: "interactive", Text: b.Title, ReplyTo: m.ID, Form: strings.Join(lines, "\n")}), nil
}
