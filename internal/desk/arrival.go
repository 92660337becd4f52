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
	Past     *Past
	Control  *ControlChange
	CallEnd  string     // the provider's id of a call that is over
	Named    []Identity // what the phone app calls people
	Notice   *PlatformNotice
	Template *TemplateNews // may come with a Notice
	Referred bool          // an advert or a page button brought the Message
	Ignored  string        // why it is only kept
	Strange  string        // what of it is not understood, a short word for counting; empty: nothing
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
	Own        bool      // made by a person of ours in the phone app
	At         time.Time // the provider's
}

// MessageChange is an edit or a deletion of an earlier message by who wrote it.
type MessageChange struct {
	ProviderID string
	Text       string
	Deleted    bool
	Own        bool      // of a message of ours, in the phone app
	At         time.Time // the provider's
}

// Past is a message from before the number joined the desk, or the news that there
// are none.
type Past struct {
	Message  *Message // nil: only the news
	ByUs     bool
	Progress int    // percent of the handing over
	Refused  string // why nothing is handed over
}

// ControlChange tells who holds the thread of a contact at the provider.
type ControlChange struct {
	Role    string // of the app or agent that holds it; empty: we do
	At      time.Time
	Message *Message // what the contact wrote to whoever holds it
}

// Moved tells that a contact's identities changed.
type Moved struct {
	Previous Identity
	Current  Identity
}

// Preference is a contact's choice made in WhatsApp itself about marketing.
type Preference struct {
	Stopped bool
	Detail  string // the provider's words for it, kept as proof
	At      time.Time
}

// PlatformNotice is news about the account, a number or a template.
type PlatformNotice struct {
	Kind     string // of the alert; empty: none, only Pause and Resume count
	Subject  string
	Detail   string
	Severity Severity
	Pause    *Pause // what may not be sent any more
	Resume   bool   // the provider lets all be sent again
}
