package desk

import (
	"mime"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
)

// Attachment is a file of a message. What is known only of some types is zero for
// the others, and when it could not be told.
type Attachment struct {
	MediaID  string `json:"media_id,omitempty"` // the provider's
	MIME     string `json:"mime,omitempty"`     // the sender's claim, until we have looked at the bytes
	SHA256   string `json:"sha256,omitempty"`
	Size     int64  `json:"size,omitempty"`
	Filename string `json:"filename,omitempty"`
	Voice    bool   `json:"voice,omitempty"`
	Path     string `json:"path,omitempty"`  // where we keep it; empty until fetched
	Error    string `json:"error,omitempty"` // why it was given up, one of the File… codes
	Tries    int    `json:"tries,omitempty"` // failed tries to fetch it

	Suspect  bool          `json:"suspect,omitempty"` // the bytes are not what the sender claims
	Width    int           `json:"width,omitempty"`   // of a picture as it is seen, in pixels
	Height   int           `json:"height,omitempty"`
	Thumb    bool          `json:"thumb,omitempty"`    // there is a small picture of it
	Duration time.Duration `json:"duration,omitempty"` // of sound
	Pages    int           `json:"pages,omitempty"`    // of a document
	Reading  *Reading      `json:"reading,omitempty"`  // what a model made of it
}

// Why a file was given up. The console has the words.
const (
	FileGone     = "gone"      // the provider no longer has it
	FileLate     = "late"      // the provider keeps files seven days, and they are over
	FileTooLarge = "too_large" // for its type
	FileAltered  = "altered"   // not the size or the digest that was announced
	FileRefused  = "refused"   // the provider does not let us have it
	FileGaveUp   = "gave_up"   // tried for half an hour
)

// FetchAgain reports whether an agent may have the file fetched once more.
func (a *Attachment) FetchAgain() bool {
	return a.MediaID != "" && a.Path == "" && a.Error != "" && a.Error != FileLate && a.Error != FileTooLarge
}

// FileKeep is how long the provider keeps a contact's file (Meta, since October 2025).
const FileKeep = 7 * 24 * time.Hour

// Upload is a file an agent has chosen and not yet sent. It is kept a week.
type Upload struct {
	ID             uuid.UUID
	ConversationID uuid.UUID
	AgentID        uuid.UUID
	Kind           MessageKind
	Attachment     *Attachment `gorm:"serializer:json"`
	CreatedAt      time.Time
}

// File is a stored file, known by its content. It is kept while a message or an
// upload uses it.
type File struct {
	Path      string `gorm:"primaryKey"`
	Size      int64
	CreatedAt time.Time
	TouchedAt time.Time  // when it was last put in use
	DyingAt   *time.Time // when it was found unused and its removal began
}

// MaxUploads is how many files an agent can send at once.
const MaxUploads = 10

// FileType is a type of file the provider carries, with the kind of message it
// makes and its limit in bytes (Meta, "supported media types").
type FileType struct {
	MIME string
	Kind MessageKind
	Most int64
}

const (
	mib    = 1 << 20
	office = "application/vnd.openxmlformats-officedocument."
)

// FileTypes are all the types the provider carries. Stickers may be larger when
// they move, and only look at the bytes tells; so theirs is the larger limit.
func FileTypes() []FileType {
	return []FileType{
		{"image/jpeg", KindImage, 5 * mib}, {"image/png", KindImage, 5 * mib},
		{"audio/aac", KindAudio, 16 * mib}, {"audio/amr", KindAudio, 16 * mib}, {"audio/mpeg", KindAudio, 16 * mib},
		{"audio/mp4", KindAudio, 16 * mib}, {"audio/ogg", KindAudio, 16 * mib},
		{"video/mp4", KindVideo, 16 * mib}, {"video/3gpp", KindVideo, 16 * mib},
		{"image/webp", KindSticker, 500 << 10},
		{"text/plain", KindDocument, 100 * mib}, {"application/pdf", KindDocument, 100 * mib},
		{"application/msword", KindDocument, 100 * mib}, {"application/vnd.ms-excel", KindDocument, 100 * mib},
		{"application/vnd.ms-powerpoint", KindDocument, 100 * mib},
		{office + "wordprocessingml.document", KindDocument, 100 * mib}, {office + "spreadsheetml.sheet", KindDocument, 100 * mib},
		{office + "presentationml.presentation", KindDocument, 100 * mib},
	}
}

// MostOf returns the limit in bytes of a contact's file of a kind.
func MostOf(kind MessageKind) int64 {
	most := int64(0)
	for _, t := range FileTypes() {
		if t.Kind == kind {
			most = max(most, t.Most)
		}
	}
	if most == 0 {
		return 100 * mib // nothing larger comes in
	}
	return most
}

// TypeOf finds a type among those the provider carries. Parameters do not count.
func TypeOf(claimed string) (FileType, bool) {
	kind := BareType(claimed)
	for _, t := range FileTypes() {
		if t.MIME == kind {
			return t, true
		}
	}
	return FileType{}, false
}

// BareType is a MIME type in lower case without parameters, or empty when it is none.
func BareType(claimed string) string {
	kind, _, err := mime.ParseMediaType(claimed)
	if err != nil {
		return ""
	}
	return kind
}

// MaxFilename is the most bytes of a file's name: what file systems take, with
// room for a mark of their own.
const MaxFilename = 200

// SafeFilename makes a stranger's file name safe to show and to save under: the
// last part of a path, without control characters, marks that turn the direction
// of writing, and what file systems give a meaning to; at most MaxFilename bytes,
// its ending kept. It may be empty.
func SafeFilename(name string) string {
	name = strings.ToValidUTF8(name, "_")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs):
			return -1
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, name)
	name = strings.Trim(name, " .")
	if len(name) <= MaxFilename {
		return name
	}
	ending := ""
	if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= 16 {
		ending = name[i:]
	}
	cut := MaxFilename - len(ending)
	for cut > 0 && !utf8.RuneStart(name[cut]) {
		cut--
	}
	return strings.TrimRight(name[:cut], " .") + ending
}
