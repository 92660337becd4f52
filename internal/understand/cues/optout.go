package cues

// optOut lists wishes to receive no more messages. All of them are the whole message: inside a longer one, such words are anger.
// The bare Spanish "baja" is not here, since it may be a cancellation or a smaller plan.
func optOut() []string {
	return []string{
		"^ stop $", "^ stop stop $", "^ stop all? @ads? $", "^ parar $", "^ sair $", "^ unsubscribe me? $", "^ descadastrar|descadastre|descadastra $", "^ desuscribir|desuscribirme|desuscribanme $", "^ optout|opt out $",
		"^ cancelar suscripcion|inscricao $", "^ detener @ads? $",
		"^ no me manden|envien|escriban|mande|envie|escriba|mandes|envies|escribas|molesten|contacten|lleguen @again* @a? @the? @ads* $",
		"^ no me escriban|molesten|contacten mas? por? @again? aqui|favor|whatsapp? $",
		"^ ya? no @want|quiero recibir? @again* @a? @the? @ads @again? de? @the? empresa|ustedes? $", "^ ya? no @want|quiero que me manden|escriban|envien|molesten @again* @ads* $",
		"^ ya? dejen|deje|paren|pare|basta de escribirme|molestar|molestarme|mandarme|enviarme|mandar|enviar|contactarme|spam @again* @a? @the? @ads* $", "^ basta de @ads $",
		"^ quitenme|saquenme|borrenme|eliminenme|quiteme|saqueme|quitame|sacame|borrame de @the|esta|esa? lista|listas|grupo|difusion $", "^ sacar|quitar mi numero de @the|esta? lista $",
		"^ @want? darme? de? baja de @the? @ads|lista|suscripcion $", "^ me? dan? de? baja de @the? @ads|lista $", "^ baja de @the? @ads $",
		"^ nao @want|quero mais? receber mais? @a? @ads voces|voce|de|da|empresa* $", "^ nao @want|quero mais? @ads $", "^ nao me mande|mandem|envie|enviem|manda|mandar|enviar @again* @ads* $",
		"^ para|pare|parem|parar|chega de me? mandar|enviar|mandarem|mandando|encher|escrever|@ads @again* @ads? $", "^ chega de @ads $",
		"^ me tira|tire|tirem|remove|remova|removam|retira|retire|exclui|exclua da|desta|dessa|de lista|listas|sua|voces* $", "^ nao me incomode|incomodem mais? $",
		"^ stop|quit sending|texting|messaging|contacting|writing|spamming me? @a? @the? @ads* $", "^ no more @ads $", "^ remove|delete|take me|my|number off|from* @the|this|mailing* list $", "^ take me off @the|this|mailing* list $",
		"^ don't|never message|text|contact|write me? to? me? anymore|again|ever? $", "^ don't send me @again* @a? @ads @again? $", "^ i? don't want @again* @ads anymore? $",
		"^ i? don't want to? get|receive @again* @ads anymore? $", "^ opt me out $",
	}
}
