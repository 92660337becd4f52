package whatsapp

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// node is a JSON object read with tolerance: an absent, null or wrongly typed member is the zero value, numbers and texts
// stand in for each other, and every text comes without U+0000. A nil node reads as empty. This one type is the whole of
// our tolerance, so that decoding has no error paths of its own.
type node map[string]any

var errNotObject = errors.New("not a JSON object")

// parseNode reads one JSON object. Lone surrogates and invalid UTF-8 become U+FFFD on the way.
func parseNode(raw []byte) (node, error) {
	value, err := parseValue(raw)
	if err != nil {
		return nil, err
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, errNotObject
	}
	return object, nil
}

func parseValue(raw []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	return value, nil
}

func (n node) has(key string) bool { return n[key] != nil }

// str reads a text; a number or boolean is read as it is written.
func (n node) str(key string) string {
	switch v := n[key].(type) {
	case string:
		return strings.ReplaceAll(v, "\x00", "")
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	default:
		return ""
	}
}

// upper reads an enumeration, whose case varies between Meta's requests, answers and webhooks.
func (n node) upper(key string) string { return strings.ToUpper(n.str(key)) }

// texts reads the texts of an array; a lone text counts as a list of one.
func (n node) texts(key string) []string {
	values, ok := n[key].([]any)
	if !ok {
		values = []any{n[key]}
	}
	var list []string
	for _, v := range values {
		if s := (node{"v": v}).str("v"); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// first reads the first of several spellings that is not empty.
func (n node) first(keys ...string) string {
	for _, key := range keys {
		if s := n.str(key); s != "" {
			return s
		}
	}
	return ""
}

func (n node) integer(key string) int64 {
	i, _ := n.number(key)
	return i
}

// number reads an integer and tells whether there was one.
func (n node) number(key string) (int64, bool) {
	s := strings.TrimSpace(n.str(key))
	if i, err := strconv.ParseInt(s, 10, 64); err == nil {
		return i, true
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(math.Abs(f) <= 1<<53) {
		return 0, false
	}
	return int64(f), true
}

func (n node) decimal(key string) float64 {
	f, err := strconv.ParseFloat(strings.TrimSpace(n.str(key)), 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return f
}

func (n node) flag(key string) bool {
	s := n.str(key)
	return s == "true" || s == "1"
}

// moment reads unix seconds, or milliseconds where the figure can only be that. Zero time when absent or absurd.
func (n node) moment(key string) time.Time { return unixTime(n.integer(key)) }

const (
	firstMilli = 100_000_000_000        // as seconds this would be the year 5138
	lastMilli  = 1000 * 253_402_300_799 // end of the year 9999
)

func unixTime(v int64) time.Time {
	switch {
	case v <= 0 || v > lastMilli:
		return time.Time{}
	case v >= firstMilli:
		return time.UnixMilli(v).UTC()
	default:
		return time.Unix(v, 0).UTC()
	}
}

// date reads a moment in any form that Meta gives one in: unix time, RFC 3339, or a day in words or digits.
func (n node) date(key string) time.Time {
	if t := n.moment(key); !t.IsZero() {
		return t
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05-0700", time.DateOnly, "January 2, 2006", "Jan 2, 2006"} {
		if t, err := time.Parse(layout, strings.TrimSpace(n.str(key))); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

func (n node) obj(key string) node {
	object, _ := n[key].(map[string]any)
	return object
}

// list reads the objects of an array; nulls and other elements are skipped, and a lone object counts as a list of one.
func (n node) list(key string) []node {
	if object := n.obj(key); object != nil {
		return []node{object}
	}
	values, _ := n[key].([]any)
	var objects []node
	for _, v := range values {
		if object, ok := v.(map[string]any); ok {
			objects = append(objects, object)
		}
	}
	return objects
}

// raw writes a member back as JSON, cleaned like str; nil when absent.
func (n node) raw(key string) json.RawMessage {
	if !n.has(key) {
		return nil
	}
	return encode(n[key])
}

// encode writes a parsed value as JSON without U+0000. It cannot fail: the value came out of a parser.
func encode(value any) json.RawMessage {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return json.RawMessage("null")
	}
	return clean(bytes.TrimSuffix(out.Bytes(), []byte("\n")))
}
