package demo

import (
	"antena/internal/demo/phone"
	"antena/internal/whatsapp/emulator"
)

// firstWords lets a few customers write, so that the console is not empty: an
// answer, a ticket and somebody waiting for a person. They go the same way as any
// other message.
func firstWords(em *emulator.Emulator) {
	words := map[string]string{
		"es": "mi internet no funciona desde ayer, ya reinicié",
		"pt": "quero falar com um atendente por favor",
		"en": "how do i change my wifi password?",
	}
	for _, c := range phone.Seeded() {
		if text, ok := words[c.Language]; ok {
			delete(words, c.Language)
			em.Customer(c.Profile).Text(text)
		}
	}
}
