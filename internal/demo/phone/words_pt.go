package phone

func portuguese() *words {
	return &words{
		Language:  "pt",
		WhoAreYou: "Quem é você hoje?", WhoHint: "Escolha um cliente e escreva para o provedor. Abra mais abas para ser várias pessoas.",
		People: "Clientes", NewNumber: "Um número novo", NewNumberHint: "Alguém que ninguém conhece ainda",
		Guest: "Visitante", GuestStory: "Um número que ninguém conhece ainda.", Hidden: "número oculto", Switch: "Ser outra pessoa",

		Verified: "Empresa verificada", Online: "online", Typing: "digitando…",
		Notice: "Isto é uma demonstração. O provedor e os clientes são inventados, e o que você escreve fica neste computador, a menos que se configure uma IA externa.",
		Today:  "Hoje", Yesterday: "Ontem", DateLayout: "02/01/2006", You: "Você",
		Sent: "Enviada", Delivered: "Entregue", Read: "Lida", Failed: "Não enviada", Pending: "Aguardando",
		Photo: "Foto", Video: "Vídeo", Voice: "Mensagem de voz", Document: "Documento", Place: "Localização", Card: "Contato",
		Sticker: "Figurinha", Unsupported: "Uma mensagem que esta página não mostra",
		ChooseOne: "Escolha uma opção", ShareLocation: "Enviar localização", ShareContact: "Compartilhar meu número",
		Placeholder: "Mensagem", Send: "Enviar", Attach: "Anexar", Emoji: "Emoji", Record: "Gravar uma mensagem de voz", Cancel: "Cancelar",
		Recording: "Gravando", Reply: "Responder", More: "Reagir ou responder",
		OpenPhoto: "Foto ou arquivo", Router: "Imagem: modem, luz vermelha", Receipt: "Imagem: comprovante de pagamento",
		SampleVoice: "Mensagem de voz: três notas", SampleDocument: "Documento: uma fatura", SamplePlace: "Localização: Puerto Claro",
		MyPlace: "Localização: onde estou", SampleTitle: "Fatura de exemplo da demonstração", SampleFile: "fatura.pdf",
		Starters: "Você pode começar com", Scroll: "Para a última mensagem", File: "Enviar arquivo",

		Around: "O que está acontecendo", AroundIntro: "Você é o cliente. Do outro lado responde um assistente, e as pessoas assumem quando é preciso.",
		Console: "Abrir o console dos atendentes", ConsoleHint: "Veja esta conversa do outro lado e responda você.", Close: "Fechar",
		Answered: "respostas", Posts: "entregas à central", Waiting: "a caminho", Refused: "recusadas",
		Faults: "Causar problemas", FaultsIntro: "Quebre a rede entre você e a central. Nada pode se perder nem ser dito duas vezes.",
		BurstButton: "Enviar 3 mensagens seguidas", BurstHint: "Deve chegar uma resposta, não três.",
		Reconnecting: "Conectando de novo…", NoMic: "Não há microfone aqui: enviamos três notas.",
		FaultName: map[string]string{
			"down": "Rede fora do ar", "hang": "Sem retorno", "twice": "Tudo três vezes", "order": "Fora de ordem", "limit": "Rápido demais",
		},
		FaultHint: map[string]string{
			"down":  "As respostas são recusadas. Desligue e elas chegam.",
			"hang":  "As respostas chegam, mas a central não fica sabendo.",
			"twice": "Cada mensagem chega à central três vezes ao mesmo tempo.",
			"order": "Uma mensagem pode passar à frente da anterior.",
			"limit": "A rede pede que a central vá mais devagar.",
		},
		Burst: []string{"oi", "estou sem internet", "desde ontem à noite"},
		Back:  "Voltar",
		Problem: map[string]string{
			"":              "Não deu certo. Tente de novo.",
			"not_found":     "Não há nada com esse nome aqui.",
			"empty_text":    "Escreva algo primeiro.",
			"text_too_long": "É longo demais: no máximo 4.096 caracteres.",
			"too_large":     "É grande demais: no máximo 5 MB.",
			"file_kind":     "Envie uma imagem JPEG ou PNG, um PDF, um texto ou uma gravação.",
			"pressed":       "Você já apertou esse botão.",
			"guests":        "Não há mais números inventados.",
		},
	}
}
