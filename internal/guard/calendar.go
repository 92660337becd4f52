package guard

import (
	"strings"

	"antena/internal/understand/words"
)

// calendar finds days by name, and words for when: a day or a haste that nobody promised is as false as a wrong number.
func calendar(low, language string) []quantity {
	spans := words.Split(nil, low)
	var out []quantity
	at := func(i int) string {
		if i < 0 || i >= len(spans) {
			return ""
		}
		return low[spans[i].Start:spans[i].End]
	}
	for i := range spans {
		key := dayName(at(i), at(i+1), language)
		if key == "" {
			key = whenName(at(i-1), at(i), at(i+1), at(i+2))
		}
		if key != "" {
			out = append(out, quantity{spans[i].Start, spans[i].End, "when", []string{key}})
		}
	}
	return out
}

func dayName(w, next, language string) string {
	switch w {
	case "segunda", "terca", "quarta", "quinta", "sexta":
		if language == "es" || strings.Contains("|via|vez|opcao|foto|pessoa|tentativa|parte|", "|"+next+"|") && next != "" {
			return ""
		}
	}
	for i, names := range [...]string{"lunes segunda monday", "martes terca tuesday", "miercoles quarta wednesday", "jueves quinta thursday", "viernes sexta friday",
		"sabado sabados saturday saturdays", "domingo domingos sunday sundays"} {
		for _, n := range strings.Fields(names) {
			if w == n || w == n+"s" && language != "es" {
				return "weekday " + string(rune('1'+i))
			}
		}
	}
	for i, names := range [...]string{"enero janeiro january", "febrero fevereiro february", "marzo marco march", "abril april", "mayo maio", "junio junho june", "julio julho july", "agosto august",
		"septiembre setiembre setembro september", "octubre outubro october", "noviembre novembro november", "diciembre dezembro december"} {
		for _, n := range strings.Fields(names) {
			if w == n {
				return "month " + string(rune('a'+i))
			}
		}
	}
	return ""
}

func whenName(before, w, next, third string) string {
	switch w {
	case "hoy", "hoje", "today", "tonight":
		return "today"
	case "manana":
		if before == "la" || before == "esta" || before == "cada" {
			return ""
		}
		return "tomorrow"
	case "amanha", "tomorrow":
		return "tomorrow"
	case "inmediatamente", "imediatamente", "immediately", "instantly", "instantaneamente", "inmediato", "imediato":
		return "at once"
	case "ahora", "agora":
		if next == "mismo" || next == "mesmo" {
			return "at once"
		}
	case "right":
		if next == "away" {
			return "at once"
		}
	case "fin", "fim":
		if next == "de" && third == "semana" {
			return "weekend"
		}
	case "fines", "weekend", "weekends":
		return "weekend"
	case "feriados", "feriado", "holidays":
		return "holidays"
	}
	return ""
}
