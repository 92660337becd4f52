package emulator

import (
	"crypto/sha256"
	"encoding/base64"
)

// Image sends a picture.
func (p *Phone) Image(content []byte, mime, caption string) string {
	return p.file("image", File{Content: content, MIME: mime}, caption, nil)
}

// Video sends a film.
func (p *Phone) Video(content []byte, mime, caption string) string {
	return p.file("video", File{Content: content, MIME: mime}, caption, nil)
}

// Audio sends a voice note.
func (p *Phone) Audio(content []byte, mime string) string {
	return p.file("audio", File{Content: content, MIME: mime}, "", map[string]any{"voice": true})
}

// Sound sends a sound file that was not recorded in the chat.
func (p *Phone) Sound(content []byte, mime, filename string) string {
	return p.file("audio", File{Content: content, MIME: mime, Filename: filename}, "", map[string]any{"voice": false})
}

// Document sends a file.
func (p *Phone) Document(content []byte, mime, filename, caption string) string {
	return p.file("document", File{Content: content, MIME: mime, Filename: filename}, caption, map[string]any{"filename": filename})
}

// Sticker sends a sticker, which is a WebP file.
func (p *Phone) Sticker(content []byte, animated bool) string {
	return p.file("sticker", File{Content: content, MIME: "image/webp"}, "", map[string]any{"animated": animated})
}

func (p *Phone) file(kind string, f File, caption string, more map[string]any) string {
	id := p.em.Upload(f)
	stored, _ := p.em.Media(id)
	object := map[string]any{"id": id, "mime_type": stored.MIME, "sha256": stored.SHA256}
	set2(object, "caption", caption)
	for key, value := range more {
		object[key] = value
	}
	p.em.record(Step{Kind: StepFile, Who: p.began, Media: id, File: &stored})
	shown := Message{Type: kind, Text: caption, MediaID: id, MIME: f.MIME, Filename: f.Filename, Voice: more["voice"] == true}
	return p.write(map[string]any{"type": kind, kind: object}, shown)
}

// Upload keeps a file of a customer's and returns its media id; the hash is worked out.
func (em *Emulator) Upload(f File) (id string) {
	sum := sha256.Sum256(f.Content)
	f.SHA256 = base64.StdEncoding.EncodeToString(sum[:])
	return em.media.add(f)
}

func set2(m map[string]any, key, value string) {
	if value != "" {
		m[key] = value
	}
}
