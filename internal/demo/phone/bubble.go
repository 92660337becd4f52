package phone

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"
	"time"

	"antena/internal/whatsapp/emulator"
)

// maxQuote is how many characters of a message are shown where it is quoted.
const maxQuote = 120

// bubble is one message as the page shows it.
type bubble struct {
	ID    string
	Mine  bool   // the customer's, on the right
	First bool   // of a run of one side: it has the little tail
	Day   string // a separator above it, or ""
	Time  string
	Stamp string // for machines

	Tick, TickName string // "sent", ...; "" on what the business wrote

	System    string // a line in the middle instead of a bubble
	Deleted   bool
	Edited    bool
	Forwarded bool
	Editable  bool   // the customer may still change it
	Failure   string // why it was not delivered
	Cards     []emulator.Card

	Quote          *quote
	Header, Footer string
	Body           template.HTML
	Big            bool // one to three emoji and nothing else
	File           *file
	Place          *place
	Buttons        []button
	List           *list
	Form           *button // opens a form
	Reactions      []string
	Words          *words
	Path           string // of the customer's chat
	Plain          string // one line, for quoting
}

type quote struct{ Who, Text string }

type file struct {
	Kind      string // image, voice, video, sticker or document
	URL, Name string
	Label     string
	Outside   bool // the business sent an address, which is only linked
}

type place struct{ Name, Point, URL string }

type button struct {
	Kind, ID, Title, Description, URL string
	Off, Chosen                       bool
}

// list is what opens over the chat to choose from.
type list struct {
	Label    string
	Sections []section
	Off      bool
}

type section struct {
	Title string
	Rows  []button
}

// drawing turns a thread into bubbles.
type drawing struct {
	phone  *Phone
	who    *person
	words  *words
	thread []emulator.Message
	byID   map[string]int
	taken  map[string]string // message: title of the button that was pressed
	today  time.Time
}

func (p *Phone) draw(who *person, thread []emulator.Message) []bubble {
	d := &drawing{
		phone: p, who: who, words: wordsOf(who.Language), thread: thread,
		byID: map[string]int{}, taken: pressed(thread), today: p.Now().In(p.Zone),
	}
	for i, m := range thread {
		d.byID[m.ID] = i
	}
	bubbles := make([]bubble, 0, len(thread))
	day := ""
	for i, m := range thread {
		b := d.bubble(m)
		if name := d.day(m.At.In(p.Zone)); name != day {
			day, b.Day = name, name
		}
		b.First = i == 0 || b.Day != "" || thread[i-1].FromCustomer != m.FromCustomer
		bubbles = append(bubbles, b)
	}
	return bubbles
}

func (d *drawing) bubble(m emulator.Message) bubble {
	at := m.At.In(d.phone.Zone)
	b := bubble{
		ID: m.ID, Mine: m.FromCustomer, Time: at.Format("15:04"), Stamp: at.Format(time.RFC3339),
		Header: m.Header, Footer: m.Footer, Words: d.words, Path: chatURL(d.who), Plain: d.summary(m),
	}
	d.marks(m, &b)
	if m.Type != "location" && m.Type != "contacts" {
		b.Body = markup(m.Text)
		b.Big = m.Type == "text" && onlyEmoji(m.Text)
	}
	if m.FromCustomer {
		b.Tick, b.TickName = d.tick(m.Tick)
	}
	if m.ReplyTo != "" {
		b.Quote = d.quote(m.ReplyTo)
	}
	b.File = d.file(m)
	switch m.Type {
	case "location":
		b.Place = d.place(m)
	case "contacts":
		b.Cards = m.Cards
	case "order":
		b.Header = d.words.Order
	}
	if m.Form != "" {
		b.Body = markup(m.Form)
	}
	if b.File == nil && b.Place == nil && b.Cards == nil && !b.Deleted && b.System == "" && m.Text == "" && m.Header == "" {
		b.Footer = d.words.Unsupported
	}
	d.buttons(m, &b)
	for _, r := range []string{m.CustomerReaction, m.BusinessReaction} {
		if r != "" {
			b.Reactions = append(b.Reactions, r)
		}
	}
	return b
}

// marks says what became of a message, and what may still be done with it.
func (d *drawing) marks(m emulator.Message, b *bubble) {
	b.Deleted, b.Edited, b.Forwarded = m.Deleted, m.Edited, m.Forwarded
	b.Editable = m.FromCustomer && m.Type == "text" && !m.Deleted
	if m.Tick == emulator.TickFailed && m.Failure != 0 {
		b.Failure = d.words.NotDelivered + " · " + strconv.Itoa(m.Failure)
	}
	switch m.Type {
	case "call":
		b.System = "☎ " + d.words.MissedCall
	case "system":
		b.System = d.words.NumberChanged + " " + m.Text
	}
}

func (d *drawing) tick(t emulator.Tick) (mark, name string) {
	switch t {
	case emulator.TickSent:
		return "sent", d.words.Sent
	case emulator.TickDelivered:
		return "delivered", d.words.Delivered
	case emulator.TickRead, emulator.TickPlayed:
		return "read", d.words.Read
	case emulator.TickFailed:
		return "failed", d.words.Failed
	default:
		return "pending", d.words.Pending
	}
}

// quote shows what is answered, as far as it is still kept.
func (d *drawing) quote(id string) *quote {
	i, ok := d.byID[id]
	if !ok {
		return nil
	}
	m := d.thread[i]
	q := &quote{Who: d.phone.Business, Text: d.summary(m)}
	if m.FromCustomer {
		q.Who = d.words.You
	}
	return q
}

// summary is one line of plain text for a message.
func (d *drawing) summary(m emulator.Message) string {
	text := strings.Join(strings.Fields(m.Text), " ")
	kind := ""
	switch m.Type {
	case "image":
		kind = d.words.Photo
	case "video":
		kind = d.words.Video
	case "audio":
		kind = d.words.Song
		if m.Voice {
			kind = d.words.Voice
		}
	case "document":
		kind = d.words.Document
	case "sticker":
		kind = d.words.Sticker
	case "location":
		kind = d.words.Place
	case "contacts":
		kind = d.words.Card
	case "order":
		kind = d.words.Order
	case "call":
		kind = d.words.MissedCall
	}
	if m.Deleted {
		kind = d.words.Deleted
	}
	switch {
	case kind != "" && text != "":
		text = kind + " · " + text
	case kind != "":
		text = kind
	case text == "":
		text = d.words.Unsupported
	}
	if runes := []rune(text); len(runes) > maxQuote {
		text = string(runes[:maxQuote]) + "…"
	}
	return text
}

func (d *drawing) file(m emulator.Message) *file {
	if m.MediaID == "" && m.MediaLink == "" {
		return nil
	}
	f := &file{Kind: m.Type, Name: m.Filename, Label: d.summary(m), URL: chatURL(d.who) + "/media/" + url.PathEscape(m.MediaID)}
	switch {
	case m.Type == "audio":
		f.Kind = "voice"
	case m.Type != "interactive" && m.Type != "template":
	case strings.HasPrefix(m.MIME, "image/"):
		f.Kind = "image"
	case strings.HasPrefix(m.MIME, "video/"):
		f.Kind = "video"
	default:
		f.Kind = "document"
	}
	if m.MediaID == "" {
		f.URL, f.Outside, f.Kind = webAddress(m.MediaLink), true, "document"
	}
	if f.Kind == "document" && f.Name == "" {
		f.Name = d.words.Document
	}
	return f
}

func (d *drawing) place(m emulator.Message) *place {
	lat, lon := strconv.FormatFloat(m.Latitude, 'f', 5, 64), strconv.FormatFloat(m.Longitude, 'f', 5, 64)
	return &place{
		Name: m.Text, Point: lat + ", " + lon,
		URL: "https://www.openstreetmap.org/?mlat=" + lat + "&mlon=" + lon + "#map=15/" + lat + "/" + lon,
	}
}

// webAddress returns an address people may follow, or "".
func webAddress(address string) string {
	if u, err := url.Parse(address); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		return u.String()
	}
	return ""
}

// onlyEmoji reports whether a text is up to three pictures, which are shown large.
func onlyEmoji(text string) bool {
	pictures := 0
	for _, r := range text {
		switch {
		case r == 0x200D || r == 0xFE0F || r >= 0x1F3FB && r <= 0x1F3FF: // joiner, variant, skin
		case r >= 0x1F000 || r >= 0x2600 && r <= 0x27BF || r == 0x2B50:
			pictures++
		default:
			return false
		}
	}
	return pictures > 0 && pictures <= 3
}
