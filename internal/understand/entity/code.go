package entity

import (
	"regexp"
	"strings"
)

var (
	customerForm = regexp.MustCompile(`\b(?:cliente|client|customer|contrato|contract|abonado|suscriptor|assinante|suministro|account|conta|cuenta|codigo|matricula|code)\b[ \t]*(?:(?:de|do|da|del|cliente|contrato|numero|number|nro|num|no|n|es|e|is|id|code|codigo|mi|meu|my)\b[ \t.]*)*[.:#=\-]*[ \t]*([a-z]{0,4}[-/]?[0-9][0-9a-z/-]{1,18})`)
	invoiceForm  = regexp.MustCompile(`\b(?:factura|fatura|boleta|recibo|invoice|bill|comprobante|boleto|nota fiscal|nf)\b[ \t]*(?:(?:de|do|da|del|numero|number|nro|num|no|n|es|e|is|id)\b[ \t.]*)*[.:#=\-]*[ \t]*([a-z]{0,4}[-/]?[0-9][0-9a-z/-]{2,20})`)
)

// codes finds customer and invoice codes, which only the word before them gives away.
func (s *search) codes() {
	s.code(Invoice, invoiceForm)
	s.code(Customer, customerForm)
}

func (s *search) code(kind Kind, form *regexp.Regexp) {
	for _, m := range form.FindAllStringSubmatchIndex(s.low, -1) {
		value := strings.ToUpper(strings.TrimRight(s.low[m[2]:m[3]], "-/"))
		end := m[2] + len(value)
		if len(onlyDigits(value)) >= 3 && !s.glued(m[2], end) {
			s.add(kind, m[2], end, value)
		}
	}
}
