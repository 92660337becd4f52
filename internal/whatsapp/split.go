package whatsapp

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strconv"
	"time"
)

// ErrNotWebhook means that the body of a webhook is not a JSON object. Meta never sends such a thing.
var ErrNotWebhook = errors.New("whatsapp: the webhook body is not a JSON object")

// Split takes one POST apart: every entry, change, message, status, error, echo, call and event becomes an Item, in the
// order of the body. What has an unexpected form becomes a KindOther item by itself and costs its neighbours nothing; the
// only error is ErrNotWebhook. Two copies of a POST give equal keys. The Items do not share memory with body.
func Split(body []byte) ([]Item, error) {
	if !json.Valid(body) {
		return nil, ErrNotWebhook
	}
	body = clean(body)
	top, ok := scanInside(body, '{')
	if !ok {
		return nil, ErrNotWebhook
	}
	var s splitter
	var entries []byte
	for key, value, ok := top.member(); ok; key, value, ok = top.member() {
		if string(key) == "entry" {
			entries = value
		}
	}
	if entries == nil {
		s.other(change{}, "body", body[skipSpace(body, 0):])
		return s.items, nil
	}
	eachElement(entries, s.entry)
	return s.items, nil
}

// eachElement calls visit for the elements of an array, or for a lone value that should have been one. Nulls are skipped.
func eachElement(value []byte, visit func([]byte)) {
	list, ok := scanInside(value, '[')
	if !ok {
		if !isNull(value) {
			visit(value)
		}
		return
	}
	for element, ok := list.element(); ok; element, ok = list.element() {
		if !isNull(element) {
			visit(element)
		}
	}
}

// splitter collects the items of one POST.
type splitter struct{ items []Item }

// change is what the items of one change have in common; all slices are raw JSON.
type change struct {
	field     []byte
	entryID   []byte
	entryTime []byte
	metadata  []byte
	phoneID   string
	contacts  []contactHead
	items     int // how many messages, statuses and the like the value holds
	standby   bool
	thread    []byte
	chunk     []byte // metadata of a chunk of history
}

func (s *splitter) entry(entry []byte) {
	members, ok := scanInside(entry, '{')
	if !ok {
		s.other(change{}, "entry", entry)
		return
	}
	var c change
	var changes []byte
	for key, value, ok := members.member(); ok; key, value, ok = members.member() {
		switch string(key) {
		case "id":
			c.entryID = value
		case "time":
			c.entryTime = value
		case "changes":
			changes = value
		}
	}
	if changes == nil {
		s.other(c, "entry", entry)
		return
	}
	eachElement(changes, func(raw []byte) { s.change(c, raw) })
}

func (s *splitter) change(c change, raw []byte) {
	members, ok := scanInside(raw, '{')
	if !ok {
		s.other(c, "change", raw)
		return
	}
	var value []byte
	for key, v, ok := members.member(); ok; key, v, ok = members.member() {
		switch string(key) {
		case "field":
			c.field = v
		case "value":
			value = v
		}
	}
	field := string(scalar(c.field))
	kind := kindOfField(field)
	switch {
	case !isObject(value):
		s.other(c, "change", raw)
	case kind == "":
		s.value(c, value)
	default:
		s.whole(c, kind, field, value)
	}
}

// kindOfField returns the kind of a field whose value is one event, KindOther for a field we do not know, and "" for one
// whose value holds lists.
func kindOfField(field string) string {
	switch field {
	case "messages", "smb_message_echoes", "user_preferences", "calls", "history", "standby":
		return ""
	case "message_template_status_update", "message_template_quality_update", "message_template_components_update",
		"template_category_update":
		return KindTemplate
	case "account_update", "account_review_update", "account_alerts", "phone_number_quality_update",
		"phone_number_name_update", "business_capability_update", "security",
		"business_username_updates", "business_username_update":
		return KindAccount
	case "messaging_handovers":
		return KindHandover
	default:
		return KindOther
	}
}

// whole makes one item of a value.
func (s *splitter) whole(c change, kind, field string, value []byte) {
	h := readHead(value)
	c.phoneID = bounded(string(scalar(h.phoneNumberID)))
	if number := firstObject(memberOf(value, "metadata"), memberOf(value, "recipient")); number != nil {
		c.metadata = number
		c.phoneID = bounded(string(readHead(number).phoneNumberID))
	}
	key := ""
	if kind == KindTemplate && len(h.templateID) > 0 && len(h.event) > 0 {
		key = "t:" + field + ":" + string(h.templateID) + ":" + string(h.event) + ":" + string(scalar(c.entryTime))
	}
	s.add(c, kind, "", key, value, nil, parseUnix(h.timestamp))
	if kind == KindHandover {
		sender := readContact(memberOf(value, "sender"))
		s.items[len(s.items)-1].ContactRef = bounded(string(firstOf(sender.user, sender.phone)))
	}
}

func firstObject(a, b []byte) []byte {
	if isObject(a) {
		return a
	}
	if isObject(b) {
		return b
	}
	return nil
}

func firstOf(a, b []byte) []byte {
	if len(a) > 0 {
		return a
	}
	return b
}

// value walks the lists of a value: first what they share, then the lists.
func (s *splitter) value(c change, value []byte) {
	members, _ := scanInside(value, '{')
	for key, v, ok := members.member(); ok; key, v, ok = members.member() {
		switch string(key) {
		case "metadata":
			if isObject(v) {
				c.metadata = v
				c.phoneID = bounded(string(scalar(readHead(v).phoneNumberID)))
			}
		case "contacts":
			eachElement(v, func(raw []byte) { c.contacts = append(c.contacts, readContact(raw)) })
		case "messages", "statuses", "message_echoes", "user_preferences", "calls":
			eachElement(v, func([]byte) { c.items++ })
		}
	}
	before := len(s.items)
	members, _ = scanInside(value, '{')
	for key, v, ok := members.member(); ok; key, v, ok = members.member() {
		s.part(c, string(key), v)
	}
	if len(s.items) == before {
		s.other(c, "value", value)
	}
}

// part makes items of one member of a value.
func (s *splitter) part(c change, name string, v []byte) {
	switch name {
	case "messaging_product", "metadata", "contacts":
		return
	case "messages", "statuses", "message_echoes", "user_preferences", "calls", "errors":
		eachElement(v, func(raw []byte) { s.item(c, name, raw) })
	case "history":
		eachElement(v, func(raw []byte) { s.history(c, raw) })
	case "standby":
		if isObject(v) && !c.standby {
			c.standby = true
			s.value(c, v)
			return
		}
		s.other(c, name, v)
	default:
		if !isNull(v) {
			s.other(c, name, v)
		}
	}
}

// history walks one chunk of old messages.
func (s *splitter) history(c change, chunk []byte) {
	before := len(s.items)
	c.chunk = memberOf(chunk, "metadata")
	members, _ := scanInside(chunk, '{')
	for key, v, ok := members.member(); ok; key, v, ok = members.member() {
		switch string(key) {
		case "threads":
			eachElement(v, func(thread []byte) { s.thread(c, thread) })
		case "errors":
			eachElement(v, func(raw []byte) { s.item(c, "errors", raw) })
		}
	}
	if len(s.items) == before {
		s.other(c, "history", chunk)
	}
}

func (s *splitter) thread(c change, thread []byte) {
	var messages []byte
	members, _ := scanInside(thread, '{')
	for key, v, ok := members.member(); ok; key, v, ok = members.member() {
		switch string(key) {
		case "id":
			c.thread = v
		case "messages":
			messages = v
		}
	}
	if c.thread == nil || messages == nil {
		s.other(c, "history", thread)
		return
	}
	eachElement(messages, func(raw []byte) { s.item(c, "messages", raw) })
}

// other keeps what we do not understand.
func (s *splitter) other(c change, part string, raw []byte) {
	s.add(c, KindOther, part, "", raw, nil, time.Time{})
}

// parseUnix reads a timestamp of any spelling, see unixTime.
func parseUnix(text []byte) time.Time {
	if len(text) == 0 {
		return time.Time{}
	}
	if v, err := strconv.ParseInt(string(text), 10, 64); err == nil {
		return unixTime(v)
	}
	return node{"t": string(text)}.moment("t")
}

// bounded keeps ids short enough for an index: one longer than MaxKey bytes is replaced by its hash.
func bounded(s string) string {
	if len(s) <= MaxKey {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	return "h:" + hex.EncodeToString(sum[:])
}
