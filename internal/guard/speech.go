package guard

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"antena/internal/understand/language"
	"antena/internal/understand/words"
)

// spoken checks the language of the whole and of every longer sentence, and that the model says so too.
func (c *check) spoken(d *language.Detector) {
	want := c.given.Language
	if c.p.Language != "" && c.p.Language != want {
		c.fail(Language, "the model says "+c.p.Language)
	}
	text := withoutLinks(c.said)
	if g := d.Detect(text, want); g.Language != want {
		c.fail(Language, fmt.Sprintf("%s, %.2f", g.Language, g.Confidence))
		return
	}
	for _, sentence := range sentences(text) {
		fields := words.Fields(words.Fold(sentence))
		if len(fields) < 5 || c.knows(fields) {
			continue
		}
		if g := d.Detect(sentence, want); g.Language != want && g.Confidence > 0.9 {
			c.fail(Language, sentence)
			return
		}
		if foreign(fields) > native(fields, want) {
			c.fail(Language, sentence)
			return
		}
	}
}

// knows reports whether all words are the ground's: a line of names and numbers is in no language.
func (c *check) knows(fields []string) bool {
	return !slices.ContainsFunc(fields, func(w string) bool { return !c.known[w] })
}

func withoutLinks(p passage) string {
	text := p.text
	for _, link := range linkForm.FindAllString(text, -1) {
		text = strings.ReplaceAll(text, link, " ")
	}
	return text
}

func sentences(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".!?\n;", r) })
}

// foreign counts words of languages the desk does not speak: French, Italian, German.
func foreign(fields []string) int {
	return count(fields, "le les des est vous pour dans avec votre nous sur une et au aux qui ce cette il elle sont pas je ne pouvez il lo gli che non per con della delle di sono puoi nel alla "+
		"und der die das ist nicht sie ein eine mit fur auf den von zu im wir ihre konnen werden auch")
}

// native counts the words that hold sentences of a language together.
func native(fields []string, lang string) int {
	switch lang {
	case "es":
		return count(fields, "de la que el en y a los se del las un por con no una su para es al lo como mas o si tu te le ya esta hay desde hasta cuando donde puedes puede tienes sin")
	case "pt":
		return count(fields, "de a o que e do da em um para com nao uma os no se na por mais as dos como mas ao das seu sua ou quando nos ja voce pode esta tem sem ate pelo pela e por aqui")
	}
	return count(fields, "the of and to in a is that it you for on with as are this be at or your from can if by not when we will have has do does here an than then need")
}

func count(fields []string, list string) int {
	n := 0
	for _, f := range fields {
		if strings.Contains(" "+list+" ", " "+f+" ") {
			n++
		}
	}
	return n
}

// named refuses a name that nobody gave: a word with a capital inside a sentence, or a brand anywhere.
func (c *check) named() {
	asked := map[string]bool{}
	for _, p := range c.asked {
		for _, w := range words.Fields(p.low) {
			asked[w] = true
		}
	}
	spans := words.Split(nil, c.said.low)
	for i, s := range spans {
		w := c.said.low[s.Start:s.End]
		if c.known[w] || strings.Contains(c.said.bare[s.Start:s.End], "_") {
			continue
		}
		if brand(w) {
			c.fail(Name, w)
			continue
		}
		first := i == 0 || strings.ContainsAny(c.said.low[spans[i-1].End:s.Start], ".!?\n:*•¡¿\"(>-")
		capital := c.said.plain[s.Start] >= 'A' && c.said.plain[s.Start] <= 'Z'
		if capital && !first && !asked[w] && !anybodys(w) && dayName(w, "", c.given.Language) == "" {
			c.fail(Name, w)
		}
	}
}

// brand lists companies, products and ways of paying that are never said unless a source does: rivals, media, wallets.
func brand(w string) bool {
	switch w {
	case "movistar", "telefonica", "entel", "tigo", "telmex", "totalplay", "izzi", "megacable", "telecentro", "telecom", "personalflow", "starlink", "hughesnet", "viasat", "etb", "cantv", "win", "wom", "vtr",
		"oi", "embratel", "brisanet", "algar", "nextel", "digi", "vodafone", "orange", "comcast", "xfinity", "verizon", "spectrum", "att", "claro's", "netflix", "disney", "hbo", "max", "spotify", "youtube",
		"paypal", "yape", "plin", "nequi", "daviplata", "mercadopago", "oxxo", "zelle", "venmo", "bitcoin", "cripto", "crypto", "visa", "mastercard", "amex", "chatgpt", "openai", "gpt", "gemini", "llama":
		return w != "win" && w != "oi" && w != "max" && w != "orange"
	}
	return false
}

// anybodys are names every customer knows, and words that are written with capitals.
func anybodys(w string) bool {
	switch w {
	case "i", "i'm", "i'll", "i've", "whatsapp", "wifi", "wi", "fi", "internet", "ok", "tv", "pc", "pdf", "usb", "lan", "wan", "wlan", "led", "ip", "ghz", "mbps", "gbps", "hs", "am", "pm", "us", "usd", "brl", "onu", "ont", "los", "pon", "sms", "mega":
		return true
	}
	return utf8.RuneCountInString(w) == 1
}

// echoed refuses words of the instructions that no source has.
func (c *check) echoed() {
	said := words.Fields(c.said.low)
	if len(said) < shingle || len(c.given.Prompts) == 0 {
		return
	}
	own := map[string]bool{}
	for _, p := range c.given.Prompts {
		eachShingle(words.Fields(words.Fold(p)), func(s string) { own[s] = true })
	}
	for _, g := range c.ground {
		eachShingle(words.Fields(words.Fold(g.text)), func(s string) { delete(own, s) })
	}
	eachShingle(said, func(s string) {
		if own[s] {
			c.fail(Leak, s)
		}
	})
}

// shingle is how many words in a row of the instructions are too many.
const shingle = 6

func eachShingle(fields []string, visit func(string)) {
	for i := 0; i+shingle <= len(fields); i++ {
		visit(strings.Join(fields[i:i+shingle], " "))
	}
}
