package entity

import (
	"testing"
)

func TestFind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, give string
		want       []string // kind, text, value
	}{
		{"CPF with dots", "meu cpf é 529.982.247-25 ok", []string{"cpf", "529.982.247-25", "52998224725"}},
		{"CPF bare", "52998224725", []string{"cpf", "52998224725", "52998224725"}},
		{"CPF with a wrong digit is no CPF", "cpf 529.982.247-24", nil},
		{"eleven equal digits", "cpf 111.111.111-11", nil},
		{"CNPJ", "11.222.333/0001-81", []string{"cnpj", "11.222.333/0001-81", "11222333000181"}},
		{"CNPJ with letters", "cnpj 12.ABC.345/01DE-35", []string{"cnpj", "12.ABC.345/01DE-35", "12ABC34501DE35"}},
		{"CUIT", "CUIT 20-12345678-6", []string{"cuit", "20-12345678-6", "20123456786"}},
		{"RUT", "mi rut es 12.345.678-5", []string{"rut", "12.345.678-5", "12345678-5"}},
		{"RUT with K", "20347878-k", []string{"rut", "20347878-k", "20347878-K"}},
		{"Peruvian RUC", "RUC: 20100070970", []string{"ruc", "20100070970", "20100070970"}},
		{"Ecuadorian cédula by name", "cédula 1710034065", []string{"cedula", "1710034065", "1710034065"}},
		{"NIT", "NIT 860.002.964-4", []string{"nit", "860.002.964-4", "8600029644"}},
		{"RFC", "rfc GODE561231GR8", []string{"rfc", "GODE561231GR8", "GODE561231GR8"}},
		{"CURP", "BOXW310820HNERXN09", []string{"curp", "BOXW310820HNERXN09", "BOXW310820HNERXN09"}},
		{"CLABE", "032180000118359719", []string{"clabe", "032180000118359719", "032180000118359719"}},
		{"CBU", "cbu 2850590940090418135201", []string{"cbu", "2850590940090418135201", "2850590940090418135201"}},
		{"DNI by name", "mi dni es 30.123.456", []string{"dni", "30.123.456", "30123456"}},
		{"DNI with letter", "12345678Z", []string{"dni", "12345678Z", "12345678Z"}},
		{"card", "4111 1111 1111 1111", []string{"card", "4111 1111 1111 1111", "4111111111111111"}},
		{"protocol", "meu protocolo 202610050000123", []string{"protocol", "202610050000123", "202610050000123"}},
		{"protocol bare", "202610050000123?", []string{"protocol", "202610050000123", "202610050000123"}},
		{"customer code", "soy el cliente 48213", []string{"customer", "48213", "48213"}},
		{"customer code with accent and letters", "Código de cliente: ab-00931", []string{"customer", "ab-00931", "AB-00931"}},
		{"contract", "contrato nº 7781234", []string{"customer", "7781234", "7781234"}},
		{"invoice", "la factura B001-004512 esta mal", []string{"invoice", "B001-004512", "B001-004512"}},
		{"amount in reais", "paguei R$ 1.299,90 hoje", []string{"amount", "R$ 1.299,90", "1299.90 BRL"}},
		{"amount without currency code", "me cobraron $45.50", []string{"amount", "$45.50", "45.50"}},
		{"amount by word", "debo 120 soles", []string{"amount", "120 soles", "120.00 PEN"}},
		{"amount in thousands", "eran 15.000 pesos", []string{"amount", "15.000 pesos", "15000.00"}},
		{"date", "pago el 05/06/2026", []string{"date", "05/06/2026", "2026-06-05"}},
		{"date without year", "vence 5/6", []string{"date", "5/6", "--06-05"}},
		{"date in words", "dia 10 de março de 2026", []string{"date", "10 de março de 2026", "2026-03-10"}},
		{"date in English", "since June 3rd, 2026", []string{"date", "June 3rd, 2026", "2026-06-03"}},
		{"no such day", "31/02/2026", nil},
		{"phone", "llamame al +54 9 11 5555-4444", []string{"phone", "+54 9 11 5555-4444", "+5491155554444"}},
		{"phone in brackets", "(11) 98765-4321", []string{"phone", "(11) 98765-4321", "11987654321"}},
		{"mail", "es ana.perez@correo.com.ar!", []string{"email", "ana.perez@correo.com.ar", "ana.perez@correo.com.ar"}},
		{"MAC with colons", "mac 00:1A:2b:3c:4D:5e", []string{"mac", "00:1A:2b:3c:4D:5e", "00:1A:2B:3C:4D:5E"}},
		{"MAC bare", "001a2b3c4d5e", []string{"mac", "001a2b3c4d5e", "00:1A:2B:3C:4D:5E"}},
		{"serial of a fibre terminal", "sn: hwtc1a2b3c4d", []string{"onu_serial", "hwtc1a2b3c4d", "HWTC1A2B3C4D"}},
		{"URL", "mira https://example.com/a?b=1.", []string{"url", "https://example.com/a?b=1", "https://example.com/a?b=1"}},
		{"speed", "pago 300 megas", []string{"speed", "300 megas", "300"}},
		{"speed in gigabits", "plan de 1.5 gbps", []string{"speed", "1.5 gbps", "1500"}},
		{"postal code", "cep 01310-100", []string{"postal_code", "01310-100", "01310100"}},
		{"two things", "52998224725 e 300 mega", []string{"cpf", "52998224725", "52998224725", "speed", "300 mega", "300"}},
		{"nothing", "hola no tengo internet desde las 3, llevo 4 dias", nil},
		{"emoji before", "🙏🙏 cliente 4821", []string{"customer", "4821", "4821"}},
		{"not UTF-8", "\xff 52998224725 \xfe", []string{"cpf", "52998224725", "52998224725"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, e := range Find(c.give) {
				got = append(got, string(e.Kind), e.Text, e.Value)
			}
			if len(got) != len(c.want) {
				t.Fatalf("Find(%q) = %q, want %q", c.give, got, c.want)
			}
			for i := range got {
				if got[i] != c.want[i] {
					t.Errorf("Find(%q) = %q, want %q", c.give, got, c.want)
				}
			}
		})
	}
}

func FuzzFind(f *testing.F) {
	f.Add("cpf 529.982.247-25, R$ 10,50 em 05/06/2026, 00:1A:2B:3C:4D:5E ó +54 9 11 5555-4444")
	f.Add("GODE561231GR8 000201 https://a.b/c \xff\xc3")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, e := range Find(text) {
			if e.Start < end || e.End <= e.Start || e.End > len(text) || text[e.Start:e.End] != e.Text || e.Value == "" || e.Kind == "" {
				t.Fatalf("Find(%q): %+v after %d", text, e, end)
			}
			end = e.End
		}
	})
}
