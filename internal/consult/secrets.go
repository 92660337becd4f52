package consult

import (
	"regexp"

	"antena/internal/redact"
)

// hidden are the placeholders of what nobody at the desk should read: cards and
// passwords.
var hidden = regexp.MustCompile(`⟦(?:CARD|SECRET)_[0-9]+(?:_[0-9]+)?⟧`)

// withoutSecrets blots out cards and passwords, and leaves everything else.
func withoutSecrets(text string) string {
	plain, v := redact.Redact([]string{text}, redact.Known{})
	back, err := v.Restore(hidden.ReplaceAllString(plain[0], "•••"))
	if err != nil {
		return "•••"
	}
	return back
}
