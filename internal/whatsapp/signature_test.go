package whatsapp

import (
	"strings"
	"testing"
)

func TestVerify(t *testing.T) {
	t.Parallel()
	const (
		empty     = `{"object":"whatsapp_business_account","entry":[]}`
		escaped   = `{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"x","value":{"t":"Ol\u00e1 \ud83d\udc4d"}}]}]}`
		ofEmpty   = "sha256=c84a394cc475525991e78ff16e430b02e47f953877d2af0ade26956ce6f384dc"
		ofEscaped = "sha256=d2f0e5fa9ddbe30996cb8cb66c0c9083237161f3282a3b93223cbaeb62ba2776"
		secret    = "test-app-secret"
	)
	tests := map[string]struct {
		secrets []string
		body    string
		header  string
		want    bool
	}{
		"plain":                   {[]string{secret}, empty, ofEmpty, true},
		"escaped":                 {[]string{secret}, escaped, ofEscaped, true},
		"rotating, old":           {[]string{secret, "next"}, empty, ofEmpty, true},
		"rotating, new":           {[]string{"before", secret}, empty, ofEmpty, true},
		"upper-case digits":       {[]string{secret}, empty, "sha256=" + strings.ToUpper(ofEmpty[7:]), true},
		"body written again":      {[]string{secret}, strings.ReplaceAll(escaped, `\u00e1`, "á"), ofEscaped, false},
		"one byte more":           {[]string{secret}, empty + "\n", ofEmpty, false},
		"other body's":            {[]string{secret}, empty, ofEscaped, false},
		"wrong secret":            {[]string{"wrong"}, empty, ofEmpty, false},
		"no secret":               {nil, empty, ofEmpty, false},
		"empty secret":            {[]string{""}, empty, Sign("", []byte(empty)), false},
		"no header":               {[]string{secret}, empty, "", false},
		"no prefix":               {[]string{secret}, empty, ofEmpty[7:], false},
		"sha1":                    {[]string{secret}, empty, "sha1=" + ofEmpty[7:], false},
		"truncated":               {[]string{secret}, empty, ofEmpty[:70], false},
		"longer":                  {[]string{secret}, empty, ofEmpty + "00", false},
		"no hex":                  {[]string{secret}, empty, "sha256=" + strings.Repeat("zz", 32), false},
		"signed by ourselves":     {[]string{secret}, "", Sign(secret, nil), true},
		"one digit of it differs": {[]string{secret}, empty, ofEmpty[:70] + "d", false},
	}
	for name, test := range tests {
		if got := Verify(test.secrets, []byte(test.body), test.header); got != test.want {
			t.Errorf("%s: Verify = %v, want %v", name, got, test.want)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	body := webhooks(b)["text"]
	header := Sign("secret", body)
	b.ReportAllocs()
	for b.Loop() {
		if !Verify([]string{"secret"}, body, header) {
			b.Fatal("does not verify")
		}
	}
}
