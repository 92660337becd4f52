package desk

import "time"

// Arrival is what one stored event means to the desk. One of the pointers
// is set; none is for events that are only kept.
type Arrival struct {
	Channel  string
	Message  *Message // kind, words, files and provider's id and time; the rest is ours to fill
	From     Identity // whose message, reaction, choice or call it is
	Receipt  *Receipt
	Reaction *ReactionChange
	Change   *MessageChange
	Moved    *Moved
	Stop     *Preference
	Echo     *Message // a person wrote from the phone app: shown, and the assistant steps back
	Notice   *PlatformNotice
	Template *TemplateNews // may come with a Notice
	Referred bool          // an advert or a page button brought the Message
	Ignored  string        // why it is only kept
}

// Receipt is one step of a message we sent.
type Receipt struct {
	ProviderID string
	MessageID  string // our id, when the provider gave it back
	Status     Status
	At         time.Time
	Code       int
	Detail     string
	Phone      string // the address the provider really used: one more alias
	BSUID      string
	Pricing    *Pricing // nil: this step says nothing of it
}

// ReactionChange puts an emoji on a message, or takes it away when empty.
type ReactionChange struct {
	ProviderID string
	Emoji      string
}

// MessageChange is an edit or a deletion of a contact's earlier message.
type MessageChange struct {
	ProviderID string
	Text       string
	Deleted    bool
}

// Moved tells that a contact's identities changed.
type Moved struct {
	Previous Identity
	Current  Identity
}

// Preference is a contact's choice made in WhatsApp itself about marketing.
type Preference struct {
	Stopped bool
	At      time.Time
}

// PlatformNotice is news about the account, a number or a template.
type PlatformNotice struct {
	Subject  string
	Detail   string
	Severity Severity
}
