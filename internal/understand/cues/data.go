package cues

// dataRequest lists ways to ask about, correct or erase one's personal data, anywhere in a message.
func dataRequest() []string {
	return []string{
		"que|cuales|cual datos|informacion mios|mia tienen|tiene|guardan", "que|cuales datos|informacion tienen|tiene|guardan mios|mia|de|sobre mi|mios?", "datos|informacion que tienen|guardan de|sobre mi",
		"quais|que dados voce? tem|tem|guardam|possuem voce? meus|de|sobre mim?", "quais dados meus", "quais sao? os? meus dados",
		"what data|info|information do? you have|hold|keep|store|got on|about|of me", "data|info|information you have|hold|keep on|about me",
		"borren|borrar|borre|borrenme|eliminen|eliminar|elimine|supriman|suprimir|quiten mis|todos|todo|los|mi* datos|informacion", "apagar|apaguem|apague|apaga|excluir|excluam|exclua|deletar|deletem|remover|removam os|todos|meus* dados",
		"delete|erase|remove|wipe all|my|personal* data|information|info", "@want acceso|acesso|access a|aos|to|los|os|my|mis|meus* datos|dados|data", "solicito acceso|acesso", "access request",
		"gdpr", "lgpd", "habeas data", "derechos|derecho|solicitud|ley arco", "ley 1581", "ley 25326", "ley 29733", "derecho al|de olvido", "right to be forgotten", "proteccion de datos", "protecao de dados", "data protection",
		"de donde sacaron|obtuvieron|tienen|consiguieron|sacan mi numero|telefono|contacto|datos", "como consiguieron|obtuvieron|sacaron|tienen mi numero|telefono|datos", "quien les dio mi numero|telefono|datos",
		"de onde pegaram|conseguiram|tiraram|tem o? meu numero|telefone|contato|dados", "como conseguiram|pegaram|tem o? meu numero|telefone|contato", "quem passou o? meu numero|telefone|contato",
		"how|where did? you get|got|have my number|phone|contact|info", "who gave you my number|phone",
		"responsable|encargado de|del* los|mis|tratamiento|proteccion* datos", "quem e|eh o? encarregado", "encarregado de|dos|pelos* dados", "your|the dpo", "^ dpo $", "data protection officer",
		"corrijan|corregir|corrija|corregirme mi nombre|dni|apellido|cedula|documento", "corrigir|corrija|corrijam o? meu nome|cpf|cadastro|documento", "fix|correct my name|surname",
		"no autorizo el|que|a|su|uso|tratamiento|compartir|compartan* mis? datos|uso|tratamiento|compartir", "nao autorizo o? compartilhar|compartilhamento|uso|que", "do not|don't share my data|info|information",
	}
}
