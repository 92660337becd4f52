package cues

// angry lists words of anger, anxious words of worry.
func angry() []string {
	return []string{
		"pesimo|pesima|porqueria|basura|verguenza|ladrones|ladron|estafa|estafadores|estafador|inutiles|inutil|harto|harta|hartos|mierda|carajo|puta|puto|putos|indignante|inaceptable|indignado|indignada|molesto|molesta|asco|malisimo|malisima|horrible|nefasto|mediocres|incompetentes|burla|rateros|sinverguenzas|pinche|chingada|cagada|verga|maldito|maldita|enojado|enojada|furioso|furiosa|mamada|desgraciados|robando|conchetumare|huevada|hdp|ctm",
		"nadie|ninguem me? responde|contesta|resuelve|soluciona|atiende|hace|resolve|atende|aparece|aparecio|apareceu|llego|vino|veio|resolveu|respondeu|contesto", "me|nos tienen harto|harta|cansado|cansada|podrido", "cansado|cansada|cansados de|disso|dessa|desse|con|com", "estan|esta tomando|tomandome el? pelo", "falta de respeto|respeito|vergonha|seriedad", "son unos|una _ ladrones|inutiles|estafa?", "el|o peor|pior servicio|empresa|atencion|internet|servico", "siempre lo mismo", "todo el tiempo lo mismo", "llevo|llevamos|ja|faz _ dias|semanas|meses sin|sem respuesta|solucion|solucao|resposta",
		"pessimo|pessima|vergonha|lixo|palhacada|absurdo|absurda|porra|merda|caralho|ladroes|descaso|ridiculo|ridicula|inadmissivel|inaceitavel|revoltado|revoltada|indignado|desgraca|bosta|putaria|raiva|desrespeito|picareta|incompetencia|palhacos|enganacao|cacete|foda|roubo|roubando|horrivel",
		"worst|terrible|useless|ridiculous|scam|scammers|scammer|pissed|wtf|fuck|fucking|fuckin|shit|shitty|bullshit|crap|unacceptable|awful|disgrace|disgusting|pathetic|furious|angry|joke|incompetent|thieves|robbery|outrageous|liars|horrible|garbage|trash|damn", "fed up", "sick|tired of", "sick and tired", "nobody|no answers|answered|showed|cares|helps|responds|replies one?", "no one answers|answered|showed|cares|helps|responds", "waste of", "rip off", "shame on",
		"😡|🤬|😤|💢|👿|🖕|😠|😾",
	}
}

func anxious() []string {
	return []string{
		"urgente|urgencia|urge|urgentemente|urgent|urgently|emergencia|emergency|asap|desesperado|desesperada|preocupado|preocupada|angustiado|angustiada|nervioso|nerviosa|socorro|auxilio|worried|desperate|desperately|panicking|anxious|aflito|aflita|nervoso|nervosa|agoniado", "ayuda|ayudenme|ayudeme|ayudame porfa|por|please", "por favor ayuda|ayudenme|ayudeme|ajuda|ajudem", "ayudenme|ayudeme|ajudem|ajudeme", "me ajuda|ajudem|ajude por|porfa|please?", "please help|i", "help please|asap|me|us",
		"no se que|q hacer", "nao sei o? que|mais fazer|faco?", "don't know what to do", "tengo|tenho|have @a? examen|reunion|clase|entrevista|prova|reuniao|aula|entrevista|exam|meeting|interview|deadline|class", "@not puedo esperar|aguanto", "right now please", "as soon as possible", "lo antes posible", "o mais rapido", "cuanto antes",
		"😭|😩|😰|😢|🥺|😱|😫|😥|😓|😿|😨|🆘",
	}
}
