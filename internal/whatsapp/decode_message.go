package whatsapp

import (
	"cmp"
	"encoding/json"
	"strings"
)

func (d *decoder) message(n node, raw json.RawMessage) *Message {
	m := &Message{
		ID:       n.str("id"),
		Type:     n.str("type"),
		At:       n.moment("timestamp"),
		From:     person(d.contact, n.str("from_user_id"), n.str("from"), n.str("from_parent_user_id")),
		GroupID:  n.str("group_id"),
		Context:  quoted(n.obj("context")),
		Referral: referral(n.obj("referral")),
		Errors:   failures(n),
		Raw:      raw,
	}
	d.content(m, n)
	return m
}

// content fills the field that the type names.
func (d *decoder) content(m *Message, n node) {
	body := n.obj(m.Type)
	switch m.Type {
	case TypeText:
		m.Text = body.str("body")
	case TypeImage, TypeAudio, TypeVideo, TypeDocument, TypeSticker:
		m.Media = media(body)
	case TypeLocation:
		m.Location = location(body)
	case TypeContacts:
		m.Contacts = contacts(n)
	case TypeInteractive:
		m.Reply = reply(body)
	case TypeButton:
		if body != nil {
			m.Button = &Button{Payload: body.str("payload"), Text: body.str("text")}
		}
	case TypeReaction:
		if body != nil {
			m.Reaction = &Reaction{MessageID: body.str("message_id"), Emoji: body.str("emoji")}
		}
	case TypeOrder:
		m.Order = order(body)
	case TypeSystem:
		m.System = system(n, body)
	case TypeEdit:
		m.Edit = d.edit(body)
	case TypeRevoke:
		m.RevokedID = body.str("original_message_id")
	case TypeUnsupported, TypeUnknown:
		body = n.obj(TypeUnsupported)
		m.Unsupported = body.str("type")
	}
}

func quoted(n node) *Context {
	if n == nil {
		return nil
	}
	product := n.obj("referred_product")
	return &Context{
		ReplyTo:             n.str("id"),
		From:                n.str("from"),
		Forwarded:           n.flag("forwarded") || n.flag("frequently_forwarded"),
		FrequentlyForwarded: n.flag("frequently_forwarded"),
		CatalogID:           product.str("catalog_id"),
		ProductID:           product.str("product_retailer_id"),
	}
}

func referral(n node) *Referral {
	if n == nil {
		return nil
	}
	return &Referral{
		SourceURL:    n.str("source_url"),
		SourceID:     n.str("source_id"),
		SourceType:   n.str("source_type"),
		Headline:     n.str("headline"),
		Body:         n.str("body"),
		MediaType:    n.str("media_type"),
		MediaURL:     n.first("image_url", "video_url"),
		ThumbnailURL: n.str("thumbnail_url"),
		ClickID:      n.str("ctwa_clid"),
		Ref:          n.str("ref"),
		Welcome:      n.obj("welcome_message").str("text"),
	}
}

func media(n node) *Media {
	if n == nil {
		return nil
	}
	return &Media{
		ID:       n.str("id"),
		MIME:     n.str("mime_type"),
		SHA256:   n.str("sha256"),
		Caption:  n.str("caption"),
		Filename: n.str("filename"),
		URL:      n.str("url"),
		Voice:    n.flag("voice"),
		Animated: n.flag("animated"),
	}
}

func location(n node) *Location {
	if n == nil {
		return nil
	}
	return &Location{
		Latitude:  n.decimal("latitude"),
		Longitude: n.decimal("longitude"),
		Name:      n.str("name"),
		Address:   n.str("address"),
		URL:       n.str("url"),
	}
}

// contacts reads address cards. origin has been seen on the message and inside a card.
func contacts(n node) *Contacts {
	c := &Contacts{Requested: n.str("origin") == "contact_request"}
	for _, card := range n.list("contacts") {
		c.Requested = c.Requested || card.str("origin") == "contact_request"
		c.Cards = append(c.Cards, readCard(card))
	}
	return c
}

func readCard(n node) Card {
	name := n.obj("name")
	card := Card{
		Name:         name.str("formatted_name"),
		FirstName:    name.str("first_name"),
		LastName:     name.str("last_name"),
		Organisation: n.obj("org").str("company"),
		Birthday:     n.str("birthday"),
		VCard:        n.str("vcard"),
	}
	for _, p := range n.list("phones") {
		card.Phones = append(card.Phones, CardPhone{Phone: p.str("phone"), WaID: p.str("wa_id"), BSUID: p.str("user_id"), Type: p.str("type")})
	}
	for _, e := range n.list("emails") {
		card.Emails = append(card.Emails, e.str("email"))
	}
	for _, u := range n.list("urls") {
		card.URLs = append(card.URLs, u.str("url"))
	}
	for _, a := range n.list("addresses") {
		card.Addresses = append(card.Addresses, address(a))
	}
	return card
}

func address(n node) string {
	var parts []string
	for _, key := range []string{"street", "city", "state", "zip", "country"} {
		if s := n.str(key); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

func reply(n node) *Reply {
	if n == nil {
		return nil
	}
	// Which sub-object is there decides, rather than what "type" claims: production has both without the other.
	for _, kind := range []string{ReplyButton, ReplyList} {
		if r := n.obj(kind); r != nil {
			return &Reply{Kind: kind, ID: r.str("id"), Title: r.str("title"), Description: r.str("description")}
		}
	}
	if r := n.obj(ReplyFlow); r != nil {
		return &Reply{Kind: ReplyFlow, Name: r.str("name"), Body: r.str("body"), Response: embedded(r, "response_json")}
	}
	if r := n.obj(ReplyCallPermission); r != nil {
		return &Reply{
			Kind:      ReplyCallPermission,
			Accepted:  r.str("response") == "accept",
			Permanent: r.flag("is_permanent"),
			ExpiresAt: r.moment("expiration_timestamp"),
			Source:    r.str("response_source"),
		}
	}
	return &Reply{Kind: n.str("type")}
}

// embedded reads JSON that comes inside a string. What is no JSON stays a string.
func embedded(n node, key string) json.RawMessage {
	text, isText := n[key].(string)
	if !isText {
		return n.raw(key)
	}
	if json.Valid([]byte(text)) {
		return clean([]byte(text))
	}
	return encode(text)
}

func order(n node) *Order {
	if n == nil {
		return nil
	}
	o := &Order{CatalogID: n.str("catalog_id"), Text: n.str("text")}
	for _, item := range n.list("product_items") {
		o.Items = append(o.Items, OrderItem{
			ProductID: item.str("product_retailer_id"),
			Quantity:  int(item.integer("quantity")),
			Price:     item.str("item_price"),
			Currency:  item.str("currency"),
		})
	}
	return o
}

// system reads who became whom. The previous ids are named in the body; for a changed number the message still comes from
// the old phone. What from_user_id holds is not documented, so it is not used.
func system(n, body node) *System {
	s := &System{Type: body.str("type"), Body: body.str("body")}
	switch s.Type {
	case SystemNumberChanged, SystemIDChanged:
		s.Current = person(nil, body.str("user_id"), body.first("wa_id", "new_wa_id"), body.str("parent_user_id"))
		s.Previous = person(nil, body.str("previous_user_id"), body.str("previous_parent_user_id"), n.str("from"))
	case SystemIdentityChanged:
		s.Current = person(nil, n.str("from_user_id"), n.str("from"))
		s.Current.IdentityHash = cmp.Or(n.obj("identity").str("hash"), body.obj("identity").str("hash"), body.str("identity"))
	}
	return s
}

func (d *decoder) edit(n node) *Edit {
	if n == nil {
		return nil
	}
	e := &Edit{OriginalID: n.str("original_message_id")}
	if inner := n.obj("message"); inner != nil && inner.str("type") != TypeEdit {
		e.Message = d.message(inner, nil)
	}
	return e
}
