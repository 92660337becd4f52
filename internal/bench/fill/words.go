package fill

import (
	"math/rand/v2"
	"strings"
)

var (
	languages = []string{"es", "es", "es", "pt", "pt", "en"}
	firsts    = strings.Fields("María José Ana Luis João Beatriz Lucía Diego Camila Rafael Fernanda Pedro Sofía Mateus Valentina Thiago Julieta Bruno Carolina Gustavo Emily James Olivia Carlos Renata Andrés Larissa Martín Patrícia Joaquín")
	lasts     = strings.Fields("Pérez García Silva Souza Conceição Fernández González Oliveira Rodrigues Martínez López Núñez Almeida Castro Herrera Smith Brown Araújo Ribeiro Gómez Muñoz Pereira Ramírez Álvarez Teixeira Vargas Rojas Costa Gutiérrez Díaz")
	// What people say, by language, the frequent words first.
	vocabulary = map[string][]string{
		"es": strings.Fields("no de la el que en internet tengo hola mi y a por un con se luz factura anda está pago cuando buenas tardes gracias días módem wifi ayer lento corta clave contraseña técnico visita pagar vencimiento router roja plan velocidad barrio reclamo servicio señal cable casa número titular recibo transferencia comprobante deuda tarjeta reinicié apagué prendí otra vez todavía nadie viene urgente trabajo cliente consulta cambiar domicilio mudanza baja canal películas juegos cámara repetidor antena fibra óptica conector poste tormenta lluvia vecinos edificio departamento piso"),
		"pt": strings.Fields("não de a o que em internet oi minha e por um com está boleto fatura tenho quando bom dia boa tarde obrigado modem wifi ontem lenta caiu senha técnico visita pagar vencimento roteador vermelha plano velocidade bairro chamado serviço sinal cabo casa número titular recibo transferência comprovante dívida cartão reiniciei desliguei liguei outra vez ainda ninguém vem urgente trabalho cliente dúvida trocar endereço mudança cancelar canal filmes jogos câmera repetidor antena fibra óptica conector poste tempestade chuva vizinhos prédio apartamento andar"),
		"en": strings.Fields("the my is i no internet to and it a on not for hello please bill since yesterday slow down again password change wifi router red light pay invoice due technician visit modem thanks morning speed plan service signal cable house number account card transfer receipt debt restarted still nobody urgent work customer question move address cancel channel movies games camera repeater antenna fiber connector pole storm rain neighbors building apartment floor"),
	}
)

func name(dice *rand.Rand) string { return pick(dice, firsts) + " " + pick(dice, lasts) }

// sentence draws words as speech does: the first of a vocabulary far more often than
// the last, and now and then a number nobody else has.
func sentence(dice *rand.Rand, language string) string {
	all := vocabulary[language]
	words := make([]string, 3+dice.IntN(16))
	for i := range words {
		at := int(float64(len(all)) * dice.Float64() * dice.Float64() * dice.Float64())
		words[i] = all[at]
	}
	if dice.IntN(6) == 0 {
		words[len(words)-1] = code(dice)
	}
	return strings.Join(words, " ")
}

func code(dice *rand.Rand) string {
	digits := make([]byte, 7)
	for i := range digits {
		digits[i] = byte('0' + dice.IntN(10))
	}
	return string(digits)
}

func pick[T any](dice *rand.Rand, all []T) T { return all[dice.IntN(len(all))] }
