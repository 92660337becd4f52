package whatsapp

import (
	"cmp"
	"encoding/json"
	"errors"
	"strings"
)

// ErrNotItem means that Decode was given something that Split did not make.
var ErrNotItem = errors.New("whatsapp: not the envelope of an item")

// Decode reads Item.Raw, now or much later. Whatever a known kind lacks or has in another type is left at its zero value;
// a kind we do not know (a row of a newer version) becomes Other. The only error is ErrNotItem.
func Decode(raw []byte) (Event, error) {
	top, err := parseNode(raw)
	if err != nil || !top.has("kind") || !top.has("item") {
		return Event{}, ErrNotItem
	}
	d := decoder{top: top, item: top.obj("item"), contact: top.obj("contact"), raw: clean(memberOf(raw, "item"))}
	e := Event{
		Kind:    top.str("kind"),
		Field:   top.str("field"),
		WABAID:  top.str("entry"),
		EntryAt: top.moment("time"),
		Number: Number{
			ID:      top.obj("metadata").first("phone_number_id"),
			Display: top.obj("metadata").str("display_phone_number"),
		},
	}
	d.fill(&e)
	return e, nil
}

type decoder struct {
	top, item, contact node
	raw                json.RawMessage
}

// fill sets the pointer that the kind names. An item of a list kind that is no object cannot come from Split.
func (d *decoder) fill(e *Event) {
	switch e.Kind {
	case KindMessage:
		e.Message = d.message(d.item, d.raw)
	case KindStatus:
		e.Status = d.status()
	case KindFailure:
		f := failure(d.item)
		e.Failure = &f
	case KindEcho:
		e.Echo = d.echo()
	case KindPreference:
		e.Preference = d.preference()
	case KindCall:
		e.Call = d.call()
	case KindTemplate, KindAccount:
		e.Account = d.account(e.Field)
	case KindHandover:
		e.Handover = d.handover()
	case KindHistory:
		e.History = d.history()
	case KindStandby:
		inner := *e
		inner.Kind = kindOfPart(d.top.str("part"))
		d.fill(&inner)
		e.Standby = &inner
	default:
		e.Other = &Other{Name: cmp.Or(d.top.str("part"), e.Field), Raw: d.raw}
	}
}

func kindOfPart(part string) string {
	switch part {
	case "messages":
		return KindMessage
	case "statuses":
		return KindStatus
	case "message_echoes":
		return KindEcho
	case "user_preferences":
		return KindPreference
	case "calls":
		return KindCall
	case "errors":
		return KindFailure
	default:
		return KindOther
	}
}

func (d *decoder) echo() *Echo {
	e := &Echo{
		To:      person(d.contact, d.item.str("to_user_id"), d.item.str("to"), d.item.str("to_parent_user_id")),
		Message: *d.message(d.item, d.raw),
	}
	e.Message.From = Person{}
	return e
}

func (d *decoder) preference() *Preference {
	return &Preference{
		Person:   person(d.contact, d.item.str("user_id"), d.item.str("wa_id"), d.item.str("parent_user_id")),
		Category: strings.ToLower(d.item.str("category")),
		Value:    strings.ToLower(d.item.str("value")),
		Detail:   d.item.str("detail"),
		At:       d.item.moment("timestamp"),
	}
}

func (d *decoder) call() *Call {
	n := d.item
	c := &Call{
		ID:        n.str("id"),
		Event:     strings.ToLower(n.str("event")),
		Status:    strings.ToUpper(n.str("status")),
		Direction: strings.ToUpper(n.str("direction")),
		At:        n.moment("timestamp"),
		Errors:    failures(n),
	}
	switch {
	case c.Status != "" && c.Event == "":
		c.Person = person(d.contact, n.str("recipient_user_id"), n.str("recipient_id"))
	case c.Direction == "BUSINESS_INITIATED":
		c.Person = person(d.contact, n.str("to_user_id"), n.str("to"))
	default:
		c.Person = person(d.contact, n.str("from_user_id"), n.str("from"))
	}
	return c
}

func (d *decoder) history() *History {
	thread, n := d.top.str("thread"), d.item
	chunk := d.top.obj("chunk")
	sender := n.first("from", "from_user_id")
	return &History{
		Thread:   person(nil, thread),
		ByUs:     (sender != "" && n.str("from") != thread && n.str("from_user_id") != thread) || (sender == "" && n.first("to", "to_user_id") != ""),
		Status:   n.obj("history_context").upper("status"),
		Message:  *d.message(n, d.raw),
		Phase:    int(chunk.integer("phase")),
		Chunk:    int(chunk.integer("chunk_order")),
		Progress: int(chunk.integer("progress")),
	}
}

func failure(n node) Failure {
	return Failure{
		Code:    int(n.integer("code")),
		Title:   n.str("title"),
		Message: n.str("message"),
		Details: cmp.Or(n.obj("error_data").str("details"), n.str("error_data")),
		Href:    n.str("href"),
	}
}

func failures(n node) []Failure {
	var list []Failure
	for _, e := range n.list("errors") {
		list = append(list, failure(e))
	}
	return list
}
