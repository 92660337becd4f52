package desk

import (
	"log/slog"
	"time"

	"github.com/google/uuid"
)

// Contact is a person who writes to one of our numbers. Its id is ours; the
// identities WhatsApp gives are its aliases. Phone and BSUID are the addresses to
// answer to, exactly as WhatsApp sent them; either may be empty.
type Contact struct {
	ID           uuid.UUID
	Name         string // profile name, changeable by the person, never proof of anything
	Username     string
	Phone        string     // wa_id, never rewritten
	BSUID        string     `gorm:"column:bsuid"` // business-scoped user id
	Language     string     // es, pt, en; empty until heard
	Zone         string     // where they are served, as the desk names its zones; empty while not known
	Plan         string     // of the subscriber; empty while not known
	SubscriberID *uuid.UUID // whose line they write about, as their phone says
	KnownAt      *time.Time // the provider's time of what last changed the names and addresses
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// LogValue keeps personal data out of logs.
func (c Contact) LogValue() slog.Value { return slog.StringValue(c.ID.String()) }

// Address returns the stable key a contact is reached by: the BSUID when known,
// else the phone.
func (c Contact) Address() string {
	if c.BSUID != "" {
		return c.BSUID
	}
	return c.Phone
}

// AliasKind says what sort of identity an alias is.
type AliasKind string

// The kinds of alias.
const (
	AliasBSUID       AliasKind = "bsuid"
	AliasParentBSUID AliasKind = "parent_bsuid"
	AliasPhone       AliasKind = "phone"
)

// Alias is one identity of a contact; kind and value together are unique.
type Alias struct {
	Kind      AliasKind `gorm:"primaryKey"`
	Value     string    `gorm:"primaryKey"`
	ContactID uuid.UUID
	CreatedAt time.Time
}

// Identity is what one message says of its sender.
type Identity struct {
	BSUID       string
	ParentBSUID string
	Phone       string
	Name        string
	Username    string
	At          time.Time // the provider's time of the word; zero: now
}

// Foretold is what is known of a message before it is added: who wrote it where.
type Foretold struct {
	From       Identity
	Channel    string
	ProviderID string
}

// Aliases lists the identity's aliases in the order they are looked up.
func (i Identity) Aliases() []Alias {
	all := []Alias{{Kind: AliasBSUID, Value: i.BSUID}, {Kind: AliasParentBSUID, Value: i.ParentBSUID}, {Kind: AliasPhone, Value: i.Phone}}
	known := all[:0]
	for _, a := range all {
		if a.Value != "" {
			known = append(known, a)
		}
	}
	return known
}
