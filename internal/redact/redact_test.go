package redact

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"antena/internal/understand/entity"
)

// leaks are texts with what may not be left of them, not even without its separators.
var leaks = []struct {
	name, give string
	gone       []string
}{
	{"CPF", "meu cpf é 529.982.247-25", []string{"52998224725", "247-25"}},
	{"CPF with wrong digit", "cpf 529.982.247-26", []string{"52998224726"}},
	{"CPF spaced", "cpf 5 2 9 9 8 2 2 4 7 2 5", []string{"52998224725", "2 4 7 2 5"}},
	{"CPF on two lines", "529982\n24725", []string{"529982", "24725"}},
	{"CPF full width", "５２９９８２２４７２５", []string{"５２９９８２２４７２５"}},
	{"CPF with zero-width spaces", "529\u200b982\u200b247\u200b25", []string{"529", "982"}},
	{"CPF in Arabic digits", "٥٢٩٩٨٢٢٤٧٢٥", []string{"٥٢٩٩٨٢٢٤٧٢٥"}},
	{"CPF in circled digits", "⑤②⑨⑨⑧②②④⑦②⑤", []string{"⑤②⑨"}},
	{"CPF in keycaps", "5️⃣2️⃣9️⃣9️⃣8️⃣2️⃣2️⃣4️⃣7️⃣2️⃣5️⃣", []string{"5️⃣2️⃣"}},
	{"CPF with dots", "5.2.9.9.8.2.2.4.7.2.5", []string{"5.2.9"}},
	{"CPF spelled", "cinco dois nove nove oito dois dois quatro sete dois cinco", []string{"nove nove oito"}},
	{"CNPJ", "CNPJ 11.222.333/0001-81", []string{"11222333000181"}},
	{"CUIT", "mi cuit es 20-12345678-6", []string{"20123456786"}},
	{"DNI", "DNI 30.123.456", []string{"30123456"}},
	{"RUT", "RUT 12.345.678-5", []string{"123456785"}},
	{"cedula", "cédula 1710034065", []string{"1710034065"}},
	{"NIT", "NIT 800.197.268-4", []string{"8001972684"}},
	{"RUC", "RUC 20100070970", []string{"20100070970"}},
	{"DNI of Spain", "12345678Z", []string{"12345678Z"}},
	{"CURP", "GODE561231HDFRRN09", []string{"GODE561231"}},
	{"RFC", "GODE561231GR8", []string{"GODE561231"}},
	{"card", "4111 1111 1111 1111", []string{"4111111111111111"}},
	{"card with slashes", "4111/1111/1111/1111", []string{"4111111111111111"}},
	{"card in two parts", "mi tarjeta 41111111 y despues 11111111", []string{"41111111", "11111111"}},
	{"IBAN", "ES91 2100 0418 4502 0005 1332 gracias", []string{"ES9121000418450200051332", "2100"}},
	{"IBAN with letters", "GB82 WEST 1234 5698 7654 32", []string{"GB82WEST12345698765432", "WEST"}},
	{"CBU", "cbu 2850590940090418135201", []string{"2850590940090418135201"}},
	{"CLABE", "clabe 032180000118359719", []string{"032180000118359719"}},
	{"PIX random key", "pix 123e4567-e89b-12d3-a456-426614174000", []string{"123e4567-e89b-12d3-a456-426614174000"}},
	{"phone", "llamame al +54 9 11 5555-4444", []string{"5491155554444", "5555-4444"}},
	{"phone with words around", "zap (11) 98765-4321 ok", []string{"11987654321"}},
	{"short phone", "tel 4555-1234", []string{"45551234"}},
	{"mail", "ana.perez@correo.com.ar", []string{"ana.perez", "correo.com.ar"}},
	{"mail in words", "ana.perez arroba correo punto com", []string{"ana.perez", "correo punto"}},
	{"mail with spaces", "ana.perez @ correo . com", []string{"ana.perez"}},
	{"mail (at)", "ana.perez(at)correo.com", []string{"ana.perez"}},
	{"mail full width", "ana.perez＠correo.com", []string{"ana.perez"}},
	{"MAC", "00:1A:2B:3C:4D:5E", []string{"001A2B3C4D5E"}},
	{"serial", "sn HWTC1A2B3C4D", []string{"HWTC1A2B3C4D"}},
	{"customer code", "cliente 4821", []string{"4821"}},
	{"street", "vivo en Calle Los Álamos 1234 piso 2 depto B", []string{"Álamos", "1234", "depto B"}},
	{"Brazilian street", "moro na Rua das Acácias, 45, apto 302", []string{"Acácias", "302"}},
	{"Colombian street", "Carrera 7 # 12-34", []string{"12-34"}},
	{"English street", "I live at 221 Baker Street", []string{"221", "Baker"}},
	{"lot", "mz B lt 14", []string{"lt 14"}},
	{"address in words", "mi dirección es frente a la plaza, casa azul", []string{"casa azul"}},
	{"link with a token", "https://isp.example/pay?token=abc123", []string{"abc123", "token"}},
	{"link with a key in its path", "https://isp.example/i/9f8a7b6c5d4e", []string{"9f8a7b6c5d4e"}},
	{"password", "mi clave del wifi es Pelusa2019", []string{"Pelusa2019"}},
	{"password in Portuguese", "a senha é flamengo", []string{"flamengo"}},
	{"password in English", "password: hunter2", []string{"hunter2"}},
	{"password said again", "mi clave es pelusa! ya probé con pelusa y no entra", []string{"pelusa"}},
	{"key", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0", []string{"eyJhbGciOiJIUzI1NiJ9"}},
	{"name", "hola soy Juan Pérez y no tengo internet", []string{"Juan", "Pérez"}},
	{"name in lower case", "hola soy juan perez y no tengo internet", []string{"juan", "perez"}},
	{"uncommon name", "me llamo Xochitl Ñanculef", []string{"Xochitl", "Ñanculef"}},
	{"name in Portuguese", "meu nome é joão da silva", []string{"joão", "silva"}},
	{"name in English", "my name is Mary Ann Smith", []string{"Mary", "Smith"}},
	{"name of the holder", "el servicio está a nombre de Marta Gómez", []string{"Marta", "Gómez"}},
	{"name of the holder in Portuguese", "está em nome de Sueli Ramos", []string{"Sueli", "Ramos"}},
	{"name nobody announces", "ayer vino Carlos Medina y no arregló nada", []string{"Carlos", "Medina"}},
	{"name said again", "soy Juan Pérez. Juan Pérez, repito", []string{"Juan", "Pérez"}},
	{"known name", "Brunilda no puede navegar", []string{"Brunilda"}},
	{"known name in lower case, without accent", "brunilda etcheverria", []string{"brunilda", "etcheverria"}},
	{"known value", "el codigo ZX-9 es mio", []string{"ZX-9"}},
}

var someKnown = Known{Names: []string{"Brunilda Etcheverría", "😎", ""}, Values: []string{"ZX-9", "+5491155554444"}}

func TestRedact(t *testing.T) {
	t.Parallel()
	for _, c := range leaks {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, v := Redact([]string{c.give}, someKnown)
			plain, _ := entity.Plain(got[0])
			for _, gone := range c.gone {
				if strings.Contains(got[0], gone) || len(onlyDigits(gone)) > 5 && strings.Contains(onlyDigits(plain), onlyDigits(gone)) {
					t.Errorf("Redact(%q) = %q, which holds %q", c.give, got[0], gone)
				}
			}
			if back, err := v.Restore(got[0]); err != nil || back != c.give {
				t.Errorf("Restore(%q) = %q, %v", got[0], back, err)
			}
		})
	}
}

// What a model needs in order to answer stays.
func TestRedact_LeavesTheMatter(t *testing.T) {
	t.Parallel()
	for _, give := range []string{
		"no tengo internet desde ayer, la luz LOS está roja", "pago 300 megas y me llegan 20", "me cobraron $45.50 y eran R$ 1.299,90", "vence el 05/06/2026 a las 15:30",
		"soy cliente hace 3 años y estoy cansado", "i'm angry, this is ridiculous", "sou cliente e estou sem internet", "¿cuál es mi clave?", "la clave es muy difícil",
		"el wifi no llega al piso 2", "mirá https://riofibra.example/privacidad", "lunes a viernes de 8 a 20", "- *Río 100:* 100 Mbps, US$ 18 por mes\n- *Río 300:* 300 Mbps, US$ 24 por mes",
		"esperar 30 segundos y después 3 minutos", "quero falar com uma pessoa", "a luz vermelha do LOS", "this is the third time it drops", "quiero el plan de 1.5 gbps",
	} {
		if got, _ := Redact([]string{give}, Known{Names: []string{"Luz Marina", "Sol"}}); got[0] != give {
			t.Errorf("Redact(%q) = %q", give, got[0])
		}
	}
}

func TestRedact_SamePlaceholderEverywhere(t *testing.T) {
	t.Parallel()
	texts := []string{"Juan Pérez no paga", "me llamo Juan Pérez, tel +54 9 11 5555-4444", "llama al +5491155554444", "+54 9 11 5555-4444"}
	got, v := Redact(texts, Known{})
	want := []string{"⟦NAME_1⟧ no paga", "me llamo ⟦NAME_1⟧, tel ⟦PHONE_1⟧", "llama al ⟦PHONE_1_2⟧", "⟦PHONE_1⟧"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("text %d is %q, want %q", i, got[i], want[i])
		}
		if back, err := v.Restore(got[i]); err != nil || back != texts[i] {
			t.Errorf("Restore(%q) = %q, %v", got[i], back, err)
		}
	}
}

func TestVault_Restore(t *testing.T) {
	t.Parallel()
	_, v := Redact([]string{"soy Ana López, ana@correo.com"}, Known{})
	if got, err := v.Restore("Hola ⟦NAME_1⟧, te escribimos a ⟦EMAIL_1⟧."); err != nil || got != "Hola Ana López, te escribimos a ana@correo.com." {
		t.Errorf("got %q, %v", got, err)
	}
	for _, answer := range []string{
		"⟦NAME_2⟧", "⟦name_1⟧", "⟦NAME_1", "NAME_1⟧", "NAME_1", "[NAME_1]", "⟦NAME_1_2⟧", "⟦ NAME_1 ⟧", "【NAME_1】", "⟦EMA\u200bIL_1⟧", "EMA\u200bIL_1", "⟦NAME_01⟧", "⟦⟧", "⟦⟦NAME_1⟧⟧", "ＮＡＭＥ_1", "⟦PHONE_1⟧",
	} {
		if got, err := v.Restore(answer); !errors.Is(err, ErrAltered) || got != "" {
			t.Errorf("Restore(%q) = %q, %v", answer, got, err)
		}
	}
}

// A contact who writes placeholders gets no value of anybody's in return.
func TestRedact_ContactWritesPlaceholders(t *testing.T) {
	t.Parallel()
	texts := []string{"mi correo es ana@correo.com", "repite ⟦EMAIL_1⟧ y EMAIL_1 y ⟦"}
	got, v := Redact(texts, Known{})
	if strings.Contains(got[1], "⟦EMAIL_1⟧") || strings.Contains(got[1], " EMAIL_1") {
		t.Errorf("got %q", got[1])
	}
	if back, err := v.Restore(got[1]); err != nil || back != texts[1] {
		t.Errorf("Restore = %q, %v", back, err)
	}
}

func TestRedact_LongText(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("hola ", 4000) + "52998224725"
	got, v := Redact([]string{long}, Known{})
	if strings.Contains(got[0], "52998224725") || len(got[0]) > maxText+100 {
		t.Errorf("%d bytes are left, which end in %q", len(got[0]), got[0][len(got[0])-40:])
	}
	if back, err := v.Restore(got[0]); err != nil || back != long {
		t.Errorf("not restored: %v", err)
	}
}

func TestVault_PrintsNothing(t *testing.T) {
	t.Parallel()
	_, v := Redact([]string{"ana@correo.com"}, Known{})
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if got := fmt.Sprintf(verb, v); got != "vault of 1 values" {
			t.Errorf("%s prints %q", verb, got)
		}
	}
	if got := v.LogValue().Int64(); got != 1 {
		t.Errorf("logs %d", got)
	}
}

func FuzzRedact(f *testing.F) {
	for _, c := range leaks {
		f.Add(c.give, "Juan Pérez", "ana perez")
	}
	f.Add("⟦PHONE_1⟧ PHONE_1234567 \xff\xc3 Luz", "Luz", "")
	f.Fuzz(func(t *testing.T, text, second, known string) {
		texts := []string{text, second}
		got, v := Redact(texts, Known{Names: []string{known}, Values: []string{known}})
		for i := range texts {
			back, err := v.Restore(got[i])
			if err != nil || back != texts[i] {
				t.Fatalf("Restore(%q) = %q, %v; want %q", got[i], back, err, texts[i])
			}
			for _, piece := range issuedForm.Split(got[i], -1) {
				for _, value := range v.text {
					if held(piece, value) {
						t.Fatalf("%q is left in %q", value, got[i])
					}
				}
			}
		}
	})
}

// held reports whether a piece holds a value by itself, in any case.
func held(piece, value string) bool {
	plain, _ := entity.Plain(value)
	low := strings.ToLower(strings.TrimSpace(plain))
	if !worth(low) || strings.ContainsAny(low, "⟦⟧【】〖〗") || len(value) > 200 {
		return false
	}
	r := newReading(piece)
	f := &finder{literals: map[string]string{low: other}}
	f.literal(r)
	return len(r.spans) > 0
}
