package phone

func spanish() *words {
	return &words{
		Language:  "es",
		WhoAreYou: "¿Quién eres hoy?", WhoHint: "Elige un cliente y escríbele al proveedor. Abre más pestañas para ser varias personas.",
		People: "Clientes", NewNumber: "Un número nuevo", NewNumberHint: "Alguien a quien nadie conoce todavía",
		Guest: "Visitante", GuestStory: "Un número que nadie conoce todavía.", Hidden: "número oculto", Switch: "Ser otra persona",

		Verified: "Empresa verificada", Online: "en línea", Typing: "escribiendo…",
		Notice: "Esto es una demostración. El proveedor y sus clientes son inventados, y lo que escribes queda en esta computadora salvo que se configure una IA externa.",
		Today:  "Hoy", Yesterday: "Ayer", DateLayout: "02/01/2006", You: "Tú",
		Sent: "Enviado", Delivered: "Entregado", Read: "Leído", Failed: "No se envió", Pending: "En espera",
		Photo: "Foto", Video: "Video", Voice: "Mensaje de voz", Document: "Documento", Place: "Ubicación", Card: "Contacto",
		Sticker: "Sticker", Unsupported: "Un mensaje que esta página no puede mostrar",
		ChooseOne: "Elige una opción", ShareLocation: "Enviar ubicación", ShareContact: "Compartir mi número",
		Placeholder: "Mensaje", Send: "Enviar", Attach: "Adjuntar", Emoji: "Emoji", Record: "Grabar un mensaje de voz", Cancel: "Cancelar",
		Recording: "Grabando", Reply: "Responder", More: "Reaccionar o responder",
		OpenPhoto: "Foto o archivo", Router: "Imagen: módem, luz roja", Receipt: "Imagen: comprobante de pago",
		SampleVoice: "Mensaje de voz: tres notas", SampleDocument: "Documento: una factura", SamplePlace: "Ubicación: Puerto Claro",
		MyPlace: "Ubicación: donde estoy", SampleTitle: "Factura de ejemplo de la demostración", SampleFile: "factura.pdf",
		Starters: "Puedes empezar con", Scroll: "Al último mensaje", File: "Enviar archivo",

		Around: "Qué está pasando", AroundIntro: "Eres el cliente. Del otro lado responde un asistente, y las personas toman la charla cuando hace falta.",
		Console: "Abrir la consola de agentes", ConsoleHint: "Mira esta charla desde el otro lado y respóndela tú.", Close: "Cerrar",
		Answered: "respuestas", Posts: "entregas a la mesa", Waiting: "en camino", Refused: "rechazadas",
		Faults: "Causar problemas", FaultsIntro: "Rompe la red entre tú y la mesa. Nada debe perderse ni decirse dos veces.",
		BurstButton: "Enviar 3 mensajes seguidos", BurstHint: "Debe llegar una respuesta, no tres.",
		Reconnecting: "Conectando otra vez…", NoMic: "Aquí no hay micrófono: se enviaron tres notas.",
		FaultName: map[string]string{
			"down": "Red caída", "hang": "Sin acuse", "twice": "Todo tres veces", "order": "Sin orden", "limit": "Demasiado rápido",
		},
		FaultHint: map[string]string{
			"down":  "Se rechazan las respuestas. Apágalo y llegan.",
			"hang":  "Las respuestas llegan, pero la mesa no se entera.",
			"twice": "Cada mensaje llega a la mesa tres veces a la vez.",
			"order": "Un mensaje puede adelantarse al anterior.",
			"limit": "La red le pide a la mesa que vaya más despacio.",
		},
		Burst: []string{"hola", "no tengo internet", "desde anoche"},
		Back:  "Volver",
		Problem: map[string]string{
			"":              "No funcionó. Prueba otra vez.",
			"not_found":     "Aquí no hay nada con ese nombre.",
			"empty_text":    "Escribe algo primero.",
			"text_too_long": "Es demasiado largo: 4.096 caracteres como máximo.",
			"too_large":     "Es demasiado grande: 5 MB como máximo.",
			"file_kind":     "Envía una imagen JPEG o PNG, un PDF, un texto o una grabación.",
			"pressed":       "Ya presionaste ese botón.",
			"guests":        "No quedan números inventados.",
		},
	}
}
