package cues

// complaint lists ways to lodge a complaint, or to say that a regulator or a consumer office will hear of it, anywhere in a message. To ask how
// that is done, or how a complaint goes, is none.
func complaint() []string {
	return []string{
		// nothing but the word
		"^ reclamo|reclamos|queja|quejas|reclamacion|reclamacao|queixa|complaint|complaints @filler* $", "^ @office @filler* $",
		// to us
		"@want|voy|vamos|vengo a? poner|hacer|presentar|registrar|realizar|interponer|levantar|ingresar|dejar|formular|meter @a? @the* reclamo|queja|denuncia|reclamacion|pqr|pqrs",
		"@want|vou|vim|vamos a? abrir|fazer|registrar|registar|formalizar|deixar|apresentar @a? @the* reclamacao|queixa|denuncia|reclamacoes",
		"@want|going|gonna|will|i'll to? make|file|lodge|submit|raise|register|open|put|leave @a* formal|official* complaint",
		"pongo|hago|presento|registro|dejo @a? reclamo|queja|reclamacion formal", "@want @the? libro de? reclamaciones|quejas", "@want complain|reclamar|quejarme formalmente|formally",
		"este|esto es @a? reclamo|queja formal", "this|it is @a? formal complaint", "isso|isto e @a? reclamacao formal",
		// to others
		"voy|vamos|vou|ire|irei|acudire|going|go|recurrir|recurrire|recorrer @want? a? ir? al|a|en|na|no|ao|to|con|with|ante? @the* @office",
		"vou|voy|vamos|irei|ire|will|i'll|going|gonna to? a? ligar|llamar|call|contact|contactar|entrar|acionar|procurar|chamar em|contato|com|para|pra|pro|na|no|a|o|al|el|la|the* @office",
		"denuncio|denunciar|denunciarlos|denunciare|denuncia|demandar|demandarlos|reclamar|reclamare|quejarme|quejare|reclamacao|queixa|reclamo|queja|reportar|reportarlos|complain|complaint|report you|voces|us|them|formal* na|no|en|ante|a|al|to|with|con|com|pro|pra @the* @office",
		"@office neles|ja|agora|contra", "protocolo|reclamacao|queja|reclamo|denuncia aberto|aberta|abierto|abierta? na|no|en|ante|con @the* @office",
	}
}

// complaintNot lists what looks like a complaint being lodged and is none.
func complaintNot() []string {
	return []string{
		"@not @want|voy|vou|vim|vengo a? poner|hacer|presentar|registrar|abrir|fazer|make|file|lodge @a? @the* reclamo|queja|denuncia|reclamacion|reclamacao|queixa|complaint",
		"como|donde|onde|how|where puedo|posso|consigo|can|do|to* i? @want? poner|hacer|presentar|registrar|abrir|fazo|fazer|make|file|lodge @a? @the* reclamo|queja|denuncia|reclamacion|reclamacao|queixa|complaint",
	}
}
