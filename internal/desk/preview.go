package desk

import "strings"

const previewLength = 120

func preview(m *Message) string {
	text := strings.Join(strings.Fields(strings.ReplaceAll(m.Text, "*", "")), " ") // without the marks of bold
	if text == "" && m.Choice != nil {
		text = m.Choice.Title
	}
	if runes := []rune(text); len(runes) > previewLength {
		text = string(runes[:previewLength-1]) + "…"
	}
	if text == "" {
		return "[" + string(m.Kind) + "]" // the console shows these marks as icons
	}
	return text
}
