package redact

import (
	"cmp"
	"slices"

	"antena/internal/understand/entity"
)

// Classes of what is taken out, as they appear in placeholders.
const (
	document = "DOCUMENT"
	card     = "CARD"
	account  = "ACCOUNT"
	phone    = "PHONE"
	email    = "EMAIL"
	address  = "ADDRESS"
	name     = "NAME"
	device   = "DEVICE"
	code     = "CODE"
	link     = "LINK"
	secret   = "SECRET"
	number   = "NUMBER"
	other    = "TEXT"
)

// span is a piece of a text to take out, offsets in bytes of the text. Key is equal for two ways of writing the same.
type span struct {
	start, end int
	class, key string
}

// class is what an entity is taken out as; empty when it may stay.
func class(k entity.Kind) string {
	switch k {
	case entity.CPF, entity.CNPJ, entity.CUIT, entity.RUT, entity.RUC, entity.Cedula, entity.DNI, entity.NIT, entity.RFC, entity.CURP:
		return document
	case entity.CLABE, entity.CBU, entity.Boleto, entity.Pix, entity.PixKey, entity.IBAN:
		return account
	case entity.Card:
		return card
	case entity.Customer, entity.Protocol, entity.Invoice:
		return code
	case entity.Phone:
		return phone
	case entity.Email:
		return email
	case entity.MAC, entity.ONUSerial:
		return device
	case entity.PostalCode, entity.Address:
		return address
	case entity.Secret:
		return secret
	}
	return ""
}

// merged joins spans that overlap: the longest says what the whole is.
func merged(spans []span) []span {
	slices.SortStableFunc(spans, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
	out := spans[:0]
	for _, s := range spans {
		last := len(out) - 1
		if last < 0 || s.start >= out[last].end {
			out = append(out, s)
			continue
		}
		into := &out[last]
		if s.end <= into.end {
			continue
		}
		if s.end-s.start > into.end-into.start {
			into.class = s.class
		}
		into.end, into.key = s.end, ""
	}
	return out
}
