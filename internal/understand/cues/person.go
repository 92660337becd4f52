package cues

// person lists ways to ask for a human being, anywhere in a message.
func person() []string {
	return []string{
		// nothing but the word
		"^ @want? @talk? @with? @a* @real* @human @real* @filler* $",
		"^ get|give|bring|find me? @a* @real* @human @filler* $",
		"^ @human @human $",
		"^ customer service|support|care @filler* $", "^ atencion|servicio al? cliente @filler* $", "^ falar|hablar|talk|speak $", "^ me? transfere|transfiere|transfira|transfer me? @filler* $",
		"^ transfiereme|transfierame|transferime|comuniqueme|comunicame|derivame|deriveme @filler* $", "^ hay|tem|existe @a? @human @filler* $",
		"^ @someone me? atende|atiende @filler* $", "^ @human humano|humana|real|live @filler* $", "^ quiero|quero|want atencion|atendimento $",
		// speak with somebody
		"@talk @with @a* @the? @real* @human|@someone", "@talk @with gente|people|personas|pessoas|soporte|suporte|support|atencion|atendimento",
		"@talk @with @a? ser humano", "@talk @with @a* @real* customer service|care|support", "@talk @with @the? area|departamento|equipe|equipo|setor|sector|central|team",
		"@talk @human|humano $",
		"@someone com|con quem|quien @want? @talk|hable|falo|fale", "@someone|anyone|anybody i can @talk", "@someone|anyone|anybody to @talk @with",
		"contactar|contactarme|comunicarme|comunicarse|contact|reach @with? @a @real* @human",
		// want one
		"@want @a @real* @human $", "@want @a @real* @human @filler|para|to|for|pra|now|que|here|no|not|instead|urgentemente|right",
		"@want humano|human|atendente|asesor|atencion|atendimento humano|humana|personalizada|personal|personalizado|human|por",
		"@want atendimento|atencion humano|humana|personal|personalizada|personalizado", "atendimento|atencion|support|help|soporte|suporte humano|humana",
		"@want humano|human|atendente|asesor|operador $", "human support|help|agent|being|representative|assistance|operator|please", "live agent|person|human|representative|operator|chat|support",
		"real person|human|agent|people", "persona|pessoa real|verdadera|humana", "persona|pessoa de verdad|verdade|carne",
		// hand me over
		"pasame|paseme|pasenme|pasarme|comuniqueme|comunicame|comuniquenme|transfiereme|transfierame|transferirme|transferime|conectame|conecteme|derivame|deriveme|ponme|pongame @with? @a* @the? @real* @human|@someone",
		"me pasa|pasas|pasan|comunica|comunicas|comunican|transfiere|transfieres|transfieren|conecta|conectan|deriva|derivan|passa|passe|passem|transfere|transfira|transferir|transferem|encaminha|encaminhe|encaminhar|direciona|direcione @with|para|p|pro|pra? @a* @the? @real* @human|@someone",
		"puede|pueden|podria|podrian|puedes|pode|podem|poderia pasarme|comunicarme|transferirme|derivarme|passar|transferir|encaminhar me? @with|para? @a* @the? @real* @human|@someone",
		"chama|chame|chamar|llama|llame|llamar @a @human", "chama|chame|chamar o? atendente|gerente|supervisor|humano",
		"get|give|connect|transfer|pass|put|switch|hand|link|forward me|us to|with|through|over|on|onto* @a* @the? @real* @human|@someone", "connect|transfer|put me|us through|over $",
		"transfer|connect to? @a* @real* @human", "que me atienda|atiende|atenda @a* @human|@someone", "@someone|persona|pessoa que me atienda|atenda",
		"ser atendido|atendida por @a? @human", "hay|tem|existe @a? @human disponible|disponivel|available|online|ai|ahi|aqui", "hay|tem|existe @a? @someone disponible|disponivel|available|online|humano",
		"is there @a? @human|@someone i can @talk", "is there @a @real* person|human|agent",
		// not a machine
		"@not @want to? @talk|tratar|seguir|lidar|deal|perder? @with @a? @the? @machine", "@not @want @a? @machine", "@not @want to? @talk @with @a* respuestas automaticas",
		"@not @talk @with @a? @machine", "stop|chega|basta|no more de? bot|bots|robot|robos",
		// call me
		"me pueden|puede|podrian|podria|puedes llamar @filler* $", "pueden|puede|podrian|podria|puedes llamarme @filler* $", "^ @filler* me llaman|llamas|llama @filler* $", "llamenme|llameme|llamame @filler* $",
		"que me llamen|llame @filler* $", "^ @filler* quiero|necesito @a llamada @filler* $", "pode|podem|poderia|poderiam me ligar @filler* $", "^ @filler* me liga|ligue|ligam|liguem @filler* $",
		"can|could|would @someone|you call me back? @filler* $", "^ @filler* call me back? @filler* $", "have @someone call me",
	}
}

// personNot lists what looks like a request for a person and is none: it takes back a match it overlaps.
func personNot() []string {
	return []string{
		"no|nao|don't quiero|quero|need|want|necesito|preciso|quisiera @talk @with @a* @the? @human|@someone",
		"no|nao|don't quiero|quero|need|want|necesito|preciso @a @human",
		"@want @a @human que|para|to|who|pra venga|venir|vir|revise|revisar|arregle|arreglar|instale|instalar|conserte|consertar|come|fix|repair|check|install|visit|ver|vea|olhar",
		"@want @a operadora|persona juridica|mas", "error|erro humano", "recursos|derechos|direitos humano", "human error|resources|rights",
		"persona fisica|juridica|natural|moral", "pessoa fisica|juridica",
		"ya|ja|already @talk @with @a @human", "cambiar|mudar de agente|operador",
	}
}
