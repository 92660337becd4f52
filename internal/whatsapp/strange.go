package whatsapp

import (
	"slices"
	"strings"
)

// Strange says what of an event this package does not understand, for counting: "field foo", "message foo", "status foo",
// "interactive foo", "system foo", "unsupported foo" (a message that Meta itself could not hand over), or "part foo" for an
// unknown or broken piece of a webhook. "" means that all was understood. The names come from outside: what is no plain short
// word is counted as "other", so that they make usable labels. Whatever is strange is kept raw in the item.
func (e Event) Strange() string {
	switch {
	case e.Other != nil && e.Other.Name == e.Field && kindOfField(e.Field) == KindOther:
		return label("field", e.Field)
	case e.Other != nil:
		return label("part", e.Other.Name)
	case e.Standby != nil:
		return e.Standby.Strange()
	case e.Message != nil:
		return e.Message.strange()
	case e.Echo != nil:
		return e.Echo.Message.strange()
	case e.History != nil:
		return e.History.Message.strange()
	case e.Status != nil && !slices.Contains(states(), e.Status.State):
		return label("status", e.Status.State)
	default:
		return ""
	}
}

func (m *Message) strange() string {
	switch {
	case m.Type == TypeUnsupported || m.Type == TypeUnknown:
		return label("unsupported", m.Unsupported)
	case m.Reply != nil && !slices.Contains(replyKinds(), m.Reply.Kind):
		return label("interactive", m.Reply.Kind)
	case m.System != nil && !slices.Contains(systemTypes(), m.System.Type):
		return label("system", m.System.Type)
	case !slices.Contains(inboundTypes(), m.Type):
		return label("message", m.Type)
	default:
		return ""
	}
}

// label makes a name from outside fit for counting.
func label(what, name string) string {
	plain := len(name) > 0 && len(name) <= 40 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
	if !plain {
		name = "other"
	}
	return what + " " + name
}

// inboundTypes lists every type of message that is understood.
func inboundTypes() []string {
	return []string{
		TypeText, TypeImage, TypeAudio, TypeVideo, TypeDocument, TypeSticker, TypeLocation, TypeContacts, TypeInteractive, TypeButton,
		TypeReaction, TypeOrder, TypeSystem, TypeEdit, TypeRevoke, TypeRequestWelcome, TypeTemplate, TypeMediaPlaceholder,
	}
}

func states() []string {
	return []string{StateSent, StateDelivered, StateRead, StatePlayed, StateFailed}
}

func replyKinds() []string {
	return []string{ReplyButton, ReplyList, ReplyFlow, ReplyCallPermission}
}

func systemTypes() []string {
	return []string{SystemNumberChanged, SystemIDChanged, SystemIdentityChanged}
}
