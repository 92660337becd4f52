package desk

import (
	"strings"
	"time"

	"github.com/google/uuid"
)

// CannedReply is words agents keep to insert, in one or more languages. An agent's
// own are theirs alone; those of nobody are shared by all.
type CannedReply struct {
	ID        uuid.UUID
	AgentID   *uuid.UUID // whose; nil: shared
	Shortcut  string     // what is typed after the slash: a-z, 0-9, - and _
	Texts     Words      `gorm:"serializer:json"` // WhatsApp text with {placeholders}, by language
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Limits of canned replies and macros.
const (
	MaxShortcut = 32  // characters
	MaxCanned   = 300 // of an agent, and shared
	MaxMacros   = 100 // of an agent, and shared
)

// ShortcutName brings a shortcut into the one form it is kept in; empty when it has
// letters that cannot be.
func ShortcutName(s string) string {
	s = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(s), "/"))
	if s == "" || len(s) > MaxShortcut || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		return ""
	}
	return s
}

// Speaks returns the language in which the reply is said to somebody who speaks one:
// that one, or the first there are words in.
func (r *CannedReply) Speaks(language string) string {
	if r.Texts[language] != "" {
		return language
	}
	for _, l := range Languages {
		if r.Texts[l] != "" {
			return l
		}
	}
	return ""
}

// Filled is a text with its placeholders filled in.
type Filled struct {
	Text     string
	Language string
	Missing  []string // names that have no value and stand in the text as they were
}

// FillFor puts values into a text: those of the conversation, then the profile's. What
// is put in is not looked at again.
func (p *Profile) FillFor(text, language string, own map[string]string) Filled {
	out := Filled{Language: language}
	var pairs []string
	for _, name := range Placeholders(text) {
		value := own[name]
		if value == "" && p != nil {
			if value = p.Placeholders[name].In(language); value == "" && name == "isp_name" {
				value = p.Name
			}
		}
		if value == "" {
			out.Missing = append(out.Missing, name)
			continue
		}
		pairs = append(pairs, "{"+name+"}", value)
	}
	out.Text = strings.NewReplacer(pairs...).Replace(text)
	return out
}

// OwnValues are the values of placeholders that belong to one conversation: the
// contact's first name, the agent's, and the number of the newest live ticket.
func OwnValues(contact *Contact, by Agent, protocol string) map[string]string {
	first := func(name string) string {
		name, _, _ = strings.Cut(strings.TrimSpace(name), " ")
		return name
	}
	return map[string]string{"name": first(contact.Name), "agent": first(by.Name), "protocol": protocol}
}
