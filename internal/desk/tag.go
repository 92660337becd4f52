package desk

import (
	"hash/fnv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Tag is a word people put on tickets and conversations to find them again.
type Tag struct {
	ID        uuid.UUID
	Name      string     // as it was written first
	Folded    string     // unique: the name without regard to case
	Hue       int        // 0 to TagHues-1
	AgentID   *uuid.UUID // who made it
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Limits of tags.
const (
	TagHues    = 8
	MaxTags    = 500 // of a desk
	MaxTagsOn  = 20  // on one ticket or conversation
	MaxTagName = 40  // characters
)

// NewTag makes a tag of what somebody wrote; its colour comes of its name.
func NewTag(name string, by *uuid.UUID, now time.Time) (*Tag, error) {
	t := &Tag{ID: NewID(), AgentID: by, CreatedAt: now, UpdatedAt: now}
	if err := t.Rename(name, now); err != nil {
		return nil, err
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(t.Folded))
	t.Hue = int(h.Sum32() % TagHues)
	return t, nil
}

// Rename gives the tag another name.
func (t *Tag) Rename(name string, now time.Time) error {
	name = strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(strings.TrimPrefix(strings.TrimSpace(name), "#"), "\x00", ""), "")), " ")
	if name == "" {
		return ErrEmptyText.For("tag")
	}
	if Units(name) > MaxTagName {
		return ErrTextTooLong.For("tag")
	}
	t.Name, t.Folded, t.UpdatedAt = name, strings.ToLower(name), now
	return nil
}

// TagUse is a tag with how often it is used.
type TagUse struct {
	Tag
	Tickets       int
	Conversations int
}
