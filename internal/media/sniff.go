package media

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"antena/internal/desk"
)

// sniffLen is how many first bytes of a file Sniff looks at.
const sniffLen = 4096

// Types that are told from the bytes and that the provider does not carry.
const (
	typeHTML    = "text/html"
	typeSVG     = "image/svg+xml"
	typeProgram = "application/x-executable"
	typeZip     = "application/zip"
	typeOffice  = "application/x-ole-storage" // doc, xls, ppt share one container
	typeBytes   = "application/octet-stream"
)

// magics are the first bytes of types. Order matters where one begins another.
var magics = []struct{ begin, mime string }{
	{"\xff\xd8\xff", "image/jpeg"}, {"\x89PNG\r\n\x1a\n", "image/png"}, {"GIF87a", "image/gif"}, {"GIF89a", "image/gif"},
	{"%PDF-", "application/pdf"}, {"OggS\x00", "audio/ogg"}, {"ID3", "audio/mpeg"}, {"#!AMR", "audio/amr"},
	{"PK\x03\x04", typeZip}, {"PK\x05\x06", typeZip}, {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", typeOffice},
	{"MZ", typeProgram}, {"\x7fELF", typeProgram}, {"#!", typeProgram}, {"\xcf\xfa\xed\xfe", typeProgram}, {"\xca\xfe\xba\xbe", typeProgram},
	{"\x1a\x45\xdf\xa3", "video/webm"}, {"BM", "image/bmp"}, {"Rar!\x1a\x07", "application/vnd.rar"}, {"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"},
}

// Sniff tells the type of a file from its first bytes, at least sniffLen of them if
// the file has as many. What browsers could run is found before anything else that
// is text, and a type it does not know is application/octet-stream.
func Sniff(head []byte) string {
	head = head[:min(len(head), sniffLen)]
	if mime := container(head); mime != "" {
		return mime
	}
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.begin)) {
			if m.mime == typeZip {
				return zipped(head)
			}
			return m.mime
		}
	}
	if len(head) > 1 && head[0] == 0xff {
		switch head[1] & 0xf6 {
		case 0xf0:
			return "audio/aac" // ADTS: layer is always 0
		case 0xf2:
			return "audio/mpeg" // layer III
		}
	}
	return written(head)
}

// container knows the types whose mark is not at the beginning.
func container(head []byte) string {
	switch {
	case len(head) >= 12 && string(head[:4]) == "RIFF":
		switch string(head[8:12]) {
		case "WEBP":
			return "image/webp"
		case "WAVE":
			return "audio/wav"
		}
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		switch brand := string(head[8:12]); {
		case strings.HasPrefix(brand, "3g"):
			return "video/3gpp"
		case strings.HasPrefix(brand, "M4A"), strings.HasPrefix(brand, "M4B"):
			return "audio/mp4"
		case strings.HasPrefix(brand, "hei"), brand == "mif1", brand == "avif":
			return "image/heif"
		}
		return "video/mp4"
	}
	return ""
}

// zipped tells office documents from other archives by their first entries.
func zipped(head []byte) string {
	const family = "application/vnd.openxmlformats-officedocument."
	for _, part := range []struct{ entry, mime string }{
		{"word/", family + "wordprocessingml.document"}, {"xl/", family + "spreadsheetml.sheet"}, {"ppt/", family + "presentationml.presentation"},
	} {
		if bytes.Contains(head, []byte(part.entry)) {
			return part.mime
		}
	}
	return typeZip
}

// scriptable are beginnings of text that a browser could run.
var scriptable = []string{"<!doctype html", "<html", "<head", "<body", "<script", "<iframe", "<img", "<a ", "<b>", "<br", "<div", "<p>", "<table", "<style", "<meta", "<title", "<h1", "<font", "<!--"}

// written tells types of text.
func written(head []byte) string {
	text := bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	lower := bytes.ToLower(bytes.TrimLeft(text, " \t\r\n\f"))
	switch {
	case bytes.Contains(lower, []byte("<svg")) && bytes.HasPrefix(lower, []byte("<")):
		return typeSVG
	case bytes.HasPrefix(lower, []byte("<?xml")) && bytes.Contains(lower, []byte("xhtml")):
		return typeHTML
	case slices.ContainsFunc(scriptable, func(s string) bool { return bytes.HasPrefix(lower, []byte(s)) }):
		return typeHTML
	case len(text) > 0 && plain(text):
		return "text/plain"
	}
	return typeBytes
}

// plain reports whether bytes are text: UTF-8, or one byte a letter, without
// control characters.
func plain(b []byte) bool {
	for cut := 0; cut < utf8.UTFMax && len(b) > 0 && !utf8.Valid(b); cut++ {
		if r, size := utf8.DecodeLastRune(b); r != utf8.RuneError || size != 1 {
			break
		}
		b = b[:len(b)-1] // the head may end within a letter
	}
	return bytes.IndexFunc(b, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\r\n\f", r) || r == 0x7f }) < 0
}

// settle compares what the sender claims with what the bytes are, and returns the
// type to go by and whether the claim was false. Types that share a container
// (sound and film in MP4, the old office formats) are believed; a claim of nothing
// in particular is no false one.
func settle(kind desk.MessageKind, claimed string, head []byte) (mime string, suspect bool) {
	claimed = desk.BareType(claimed)
	real := Sniff(head)
	switch {
	case claimed == real:
		return real, kindMismatch(kind, real)
	case kin(claimed, real):
		return claimed, kindMismatch(kind, claimed)
	case claimed == "" || claimed == typeBytes:
		return real, kindMismatch(kind, real) || dangerous(real)
	case real == "text/plain" && (strings.HasPrefix(claimed, "text/") || strings.HasSuffix(claimed, "json") || strings.HasSuffix(claimed, "xml")):
		return "text/plain", kind != desk.KindDocument // written by people and machines; shown as what it is
	case real == typeZip || real == typeBytes:
		if _, known := desk.TypeOf(claimed); !known && kind == desk.KindDocument && !shown(claimed) {
			return claimed, false // a type we cannot tell; it is only ever saved
		}
		if real == typeZip && strings.Contains(claimed, "officedocument") {
			return claimed, false // its entries come in another order
		}
	}
	return real, true
}

// shown reports whether a type is of a family that is shown and not only saved.
func shown(mime string) bool {
	family, _, _ := strings.Cut(mime, "/")
	return family == "image" || family == "video" || family == "audio"
}

// kin are types that are told apart by more than the first bytes.
func kin(claimed, real string) bool {
	switch real {
	case "video/mp4", "video/3gpp", "audio/mp4":
		return slices.Contains([]string{"video/mp4", "video/3gpp", "video/quicktime", "audio/mp4", "audio/aac", "audio/x-m4a", "audio/m4a"}, claimed)
	case typeOffice:
		return slices.Contains([]string{"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"}, claimed)
	case "audio/ogg":
		return claimed == "audio/opus"
	case "audio/mpeg":
		return claimed == "audio/mp3"
	}
	return false
}

// kindMismatch reports whether a type does not belong into a kind of message.
func kindMismatch(kind desk.MessageKind, mime string) bool {
	family, _, _ := strings.Cut(mime, "/")
	switch kind {
	case desk.KindImage, desk.KindSticker:
		return family != "image" || dangerous(mime)
	case desk.KindAudio:
		return family != "audio"
	case desk.KindVideo:
		return family != "video"
	}
	return false
}

func dangerous(mime string) bool { return mime == typeHTML || mime == typeSVG || mime == typeProgram }
