package whatsapp

func (d *decoder) status() *Status {
	n := d.item
	s := &Status{
		ID:               n.str("id"),
		State:            n.str("status"),
		At:               n.moment("timestamp"),
		CallbackData:     n.str("biz_opaque_callback_data"),
		ConversationID:   n.obj("conversation").str("id"),
		Origin:           n.obj("conversation").obj("origin").str("type"),
		ConversationEnds: n.obj("conversation").moment("expiration_timestamp"),
		TemplateID:       n.str("template_id"),
		Errors:           failures(n),
	}
	if n.str("recipient_type") == "group" {
		s.GroupID = n.str("recipient_id")
		s.Recipient = person(d.contact, n.str("recipient_participant_user_id"), n.str("recipient_participant_id"))
	} else {
		// The parent id was spelled the second way before 5 May 2026.
		parent := n.first("recipient_parent_user_id", "parent_recipient_user_id")
		s.Recipient = person(d.contact, n.str("recipient_user_id"), n.str("recipient_id"), parent)
	}
	if hash := n.str("recipient_identity_key_hash"); hash != "" {
		s.Recipient.IdentityHash = hash
	}
	if p := n.obj("pricing"); p != nil {
		s.Pricing = &Pricing{
			Billable: p.flag("billable"),
			Model:    p.str("pricing_model"),
			Type:     p.str("type"),
			Category: p.str("category"),
			Raw:      n.raw("pricing"),
		}
	}
	return s
}
