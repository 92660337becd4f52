package whatsapp

import (
	"bytes"
	"unicode/utf8"
)

// clean returns JSON text without what databases refuse: escaped U+0000 is dropped (PostgreSQL takes it nowhere), escaped
// lone surrogates and invalid UTF-8 become U+FFFD. Text without any of them, which is nearly all, is returned as it is.
func clean(text []byte) []byte {
	if !bytes.Contains(text, []byte(`\u0000`)) && !bytes.Contains(text, []byte(`\ud`)) &&
		!bytes.Contains(text, []byte(`\uD`)) && utf8.Valid(text) {
		return text
	}
	out := make([]byte, 0, len(text)+16)
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '\\':
			kept, size := cleanEscape(text[i:])
			out = append(out, kept...)
			i += size
		case c < utf8.RuneSelf:
			out = append(out, c)
			i++
		default:
			r, size := utf8.DecodeRune(text[i:])
			out = utf8.AppendRune(out, r)
			i += size
		}
	}
	return out
}

// cleanEscape reads the escape at the start of text and returns what to keep of it and how long it was.
func cleanEscape(text []byte) (kept []byte, size int) {
	const replacement = `\ufffd`
	unit, ok := escapedUnit(text)
	switch {
	case !ok:
		size = min(2, len(text))
		return text[:size], size
	case unit == 0:
		return nil, 6
	case unit >= 0xD800 && unit < 0xDC00:
		if low, ok := escapedUnit(text[6:]); ok && low >= 0xDC00 && low < 0xE000 {
			return text[:12], 12
		}
		return []byte(replacement), 6
	case unit >= 0xDC00 && unit < 0xE000:
		return []byte(replacement), 6
	default:
		return text[:6], 6
	}
}

// escapedUnit reads \uXXXX at the start of text.
func escapedUnit(text []byte) (unit uint16, ok bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	for _, c := range text[2:6] {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		unit = unit<<4 | uint16(c)
	}
	return unit, true
}
