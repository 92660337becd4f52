package compose

import "antena/internal/desk"

// surveyWords are the question after a resolution, its three buttons (at most 20
// characters each) and the thanks, by language.
var surveyWords = map[string]struct {
	question string
	titles   [3]string
	thanks   string
}{
	"es": {"¿Cómo te atendimos hoy?", [3]string{"👍 Bien", "Más o menos", "👎 Mal"}, "¡Gracias por responder! Si necesitas algo más, escríbenos."},
	"pt": {"Como foi o nosso atendimento hoje?", [3]string{"👍 Bom", "Mais ou menos", "👎 Ruim"}, "Obrigado por responder! Se precisar de algo mais, é só escrever."},
	"en": {"How did we do today?", [3]string{"👍 Good", "So-so", "👎 Bad"}, "Thank you for answering! If you need anything else, write to us."},
}

// Survey returns the question after a resolution and the titles of its buttons, as
// desk.Verdicts are ordered, in a language or else in the first one.
func Survey(language string) (question string, titles [3]string) {
	w, ok := surveyWords[language]
	if !ok {
		w = surveyWords[desk.Languages[0]]
	}
	return w.question, w.titles
}

// SurveyThanks returns the words for who answered it.
func SurveyThanks(language string) string {
	if w, ok := surveyWords[language]; ok {
		return w.thanks
	}
	return surveyWords[desk.Languages[0]].thanks
}
