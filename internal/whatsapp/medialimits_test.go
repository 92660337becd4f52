package whatsapp

import (
	"encoding/binary"
	"errors"
	"testing"
)

// sticker makes the head of a WebP file.
func sticker(kind string, width, height int, animated bool) []byte {
	f := make([]byte, 64)
	copy(f, "RIFF")
	copy(f[8:], "WEBP"+kind)
	chunk := f[20:]
	switch kind {
	case "VP8X":
		if animated {
			chunk[0] = 2
		}
		binary.LittleEndian.PutUint32(chunk[4:], uint32(width-1))
		binary.LittleEndian.PutUint32(chunk[7:], uint32(height-1))
	case "VP8L":
		chunk[0] = 0x2F
		binary.LittleEndian.PutUint32(chunk[1:], uint32(width-1)|uint32(height-1)<<14)
	case "VP8 ":
		copy(chunk[3:], []byte{0x9D, 0x01, 0x2A})
		binary.LittleEndian.PutUint16(chunk[6:], uint16(width))
		binary.LittleEndian.PutUint16(chunk[8:], uint16(height))
	}
	return f
}

func TestCheckMedia(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		mime  string
		head  []byte
		size  int64
		field string // "" = taken
	}{
		"image at its limit":        {"image/jpeg", nil, MaxImage, ""},
		"image past it":             {"image/png", nil, MaxImage + 1, "content"},
		"audio with parameters":     {"audio/ogg; codecs=opus", nil, MaxAudio, ""},
		"audio past its limit":      {"audio/mpeg", nil, MaxAudio + 1, "content"},
		"video past its limit":      {"video/mp4", nil, MaxVideo + 1, "content"},
		"document past its limit":   {"application/pdf", nil, MaxDocument + 1, "content"},
		"nothing":                   {"text/plain", nil, 0, "content"},
		"picture of another kind":   {"image/svg+xml", nil, 6, "mime"},
		"page":                      {"text/html", nil, 3, "mime"},
		"no type":                   {"", nil, 1, "mime"},
		"still sticker":             {"image/webp", sticker("VP8L", 512, 512, false), MaxSticker, ""},
		"still sticker, lossy":      {"image/webp", sticker("VP8 ", 512, 512, false), 64, ""},
		"still sticker past it":     {"image/webp", sticker("VP8X", 512, 512, false), MaxSticker + 1, "sticker"},
		"animated sticker":          {"image/webp", sticker("VP8X", 512, 512, true), MaxAnimatedSticker, ""},
		"animated sticker past it":  {"image/webp", sticker("VP8X", 512, 512, true), MaxAnimatedSticker + 1, "content"},
		"sticker too narrow":        {"image/webp", sticker("VP8L", 511, 512, false), 64, "sticker.width"},
		"sticker too high":          {"image/webp", sticker("VP8 ", 512, 513, false), 64, "sticker.height"},
		"sticker that is no WebP":   {"image/webp", make([]byte, 64), 64, "sticker"},
		"sticker that is cut short": {"image/webp", sticker("VP8L", 512, 512, false)[:20], 20, "sticker"},
	}
	for name, test := range tests {
		err := CheckMedia(test.mime, test.size, test.head)
		if test.field == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		var invalid *InvalidError
		if !errors.As(err, &invalid) || len(invalid.Problems) != 1 || invalid.Problems[0].Field != test.field {
			t.Errorf("%s: %v, want a problem with %s", name, err, test.field)
		}
	}
}

func TestMediaType_EachTypeOnce(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, limit := range MediaLimits() {
		for _, mime := range limit.MIMEs {
			if other, twice := seen[mime]; twice {
				t.Errorf("%s is %s and %s", mime, other, limit.Type)
			}
			seen[mime] = limit.Type
			if got, ok := MediaType(mime + "; x=y"); !ok || got != limit.Type {
				t.Errorf("%s is sent as %s", mime, got)
			}
		}
	}
}
