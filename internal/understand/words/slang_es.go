package words

// spanish writes out an abbreviation or phone spelling of Latin American Spanish.
func spanish(word string) string {
	switch word {
	case "q", "k", "ke", "qe":
		return "que"
	case "xq", "pq", "porq", "xk", "pk", "porke", "xque":
		return "porque"
	case "x":
		return "por"
	case "xfa", "xfavor", "porfa", "porfis", "plis", "pls", "pf", "pfv", "porfavor", "plz", "xfis", "porfi":
		return "por favor"
	case "d":
		return "de"
	case "dl":
		return "del"
	case "dsd", "dsde", "desd":
		return "desde"
	case "tb", "tmb", "tbn", "tmbn", "tambn":
		return "tambien"
	case "tngo", "tng":
		return "tengo"
	case "toy":
		return "estoy"
	case "ta":
		return "esta"
	case "tan":
		return "estan"
	case "pa":
		return "para"
	case "pal":
		return "para el"
	case "bn":
		return "bien"
	case "msj", "mjs", "msg":
		return "mensaje"
	case "msjs":
		return "mensajes"
	case "cdo", "cndo", "qndo":
		return "cuando"
	case "dnd", "dde":
		return "donde"
	case "cm":
		return "como"
	case "ctos":
		return "cuantos"
	case "tel":
		return "telefono"
	case "cel":
		return "celular"
	case "info":
		return "informacion"
	case "grax", "grs", "grcs", "gcs", "thx", "grac":
		return "gracias"
	case "sta":
		return "esta"
	case "aki", "aka":
		return "aqui"
	case "kiero", "qiero", "kero":
		return "quiero"
	case "ase":
		return "hace"
	case "ay":
		return "hay"
	case "inter", "internt", "interne", "intenet", "iternet", "net":
		return "internet"
	case "wfi", "wify", "guifi", "wiffi", "güifi", "waifai", "guaifai":
		return "wifi"
	case "contra", "pass", "password":
		return "clave"
	case "compu":
		return "computadora"
	case "depto":
		return "departamento"
	case "dr":
		return "doctor"
	case "hrs", "hs":
		return "horas"
	case "min", "mins":
		return "minutos"
	case "mb", "mbps", "mgs":
		return "megas"
	case "ud", "uds":
		return "usted"
	case "nadien", "nadies":
		return "nadie"
	case "sr":
		return "senor"
	case "sra", "srta":
		return "senora"
	case "tecnic", "tecnicos":
		return "tecnico"
	case "urg":
		return "urgente"
	}
	return ""
}
