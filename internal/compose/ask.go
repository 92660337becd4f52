package compose

import (
	"strings"

	"antena/internal/desk"
)

// AskPhone are the words that ask for the contact's phone number, in a language or
// else in the first one.
func AskPhone(language string) string {
	if words := phrases[language][desk.PhraseAskPhone]; words != "" {
		return words
	}
	return phrases[desk.Languages[0]][desk.PhraseAskPhone]
}

// askPhone asks once for the number of a contact with a new ticket of whom only the
// business-scoped id is known: whoever works on it may have to call.
func (c *composer) askPhone(out *desk.Outcome) *desk.Message {
	contact, conv := &c.scene.Contact, &c.scene.Conversation
	if out.Open == nil || contact.Phone != "" || contact.BSUID == "" || conv.PhoneAskedAt != nil {
		return nil
	}
	return &desk.Message{
		ID: desk.NewID(), ConversationID: conv.ID, Channel: conv.Channel, Direction: desk.Outbound, Author: desk.ByAssistant, Kind: desk.KindAskPhone,
		Text: AskPhone(c.language), Status: desk.StatusQueued, TurnID: &out.Turn.ID, CreatedAt: c.scene.Now,
	}
}

// Receipt returns the words that tell a contact the number of their ticket.
func Receipt(language, protocol string) string {
	words := phrases[language][desk.PhraseReceipt]
	if words == "" {
		words = phrases[desk.Languages[0]][desk.PhraseReceipt]
	}
	return strings.ReplaceAll(words, desk.ProtocolToken, protocol)
}
