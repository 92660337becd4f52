package emulator

import (
	"context"
	"net/http"
)

type Emulator struct{}

func New(cfg Config) *Emulator                                             { return &Emulator{} }
func (em *Emulator) Handler() http.Handler                                 { return nil }
func (em *Emulator) Close()                                                {}
func (em *Emulator) SetWebhookURL(url string)                              {}
func (em *Emulator) VerifyWebhook(ctx context.Context) error               { return nil }
func (em *Emulator) Sign(body []byte) string                               { return "" }
func (em *Emulator) Deliver(ctx context.Context, body []byte) (int, error) { return 0, nil }

// Settle waits until no webhook is waiting or on its way.
func (em *Emulator) Settle(ctx context.Context) error { return nil }

// Inject switches a fault on; the returned function removes it.
func (em *Emulator) Inject(f Fault) (remove func())    { return nil }
func (em *Emulator) ClearFaults()                      {}
func (em *Emulator) Counters() Counters                { return Counters{} }
func (em *Emulator) SetTemplates(list []Template)      {}
func (em *Emulator) Customer(p CustomerProfile) *Phone { return nil }

// Media returns a stored file by media id.
func (em *Emulator) Media(id string) (File, bool) { return File{}, false }

type File struct {
	Content                []byte
	MIME, Filename, SHA256 string
}

type Template struct {
	Name, Language, Category, Status, Body string
	Named                                  bool
	Buttons                                []string // quick replies
}

// Counters is a snapshot.
type Counters struct {
	Accepted       int
	ByCallback     map[string]int // accepted sends
	ByRecipient    map[string]int // by phone, or BSUID when there is none
	Refused        map[int]int    // by Graph code; bare HTTP statuses and resets under 0
	MarkedRead     int
	Typing         int
	WebhookPosts   int
	WebhookAnswers map[int]int // by HTTP status; 0 = no answer
	WebhookPending int         // updates waiting or on their way
}

type CustomerProfile struct {
	Name, Phone, BSUID, Username string
	ManualRead                   bool // no AutoRead: read only by Phone.Read
}

type Phone struct{}

func (p *Phone) Profile() CustomerProfile                                       { return CustomerProfile{} }
func (p *Phone) Send(fields map[string]any) string                              { return "" }
func (p *Phone) Text(body string) string                                        { return "" }
func (p *Phone) Quote(messageID, body string) string                            { return "" }
func (p *Phone) PressButton(messageID, buttonID string) (string, error)         { return "", nil }
func (p *Phone) ChooseRow(messageID, rowID string) (string, error)              { return "", nil }
func (p *Phone) Image(content []byte, mime, caption string) string              { return "" }
func (p *Phone) Audio(content []byte, mime string) string                       { return "" }
func (p *Phone) Document(content []byte, mime, filename, caption string) string { return "" }
func (p *Phone) Location(lat, long float64, name string) string                 { return "" }
func (p *Phone) ShareContact() string                                           { return "" }
func (p *Phone) React(messageID, emoji string) string                           { return "" }
func (p *Phone) Thread() []Message                                              { return nil }
func (p *Phone) Typing() bool                                                   { return false }
func (p *Phone) Read()                                                          {}
func (p *Phone) SetAutoRead(on bool)                                            {}
func (p *Phone) Subscribe() (changes <-chan Change, cancel func())              { return nil, nil }
