package whatsapp

func anything(Event) bool { return true }

func inboundTerms() []term {
	of := func(kind, sample, path string) term {
		return sampled(kind, sample, path, func(e Event) bool { return e.Message != nil && e.Message.Type == kind })
	}
	reply := func(kind, sample, path string) term {
		return sampled("interactive "+kind, sample, path, func(e Event) bool {
			return e.Message != nil && e.Message.Type == TypeInteractive && e.Message.Reply.Kind == kind
		})
	}
	system := func(kind, sample, path string) term {
		return sampled("system "+kind, sample, path, func(e Event) bool { return e.Message.System.Type == kind })
	}
	return []term{
		of("text", "text", "Message.Text"),
		of("image", "image", "Message.Media"),
		of("audio", "audio_file", "Message.Media"),
		sampled("audio, voice", "audio_voice", "Message.Media.Voice", anything),
		of("video", "video", "Message.Media"),
		of("document", "document", "Message.Media.Filename"),
		of("sticker", "sticker", "Message.Media"),
		sampled("sticker, animated", "sticker_animated", "Message.Media.Animated", anything),
		of("location", "location", "Message.Location"),
		of("contacts", "contacts_card", "Message.Contacts.Cards"),
		sampled("contacts, asked for", "contacts_requested", "Message.Contacts.Requested", anything),
		sampled("contacts, asked for (in the card)", "contacts_requested_inside", "Message.Contacts.Requested", anything),
		reply(ReplyButton, "interactive_button", "Message.Reply.ID"),
		reply(ReplyList, "interactive_list", "Message.Reply.ID"),
		reply(ReplyFlow, "interactive_flow", "Message.Reply.Response"),
		sampled("interactive nfm_reply, address_message", "interactive_address", "Message.Reply.Response", func(e Event) bool { return e.Message.Reply.Name == "address_message" }),
		sampled("interactive nfm_reply, no JSON object", "interactive_flow_broken", "Message.Reply.Response", anything),
		reply(ReplyCallPermission, "interactive_call_permission", "Message.Reply.Accepted"),
		sampled("interactive, anything else", "interactive_empty", "Message.Raw", func(e Event) bool { return e.Strange() != "" }),
		of("button", "button", "Message.Button.Payload"),
		of("reaction", "reaction", "Message.Reaction.Emoji"),
		sampled("reaction taken back", "reaction_empty", "Message.Reaction.MessageID", func(e Event) bool { return e.Message.Reaction.Emoji == "" }),
		of("order", "order", "Message.Order.Items"),
		system(SystemNumberChanged, "system_number", "Message.System.Current.Phone"),
		system(SystemIDChanged, "system_user_id", "Message.System.Previous.BSUID"),
		system(SystemIdentityChanged, "system_identity", "Message.System.Current.IdentityHash"),
		of("edit", "edit", "Message.Edit.Message"),
		of("revoke", "revoke", "Message.RevokedID"),
		of("request_welcome", "request_welcome", "Message.From"),
		of("unsupported", "unsupported", "Message.Unsupported"),
		sampled("unsupported poll_creation, gif, pin, edit, ...", "unsupported_gif", "Message.Unsupported", func(e Event) bool { return e.Strange() == "unsupported gif" }),
		of("unknown", "type_unknown", "Message.Errors"),
		sampled("media_placeholder (in history)", "history", "History.Message.ID", func(e Event) bool { return e.History.Message.Type == TypeMediaPlaceholder }),
		sampled("any other type", "unknown_type", "Message.Raw", func(e Event) bool { return e.Strange() != "" }),
	}
}

func partTerms() []term {
	return []term{
		sampled("from", "text", "Message.From.Phone", anything),
		sampled("from_user_id", "bsuid_only", "Message.From.BSUID", anything),
		sampled("from_parent_user_id", "unknown_members", "Message.From.ParentBSUID", anything),
		sampled("timestamp", "text", "Message.At", anything),
		sampled("group_id", "group", "Message.GroupID", anything),
		sampled("context.id", "text_quoted", "Message.Context.ReplyTo", anything),
		sampled("context.forwarded", "text_forwarded", "Message.Context.Forwarded", anything),
		sampled("context.frequently_forwarded", "text_forwarded_often", "Message.Context.FrequentlyForwarded", anything),
		sampled("context.referred_product", "text_product", "Message.Context.ProductID", anything),
		sampled("referral", "text_referral", "Message.Referral.ClickID", anything),
		sampled("errors", "media_error", "Message.Errors.Code", anything),
		sampled("contacts[].profile.name", "text", "Message.From.Name", anything),
		sampled("contacts[].profile.username", "text", "Message.From.Username", anything),
		sampled("contacts[].identity_key_hash", "unknown_members", "Message.From.IdentityHash", anything),
		sampled("metadata.phone_number_id", "text", "Number.ID", anything),
		sampled("metadata.display_phone_number", "text", "Number.Display", anything),
		sampled("any other member", "unknown_members", "Message.Raw", anything),
	}
}

func statusTerms() []term {
	state := func(state, sample string) term {
		return sampled(state, sample, "Status.State", func(e Event) bool { return e.Status != nil && e.Status.State == state && e.Strange() == "" })
	}
	return []term{
		state(StateSent, "statuses"), state(StateDelivered, "statuses"), state(StateRead, "statuses"), state(StatePlayed, "status_played"), state(StateFailed, "statuses"),
		sampled("any other status", "statuses", "Status.State", func(e Event) bool { return e.Strange() == "status warped" }),
		sampled("recipient_id", "statuses", "Status.Recipient.Phone", anything),
		sampled("recipient_user_id", "statuses", "Status.Recipient.BSUID", anything),
		sampled("recipient_parent_user_id", "status_played", "Status.Recipient.ParentBSUID", anything),
		sampled("parent_recipient_user_id", "statuses", "Status.Recipient.ParentBSUID", anything),
		sampled("recipient_type group", "status_group", "Status.GroupID", anything),
		sampled("recipient_identity_key_hash", "status_played", "Status.Recipient.IdentityHash", anything),
		sampled("biz_opaque_callback_data", "statuses", "Status.CallbackData", anything),
		sampled("pricing", "statuses", "Status.Pricing.Raw", anything),
		sampled("conversation", "statuses", "Status.ConversationEnds", anything),
		sampled("template_id", "statuses", "Status.TemplateID", anything),
		sampled("errors", "statuses", "Status.Errors.Details", anything),
	}
}

func fieldTerms() []term {
	field := func(name, kind, sample, path string) term {
		row := sampled(name, sample, path, func(e Event) bool { return e.Field == name && e.Kind == kind })
		row.fate = kind + ": Event." + path
		return row
	}
	raw := func(name, sample string) term {
		row := sampled(name, sample, "Other.Raw", func(e Event) bool { return e.Strange() != "" })
		row.fate = KindOther + ": kept raw and counted (Event.Strange)"
		return row
	}
	return []term{
		field("messages", KindMessage, "text", "Message"),
		field("message_template_status_update", KindTemplate, "template_status", "Account.Reason"),
		field("message_template_quality_update", KindTemplate, "template_quality", "Account.After"),
		field("message_template_components_update", KindTemplate, "template_components", "Account.Template"),
		field("template_category_update", KindTemplate, "template_category_coming", "Account.Effective"),
		field("phone_number_quality_update", KindAccount, "phone_limit", "Account.After"),
		field("business_capability_update", KindAccount, "capability", "Account.After"),
		field("phone_number_name_update", KindAccount, "name_update", "Account.Event"),
		field("account_update", KindAccount, "account_restriction", "Account.Restrictions"),
		field("account_review_update", KindAccount, "account_review", "Account.Event"),
		field("account_alerts", KindAccount, "account_alerts", "Account.Severity"),
		field("security", KindAccount, "security", "Account.Event"),
		field("business_username_updates", KindAccount, "username_approved", "Account.Subject"),
		field("business_username_update", KindAccount, "username_spelled", "Account.Event"),
		field("user_preferences", KindPreference, "preferences", "Preference.Value"),
		field("calls", KindCall, "calls", "Call.ID"),
		field("smb_message_echoes", KindEcho, "echoes", "Echo.To"),
		field("history", KindHistory, "history", "History.Message"),
		field("messaging_handovers", KindHandover, "handover", "Handover.New"),
		field("standby", KindStandby, "standby", "Standby.Message"),
		field("messages", KindFailure, "value_errors", "Failure.Code").named("messages: errors outside any message"),
		field("history", KindFailure, "history_declined", "Failure.Code").named("history: declined"),
		raw("messages: conversation_context", "conversation_context"),
		raw("messages: user_actions", "batch_with_bad_neighbours"),
		raw("smb_app_state_sync", "state_sync"),
		raw("group_*_update", "field_group_lifecycle_update"),
		raw("flows", "field_flows"),
		raw("automatic_events", "field_automatic_events"),
		raw("payment_configuration_update", "field_payment_configuration_update"),
		raw("partner_solutions", "field_partner_solutions"),
		raw("any other field", "unknown_field"),
	}
}

func (t term) named(name string) term {
	t.name = name
	return t
}
