package guard

import (
	"regexp"
	"strings"

	"antena/internal/understand/words"
)

// rule is a way of putting things that is refused, whatever the sources say, unless they say it in the same words.
type rule struct {
	code Code
	form *regexp.Regexp
	loud bool // told by its accents: "envié" was done, "envíe" is advice
	sure bool // not when the clause only says what happens if or once something else does
}

// acts looks for what an answer may not do: claim deeds, promise them, pretend, assure, insult, talk about its instructions.
func (c *check) acts() {
	low := strings.NewReplacer("’", "'", "´", "'").Replace(c.said.low)
	loud := strings.NewReplacer("’", "'", "´", "'").Replace(c.said.loud)
	for _, r := range rules {
		text := low
		if r.loud {
			text = loud
		}
		for _, m := range r.form.FindAllStringSubmatchIndex(text, -1) {
			start, end := m[0], m[1]
			if len(m) > 3 && m[2] >= 0 {
				start, end = m[2], m[3]
			}
			if r.sure && conditional(text[:start]) || spared(text[start:end]) || c.groundSays(text[start:end]) {
				continue
			}
			c.fail(r.code, text[start:end])
			break
		}
	}
}

var conditionForm = regexp.MustCompile(`(?:^|[^\p{L}])(?:cuando|cuándo|si|una vez|hasta que|después de|despues de|que|quando|se|assim que|depois|até|ate|once|when|if|after|as soon as|until|whether|unless|before|antes)(?:[^\p{L}]|$)`)

// conditional reports whether the clause so far says when or whether, not that.
func conditional(before string) bool {
	if i := strings.LastIndexAny(before, ".!?;\n"); i >= 0 {
		before = before[i+1:]
	}
	return conditionForm.MatchString(before)
}

// groundSays reports whether a source, or what is known to have been done, has the words.
func (c *check) groundSays(part string) bool {
	part = strings.Join(words.Fields(words.Fold(part)), " ")
	for _, g := range c.ground {
		if strings.Contains(" "+strings.Join(words.Fields(words.Fold(g.text)), " ")+" ", " "+part+" ") {
			return true
		}
	}
	return false
}

// spared are words that only look like a deed of the speaker.
func spared(word string) bool {
	switch word {
	case "comité", "porqué", "consomé", "canapé", "clisé", "vôlei", "hockei", "josé", "noé", "bebé", "ticketé":
		return true
	}
	return false
}

func loudly(code Code, form string) rule {
	return rule{code: code, loud: true, form: regexp.MustCompile(`(?:^|[^\p{L}])(` + form + `)(?:$|[^\p{L}])`)}
}

func plainly(code Code, form string) rule {
	return rule{code: code, form: regexp.MustCompile(`\b(?:` + form + `)`)}
}

func surely(code Code, form string) rule {
	r := plainly(code, form)
	r.sure = true
	return r
}

// Participles of the deeds a desk does, in the three languages.
const (
	doneES = `(?:abiert|cread|generad|enviad|mandad|programad|agendad|cancelad|aplicad|acreditad|reembolsad|activad|reactivad|reconectad|registrad|cambiad|actualizad|escalad|derivad|avisad|notificad|` +
		`verificad|revisad|confirmad|solicitad|pedid|reiniciad|desbloquead|resuelt|hech|asignad|coordinad|transferid|reportad|comprobad|procesad|modificad|eliminad|arreglad|solucionad|autorizad|aprobad)[oa]s?`
	donePT = `(?:abert|criad|gerad|enviad|mandad|agendad|marcad|programad|cancelad|aplicad|creditad|reembolsad|estornad|ativad|reativad|religad|registrad|alterad|atualizad|escalad|encaminhad|avisad|` +
		`notificad|verificad|checad|confirmad|solicitad|reiniciad|desbloquead|liberad|resolvid|feit|transferid|processad|aprovad|autorizad)[oa]s?`
	doneEN = `(?:opened|created|sent|scheduled|booked|cancell?ed|applied|credited|refunded|activated|reactivated|reconnected|restored|registered|changed|updated|upgraded|escalated|forwarded|notified|checked|` +
		`verified|requested|rebooted|restarted|unblocked|unlocked|resolved|fixed|logged|raised|dispatched|assigned|processed|issued|removed|waived|approved|transferred|arranged|submitted|filed)`
)

var rules = []rule{
	loudly(Promise, `abrí|abriré|creé|generé|envié|mandé|programé|agendé|cancelé|apliqué|acredité|reembolsé|activé|reactivé|reconecté|registré|cambié|actualicé|escalé|derivé|avisé|notifiqué|verifiqué|revisé|`+
		`confirmé|solicité|pedí|reinicié|desbloqueé|resolví|hice|puse|coordiné|asigné|transferí|anoté|dejé|comprobé|consulté|procesé|autoricé|gestioné|tramité`),
	loudly(Promise, `\p{L}+(?:aré|eré|iré|aremos|eremos|iremos)`),
	plainly(Promise, `(?:ya|acabo de|acabamos de) (?:te |le |lo |la |les |nos )*(?:abri[ro]?|cre[eo]|crear|gener[eo]|generar|envi[eo]|enviar|mand[eo]|mandar|program[eo]|agend[eo]|agendar|cancel[eo]|aplique|acredite|active|reconecte|registre|registrar|cambie|actualice|escale|derive|avise|avisamos|notifique|reinicie|reiniciar|desbloquee|abrimos|creamos|enviamos|mandamos|activamos)\b`),
	plainly(Promise, `(?:he|hemos|ha|han|habia|habiamos) (?:ya )?`+doneES+`\b`),
	plainly(Promise, `(?:voy|vamos) a (?:\w+[aei]r(?:te|le|lo|la|se|les)*)\b`),
	plainly(Promise, `(?:estoy|estamos) (?:\w+(?:ando|iendo|yendo))\b`),
	plainly(Promise, `(?:te|le|lo|la|les|se) (?:lo |la |le )?(?:llamar|contactar|visitar|avisar|devolver|reembolsar|acreditar|reconectar|escribir|comunicar|enviar|descontar|reintegrar|bonificar|resolver|instalar|cambiar)(?:emos|an?|e)\b`),
	surely(Promise, `(?:fue|fueron|ha sido|han sido|esta|estan|queda|quedan|quedo|quedaron) (?:ya )?`+doneES+`\b`),
	surely(Promise, `se (?:abrio|creo|genero|envio|registro|programo|agendo|cancelo|aplico|acredito|activo|proceso|reinicio|escalo|derivo|reembolso|desconto|notifico)\b`),
	plainly(Promise, `(?:tecnic[oa]s?|cuadrilla|technicians?|equipe|tecnicos?)\b[^.\n]{0,40}\b(?:en camino|va en camino|va a ir|ira|iran|llegara|llegaran|visitara|pasara|saldra|esta yendo|a caminho|vai ate|vai passar|chegara|will|is coming|is heading|on (?:the|his|her|their|its) way)\b`),
	plainly(Promise, `(?:en|on|a) (?:camino|the way|caminho) (?:a tu|a su|to your|para sua|da sua)`),
	plainly(Promise, `nos (?:pondremos|comunicaremos|contactaremos)|considera(?:lo)? hecho|dalo por hecho|consider it done|pode deixar\b|deixa comigo|dejalo en mis manos`),
	plainly(Promise, `(?:(?:^|[.!\n])\s*)(?:listo|hecho|done|pronto|feito|all set|all done)\s*[!.,:]`),
	loudly(Promise, `abri|criei|gerei|enviei|mandei|programei|agendei|marquei|cancelei|apliquei|creditei|reembolsei|estornei|ativei|reativei|religuei|registrei|alterei|mudei|troquei|atualizei|escalei|encaminhei|`+
		`avisei|notifiquei|verifiquei|chequei|confirmei|solicitei|pedi|reiniciei|desbloqueei|liberei|resolvi|fiz|consultei|removi|anotei|transferi|acabei de \p{L}+`),
	loudly(Promise, `\p{L}+(?:arei|erei|irei)`),
	plainly(Promise, `(?:vou|iremos|irei) (?:te |lhe |ja )?(?:\w+[aei]r)\b|(?:nos|a gente|ja) vamos (?:\w+[aei]r)\b|vamos (?:abrir|enviar|mandar|criar|agendar|creditar|devolver|reembolsar|liberar|religar|cancelar|ligar|entrar em contato|resolver|te \w+)\b`),
	plainly(Promise, `(?:estou|estamos) (?:\w+ndo)\b`),
	surely(Promise, `(?:foi|foram|ja esta|ja estao|ficou|ficaram) (?:ja )?`+donePT+`\b`),
	plainly(Promise, `ja (?:abrimos|criamos|enviamos|mandamos|agendamos|liberamos|creditamos|religamos|registramos|encaminhamos|avisamos)\b|temos? `+donePT+`\b`),
	plainly(Promise, `(?:i|we)(?:'ve| have|'d)(?: just| already| now| also)* `+doneEN+`\b`),
	plainly(Promise, `(?:i|we)(?: just| already| have)* `+doneEN+`\b`),
	plainly(Promise, `(?:i|we)(?:'ll| will| shall|'m going to|'re going to| am going to| are going to|'m about to)\b`),
	plainly(Promise, `(?:i'm|i am|we're|we are)(?: now| currently)? [a-z]+ing\b`),
	plainly(Promise, `(?:i|we)(?:'ve| have)(?: just| already| now| also)* [a-z]+(?:ed|en|nt|ne|ade|old)\b`),
	plainly(Promise, `(?:esta|estan|ja esta|estao|ya esta) (?:siendo|sendo) \w+|(?:is|are) (?:now |already |currently )?being [a-z]+(?:ed|en|nt)\b`),
	plainly(Promise, `(?:quedaste|quedas|estas|ficou|voce (?:ja )?esta|tu (?:caso|pedido|solicitud) (?:ya )?esta) (?:ya |ja )?\w+[ai]d[oa]s?\b`),
	plainly(Promise, `(?:veo|vemos que|vejo|i see|i can see|we can see|noto que|detecto|detectamos|detectei|me figura|me aparece|consta que|segun (?:mis|nuestros) (?:registros|datos)|segundo (?:meus|nossos) (?:registros|dados)|our records|my records)\b`),
	plainly(Promise, `(?:tecnic[oa]s?|cuadrilla|equipo tecnico|equipe)\b[^.\n]{0,40}\b\w+(?:ar|er|ir)an?\b`),
	loudly(Promise, `\p{L}{4,}é|\p{L}{2,}(?:dí|brí|ví|bí|rí|eí|cí|tí)|\p{L}{4,}ei`),
	plainly(Promise, `let me (?:open|check|send|create|schedule|cancel|apply|look|transfer|escalate|fix|do|get)\b`),
	surely(Promise, `(?:has|have) (?:now |just |already )?been `+doneEN+`\b|(?:was|were|is now|are now) (?:already )?`+doneEN+`\b`),
	plainly(Promise, `you(?:'ll| will) (?:get|receive|be (?:contacted|called|refunded|credited|reconnected|visited))\b|(?:someone|somebody|our team|a technician|an agent) will\b`),

	plainly(Human, `(?:soy|sou|i'm|i am) (?:(?:un |una |um |uma |a |an |el |la |o )?(?:real |de verdad |verdadeir[oa] )?(?:human[oa]?|person[a]?|pessoa|hombre|mujer|homem|mulher|man|woman|tecnic[oa]|technician|agente?|atendente|asesor[a]?|operador[a]?|supervisor[a]?|gerente|manager|ejecutiv[oa]|empleado|funcionari[oa]))\b`),
	plainly(Human, `no soy (?:un |una )?(?:bot|robot|maquina|ia|asistente|programa)|nao sou (?:um |uma )?(?:bot|robo|maquina|ia|assistente)|i(?:'m| am) not an? (?:bot|robot|machine|ai|computer|assistant)|de carne y hueso|de carne e osso|flesh and blood`),
	plainly(Human, `(?:mi nombre es|me llamo|meu nome e|me chamo|my name is|te habla|le habla|aqui quem fala)\b`),

	plainly(Assurance, `garanti[a-z]+|te aseguro|le aseguro|(?:te|se) lo prometo|\bprometo|prometemos|i promise|we promise|i guarantee|asseguro|pode confiar|con seguridad que|sin ningun riesgo|sem nenhum risco|no risk|risk-free|totalmente seguro|perfectly safe|completely safe|100 ?% (?:seguro|safe)|no (?:es|hay) peligro(?:so)?|nao (?:ha|e) perig[oa](?:so)?|there is no danger|not dangerous|es seguro (?:tocar|mirar|cortar)|e seguro (?:tocar|olhar)|safe to (?:touch|look|cut)`),
	plainly(Assurance, `(?:es|e|is) (?:legal|ilegal|illegal)\b|(?:puedes|pode|podes|you can|should) (?:demandar|denunciar|processar|sue)\b|asesor legal|abogad[oa]|advogad[oa]|lawyer|medic[oa] |tu salud|sua saude|your health|dosis|diagnostico medico|medical`),

	plainly(Insult, `idiot|imbecil|estupid[oa]|tont[oa]s?\b|burr[oa]s?\b|boluded?|pelotud|pendej[oa]|cabron|mierda|carajo|hijo de puta|put[oa]\b|maldit[oa]|ignorante|inutil\b|otari[oa]|babaca|merda\b|caralho|trouxa|arrombad|cala a boca|callate|stupid|moron|dumb\b|shut up|fuck|shit\b|asshole|bastard|crap\b|liar\b|mentiros[oa]|ladron|ladrao|thief`),
	plainly(Insult, `te vas a arrepentir|you(?:'ll| will) regret|vai se arrepender|atente a las consecuencias`),

	plainly(Leak, `system prompt|prompt del sistema|prompt do sistema|(?:mis|minhas|my|the) (?:instrucciones|instrucoes|instructions|reglas|regras|rules|guidelines)(?: (?:son|dicen|sao|dizem|are|say|tell))?\b|fui (?:instruid|programad|configurad)|i (?:was|am|have been) (?:instructed|told|programmed)|me (?:indicaron|instruyeron|pidieron que)|`+
		`modelo de (?:lenguaje|linguagem)|language model|como (?:una )?(?:ia|inteligencia artificial)|as an? (?:ai|assistant)|sources? provided|fuentes? proporcionad|fontes? fornecid|segun (?:el|los) (?:articulo|documento|contexto|fuente)s? |`+
		`developer mode|modo desarrollador|jailbreak|dan mode|api key|clave de api|access token|ignore (?:all|previous)|ignora (?:las|tus)|knowledge base|base de conoci`),
}

// offers are concepts that cost the ISP money: whoever names one needs a source that does.
var offers = []*regexp.Regexp{
	regexp.MustCompile(`\b(?:descuento|desconto|discount|rebaja|bonificacion|bonificad|bonificam|\boff\b|cupon|cupom|coupon)`),
	regexp.MustCompile(`\b(?:reembols|reintegr|refund|estorno|estornar|money back|devolver (?:el|tu|su|o|seu) (?:dinero|dinheiro|pago|plata|pagamento)|devolucion del (?:dinero|pago))`),
	regexp.MustCompile(`\b(?:saldo a favor|nota de credito|credito (?:en|na|de) (?:tu|su|sua|cuenta|la)|account credit|credit (?:on|to|for) (?:your|the)|cashback)`),
	regexp.MustCompile(`\b(?:regalo|regalamos|de regalo|brinde|presente gratis|gift|bonus\b|bono\b)`),
	regexp.MustCompile(`\b(?:promocion|promociones|promocao|promocoes|promotion|promo\b|oferta|special offer|limited time|tiempo limitado)`),
	regexp.MustCompile(`\b(?:compensac|compensat|indemniz|indeniz)`),
	regexp.MustCompile(`\b(?:ilimitad|unlimited|sin limites?\b|sem limites?\b)`),
	regexp.MustCompile(`\b(?:cuotas|parcelas|parcelar|installments|instalments|financia)`),
}

// offered refuses a concept of offers that no source has.
func (c *check) offered() {
	for _, form := range offers {
		m := form.FindString(c.said.low)
		if m == "" {
			continue
		}
		grounded := false
		for _, g := range c.ground {
			grounded = grounded || form.MatchString(g.low)
		}
		if !grounded {
			c.fail(Offer, m)
		}
	}
}
