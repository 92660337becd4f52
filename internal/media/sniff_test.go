package media

import (
	"strings"
	"testing"

	"antena/internal/desk"
)

func TestSettle(t *testing.T) {
	t.Parallel()
	const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	mp4, zip := "\x00\x00\x00\x18ftypisom", "PK\x03\x04\x14\x00"
	for _, c := range []struct {
		name    string
		kind    desk.MessageKind
		claimed string
		head    string
		want    string
		suspect bool
	}{
		{"photo", desk.KindImage, "image/jpeg", "\xff\xd8\xff\xe0", "image/jpeg", false},
		{"PNG called JPEG", desk.KindImage, "image/jpeg", "\x89PNG\r\n\x1a\n", "image/png", true},
		{"sticker", desk.KindSticker, "image/webp", "RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp", false},
		{"voice", desk.KindAudio, "audio/ogg; codecs=opus", "OggS\x00\x02", "audio/ogg", false},
		{"AAC", desk.KindAudio, "audio/aac", "\xff\xf1\x50\x80", "audio/aac", false},
		{"AAC in MP4", desk.KindAudio, "audio/mp4", mp4, "audio/mp4", false},
		{"MP3 without a tag", desk.KindAudio, "audio/mpeg", "\xff\xfb\x90\x00", "audio/mpeg", false},
		{"film", desk.KindVideo, "video/mp4", mp4, "video/mp4", false},
		{"film called a photo", desk.KindImage, "image/jpeg", mp4, "video/mp4", true},
		{"PDF", desk.KindDocument, "application/pdf", "%PDF-1.4", "application/pdf", false},
		{"Word", desk.KindDocument, docx, zip + "[Content_Types].xml word/document.xml", docx, false},
		{"Word, its parts far behind", desk.KindDocument, docx, zip + "[Content_Types].xml", docx, false},
		{"old Excel", desk.KindDocument, "application/vnd.ms-excel", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/vnd.ms-excel", false},
		{"archive called PDF", desk.KindDocument, "application/pdf", zip, "application/zip", true},
		{"program called PDF", desk.KindDocument, "application/pdf", "MZ\x90\x00", "application/x-executable", true},
		{"program of no type", desk.KindDocument, "", "\x7fELF", "application/x-executable", true},
		{"text", desk.KindDocument, "text/plain", "hola, ¿qué tal?", "text/plain", false},
		{"table", desk.KindDocument, "text/csv", "a;b\n1;2\n", "text/plain", false},
		{"page called text", desk.KindDocument, "text/plain", " \n<HTML><script>", "text/html", true},
		{"page behind a mark", desk.KindImage, "image/png", "\xef\xbb\xbf<!DOCTYPE html>", "text/html", true},
		{"drawing", desk.KindImage, "image/png", "<?xml version='1.0'?><!-- x --><svg onload=alert(1)>", "image/svg+xml", true},
		{"of no type", desk.KindDocument, "application/octet-stream", "%PDF-1.4", "application/pdf", false},
		{"plan of a type we do not know", desk.KindDocument, "application/acad", "AC1027\x00\x00", "application/acad", false},
		{"broken claim", desk.KindDocument, "text/html\r\nX: 1", "%PDF-1.4", "application/pdf", false},
		{"film nobody knows", desk.KindDocument, "video/00", "<\x000", "application/octet-stream", true},
		{"nothing", desk.KindImage, "image/jpeg", "", "application/octet-stream", true},
	} {
		if got, suspect := settle(c.kind, c.claimed, []byte(c.head)); got != c.want || suspect != c.suspect {
			t.Errorf("%s: %s, suspect %t; want %s, %t", c.name, got, suspect, c.want, c.suspect)
		}
	}
}

// FuzzSettle: whatever is claimed, bytes that a browser could run are never given
// a type that is shown.
func FuzzSettle(f *testing.F) {
	for _, claimed := range []string{"image/jpeg", "application/pdf", "video/mp4", "text/plain", ""} {
		for _, head := range []string{"<html><script>", "<?xml?><svg>", "\xff\xd8\xff", "%PDF-", "PK\x03\x04", "RIFF0000WEBP"} {
			f.Add(claimed, []byte(head))
		}
	}
	f.Fuzz(func(t *testing.T, claimed string, head []byte) {
		for _, kind := range []desk.MessageKind{desk.KindImage, desk.KindDocument, desk.KindVideo, desk.KindAudio} {
			mime, suspect := settle(kind, claimed, head)
			if strings.ContainsAny(mime, "\r\n") {
				t.Fatalf("%q became %q", claimed, mime)
			}
			family, _, _ := strings.Cut(mime, "/")
			visible := !suspect && (family == "image" || family == "video" || family == "audio" || mime == "application/pdf")
			if visible && strings.HasPrefix(strings.ToLower(strings.TrimSpace(string(head))), "<") {
				t.Fatalf("%q is shown as %s", head, mime)
			}
		}
	})
}

func TestSafeFilename(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ñ", 300)
	for give, want := range map[string]string{
		"factura.pdf": "factura.pdf", "../../etc/passwd": "passwd", `C:\Users\x\a.doc`: "a.doc", "a\u202efdp.exe": "afdp.exe", "a\r\nX: 1": "aX_ 1", "a\x00b": "ab",
		"": "", "..": "", " .hidden ": "hidden", `<a>"b".txt`: "_a__b_.txt", "a\u200b\ufeffb.txt": "ab.txt", "a\u00a0b.txt": "a b.txt", "\xff\xfe.pdf": "_.pdf",
		long + ".pdf": strings.Repeat("ñ", 98) + ".pdf",
	} {
		if got := desk.SafeFilename(give); got != want || len(got) > desk.MaxFilename {
			t.Errorf("%q: %q, want %q", give, got, want)
		}
	}
}
