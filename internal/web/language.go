package web

import (
	"golang.org/x/text/language"

	"antena/internal/desk"
)

// Language picks the language of the desk that an Accept-Language header prefers, else
// the desk's first.
func Language(header string) string {
	if tags, _, err := language.ParseAcceptLanguage(header); err == nil {
		for _, tag := range tags {
			if base, _ := tag.Base(); desk.KnownLanguage(base.String()) {
				return base.String()
			}
		}
	}
	return desk.Languages[0]
}
