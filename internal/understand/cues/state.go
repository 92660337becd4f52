package cues

// stillBroken lists ways to say that the problem persists.
func stillBroken() []string {
	return []string{
		"sigue|siguen igual|lento|lenta|sin|cortado|cortada|caido|caida|mal|fallando|apagado|apagada|rojo|roja|lo|la|con|suspendido|bloqueado|intermitente|parpadeando", "sigue el|la mismo|misma|problema", "sigo sin|igual|con|esperando", "seguimos sin|igual|con",
		"todavia|aun no|sin|sigue|nada|tampoco|esta|esto|tengo|mal|lento", "todavia|aun $", "no funciono|sirvio|resulto|resolvio|cambio|cambia|mejoro|volvio|regreso|arranco|prendio|conecto", "no ha|han cambiado|mejorado|vuelto|regresado|funcionado|mejora", "no hubo|paso|hay cambio|cambios|nada|caso|mejora", "^ @filler* nada $", "^ nada de? nada? $", "y|e|and nada|nothing $", "pero|mas|but nada|nothing $",
		"^ @filler* igual $", "^ sigue $", "^ lo mismo $", "lo mismo $", "esta|va|anda igual", "sin cambios|exito",
		"continua igual|sem|lento|lenta|ruim|caindo|bloqueado|mesma|mesmo|assim|do|na|o|a|travando|offline|vermelho|vermelha|fora|cortado|com|piscando", "continuo sem|na|igual", "ainda nao|sem|esta|continua|continuo|lento|lenta|nada|ta|to", "^ ainda $", "nao funcionou|adiantou|resolveu|voltou|mudou|melhorou|conectou|deu certo?", "nao deu certo|resultado|jeito", "a? mesma coisa", "o? mesmo problema", "do mesmo jeito",
		"still not|no|nothing|down|slow|the|same|offline|doesn't|isn't|broken|out|won't|can't|cannot|red|dropping|suspended|off|have|having|disconnected|waiting|blinking|bad|without|get|getting|nada|fails|failing|dead", "not working still|yet|either", "didn't work|help|fix|change|do|solve", "that didn't|doesn't", "same thing|problem|issue|as|here", "^ @filler* same $", "no luck|change|difference|improvement", "nothing changed|happened|changes|helped", "^ nope $", "^ still $", "it's still _", "hasn't changed|improved|come",
		"doesn't help", "not fixed|resolved|solved", "not yet $",
	}
}

// worksNow lists ways to say that the problem is gone; a word of negation shortly before takes it back, and so does a question mark.
func worksNow() []string {
	return []string{
		"ya funciona|anda|quedo|volvio|regreso|sirve|carga|tengo|hay|conecto|navega|agarra|llego|prendio|jala|entro|vino internet|senal|servicio|luz|bien? $", "ya funciona|anda|quedo|volvio|regreso|sirve|conecto|navega", "ya esta funcionando|andando|bien|solucionado|arreglado|resuelto|conectado|normal|activo", "ya se|lo arreglo|soluciono|resolvio|compuso|solucionaron|arreglaron", "ya me funciona|anda|volvio|regreso|llego|solucionaron", "ya tengo|hay internet|senal|servicio|conexion",
		"^ @filler* volvio|regreso|funciono|funciona|anda|conecto|resuelto|solucionado|arreglado $", "volvio|regreso el|la|mi internet|servicio|senal|conexion|luz", "se arreglo|soluciono|resolvio|normalizo|compuso", "ahora si|funciona|anda|funciono|anda|va bien|funciona|anda|volvio?", "todo bien|normal|ok ahora|ya", "funciono $", "funciono gracias|perfecto|bien", "quedo solucionado|resuelto|bien|listo|perfecto|arreglado", "quedo $", "problema resuelto|solucionado|resolvido",
		"ja? voltou aqui|a|ao|tudo|agora|normal|sim|funcionar|internet|sinal|minha", "^ @filler* voltou $", "ja voltou|funcionou|normalizou|resolveu", "voltou $", "funcionou aqui|agora|sim|certinho|obrigado|valeu|perfeito", "^ @filler* funcionou $", "funcionou $", "deu certo|bom", "agora foi|sim|voltou|funcionou|deu|vai|esta", "agora esta|ta funcionando|normal|ok|bom|boa|rapida|otimo|otima|certo", "esta|ta funcionando|normal|normalizado agora|sim|ja|de?", "^ @filler* resolvido|resolveu|normalizou|normalizado $", "resolvido aqui|agora|ja", "foi resolvido", "normalizou aqui|agora|a|o",
		"it's back|working|fixed|fine|up|ok|good|resolved now|up|online|on|again? $", "it's back|working|fixed now|again|up|online", "works|working|good|fine|okay|ok now|again|fine", "it works|worked", "that worked|works|helped|fixed|did", "is|came|come|are back now|up|on|online?", "back online|up|on|to normal?", "^ @filler* fixed|resolved|solved|works|worked $", "all good|fine|set now", "problem|issue solved|fixed|resolved|gone", "internet|service is back|working|fine",
	}
}

// restarted lists ways to say that the equipment was restarted already.
func restarted() []string {
	return []string{
		"reinicie|resetee|reiniciamos|reiniciado|reiniciada|reseteado", "apague|desenchufe|desconecte|apagamos @gear* y|e? lo|la|los? prendi|encendi|enchufe|conecte|prendimos|volvi", "ya lo|la|los|el|todo? apague|desenchufe|desconecte|prendi|encendi|apagamos", "apagado y prendido|encendido", "desenchufe|apague @gear* $",
		"reiniciei|reiniciamos|reinicializei|resetei", "desliguei @gear* e? liguei|religuei|@gear* liguei?", "ja desliguei|liguei|religuei|tirei", "desliguei|tirei @gear* da tomada", "desliguei e liguei",
		"already|i|i've|we|have|just restarted|rebooted|unplugged|resetted", "restarted|rebooted|unplugged @gear* twice|already|again|and|nothing|times", "restarted|rebooted @gear", "power cycled|cycle", "turned|switched @gear* off and|then? back? on", "tried|try|did restarting|rebooting|unplugging|reset|restart|reboot", "already @gear? reset",
	}
}
