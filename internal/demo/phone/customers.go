package phone

import "antena/internal/whatsapp/emulator"

// Seeded returns the customers of the demonstration. Their numbers come from
// ranges that are kept for fiction and reach nobody: 555-0100 to 555-0199 in any
// area of the North American plan, and 07700 900000 to 900999 in Britain (Ofcom).
// One has a username and hides the number.
func Seeded() []Customer {
	return []Customer{
		{
			ID: "lucia", Language: "es",
			Profile: emulator.CustomerProfile{Name: "Lucía Ferreyra", Phone: "17875550114", BSUID: "PR.70411830956214"},
			Story:   "Trabaja desde casa y anoche se quedó sin internet.",
			Starters: []string{
				"se me fue el inter desde anoche", "tengo una luz roja en el aparato",
				"ya reinicié y sigue sin andar", "quiero hablar con una persona",
			},
		},
		{
			ID: "mateo", Language: "es",
			Profile: emulator.CustomerProfile{Name: "Mateo Quiroga", Phone: "18295550131"},
			Story:   "Se le pasó la fecha de la factura y quiere ponerse al día.",
			Starters: []string{
				"donde pago??", "me mandas la factura porfa", "ya pagué y sigo cortado", "cómo cambio la clave del wifi",
			},
		},
		{
			ID: "rafael", Language: "pt",
			Profile: emulator.CustomerProfile{Name: "Rafael Nogueira", Phone: "15085550123", BSUID: "US.51800276643190"},
			Story:   "Tem uma padaria; sem internet a maquininha não passa.",
			Starters: []string{
				"quero a segunda via", "minha net caiu de novo aff", "tá muito lenta hj", "quero falar com um atendente",
			},
		},
		{
			ID: "duda", Language: "pt",
			Profile: emulator.CustomerProfile{Name: "Duda Lima", BSUID: "BR.92035517748860", Username: "duda.lima", HiddenPhone: "12025550147"},
			Story:   "Esconde o número: só tem nome de usuário.",
			Starters: []string{
				"esqueci a senha do wifi", "vcs atendem no meu bairro?", "quanto custa o de 600 mega", "quero cancelar",
			},
		},
		{
			ID: "grace", Language: "en",
			Profile: emulator.CustomerProfile{Name: "Grace Okafor", Phone: "447700900142", BSUID: "GB.30662190574418"},
			Story:   "Moved in last week and is still setting up the Wi-Fi.",
			Starters: []string{
				"wifi pass forgot lol", "how do i change my wifi name", "when is the technician coming", "human please",
			},
		},
		{
			ID: "tom", Language: "en",
			Profile: emulator.CustomerProfile{Name: "Tom Whitfield", Phone: "12125550178"},
			Story:   "Works nights, plays online, and his line keeps dropping.",
			Starters: []string{
				"internet keeps dropping every 5 min", "red light on the box", "how do i pay my bill", "ping is awful tonight",
			},
		},
	}
}

// guestStarters are what somebody unknown might begin with.
func guestStarters(language string) []string {
	switch language {
	case "es":
		return []string{"hola, qué planes tienen?", "llegan a mi barrio?", "quiero contratar", "quiero hablar con una persona"}
	case "pt":
		return []string{"oi, quais planos vcs têm?", "chega no meu bairro?", "quero assinar", "quero falar com um atendente"}
	default:
		return []string{"hi, what plans do you have?", "do you cover my area?", "want to sign up", "human please"}
	}
}
