package desk

import (
	"math/big"
	"slices"
	"strings"
	"time"
)

// Details is what a message holds beside words, files and places. What does not
// apply is zero.
type Details struct {
	// Type is the provider's name of what came, of messages whose kind does not say
	// it: "order", "flow", "call_permission", "poll_creation", "call", ...
	Type       string    `json:"type,omitempty"`
	Referral   *Referral `json:"referral,omitempty"`
	Order      *Order    `json:"order,omitempty"`
	Fields     []Field   `json:"fields,omitempty"` // of a form's answer, at most MaxFields
	Cards      []Card    `json:"cards,omitempty"`
	Product    string    `json:"product,omitempty"`    // the catalogue's number of what the message asks about
	Link       string    `json:"link,omitempty"`       // of a place
	Frequently bool      `json:"frequently,omitempty"` // forwarded more than five times
	Requested  bool      `json:"requested,omitempty"`  // the cards answer our request
	Call       *Call     `json:"call,omitempty"`
	History    bool      `json:"history,omitempty"`   // handed over from before the number joined
	PhoneApp   bool      `json:"phone_app,omitempty"` // a person wrote it in the phone app
}

// MaxFields is how many fields of a form's answer are kept.
const MaxFields = 100

// Referral is the advert or page button that brought the contact.
type Referral struct {
	Type     string `json:"type,omitempty"` // "ad", "post"
	Headline string `json:"headline,omitempty"`
	Body     string `json:"body,omitempty"`
	URL      string `json:"url,omitempty"`
	SourceID string `json:"source_id,omitempty"`
}

// Order is a basket; prices are texts as they came, in units of the currency.
type Order struct {
	Items []OrderItem `json:"items"`
}

// OrderItem is a line of an order.
type OrderItem struct {
	Product  string `json:"product"`
	Quantity int    `json:"quantity"`
	Price    string `json:"price,omitempty"`
	Currency string `json:"currency,omitempty"`
}

// Field is one answer of a form.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Card is an address card.
type Card struct {
	Name         string   `json:"name,omitempty"`
	Organisation string   `json:"organisation,omitempty"`
	Phones       []string `json:"phones,omitempty"`
	Emails       []string `json:"emails,omitempty"`
	Addresses    []string `json:"addresses,omitempty"`
	URLs         []string `json:"urls,omitempty"`
}

// Call is a voice call a contact made. It cannot be answered here.
type Call struct {
	Ended bool `json:"ended,omitempty"`
}

// Version is one wording of a message that was edited.
type Version struct {
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// Why the words on a message's mark are what they are; keys of the console.
const (
	MarkEdited  = "edited"
	MarkDeleted = "deleted"
)

// Revise takes in another wording of the message, written at a time. The newest by
// the provider's time is shown, in whatever order they come; all are kept. It
// reports whether anything changed.
func (m *Message) Revise(text string, at time.Time) bool {
	v := Version{Text: text, At: Instant(at)}
	if slices.ContainsFunc(m.Versions, func(known Version) bool { return known.Text == v.Text && known.At.Equal(v.At) }) {
		return false
	}
	if len(m.Versions) == 0 {
		m.Versions = []Version{{Text: m.Text, At: m.Spoken()}}
	}
	m.Versions = append(m.Versions, v)
	slices.SortStableFunc(m.Versions[1:], func(a, b Version) int { // the first wording stays first
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return strings.Compare(a.Text, b.Text)
	})
	m.Text = m.Versions[len(m.Versions)-1].Text
	if m.Notice != MarkDeleted {
		m.Notice = MarkEdited
	}
	return true
}

// Revoke marks the message as taken back. Its words stay for agents: they may have
// been answered already.
func (m *Message) Revoke() bool {
	if m.Notice == MarkDeleted {
		return false
	}
	m.Notice = MarkDeleted
	return true
}

// React puts an emoji on the message, or takes it away when empty; own is ours, not
// the contact's. An older reaction than the one known changes nothing.
func (m *Message) React(emoji string, own bool, at time.Time) bool {
	to, since := &m.Reaction, &m.ReactedAt
	if own {
		to, since = &m.OwnReaction, &m.OwnReactedAt
	}
	at = Instant(at)
	if *since != nil && (at.Before(**since) || at.Equal(**since) && emoji <= *to) {
		return false
	}
	*to, *since = emoji, &at
	return true
}

// Spoken is when the message was written: the provider's time of what came in, ours
// of everything else. A thread is shown in this order, and by wamid where it is the
// same: the provider's seconds are all that is known of the order of two messages.
func (m *Message) Spoken() time.Time {
	if m.SentAt == nil || m.Direction != Inbound && !m.Told() {
		return m.CreatedAt
	}
	if end := m.SentAt.Truncate(time.Second).Add(time.Second - time.Microsecond); end.Before(m.CreatedAt) {
		return end // the provider cuts its times to seconds; what we said within that second was said before
	}
	return m.CreatedAt
}

// Told reports whether the message was told to us, rather than made here.
func (m *Message) Told() bool {
	return m.Direction == Inbound || m.Details != nil && (m.Details.PhoneApp || m.Details.History)
}

// Total adds up an order. It reports false when a price is missing or cannot be read,
// or the currencies differ.
func (o *Order) Total() (total, currency string, ok bool) {
	sum := new(big.Rat)
	for _, item := range o.Items {
		if strings.Trim(item.Price, "0123456789.") != "" || len(item.Price) > maxPrice {
			return "", "", false
		}
		price, valid := new(big.Rat).SetString(item.Price)
		if !valid || currency != "" && item.Currency != currency {
			return "", "", false
		}
		currency = item.Currency
		sum.Add(sum, price.Mul(price, new(big.Rat).SetInt64(int64(item.Quantity))))
	}
	return sum.FloatString(2), currency, len(o.Items) > 0
}

const maxPrice = 20 // characters; a longer one is no price
