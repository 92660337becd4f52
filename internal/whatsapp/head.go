package whatsapp

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
	"unicode/utf8"
)

// head is what Split needs to know of an element: its top-level scalars, unquoted.
type head struct {
	id, timestamp                        []byte
	from, fromUser, to, toUser           []byte
	status, event, direction             []byte
	recipient, recipientUser, recipients []byte // recipients: recipient_type
	participant, participantUser         []byte
	phone, user                          []byte
	phoneNumberID, templateID            []byte
}

func readHead(object []byte) head {
	var h head
	members, _ := scanInside(object, '{')
	for key, value, ok := members.member(); ok; key, value, ok = members.member() {
		if slot := h.slot(string(key)); slot != nil {
			*slot = scalar(value)
		}
	}
	return h
}

func (h *head) slot(key string) *[]byte {
	switch key {
	case "id":
		return &h.id
	case "timestamp":
		return &h.timestamp
	case "from":
		return &h.from
	case "from_user_id":
		return &h.fromUser
	case "to":
		return &h.to
	case "to_user_id":
		return &h.toUser
	case "status":
		return &h.status
	case "event":
		return &h.event
	case "direction":
		return &h.direction
	case "recipient_id":
		return &h.recipient
	case "recipient_user_id":
		return &h.recipientUser
	case "recipient_type":
		return &h.recipients
	case "recipient_participant_id":
		return &h.participant
	case "recipient_participant_user_id":
		return &h.participantUser
	case "wa_id":
		return &h.phone
	case "user_id":
		return &h.user
	case "phone_number_id":
		return &h.phoneNumberID
	case "message_template_id":
		return &h.templateID
	default:
		return nil
	}
}

// person returns the user id and the phone of whoever is at the other end of an element of a part.
func (h *head) person(part string) (user, phone []byte) {
	switch {
	case part == "statuses" && string(h.recipients) == "group":
		return h.participantUser, h.participant
	case part == "statuses":
		return h.recipientUser, h.recipient
	case part == "message_echoes", part == "calls" && string(h.direction) == "BUSINESS_INITIATED":
		return h.toUser, h.to
	case part == "user_preferences":
		return h.user, h.phone
	default:
		return h.fromUser, h.from
	}
}

// contactHead is one element of contacts.
type contactHead struct {
	raw         []byte
	user, phone []byte
}

func readContact(raw []byte) contactHead {
	h := readHead(raw)
	return contactHead{raw: raw, user: h.user, phone: h.phone}
}

// match finds the contact of a person by id, never by position. A contact that cannot be compared (it has only a name, or
// the phone where the item has only the BSUID) is taken when there is one contact and one item.
func (c *change) match(user, phone []byte) []byte {
	for _, contact := range c.contacts {
		if same(contact.user, user) || same(contact.phone, phone) {
			return contact.raw
		}
	}
	if len(c.contacts) != 1 || c.items != 1 || !isObject(c.contacts[0].raw) {
		return nil
	}
	only := c.contacts[0]
	if (len(only.user) > 0 && len(user) > 0) || (len(only.phone) > 0 && len(phone) > 0) {
		return nil
	}
	return only.raw
}

func same(a, b []byte) bool { return len(a) > 0 && bytes.Equal(a, b) }

// item makes an Item of one element of a list.
func (s *splitter) item(c change, part string, raw []byte) {
	if !isObject(raw) {
		s.other(c, part, raw)
		return
	}
	h := readHead(raw)
	user, phone := h.person(part)
	if c.thread != nil {
		user, phone = nil, scalar(c.thread)
	}
	kind, key := c.kindAndKey(part, &h)
	contact := c.match(user, phone)
	s.add(c, kind, part, key, raw, contact, parseUnix(h.timestamp))
	made := &s.items[len(s.items)-1]
	if len(user) == 0 && contact != nil {
		user = readContact(contact).user
	}
	if len(user) == 0 {
		user = phone
	}
	if len(user) == 0 && contact != nil {
		user = readContact(contact).phone
	}
	made.ContactRef = bounded(string(user))
}

// kindAndKey follows section "dedupe" of Meta's promises: messages repeat with their id, statuses with id, state and
// recipient, calls with id and event. "" asks for a hash.
func (c *change) kindAndKey(part string, h *head) (kind, key string) {
	id := string(h.id)
	switch {
	case part == "messages" && c.thread != nil:
		kind, key = KindHistory, "h:"+c.phoneID+":"+id
	case part == "messages":
		kind, key = KindMessage, "m:"+c.phoneID+":"+id
	case part == "message_echoes":
		kind, key = KindEcho, "e:"+c.phoneID+":"+id
	case part == "calls":
		kind, key = KindCall, "c:"+id+":"+string(h.event)
	case part == "statuses" && string(scalar(c.field)) == "calls":
		kind, key = KindCall, "c:"+id+":"+string(h.status)
	case part == "statuses":
		recipient := string(h.recipient)
		if recipient == "" {
			recipient = string(h.recipientUser)
		}
		kind, key = KindStatus, "s:"+id+":"+string(h.status)+":"+recipient
		if len(h.participant)+len(h.participantUser) > 0 {
			key += ":" + string(h.participant) + string(h.participantUser)
		}
	case part == "user_preferences":
		kind = KindPreference
	default:
		kind = KindFailure
	}
	if id == "" {
		key = ""
	}
	if c.standby {
		kind = KindStandby
		if key != "" {
			key = "sb:" + key
		}
	}
	return kind, key
}

// add appends an Item with its envelope. key "" means the hash of all that tells the item apart.
func (s *splitter) add(c change, kind, part, key string, raw, contact []byte, at time.Time) {
	if key == "" {
		key = hashKey(&c, part, raw)
	}
	if at.IsZero() {
		at = parseUnix(scalar(c.entryTime))
	}
	s.items = append(s.items, Item{
		Key:           bounded(key),
		Kind:          kind,
		Field:         bounded(string(scalar(c.field))),
		WABAID:        bounded(string(scalar(c.entryID))),
		PhoneNumberID: c.phoneID,
		At:            at,
		Raw:           envelope(&c, kind, part, raw, contact),
	})
}

func hashKey(c *change, part string, raw []byte) string {
	digest := sha256.New()
	for _, piece := range [][]byte{c.entryID, c.entryTime, c.field, []byte(c.phoneID), []byte(part), c.thread, raw} {
		digest.Write(piece)
		digest.Write([]byte{0})
	}
	return "x:" + hex.EncodeToString(digest.Sum(nil))
}

// envelope writes the row that Decode reads, out of pieces of the body:
//
//	{"kind":"message","part":"messages","field":"messages","entry":"1022","time":1763800000,
//	 "metadata":{..},"contact":{..},"thread":"5511..","chunk":{..},"item":{..}}
//
// Absent pieces are left out.
func envelope(c *change, kind, part string, item, contact []byte) []byte {
	const frame = 128
	size := frame + len(part) + len(c.field) + len(c.entryID) + len(c.entryTime) + len(c.metadata) + len(contact) + len(c.thread) + len(c.chunk) + len(item)
	out := make([]byte, 0, size)
	out = append(out, `{"kind":"`...)
	out = append(out, kind...)
	out = append(out, '"')
	if part != "" {
		out = append(out, `,"part":`...)
		out = appendQuoted(out, part)
	}
	out = appendMember(out, `,"field":`, c.field)
	out = appendMember(out, `,"entry":`, c.entryID)
	out = appendMember(out, `,"time":`, c.entryTime)
	out = appendMember(out, `,"metadata":`, c.metadata)
	out = appendMember(out, `,"contact":`, contact)
	out = appendMember(out, `,"thread":`, c.thread)
	out = appendMember(out, `,"chunk":`, c.chunk)
	out = appendMember(out, `,"item":`, item)
	return append(out, '}')
}

// appendQuoted writes a part's name, which comes from outside when we do not know the part.
func appendQuoted(out []byte, name string) []byte {
	for _, c := range []byte(name) {
		if c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			quoted, err := json.Marshal(name)
			if err != nil {
				return append(out, `"?"`...)
			}
			return append(out, quoted...)
		}
	}
	out = append(out, '"')
	out = append(out, name...)
	return append(out, '"')
}

func appendMember(out []byte, name string, value []byte) []byte {
	if len(value) == 0 {
		return out
	}
	return append(append(out, name...), value...)
}
