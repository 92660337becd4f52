package phone

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"antena/internal/desk"
	"antena/internal/whatsapp/emulator"
)

const (
	maxFilename  = 120 // characters shown and sent
	maxPlaceName = 100
)

var (
	errTooLarge = &desk.Error{Kind: desk.Invalid, Code: "too_large", Field: "file", Msg: "the file is larger than 16 MB"}
	errFileKind = &desk.Error{Kind: desk.Invalid, Code: "file_kind", Field: "file", Msg: "send a picture, a film, a PDF, a text or a recording"}
)

// Where the sample location is: the office of the invented provider, in a place at sea that has no address.
const (
	sampleLatitude  = -34.7303
	sampleLongitude = -57.2108
	samplePlace     = "Calle de la Ribera 120, Puerto Claro"
)

// upload sends a file of the visitor's. What it is is read off its first bytes, never off its name.
func (p *Phone) upload(c *gin.Context, who *person) error {
	file, header, err := c.Request.FormFile("file")
	switch {
	case errors.Is(err, http.ErrMissingFile):
		return desk.ErrInvalid.For("file")
	case tooLong(err):
		return errTooLarge
	case err != nil:
		return fmt.Errorf("reading a file: %w: %w", desk.ErrInvalid, err)
	}
	defer file.Close()
	if header.Size > fileLimit {
		return errTooLarge
	}
	content, err := io.ReadAll(file)
	if err != nil {
		return fmt.Errorf("reading a file: %w", err)
	}
	if c.Request.MultipartForm != nil {
		defer c.Request.MultipartForm.RemoveAll()
	}
	caption := []rune(strings.TrimSpace(c.Request.FormValue("caption")))
	if err := send(who, content, filename(header.Filename), string(caption[:min(len(caption), 1024)])); err != nil {
		return err
	}
	return done(c, chatURL(who)+"#end")
}

func tooLong(err error) bool {
	var large *http.MaxBytesError
	return errors.As(err, &large)
}

// send sends a file as what it is.
func send(who *person, content []byte, name, caption string) error {
	if len(content) == 0 {
		return desk.ErrInvalid.For("file")
	}
	switch kind, _, _ := strings.Cut(http.DetectContentType(content), ";"); kind {
	case "image/jpeg", "image/png":
		who.phone.Image(content, kind, caption)
	case "application/pdf", "text/plain":
		who.phone.Document(content, kind, name, caption)
	case "image/webp":
		who.phone.Sticker(content, false)
	case "application/ogg", "audio/ogg":
		who.phone.Audio(content, speech)
	case "audio/wave":
		who.phone.Audio(content, "audio/wav")
	case "audio/mpeg":
		who.phone.Sound(content, "audio/mpeg", name)
	case "video/webm": // what browsers record; it holds sound only
		who.phone.Audio(content, "audio/webm")
	default:
		if !mp4(content) {
			return errFileKind
		}
		if bytes.Contains(content, []byte("vide")) { // the handler of a film's track
			who.phone.Video(content, "video/mp4", caption)
			return nil
		}
		who.phone.Audio(content, "audio/mp4")
	}
	return nil
}

// mp4 reports whether it is a recording in an MP4 file; pictures of some phones have the same outer form.
func mp4(content []byte) bool {
	if len(content) < 12 || string(content[4:8]) != "ftyp" {
		return false
	}
	switch string(content[8:12]) {
	case "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "dash", "M4A ":
		return true
	}
	return false
}

// filename keeps the last part of a name, without what cannot be shown.
func filename(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError || strings.ContainsRune(`"<>|:*?/`, r) {
			return -1
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > maxFilename {
		name = string(runes[:maxFilename])
	}
	if strings.Trim(name, ". ") == "" {
		return "file"
	}
	return name
}

// sample sends one of the files that are built in.
func (p *Phone) sample(c *gin.Context, who *person) error {
	var form struct {
		Name string `form:"name" json:"name"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	w := wordsOf(who.Language)
	switch form.Name {
	case "router":
		who.phone.Image(picture("router.png"), "image/png", "")
	case "receipt":
		who.phone.Image(picture("receipt.png"), "image/png", "")
	case "voice":
		who.phone.Audio(picture("voice.ogg"), speech)
	case "document":
		who.phone.Document(pdf(p.Business, w.SampleTitle), "application/pdf", w.SampleFile, "")
	case "video":
		who.phone.Video(picture("router.mp4"), "video/mp4", "")
	case "sticker":
		who.phone.Sticker(picture("smile.webp"), false)
	case "song":
		who.phone.Sound(picture("voice.ogg"), speech, w.SampleSong)
	case "card":
		who.phone.SendCards(emulator.Card{Name: "Zoe Tecnica", Phone: "+1 787 555 0177"})
	case "poll":
		who.phone.Unsupported("poll_creation")
	case "forward":
		who.phone.Forward(w.SampleForward, true)
	case "ad":
		who.phone.FromAd(emulator.Ad{ID: "120226305854810726", URL: "https://riofibra.example/ad", Headline: w.AdHeadline, Body: w.AdBody}, w.AdText)
	case "call":
		who.phone.Call()
	case "echo":
		who.phone.Echo(w.EchoText)
	default:
		return desk.ErrNotFound
	}
	return done(c, chatURL(who)+"#end")
}

// locate sends the browser's place, or the sample when none is given.
func (p *Phone) locate(c *gin.Context, who *person) error {
	var form struct {
		Latitude  *float64 `form:"latitude" json:"latitude"`
		Longitude *float64 `form:"longitude" json:"longitude"`
		Name      string   `form:"name" json:"name"`
	}
	if err := bind(c, &form); err != nil {
		return err
	}
	switch {
	case form.Latitude == nil && form.Longitude == nil:
		who.phone.Location(sampleLatitude, sampleLongitude, samplePlace)
	case form.Latitude == nil || form.Longitude == nil,
		!(math.Abs(*form.Latitude) <= 90), !(math.Abs(*form.Longitude) <= 180), // also refuses NaN
		utf8.RuneCountInString(form.Name) > maxPlaceName:
		return desk.ErrInvalid
	default:
		who.phone.Location(*form.Latitude, *form.Longitude, strings.TrimSpace(form.Name))
	}
	return done(c, chatURL(who)+"#end")
}
