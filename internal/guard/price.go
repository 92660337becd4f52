package guard

import "regexp"

// Whether something costs money is a quantity without a number.
const (
	keyFree = "money free"
	keyPaid = "money paid"
)

var (
	freeForm = regexp.MustCompile(`\b(?:gratis|gratuit[oa]s?|sin (?:ningun )?(?:costo|coste|cargo|recargo)s?(?: (?:adicional|extra))?|no (?:tiene|hay|lleva|genera) (?:ningun )?(?:costo|coste|cargo|recargo)s?|no (?:se|te|le) (?:lo )?cobra[nr]?|no cuesta(?: nada)?|` +
		`sem (?:nenhum(?:a)? )?(?:custo|taxa|cobranca)s?|nao (?:tem|ha) (?:nenhum(?:a)? )?(?:custo|taxa|cobranca)s?|nao (?:e|sao) cobrad[oa]s?|nao (?:se )?cobra(?:mos|m)?|nao custa(?: nada)?|` +
		`free of charge|at no (?:extra |additional )?(?:cost|charge)|no (?:[a-z]+ )?(?:cost|charge|fee)s?|without (?:any )?(?:extra )?(?:cost|charge|fee)|` +
		`(?:is|are|it's|be|for|completely|totally) free|free(?:,|;|\.|$| if\b| installation| visit| reconnection| month))`)
	paidForm = regexp.MustCompile(`\b(?:(?:tiene|hay|lleva|con|genera) (?:un |una )?(?:costo|coste|cargo|recargo)s?|se cobra[nr]?|te cobra(?:mos|n)?|cobramos|cuesta|` +
		`(?:tem|ha|com) (?:um |uma )?(?:custo|taxa|cobranca)s?|(?:e|sao) cobrad[oa]s?|custa|` +
		`(?:has|have|is|with|there's|there is) an? (?:extra |additional )?(?:cost|charge|fee)|(?:is|are) charged|we charge|costs)\b`)
	amountNear = regexp.MustCompile(`^[^.;\n]{0,30}(?:[0-9$€]|nada|nothing)`)
)

// prices finds what is said to be free, or to cost something without saying how much.
func prices(low string) []quantity {
	var out []quantity
	for _, m := range freeForm.FindAllStringIndex(low, -1) {
		out = append(out, quantity{m[0], m[1], "money", []string{keyFree}})
	}
	for _, m := range paidForm.FindAllStringIndex(low, -1) {
		if !amountNear.MatchString(low[m[1]:]) {
			out = append(out, quantity{m[0], m[1], "paid", []string{keyPaid}})
		}
	}
	return out
}
