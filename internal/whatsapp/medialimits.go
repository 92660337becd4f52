package whatsapp

import (
	"mime"
	"slices"
	"strings"
)

// MediaLimit is what Meta takes as one type of message.
type MediaLimit struct {
	Type  string // TypeImage, ...
	Bytes int64  // at most
	MIMEs []string
}

const (
	kilobyte = 1 << 10
	megabyte = 1 << 20
)

// Largest files, in bytes (Meta, "media"). MaxInbound is what Meta takes from a customer: above it the message comes with
// error 131052.
const (
	MaxAudio           = 16 * megabyte
	MaxVideo           = 16 * megabyte
	MaxImage           = 5 * megabyte
	MaxDocument        = 100 * megabyte
	MaxSticker         = 100 * kilobyte
	MaxAnimatedSticker = 500 * kilobyte
	StickerSide        = 512 // pixels, width and height
	MaxInbound         = 100 * megabyte
	PlayableVoice      = 512 * kilobyte // a larger voice note shows a download icon instead of a play button
)

// MediaLimits returns the table of types. Each MIME type is in one row: it decides as what a file is sent.
func MediaLimits() []MediaLimit {
	const office = "application/vnd.openxmlformats-officedocument."
	return []MediaLimit{
		{TypeImage, MaxImage, []string{"image/jpeg", "image/png"}},
		{TypeSticker, MaxAnimatedSticker, []string{"image/webp"}},
		{TypeAudio, MaxAudio, []string{"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}},
		{TypeVideo, MaxVideo, []string{"video/mp4", "video/3gpp"}},
		{TypeDocument, MaxDocument, []string{
			"text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
			office + "wordprocessingml.document", office + "spreadsheetml.sheet", office + "presentationml.presentation",
		}},
	}
}

// MediaType returns as which type of message a file of this MIME type is sent, and whether Meta takes it at all.
func MediaType(mimeType string) (string, bool) {
	limit, ok := mediaLimit(mimeType)
	return limit.Type, ok
}

func mediaLimit(mimeType string) (MediaLimit, bool) {
	for _, limit := range MediaLimits() {
		if slices.Contains(limit.MIMEs, bareMIME(mimeType)) {
			return limit, true
		}
	}
	return MediaLimit{}, false
}

// bareMIME drops the parameters of a MIME type, such as "; codecs=opus".
func bareMIME(mimeType string) string {
	bare, _, err := mime.ParseMediaType(mimeType)
	if err != nil {
		bare, _, _ = strings.Cut(mimeType, ";")
		return strings.ToLower(strings.TrimSpace(bare))
	}
	return bare
}

// StickerHead is how much of a file CheckMedia needs to see.
const StickerHead = 30

// CheckMedia checks a file of size bytes before it is uploaded: its type, its size and, for a sticker, the form that its first
// StickerHead bytes tell. It returns nil or an *InvalidError. Meta looks into all files and refuses a wrong type with 131053.
func CheckMedia(mimeType string, size int64, head []byte) error {
	limit, ok := mediaLimit(mimeType)
	if !ok {
		return refuse([]rule{must("mime", false, "is not a type that WhatsApp takes")})
	}
	list := []rule{{field: "content", size: int(size), min: 1, max: int(limit.Bytes)}}
	if limit.Type == TypeSticker && size > 0 {
		list = append(list, stickerRules(size, head)...)
	}
	return refuse(list)
}

func stickerRules(size int64, head []byte) []rule {
	w, ok := readWebP(head)
	if !ok {
		return []rule{must("sticker", false, "is not a WebP file")}
	}
	list := []rule{
		must("sticker.width", w.width == StickerSide, "is not 512"),
		must("sticker.height", w.height == StickerSide, "is not 512"),
	}
	if !w.animated {
		list = append(list, rule{field: "sticker", size: int(size), max: MaxSticker})
	}
	return list
}
