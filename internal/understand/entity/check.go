package entity

import "strings"

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// same reports whether all characters are equal: such numbers often pass a check digit and are never real.
func same(s string) bool { return strings.Count(s, s[:1]) == len(s) }

// weighted is the sum of digits (letters counting as their ASCII code less that of zero) times weights.
func weighted(s string, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += int(s[i]-'0') * w
	}
	return sum
}

// mod11 is the check digit of Brazilian documents: what is missing to a multiple of 11, ten and eleven counting as zero.
func mod11(sum int) byte {
	if r := sum % 11; r >= 2 {
		return byte('0' + 11 - r)
	}
	return '0'
}

// validCPF checks a Brazilian CPF of 11 digits (Receita Federal).
func validCPF(s string) bool {
	return len(s) == 11 && digits(s) && !same(s) &&
		s[9] == mod11(weighted(s, 10, 9, 8, 7, 6, 5, 4, 3, 2)) && s[10] == mod11(weighted(s, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2))
}

// validCNPJ checks a Brazilian CNPJ of 14 characters; twelve may be letters since July 2026 (Receita Federal, IN 2.229/2024).
func validCNPJ(s string) bool {
	if len(s) != 14 || same(s) || !digits(s[12:]) || !strings.ContainsAny(s, "0123456789") {
		return false
	}
	for i := range 12 {
		if c := s[i]; !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z') {
			return false
		}
	}
	return s[12] == mod11(weighted(s, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) && s[13] == mod11(weighted(s, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))
}

// validCUIT checks an Argentine CUIT or CUIL of 11 digits (AFIP).
func validCUIT(s string) bool {
	if len(s) != 11 || !digits(s) || !hasPrefix(s, "20", "23", "24", "25", "26", "27", "30", "33", "34") {
		return false
	}
	return check11(s, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
}

// validPeruRUC checks a Peruvian RUC of 11 digits (SUNAT); the weights are those of the CUIT.
func validPeruRUC(s string) bool {
	if len(s) != 11 || !digits(s) || !hasPrefix(s, "10", "15", "16", "17", "20") {
		return false
	}
	want := 11 - weighted(s, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11
	return int(s[10]-'0') == want%10
}

func check11(s string, weights ...int) bool {
	want := 11 - weighted(s, weights...)%11
	if want == 11 {
		want = 0
	}
	return want < 10 && int(s[len(weights)]-'0') == want
}

// validRUT checks a Chilean RUT: 7 or 8 digits and a check character, K for ten.
func validRUT(s string) bool {
	n := len(s) - 1
	if n < 7 || n > 8 || !digits(s[:n]) || same(s) {
		return false
	}
	sum, w := 0, 2
	for i := n - 1; i >= 0; i-- {
		sum += int(s[i]-'0') * w
		if w++; w > 7 {
			w = 2
		}
	}
	return s[n] == "0123456789K0"[11-sum%11]
}

// validCedula checks an Ecuadorian cédula of 10 digits: province, type of person, Luhn.
func validCedula(s string) bool {
	if len(s) != 10 || !digits(s) || s[2] > '5' {
		return false
	}
	province := int(s[0]-'0')*10 + int(s[1]-'0')
	return (province >= 1 && province <= 24 || province == 30) && luhn(s)
}

// validEcuadorRUC checks the RUC of a natural person: a cédula and the number of the establishment.
func validEcuadorRUC(s string) bool {
	return len(s) == 13 && digits(s) && validCedula(s[:10]) && s[10:] != "000"
}

// validNIT checks a Colombian NIT of 9 digits and one check digit (DIAN).
func validNIT(s string) bool {
	if len(s) != 10 || !digits(s) {
		return false
	}
	r := weighted(s, 41, 37, 29, 23, 19, 17, 13, 7, 3) % 11
	if r > 1 {
		r = 11 - r
	}
	return int(s[9]-'0') == r
}

// validSpanishDNI checks the letter of a Spanish DNI.
func validSpanishDNI(s string) bool {
	if len(s) != 9 || !digits(s[:8]) {
		return false
	}
	n := 0
	for i := range 8 {
		n = n*10 + int(s[i]-'0')
	}
	return s[8] == "TRWAGMYFPDXBNJZSQVHLCKE"[n%23]
}

// curpAlphabet gives each character of a CURP its value (RENAPO).
const curpAlphabet = "0123456789ABCDEFGHIJKLMN\x00OPQRSTUVWXYZ" // Ñ, never used, between N and O

// validCURP checks a Mexican CURP of 18 characters.
func validCURP(s string) bool {
	if len(s) != 18 || !dayMonth(s[8:10], s[6:8]) {
		return false
	}
	sum := 0
	for i := range 17 {
		v := strings.IndexByte(curpAlphabet, s[i])
		if v < 0 {
			return false
		}
		sum += v * (18 - i)
	}
	return int(s[17]-'0') == (10-sum%10)%10
}

// rfcAlphabet gives each character of an RFC its value (SAT, annex on the check digit).
const rfcAlphabet = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ "

// validRFC checks a Mexican RFC of 12 (company) or 13 characters.
func validRFC(s string) bool {
	if len(s) == 12 {
		s = " " + s
	}
	if len(s) != 13 || !digits(s[4:10]) || !dayMonth(s[8:10], s[6:8]) {
		return false
	}
	sum := 0
	for i := range 12 {
		v := strings.IndexByte(rfcAlphabet, s[i])
		if v < 0 {
			return false
		}
		sum += v * (13 - i)
	}
	return s[12] == "0123456789A0"[11-sum%11]
}

func dayMonth(day, month string) bool {
	return day >= "01" && day <= "31" && month >= "01" && month <= "12"
}

// validCLABE checks a Mexican bank account of 18 digits (Banxico): weights 3, 7, 1, each product modulo 10.
func validCLABE(s string) bool {
	if len(s) != 18 || !digits(s) || same(s) {
		return false
	}
	sum := 0
	for i := range 17 {
		sum += int(s[i]-'0') * [3]int{3, 7, 1}[i%3] % 10
	}
	return int(s[17]-'0') == (10-sum%10)%10
}

// validCBU checks an Argentine bank account of 22 digits (BCRA): two blocks with a check digit each.
func validCBU(s string) bool {
	if len(s) != 22 || !digits(s) || same(s) {
		return false
	}
	first := weighted(s, 7, 1, 3, 9, 7, 1, 3)
	second := weighted(s[8:], 3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3)
	return int(s[7]-'0') == (10-first%10)%10 && int(s[21]-'0') == (10-second%10)%10
}

// validBoleto checks the line of a Brazilian payment slip (Febraban): three fields of a bank's 47 digits, four of a utility's 48.
func validBoleto(s string) bool {
	switch {
	case len(s) == 47 && digits(s):
		return luhn(s[:10]) && luhn(s[10:21]) && luhn(s[21:32])
	case len(s) == 48 && digits(s) && s[0] == '8':
		if s[2] == '8' || s[2] == '9' { // fields checked modulo 11
			return true
		}
		return luhn(s[:12]) && luhn(s[12:24]) && luhn(s[24:36]) && luhn(s[36:])
	}
	return false
}

// validCard checks the number of a payment card: 13 to 19 digits of a known scheme, Luhn.
func validCard(s string) bool {
	return len(s) >= 13 && len(s) <= 19 && digits(s) && hasPrefix(s, "3", "4", "5", "6", "22", "23", "24", "25", "26", "27") && !same(s) && luhn(s)
}

func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

func hasPrefix(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
