package cues

// greeting lists what a message that only greets is made of; coreGreeting what at least one part of it must be.
func coreGreeting() []string {
	return []string{
		"hola|holi|holis|holaa|ola|oi|oie|oii|opa|alo|hi|hii|hello|helo|hey|heya|hiya|howdy|salve|saludos|holas|buenas|buenos|greetings", "buen|buenos|buenas dia|dias|tarde|tardes|noche|noches", "bom|boa|bons|boas dia|dias|tarde|noite",
		"good morning|afternoon|evening|day|night", "morning $", "que|q tal", "e ai", "tudo|todo|td bem|bom|joia|certo|beleza|blz por|com ai|voce|voces", "👋",
	}
}

func greeting() []string {
	return []string{
		"como esta|estan|estas|va|vai|andan|le|les|estais va?", "que|q tal|onda|hay|mas", "tudo|todo|td bem|bom|bien|certo|joia", "tudo joia", "beleza|blz|joia", "como voce esta|vai", "how are|r you|things|u doing|today?", "how's it going", "what's up", "sup",
		"senor|senora|senorita|senores|joven|amigo|amiga|amigos|chicos|chicas|equipo|pessoal|gente|galera|moco|moca|estimados|estimado|dear|sir|madam|there|team|guys|all|everyone|a|todos|para|con|y|e|and|the|vos|voce|ustedes|usted|si|bem|bien|friend|mano|cara",
		"muy|mui|muito|feliz|lindo|lindos|hermoso", "dia|dias|tarde|tardes|noche|noches|noite", "disculpe|disculpa|disculpen|desculpa|desculpe|permiso|licenca|excuse|me|sorry|com",
		"anyone|anybody|somebody|someone there|here|home?", "hay|estan|esta alguien? ahi|aqui|alguien?", "tem? alguem ai|aqui|online?", "estan", "🙂|😊|😀|😃|😄|😁|🙏|👋|☀|🌞|❤|🌹|✨|🤗",
	}
}

// thanks lists what a message that only thanks or says goodbye is made of; coreThanks what at least one part of it must be.
func coreThanks() []string {
	return []string{
		"gracias|obrigado|obrigada|valeu|thanks|thank|thankyou|cheers|grato|grata|agradecido|agradecida|agradezco|agradeco|appreciate|appreciated", "👍|🙏|🙌|👏|🤝|👌|💪|❤|🫶",
		"chau|chao|tchau|adios|bye|goodbye|byebye|falou|flw|abrazo|abraco|abs|abracos|saludos|hasta luego|pronto|manana?", "ate mais|logo|breve|amanha", "dios|deus lo|la|le|te|os|los|voces* bendiga|abencoe|pague", "god bless",
		"ok|perfecto|perfeito|perfect|beleza|genial|excelente|great|vale|dale|entendido|entendi|combinado|maravilla|fechou|barbaro|buenisimo|otimo|excellent|awesome|cool|nice|understood|joia|tranquilo|fenomenal|chevere|bacano",
		"got it", "all good|set", "de acuerdo", "ta bom|bem|certo", "esta bien|bom|bem|ok|certo",
	}
}

func thanks() []string {
	return []string{
		"mil|muchas|muchisimas|muito|muita|mt|mto|very|so|much|many|lot|lots|a|again|really|por|todo|tudo|for|everything|your|the|su|la|el|o|a|pela|pelo|help|ayuda|ajuda|atencion|atencao|atendimento|time|tiempo|info|informacion|informacao|you|u|de|nada|igualmente|igual",
		"muy|bien|bueno|buena|buen|boa|bom|good|well|done|job|todo|servicio|trabajo|dia|tarde|noche|noite|dias|tardes|noches|night|day|have|que|tenga|tengan|un|una|um|uma|tenha|pase|linda|lindo|feliz|hermoso", "listo|ya|esta|eso|era|es|isso|era|so|solo|that's|that|is|it|mismo|mesmo|ai|ahi|entao|entonces|then|viu|ta|bueno|si|sim|yes|claro",
		"amigo|amiga|senor|senora|joven|moco|moca|sir|mate|man|guys|equipo|pessoal|amable|amables|gentil", "hola|oi|hi|hello|se|agradece|lo|le|les|te|cuidate|cuidese|otra|vez|nuevo|dios", "🙂|😊|😀|😃|😄|😁|😉|😍|🥰|✨|💯|✅|👋|🤗|🎉|😘|⭐|💙|💚|🙋",
	}
}
