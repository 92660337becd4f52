package cues

import (
	"slices"
	"testing"
)

func TestRead_Person(t *testing.T) {
	t.Parallel()
	asks := []string{
		"humano", "Asesor", "ASESOR!!", "atendente", "agent", "representative", "human please", "operador por favor", "agente ya", "persona",
		"quiero hablar con una persona", "no quiero hablar con un robot, quiero una persona", "falar com alguem", "falar com alguém 🙏",
		"hola buenas, necesito hablar con un asesor", "se me corta a cada rato y ya me canse, pasame con alguien de verdad",
		"kiero ablar con un acesor", "quiero hablar con una persoona", "quero falr com um atendente", "gostaria de falar com uma pessoa real",
		"me transfere pra um atendente", "me passa pro atendente por favor", "i want to speak to a human", "can i talk to a real person??",
		"let me speak with someone", "get me a human", "connect me to an agent pls", "transfer me", "i need a live agent", "need a representitive",
		"nao quero falar com robo", "n quero robô", "i don't want to talk to a bot", "me pueden llamar?", "podem me ligar?", "please call me back",
		"quiero que me atienda una persona", "tem algum atendente ai?", "quero atendimento humano", "quiero atención humana", "is there anyone I can talk to?",
		"¿puedo hablar con alguien?", "consigo falar com um humano?", "comuníqueme con un operador", "pongame con un agente", "customer service",
		"esto no me sirve\nasesor", "boa tarde, atendente", "no puedo hablar con un asesor?",
	}
	for _, text := range asks {
		if !Read(text).Person {
			t.Errorf("%q asks for a person", text)
		}
	}
	does := []string{
		"la persona que vino ayer", "mi atendente de ayer", "la persona que vino ayer dejo el cable suelto", "o atendente de ontem foi otimo",
		"ya hable con un asesor y no resolvio", "el asesor me dijo que hoy quedaba", "fue un error humano", "soy persona natural", "quero mudar de operadora",
		"quiero una operadora mejor", "necesito una persona que venga a revisar el cable", "the agent told me it was fixed", "i talked to a person yesterday",
		"no necesito un asesor", "no quiero hablar con un asesor, solo la factura", "hola", "bom dia pessoal", "gente, cadê a internet", "quiero la factura", "", "👍",
		"cuantas personas pueden usar el wifi", "quantas pessoas podem usar o wifi", "me llaman todos los dias para venderme algo", "me liga a internet de volta",
		"is the person at the office there today", "quiero pagar", "como hablo por llamada wifi", "recursos humanos", "send someone to fix the cable",
	}
	for _, text := range does {
		if got := Read(text); got.Person {
			t.Errorf("%q does not ask for a person, found %v", text, got.Why)
		}
	}
}

func TestRead_OptOut(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"stop", "STOP!!", "Parar", "sair", "unsubscribe", "no me manden más publicidad", "por favor no me envíen mas mensajes", "dejen de molestar",
		"saquenme de su lista", "não quero mais receber mensagens de vocês", "parem de me enviar propaganda", "me tirem dessa lista por favor",
		"stop sending me messages", "please don't text me again", "take me off your list", "no more ads", "basta de promociones", "opt out", "i don't want any more promos",
	} {
		if !Read(text).OptOut {
			t.Errorf("%q opts out", text)
		}
	}
	for _, text := range []string{
		"baja", "quiero darme de baja", "cancelar", "quiero cancelar el servicio", "stop charging me twice", "the video stops all the time", "parar de cair a internet",
		"sair do plano", "no me manden el tecnico hoy", "no me mandaron la factura", "no quiero mas el internet", "dejen de cobrarme", "no me llegan los mensajes del banco",
		"hola, no tengo internet y dejen de mandarme publicidad que no quiero sino que arreglen", "para quando fica pronto?", "",
	} {
		if got := Read(text); got.OptOut {
			t.Errorf("%q does not opt out, found %v", text, got.Why)
		}
	}
}

func TestRead_Complaint(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"quiero poner un reclamo", "Quiero presentar una queja formal por favor", "voy a hacer un reclamo en osiptel", "voy a ir a profeco", "los voy a denunciar ante indecopi", "reclamo", "procon", "ANATEL!!",
		"quero fazer uma reclamação", "vou no procon", "vou abrir uma reclamação na anatel", "vou ligar na anatel agora", "abri protocolo na anatel contra vocês", "vou reclamar no procon",
		"i want to file a complaint", "i'd like to know the price\ni want to make a formal complaint", "I'm going to report you to the FCC", "complaint", "i will contact the ombudsman",
	} {
		if !Read(text).Complaint {
			t.Errorf("%q lodges a complaint", text)
		}
	}
	for _, text := range []string{
		"como hago un reclamo", "no quiero poner un reclamo, solo saber cuanto debo", "cómo va mi reclamo", "hice un reclamo ayer, en que va", "cadê o protocolo da minha reclamação", "onde posso fazer uma reclamação",
		"what is the status of my complaint", "no complaints, all good", "mi vecino se queja del ruido", "el técnico reclamó", "quero abrir um chamado", "quiero hacer un pago", "",
	} {
		if got := Read(text); got.Complaint {
			t.Errorf("%q lodges no complaint, found %v", text, got.Why)
		}
	}
}

func TestWithoutOptOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		give, want string
		optOut     bool
	}{
		{"STOP. Also my internet is down", "Also my internet is down", true},
		{"No tengo internet! No me manden más publicidad. ¿Cuándo vuelve?", "No tengo internet! ¿Cuándo vuelve?", true},
		{"stop\nquero a segunda via", "quero a segunda via", true},
		{"STOP!!", "", true}, {"Stop. Stop.", "", true},
		{"Stop charging me twice. Please.", "Stop charging me twice. Please.", false},
		{"", "", false},
	} {
		if got := WithoutOptOut(c.give); got != c.want {
			t.Errorf("%q: left %q, want %q", c.give, got, c.want)
		}
		if got := Read(c.give).OptOut; got != c.optOut {
			t.Errorf("%q: opts out %v", c.give, got)
		}
	}
}

func TestRead_DataRequest(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"¿qué datos tienen sobre mí?", "por favor eliminen mis datos personales", "quero que apaguem meus dados", "what data do u have about me", "please erase my personal data",
		"pedido LGPD", "quem passou meu numero?", "where did you get my number", "de dónde sacaron mi teléfono", "derecho de acceso, ley 1581",
	} {
		if !Read(text).DataRequest {
			t.Errorf("%q is about personal data", text)
		}
	}
	for _, text := range []string{"se me acabaron los datos", "cuantos datos consumi", "mis datos moviles no andan", "tem plano de dados?", "is the data plan unlimited", "actualizar mi plan"} {
		if got := Read(text); got.DataRequest {
			t.Errorf("%q is not about personal data, found %v", text, got.Why)
		}
	}
}

func TestRead_SmallTalk(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		give             string
		greeting, thanks bool
	}{
		{"Hola!!", true, false}, {"holaaaa buenas tardes", true, false}, {"oi bom dia, tudo bem?", true, false}, {"good evening 👋", true, false},
		{"hola como estan", true, false}, {"hola no tengo internet", false, false}, {"buenas, la factura", false, false},
		{"e aí, beleza?", true, false}, {"opa, tudo joia por aí", true, false}, {"beleza", false, true},
		{"muchas gracias!", false, true}, {"ok obrigada 🙏", false, true}, {"thanks a lot, bye", false, true}, {"👍🏽", false, true}, {"vlw!!", false, true},
		{"gracias pero sigue igual", false, false}, {"ok", false, true}, {"gracias, y la factura?", false, false}, {"bien", false, false}, {"si", false, false}, {"", false, false},
	} {
		if got := Read(c.give); got.Greeting != c.greeting || got.Thanks != c.thanks {
			t.Errorf("%q: greeting %v, thanks %v", c.give, got.Greeting, got.Thanks)
		}
	}
}

func TestRead_StateOfTheProblem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		give                    string
		broken, works, restated bool
	}{
		{"sigue igual", true, false, false}, {"ya lo reinicie y sigue sin señal", true, false, true}, {"não funcionou", true, false, false},
		{"still not working", true, false, false}, {"ya reinicié el modem y nada", true, false, true}, {"ainda sem sinal", true, false, false},
		{"volvió pero sigue lento", true, false, false}, {"it didn't help", true, false, false}, {"no volvio", true, false, false}, {"nada", true, false, false},
		{"ya volvió, gracias", false, true, false}, {"voltou 🙌", false, true, false}, {"its back!", false, true, false}, {"ahora si funciona", false, true, false},
		{"deu certo, obrigado", false, true, false}, {"it works now thanks", false, true, false}, {"paguei e não voltou", true, false, false},
		{"ya volvio?", false, false, false}, {"se desconecta solo y vuelve", false, false, false}, {"i already restarted the router", false, false, true},
		{"desliguei e liguei o roteador da tomada", false, false, true}, {"reinicio el modem?", false, false, false}, {"how do i reboot it", false, false, false},
		{"no lo reinicie todavia", true, false, false}, {"ya no funciona", false, false, false},
	} {
		if got := Read(c.give); got.StillBroken != c.broken || got.WorksNow != c.works || got.Restarted != c.restated {
			t.Errorf("%q: still broken %v, works now %v, restarted %v (%v)", c.give, got.StillBroken, got.WorksNow, got.Restarted, got.Why)
		}
	}
}

func TestRead_MoodAndUrgency(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		give    string
		mood    Mood
		urgency []Urgency
	}{
		{"buenas, una consulta sobre mi plan", Calm, nil},
		{"son unos inútiles 😡", Angry, nil},
		{"QUE VERGUENZA DE SERVICIO POR FAVOR!!", Angry, nil},
		{"ESTOY EN CASA HASTA LAS SEIS SI QUIEREN VENIR", Calm, nil},
		{"ayuda por favor, tengo un examen", Anxious, nil},
		{"vou no procon", Calm, []Urgency{Regulator}},
		{"mi mamá usa un concentrador de oxígeno", Calm, []Urgency{Health}},
		{"sem internet na minha loja", Calm, []Urgency{Business, NoService}},
		{"i work from home and there is no internet", Calm, []Urgency{Business, NoService}},
		{"hay un cable caído en la calle y saca chispas", Calm, []Urgency{Safety}},
	} {
		got := Read(c.give)
		if got.Mood != c.mood || !slices.Equal(got.Urgency, c.urgency) {
			t.Errorf("%q: %s %v, want %s %v", c.give, got.Mood, got.Urgency, c.mood, c.urgency)
		}
		urgent := len(c.urgency) > 0 && c.urgency[0] != NoService
		if got.Urgent() != urgent {
			t.Errorf("%q: urgent %v", c.give, got.Urgent())
		}
	}
}

func TestRead_Threat(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"si no arreglan esto los voy a matar":           true,
		"voy a ir con un machete a su oficina":          true,
		"vou matar esse tecnico se ele vier":            true,
		"im going to hurt someone if this goes on":      true,
		"i got a death threat from your technician":     true,
		"los voy a quemar en redes sociales":            false,
		"this lag is going to kill me":                  false,
		"me mata la lentitud de noche":                  false,
		"cortaron el cable con un machete":              false,
		"ill shoot you an email":                        false,
		"vou bater de frente com a operadora no procon": false,
	} {
		got := Read(text)
		if got.Person != want || want && !got.Urgent() {
			t.Errorf("%q: person %v, urgent %v; want %v", text, got.Person, got.Urgent(), want)
		}
	}
}

func TestRead_KeepsTheEvidence(t *testing.T) {
	t.Parallel()
	got := Read("Hola, quiero hablar con un asesor por favor")
	want := []Match{{Cue: "person", Text: "quiero hablar con un asesor"}}
	if !slices.Equal(got.Why, want) {
		t.Errorf("got %v, want %v", got.Why, want)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("quiero hablar con una persona")
	f.Add("STOP \xff 👍")
	f.Fuzz(func(t *testing.T, text string) {
		if got := Read(text); got.Greeting && got.Thanks {
			t.Errorf("%q both greets and thanks", text)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		Read("buenas tardes, desde ayer no tengo internet en mi casa y ya reinicie el modem dos veces, necesito trabajar por favor")
	}
}
