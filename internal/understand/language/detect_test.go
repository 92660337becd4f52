package language

import (
	"math"
	"testing"
)

func TestDetect(t *testing.T) {
	t.Parallel()
	d := New()
	for _, c := range []struct{ give, prior, want string }{
		{"no tengo señal", "", "es"}, {"sin internet otra vez", "", "es"}, {"cuánto debo", "", "es"}, {"quiero la boleta", "", "es"}, {"hola buenas noches", "", "es"},
		{"oiga cuando lo arreglan", "", "es"}, {"mandeme el recibo", "", "es"}, {"la luz roja parpadea", "", "es"}, {"gracias ya quedo", "", "es"}, {"me roban el wifi", "", "es"},
		{"to sem internet", "", "pt"}, {"caiu a net aqui", "", "pt"}, {"manda o boleto", "", "pt"}, {"nao ta funcionando", "", "pt"}, {"bom dia moço", "", "pt"},
		{"quanto to devendo", "", "pt"}, {"trocar minha senha", "", "pt"}, {"ja paguei ontem", "", "pt"}, {"ficou lenta demais", "", "pt"}, {"quero falar com alguem", "", "pt"},
		{"internet is down", "", "en"}, {"send my bill", "", "en"}, {"whats my password", "", "en"}, {"its slow again", "", "en"}, {"nothing is loading", "", "en"},
		{"wifi", "pt", "pt"}, {"ok", "es", "es"}, {"netflix", "en", "en"}, {"👍", "pt", "pt"}, {"12345", "es", "es"}, {"", "en", "en"}, {"internet", "es", "es"},
		{"sorry i only speak english, my internet has been down all day", "es", "en"}, {"não estou conseguindo acessar a internet hoje", "es", "pt"},
	} {
		if got := d.Detect(c.give, c.prior); got.Language != c.want {
			t.Errorf("Detect(%q, %q) = %+v, want %s", c.give, c.prior, got, c.want)
		}
	}
}

func TestDetect_NothingToRead(t *testing.T) {
	t.Parallel()
	if got := New().Detect("👍 123", ""); got.Language != Spanish || math.Abs(got.Confidence-1.0/3) > 1e-9 {
		t.Errorf("got %+v, want Spanish at a third", got)
	}
}

func FuzzDetect(f *testing.F) {
	d := New()
	f.Add("não tenho", "es")
	f.Add("\xff'''", "")
	f.Fuzz(func(t *testing.T, text, prior string) {
		if got := d.Detect(text, prior); got.Language == "" || !(got.Confidence >= 1.0/3-1e-9 && got.Confidence <= 1) {
			t.Fatalf("Detect(%q, %q) = %+v", text, prior, got)
		}
	})
}
