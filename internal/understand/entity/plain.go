package entity

import (
	"unicode"
	"unicode/utf8"
)

// Plain is a text as the finders read it: without accents, every kind of digit, space and hyphen as the plain one, full-width letters as
// ASCII, invisible characters gone. At gives the place in the original of every byte of it, and of its end. Capitals stay.
func Plain(text string) (plain string, at []int) {
	out := make([]byte, 0, len(text))
	at = make([]int, 0, len(text)+1)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch c := unaccented(r); {
		case c != 0:
			out = append(out, c)
			at = append(at, i)
		case r == utf8.RuneError && size == 1:
			out = append(out, ' ')
			at = append(at, i)
		case unseen(r):
		default:
			out = append(out, text[i:i+size]...)
			for range size {
				at = append(at, i)
			}
		}
		i += size
	}
	return string(out), append(at, len(text))
}

// unseen characters only join, direct or decorate others: a number is the same number with one in its middle.
func unseen(r rune) bool {
	return r >= utf8.RuneSelf && unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me)
}

func unaccented(r rune) byte {
	switch r {
	case 'á', 'à', 'â', 'ã', 'ä':
		return 'a'
	case 'Á', 'À', 'Â', 'Ã', 'Ä':
		return 'A'
	case 'é', 'ê', 'è', 'ë':
		return 'e'
	case 'É', 'Ê', 'È', 'Ë':
		return 'E'
	case 'í', 'ì', 'î', 'ï':
		return 'i'
	case 'Í', 'Ì', 'Î', 'Ï':
		return 'I'
	case 'ó', 'ô', 'õ', 'ò', 'ö', 'º', '°':
		return 'o'
	case 'Ó', 'Ô', 'Õ', 'Ò', 'Ö':
		return 'O'
	case 'ú', 'ü', 'ù', 'û':
		return 'u'
	case 'Ú', 'Ü', 'Ù', 'Û':
		return 'U'
	case 'ñ':
		return 'n'
	case 'Ñ':
		return 'N'
	case 'ç':
		return 'c'
	case 'Ç':
		return 'C'
	case '‐', '‑', '–', '−', '—':
		return '-'
	}
	switch {
	case r < utf8.RuneSelf:
		return 0
	case r >= 0xFF01 && r <= 0xFF5E: // full-width forms
		return byte(r - 0xFEE0)
	case unicode.Is(unicode.Zs, r):
		return ' '
	}
	return digit(r)
}

// digit is the ASCII digit for one of another script or ornament, else zero.
func digit(r rune) byte {
	switch r {
	case '⁰', '₀', '⓪', '⓿', '🄋':
		return '0'
	case '¹':
		return '1'
	case '²':
		return '2'
	case '³':
		return '3'
	}
	for _, start := range [...]rune{'①', '⑴', '⒈', '⓵', '❶', '➀', '➊'} { // runs of one to nine
		if r >= start && r < start+9 {
			return byte('1' + r - start)
		}
	}
	switch {
	case r >= '⁴' && r <= '⁹':
		return byte('4' + r - '⁴')
	case r >= '₁' && r <= '₉':
		return byte('1' + r - '₁')
	}
	if !unicode.Is(unicode.Nd, r) {
		return 0
	}
	for _, span := range unicode.Nd.R16 { // every run of decimal digits starts with a zero
		if r >= rune(span.Lo) && r <= rune(span.Hi) {
			return byte('0' + (r-rune(span.Lo))%10)
		}
	}
	for _, span := range unicode.Nd.R32 {
		if r >= rune(span.Lo) && r <= rune(span.Hi) {
			return byte('0' + (r-rune(span.Lo))%10)
		}
	}
	return 0
}
