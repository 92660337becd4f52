package consult

import (
	"strings"

	"antena/internal/desk"
	"antena/internal/redact"
	"antena/prompts"
)

// historyLines is how much of what went before a model is shown.
const historyLines = 8

// mostRead bounds how much of one text is redacted and shown, in bytes: more than
// any prompt takes.
const mostRead = 16 << 10

// recent are the last lines of a conversation that were said aloud.
func recent(history []desk.Message) []prompts.Line {
	var out []prompts.Line
	for i := range history {
		m := &history[i]
		if text := strings.TrimSpace(wordsOf(m)); text != "" && m.Direction != desk.Private {
			out = append(out, prompts.Line{From: speakerOf(m), Text: text})
		}
	}
	return out[max(len(out)-historyLines, 0):]
}

// redacted takes what is personal out of lines and further texts together, so that
// the same value has the same mark in all of them. Both come back in their order.
func redacted(k redact.Known, lines []prompts.Line, texts ...string) ([]prompts.Line, []string, *redact.Vault) {
	all := make([]string, 0, len(lines)+len(texts))
	for _, l := range lines {
		all = append(all, bounded(l.Text))
	}
	for _, t := range texts {
		all = append(all, bounded(t))
	}
	clean, vault := redact.Redact(all, k)
	out := make([]prompts.Line, len(lines))
	for i, l := range lines {
		out[i] = prompts.Line{From: l.From, Text: clean[i]}
	}
	return out, clean[len(lines):], vault
}

func bounded(text string) string {
	if len(text) <= mostRead {
		return text
	}
	return strings.ToValidUTF8(text[:mostRead], "")
}
