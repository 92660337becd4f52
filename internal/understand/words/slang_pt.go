package words

// portuguese writes out an abbreviation or phone spelling of Brazilian Portuguese.
func portuguese(word string) string {
	switch word {
	case "q", "k":
		return "que"
	case "n", "nao", "naum", "ñ":
		return "nao"
	case "vc", "c", "oce", "vce":
		return "voce"
	case "vcs", "cs":
		return "voces"
	case "pq", "pork", "porq", "pqe":
		return "porque"
	case "tb", "tbm", "tmb", "tambem":
		return "tambem"
	case "mto", "mt", "mtu", "mui":
		return "muito"
	case "mta":
		return "muita"
	case "hj", "oje":
		return "hoje"
	case "aki", "aq":
		return "aqui"
	case "dsd":
		return "desde"
	case "ngm", "nguem", "ninguem":
		return "ninguem"
	case "alguem", "algm", "alg":
		return "alguem"
	case "blz":
		return "beleza"
	case "vlw", "vlww", "valew":
		return "valeu"
	case "obg", "obgd", "obrigadu", "brigado", "brigadu":
		return "obrigado"
	case "brigada", "obgda":
		return "obrigada"
	case "pfv", "pf", "pfvr", "pls", "porfavor", "pfvor", "fvr":
		return "por favor"
	case "p", "pra", "pa":
		return "para"
	case "pro":
		return "para o"
	case "pras", "pros":
		return "para os"
	case "qd", "qdo", "qnd", "qndo":
		return "quando"
	case "qt", "qto", "qnto", "qnt":
		return "quanto"
	case "qm":
		return "quem"
	case "cmg":
		return "comigo"
	case "td", "tdo":
		return "tudo"
	case "tds":
		return "todos"
	case "ta":
		return "esta"
	case "to":
		return "estou"
	case "tao":
		return "estao"
	case "tava":
		return "estava"
	case "num":
		return "nao"
	case "eh":
		return "e"
	case "msg", "mensage":
		return "mensagem"
	case "msgs":
		return "mensagens"
	case "tel":
		return "telefone"
	case "cel":
		return "celular"
	case "net", "inter", "internt", "interneti", "iternet", "intenet":
		return "internet"
	case "wify", "wfi", "uifi", "waifai":
		return "wifi"
	case "bd":
		return "bom dia"
	case "bt", "btarde":
		return "boa tarde"
	case "flr", "falow":
		return "falou"
	case "mb", "mega", "mbps":
		return "megas"
	case "vencimneto", "vcto", "venc":
		return "vencimento"
	case "seg":
		return "segunda"
	case "fds":
		return "fim de semana"
	case "hr", "hrs", "hs":
		return "horas"
	case "min", "mins":
		return "minutos"
	case "info":
		return "informacao"
	case "roter", "rotiador", "roteado":
		return "roteador"
	case "bleto", "buleto", "voleto":
		return "boleto"
	case "senah", "sinha":
		return "senha"
	case "tecnic":
		return "tecnico"
	case "d":
		return "de"
	case "dps":
		return "depois"
	case "agr":
		return "agora"
	case "ctz":
		return "certeza"
	case "sla":
		return "sei la"
	case "nd":
		return "nada"
	case "msm":
		return "mesmo"
	}
	return ""
}
