package compose

import (
	"strconv"
	"strings"
	"time"
)

// waitWords are what is said of a queue and of when a team is back, by language.
// {n} is how many, {m} minutes, {when} a day and an hour.
var waitWords = map[string]struct {
	one, many, about, today, tomorrow, weekday, date, back string
	days                                                   [7]string
}{
	"es": {
		one: "Ahora hay 1 persona antes que tú.", many: "Ahora hay {n} personas antes que tú.", about: "La espera suele ser de unos {m} minutos.",
		today: "hoy a las {t}", tomorrow: "mañana a las {t}", weekday: "el {d} a las {t}", date: "el {d} a las {t}", back: "Volvemos {when}.",
		days: [7]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
	},
	"pt": {
		one: "Agora há 1 pessoa antes de você.", many: "Agora há {n} pessoas antes de você.", about: "A espera costuma ser de uns {m} minutos.",
		today: "hoje às {t}", tomorrow: "amanhã às {t}", weekday: "{d} às {t}", date: "em {d} às {t}", back: "Voltamos {when}.",
		days: [7]string{"domingo", "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado"},
	},
	"en": {
		one: "There is 1 person before you right now.", many: "There are {n} people before you right now.", about: "The wait is usually about {m} minutes.",
		today: "today at {t}", tomorrow: "tomorrow at {t}", weekday: "on {d} at {t}", date: "on {d} at {t}", back: "We are back {when}.",
		days: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	},
}

// wait is what a contact is told of the queue they are put into; empty when nothing
// honest can be.
func (c *composer) wait() string {
	h := c.d.Handoff
	if h == nil || h.Wait == nil || h.Wait.Told == nil {
		return ""
	}
	told, words := h.Wait.Told, waitWords[c.language]
	var parts []string
	switch {
	case told.Ahead == 1:
		parts = append(parts, words.one)
	case told.Ahead > 1:
		parts = append(parts, strings.ReplaceAll(words.many, "{n}", strconv.Itoa(told.Ahead)))
	}
	if told.Minutes > 0 {
		parts = append(parts, strings.ReplaceAll(words.about, "{m}", strconv.Itoa(told.Minutes)))
	}
	return strings.Join(parts, " ")
}

// whenBack puts when a team is back into the place of the provider's hours.
func (c *composer) whenBack(text string) string {
	h := c.d.Handoff
	if h == nil || h.Back == nil {
		return text
	}
	words, zone := waitWords[c.language], c.scene.Profile.Location()
	at, now := h.Back.In(zone), c.scene.Now.In(zone)
	pattern, day := words.weekday, words.days[at.Weekday()]
	switch days := int(noon(at).Sub(noon(now)).Round(24*time.Hour) / (24 * time.Hour)); {
	case days == 0:
		pattern = words.today
	case days == 1:
		pattern = words.tomorrow
	case days > 6:
		pattern, day = words.date, at.Format("02/01")
	}
	when := strings.NewReplacer("{d}", day, "{t}", at.Format("15:04")).Replace(pattern)
	return dropLineWith(text, "{hours}") + "\n" + strings.ReplaceAll(words.back, "{when}", when)
}

func noon(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
}
