package cues

// spelling maps frequent misspellings and abbreviations to a word of the tables.
func spelling(word string) string {
	switch word {
	case "kiero", "qiero", "kero", "qero", "quiro", "quieo", "qro", "quieero":
		return "quiero"
	case "qria", "keria", "queria":
		return "quisiera"
	case "necesit", "nesecito", "nesesito", "necesto", "nececito", "necsito":
		return "necesito"
	case "presiso", "precizo", "prexiso":
		return "preciso"
	case "ablar", "hablr", "habalr", "hablra", "hblar", "havlar":
		return "hablar"
	case "flar", "fala", "falr", "falrar", "flaar":
		return "falar"
	case "n", "naum", "num":
		return "nao"
	case "k", "q", "ke", "qe":
		return "que"
	case "vc", "vcs", "voces":
		return "voce"
	case "algien", "alguen", "alguein", "halguien", "alguie", "alguin":
		return "alguien"
	case "algm", "algem", "alguen!":
		return "alguem"
	case "acesor", "assesor", "aseor", "asesr", "azesor", "asessor", "assessor", "ascesor", "asezor":
		return "asesor"
	case "umano", "humno", "humamo", "hmano", "humanos":
		return "humano"
	case "agnte", "ajente", "agennte":
		return "agente"
	case "atendent", "atendete", "atendnte", "antendente", "atendemte":
		return "atendente"
	case "humen", "hooman", "humn", "humans":
		return "human"
	case "agnet", "agetn", "ajent", "agents":
		return "agent"
	case "representitive", "represenative", "reprsentative", "representive":
		return "representative"
	case "persom", "persn", "perosn", "presona", "perosna", "prsona", "peraona":
		return "persona"
	case "pesoa", "peçoa", "pssoa", "pessoua":
		return "pessoa"
	case "robo", "robos", "robots", "bots", "robott":
		return "robot"
	case "plz", "pls", "plis", "plss", "pliss":
		return "please"
	case "xfa", "xfavor", "porfis", "porfi", "pfv", "pf", "pfvr", "porfavor", "plisss":
		return "porfa"
	case "u", "ya'll":
		return "you"
	case "grasias", "gracia", "grax", "grcs", "grs", "grac":
		return "gracias"
	case "thx", "thks", "tks", "thnx", "tnx", "ty", "thanx", "tysm":
		return "thanks"
	case "vlw", "valew", "vlww", "vlwww":
		return "valeu"
	case "obg", "obgd", "obrigadu", "brigado", "brigada", "brigadu", "obrigadao", "obgda":
		return "obrigado"
	case "blz", "blza":
		return "beleza"
	case "okey", "okay", "oki", "okis", "okk", "okok", "oka", "okas", "okei":
		return "ok"
	case "ngm", "nguem":
		return "ninguem"
	case "msg", "msj", "mensagen", "mensaje", "mensagem", "msgs", "msjs":
		return "mensajes"
	case "dont", "dnt":
		return "don't"
	case "didnt":
		return "didn't"
	case "doesnt":
		return "doesn't"
	case "isnt":
		return "isn't"
	case "its":
		return "it's"
	case "ive":
		return "i've"
	case "wifi", "net", "inter":
		return "internet"
	case "ta":
		return "esta"
	case "hj":
		return "hoje"
	case "aki":
		return "aqui"
	case "pra", "p", "pro":
		return "para"
	case "xq", "pq":
		return "porque"
	case "tb", "tbm":
		return "tambem"
	case "tmb":
		return "tambien"
	}
	return ""
}

// ownWord lists words one slip away from a word of the tables that are nevertheless meant as they stand.
func ownWord(word string) bool {
	switch word {
	case "personal", "pessoal", "personas", "pessoas", "persons", "operadora", "operadoras", "agentes", "gerentes", "humanas", "atendido",
		"atendida", "reinicio", "reinicia", "reinicias", "funciona", "funcionar", "funciono", "funcione", "volvi", "volver",
		"trabajar", "trabajo", "trabalho", "trabaja", "trabalha", "trabajas", "contacto", "contato", "parares", "saludo", "salud",
		"desligue", "apaguen", "working", "worked", "restart", "restarts", "reboot", "denuncia", "resolver", "resolve",
		"sparkle", "humor", "continuar", "passarme", "transfere", "transferi", "transferencia", "solucao", "demandas",
		"connected", "connect", "cancelar", "agradecido", "unplug", "mensual", "manager's", "reiniciar", "reset", "adiante":
		return true
	}
	return false
}
