package cues

// The reasons to serve somebody sooner.
func business() []string {
	return []string{
		"teletrabajo|homeoffice|teletrabalho", "home office", "mi|mis|nuestro|nuestra|este|del|un|el negocio|local|tienda|empresa|oficina|restaurante|consultorio|farmacia|comercio|hotel|emprendimiento|cyber|ciber", "trabajo|trabajando|trabajar|trabajamos desde|en|de mi? casa", "estoy|estamos trabajando", "@want|para|pa trabajar|trabalhar internet?", "no puedo|podemos|pude trabajar|vender|facturar|cobrar", "perdiendo|perdi|pierdo ventas|clientes|dinero|plata", "punto de venta", "es para @a? trabajo|negocio",
		"minha|nossa|na|da loja|empresa|padaria|clinica|farmacia|oficina|lanchonete|escola", "meu|nosso negocio|comercio|restaurante|escritorio|trabalho|mercado|hotel", "trabalho|trabalhando|trabalhar de|em|desde casa", "estou|to trabalhando", "nao consigo|posso|da|tem trabalhar|vender|atender", "perdendo|perdi vendas|clientes|dinheiro", "maquina|maquininha de? cartao|tarjeta", "maquininha",
		"work|working|wfh from home", "wfh", "my|our business|shop|store|office|restaurant|company|clinic", "can't|cannot|trying to? work", "i work online|remotely|remote", "losing|lost sales|customers|clients|money|business", "card machine|reader|terminal",
	}
}

func health() []string {
	return []string{
		"oxigeno|oxigenio|oxygen|respirador|ventilator|marcapasos|pacemaker|dialisis|dialysis|hemodialise|telemedicina|telemedicine|telehealth|ambulancia|ambulance|hospital|paciente|pacientes|patient|patients|infarto|desfibrilador|insulina|insulin|quimioterapia", "emergencia|urgencia|equipo|aparato|equipamento|aparelho|consulta|cita medica|medico|hospitalar", "medical emergency|equipment|device|appointment|alert|monitor", "esta|estan|muy enfermo|enferma|internado|internada|hospitalizado|hospitalizada|grave", "familiar|mama|papa|abuela|abuelo|hijo|hija|madre|padre|esposa|esposo enfermo|enferma", "esta|muito doente|internado|internada|acamado|acamada", "problema|problemas|questao de salud|saude", "health problem|condition|issue|emergency|reasons", "is|very sick|ill", "bed ridden|bound",
	}
}

func regulator() []string {
	return []string{
		"anatel|procon|osiptel|profeco|enacom|subtel|sernac|indecopi|arcotel|conatel|sutel|asep|aresep|ursec|antel|ift|crt|fcc|ofcom|bbb|reclameaqui|indotel|siget|superintendencia|defensoria|ouvidoria|consumidor|ombudsman|regulator|regulador|pqr|pqrs|condusef", "reclame|reclama aqui", "defensa|proteccion|oficina|codigo del|al consumidor", "consumer protection|rights|court|affairs", "better business bureau", "abogado|abogada|abogados|advogado|advogada|lawyer|attorney|solicitor|judicialmente|juizado|tribunal|tribunales", "denuncio|denunciar|denunciarlos|denunciare|demandar|demandarlos|demandare|processar|processo|processarei", "medidas|acciones|accion|acoes|acao|medida legales|legal|judicial|judiciais|cabiveis", "pequenas causas", "small claims", "legal action", "sue you|them", "reporting|report you to", "libro de reclamaciones", "justica", "hoja de reclamacion|reclamaciones",
	}
}

func safety() []string {
	return []string{
		"chispas|chispa|incendio|electrocutado|electrocuta|corrientazo|fumaca|faiscas|faisca|incendiou|sparks|sparking|electrocuted|smoke|fuego|fogo", "huele|olor|cheiro|cheirando a|de quemado|queimado|humo", "sale|sacando|echa|largando humo", "poste|cable|cables|fio|fios|poste caido|caida|caidos|caiu|caidos|caindo|solto|soltos|tirado|tirados|colgando|suelto|sueltos|pendurado|pendurados en|na|no|a|de|la|rua? calle|rua|vereda|piso|calcada|suelo|patio|chao|techo|altura", "cable|wire|pole|line|lines down|fell|hanging|fallen|lying|loose on|in|over|onto|across|from|low the? street|road|sidewalk|ground|pavement|yard", "fallen|downed pole|wire|cable|line|lines", "smell|smells of? like? burning|burnt|smoke", "caught|on fire", "esta|ta pegando|prendiendo fogo|fuego", "da|dio|dando|levei|tomei|me|got electric? choque|corriente|shock|descarga|toques", "peligro|peligroso|perigo|perigoso|dangerous|danger",
	}
}

func noService() []string {
	return []string{
		"sin internet|servicio|senal|conexion|linea|red", "@not hay|tengo|tenemos|ha internet|servicio|senal|conexion|linea", "@not me? funciona|anda|sirve|carga|agarra el|la|mi|nada* internet|nada", "nada funciona|anda|carga", "se fue|cayo|corto el|la|mi|todo* internet|servicio|senal|conexion", "sem internet|conexao|sinal|acesso|servico|rede", "internet|conexao caiu|parou|fora|morreu|sumiu", "caiu|parou a|o|minha|tudo* internet|conexao|sinal", "nada funciona|carrega|abre", "fora do ar", "nao funciona nada|internet",
		"no internet|service|connection|signal", "internet|connection|service is|it's|went|not? down|out|dead|working|off", "nothing works|loads|working", "completely down|out|dead", "everything is|says? offline|down",
	}
}

// threat lists words of violence against people, ours or the writer: whatever else is said, a person reads it at once.
func threat() []string {
	return []string{
		"los|te|lo|la|les voy|vamos a matar|golpear|balear|apunalar", "los|te mato|baleo", "voy|vamos a matar|golpear|balear|apunalar a|al|alguien|los|todos", "matarlos|matarte|balearlos|golpearlos|apunalarlos|matarme|suicidarme|suicidar",
		"amenaza|ameaca de muerte|morte|bomba", "death|bomb threat|threats", "voy|vou|vamos con|com @a? arma|pistola|machete|cuchillo|faca|revolver", "voy|vamos a ir|llegar|pasar con @a? arma|pistola|machete|cuchillo|revolver", "poner|poniendo|colocar|plant @a bomba|bomb",
		"vou|vamos matar|espancar|esfaquear|bater voce|voces|todos|alguem|esse|em|o", "vou|vamos te|me|os matar|espancar|esfaquear", "te|os mato", "vou dar @a? tiro|tiros|facada|facadas",
		"i'll|will|gonna kill|stab|shoot|hurt you|him|her|them|everyone|someone|somebody", "going to kill|stab|shoot|hurt you|him|her|them|everyone|someone|somebody", "kill|hurt myself", "blow up your|the office|building|tower|place",
	}
}
