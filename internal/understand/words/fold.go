package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold writes text in lower case without accents: people on a phone leave both out, so neither may matter. Invisible characters
// disappear, and all kinds of quotation marks, dashes and spaces become the plain one.
func Fold(text string) string {
	plain := true
	for i := 0; i < len(text); i++ {
		if c := text[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		if r < utf8.RuneSelf {
			if r >= 'A' && r <= 'Z' {
				r += 'a' - 'A'
			}
			b.WriteByte(byte(r))
			continue
		}
		foldRune(&b, r)
	}
	return b.String()
}

func foldRune(b *strings.Builder, r rune) {
	if s := plain(unicode.ToLower(r)); s != "" {
		b.WriteString(s)
		return
	}
	switch {
	case r == utf8.RuneError, unicode.Is(unicode.Zs, r):
		b.WriteByte(' ')
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r >= 0x1F3FB && r <= 0x1F3FF:
		// accents typed as separate characters, joiners, skin tones
	case r >= 0xFF01 && r <= 0xFF5E: // full-width forms
		foldRune(b, r-0xFEE0)
	case r < utf8.RuneSelf:
		b.WriteRune(unicode.ToLower(r))
	default:
		b.WriteRune(unicode.ToLower(r))
	}
}

// plain is the unaccented form of a lower-case letter or typographic sign, empty when there is none.
func plain(r rune) string {
	switch r {
	case 'á', 'à', 'â', 'ã', 'ä', 'å', 'ā', 'ă', 'ą', 'ª':
		return "a"
	case 'é', 'è', 'ê', 'ë', 'ē', 'ę', 'ě':
		return "e"
	case 'í', 'ì', 'î', 'ï', 'ī':
		return "i"
	case 'ó', 'ò', 'ô', 'õ', 'ö', 'ø', 'ō', 'º':
		return "o"
	case 'ú', 'ù', 'û', 'ü', 'ū', 'ů':
		return "u"
	case 'ñ', 'ń', 'ň':
		return "n"
	case 'ç', 'ć', 'č':
		return "c"
	case 'ý', 'ÿ':
		return "y"
	case 'ś', 'š', 'ş':
		return "s"
	case 'ź', 'ž', 'ż':
		return "z"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case '‘', '’', '´', 'ʼ', '‛':
		return "'"
	case '“', '”', '«', '»', '„':
		return `"`
	case '–', '—', '‐', '‑', '−':
		return "-"
	case '…':
		return "..."
	}
	return ""
}
