package whatsapp

import (
	"bytes"
	"encoding/json"
)

// scanner walks the members of an object or the elements of an array without decoding them. It trusts its input to be
// valid JSON (Split and Decode check the whole text first) and yields slices of it. Decoding each level with encoding/json
// would read a message five times; this reads it once, which is what keeps a webhook cheap.
type scanner struct {
	text []byte
	at   int
}

// scanInside starts a walk inside value if it opens with open, '{' or '['.
func scanInside(value []byte, open byte) (scanner, bool) {
	at := skipSpace(value, 0)
	if at >= len(value) || value[at] != open {
		return scanner{}, false
	}
	return scanner{text: value, at: at + 1}, true
}

// member returns the next member of an object; the key is without quotes.
func (s *scanner) member() (key, value []byte, ok bool) {
	quoted, ok := s.element()
	if !ok {
		return nil, nil, false
	}
	s.at = skipSpace(s.text, s.at) + 1 // the colon
	value, ok = s.element()
	return unquote(quoted), value, ok
}

// memberOf returns one member of an object, the last of that name; nil when there is none.
func memberOf(object []byte, name string) []byte {
	var found []byte
	members, _ := scanInside(object, '{')
	for key, value, ok := members.member(); ok; key, value, ok = members.member() {
		if string(key) == name {
			found = value
		}
	}
	return found
}

// element returns the next element of an array.
func (s *scanner) element() (value []byte, ok bool) {
	s.at = skipSpace(s.text, s.at)
	if s.at < len(s.text) && s.text[s.at] == ',' {
		s.at = skipSpace(s.text, s.at+1)
	}
	if s.at >= len(s.text) || s.text[s.at] == ']' || s.text[s.at] == '}' {
		return nil, false
	}
	start := s.at
	s.at = skipValue(s.text, start)
	return s.text[start:s.at], true
}

func skipSpace(text []byte, at int) int {
	for at < len(text) && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r') {
		at++
	}
	return at
}

// skipValue returns the index after the value that starts at at.
func skipValue(text []byte, at int) int {
	switch text[at] {
	case '"':
		return skipString(text, at)
	case '{', '[':
		return skipNested(text, at)
	default:
		return skipLiteral(text, at)
	}
}

// skipLiteral passes a number, true, false or null.
func skipLiteral(text []byte, at int) int {
	for ; at < len(text); at++ {
		switch text[at] {
		case ',', ']', '}', ' ', '\n', '\t', '\r':
			return at
		}
	}
	return at
}

func skipNested(text []byte, at int) int {
	depth := 0
	for at < len(text) {
		switch text[at] {
		case '"':
			at = skipString(text, at)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		at++
		if depth == 0 {
			return at
		}
	}
	return at
}

// skipString returns the index after the string whose quote is at at.
func skipString(text []byte, at int) int {
	for at++; at < len(text); at++ {
		switch text[at] {
		case '\\':
			at++
		case '"':
			return at + 1
		}
	}
	return len(text)
}

// unquote returns the content of a JSON string, without copying when it has no escapes.
func unquote(quoted []byte) []byte {
	if len(quoted) < 2 || quoted[0] != '"' {
		return nil
	}
	inner := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(inner, '\\') < 0 {
		return inner
	}
	var s string
	if json.Unmarshal(quoted, &s) != nil {
		return nil
	}
	return []byte(s)
}

// scalar reads a string or a number as text; anything else is empty.
func scalar(value []byte) []byte {
	if len(value) == 0 {
		return nil
	}
	switch c := value[0]; {
	case c == '"':
		return unquote(value)
	case c == '-' || (c >= '0' && c <= '9'):
		return value
	default:
		return nil
	}
}

func isObject(value []byte) bool { return len(value) > 0 && value[0] == '{' }
func isNull(value []byte) bool   { return len(value) == 0 || value[0] == 'n' }
