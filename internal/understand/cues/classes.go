package cues

// classes are the named sets of words the tables use. A class may use those listed before it.
func classes() [][2]string {
	return [][2]string{
		{"a", "un|una|uno|um|uma|a|an|algun|alguna|alguno|algum|alguma|some|any|otro|otra|outro|outra|another|one"},
		{"the", "el|la|los|las|o|the|os|as|your|su|sus|tu|seu|sua|seus|vuestro"},
		{"real", "real|verdadera|verdadero|viva|vivo|live|actual|physical|human|humana|humano|fisica|de|verdad|verdade|carne|hueso|osso|y|e"},
		{"human", "humano|humana|human|persona|pessoa|person|asesor|asesora|agente|agent|atendente|operador|operator|representante|representative|" +
			"rep|ejecutivo|ejecutiva|gerente|manager|supervisor|supervisora|advisor|adviser|encargado|encargada|responsavel"},
		{"someone", "alguien|alguem|someone|somebody"},
		{"machine", "robot|bot|maquina|machine|contestador|contestadora|ia|ai|inteligencia|computer|computadora|chatbot|automatico|automatica"},
		{"want", "quiero|quisiera|necesito|deseo|prefiero|solicito|exijo|quero|preciso|gostaria|prefiro|want|need|wanna|prefer|like|require|pido"},
		{"talk", "hablar|comunicarme|conversar|chatear|platicar|contactarme|falar|conversa|talk|speak|chat|conversar"},
		{"with", "con|com|to|with"},
		{"please", "por|favor|porfa|please|gentileza|amable|ayuda"},
		{"filler", "por|favor|porfa|please|hola|oi|ola|hi|hello|hey|buenas|buenos|dias|tardes|noches|bom|boa|dia|tarde|noite|ya|ahora|agora|ja|now|" +
			"urgente|rapido|asap|si|sim|yes|no|nao|pero|but|mas|ok|just|oye|mira|senor|senora|joven|amigo|che|moco|moca|good|morning|afternoon|evening|" +
			"aqui|entao|entonces|then|pues|bueno|eh|ei|gracias|obrigado|thanks"},
		{"office", "anatel|procon|osiptel|profeco|enacom|subtel|sernac|indecopi|arcotel|conatel|sutel|aresep|ursec|fcc|ofcom|bbb|reclameaqui|indotel|siget|" +
			"superintendencia|defensoria|ouvidoria|ombudsman|regulator|regulador|condusef"},
		{"not", "no|nao|not|don't|never|nunca|sin|sem|tampoco|jamas|nem|ni|isn't|doesn't|didn't|hasn't|without|neither"},
		{"again", "mas|mais|more|anymore|again|any|ningun|ninguna|nunca"},
		{"ads", "mensajes|mensagens|messages|message|texts|text|promociones|promocion|promocao|promocoes|promos|promo|promotions|publicidad|propaganda|" +
			"propagandas|ofertas|anuncios|ads|marketing|avisos|spam|sms|whatsapp|correos|newsletter|news"},
		{"gear", "modem|router|roteador|equipo|equipamento|aparelho|aparato|onu|ont|antena|antenna|it|lo|la|los|o|a|ele|tudo|todo|everything|box|internet|wifi|the|" +
			"el|device|cajita|caja|mi|meu|my|de|da|tomada|corriente|luz"},
	}
}
