package console

import (
	"fmt"
	"html/template"
	"strconv"
	"time"

	"antena/internal/desk"
)

// entryView is one line of a thread: a day, a notice or a message.
type entryView struct {
	ID      string
	Day     string // a separator of days; then nothing else is set
	Unsay   string // address that takes it back, while it waits
	Reuse   string // words that were not sent and may be used
	Notice  string // what happened; then only When is set beside it
	Side    string // in, out or note
	Voice   string // contact, assistant, agent
	Author  string // shown at the first of a run
	First   bool
	Last    bool
	Body    template.HTML
	When    string
	Full    string
	ISO     string
	Tick    *tickView
	Quote   *quoteView
	Media   *mediaView
	Place   *placeView
	Kind    string // words for what cannot be shown
	Buttons []string
	Chosen  string
	React   string
	Own     string   // our emoji
	Emoji   []string // what may be put on it; empty: nothing
	Acting  string   // address to put one
	Self    string   // address of the page
	Cards   []boxView
	Earlier []versionView // wordings before an edit
	Often   bool          // forwarded many times
	Forward bool
	Changed string // edited or deleted by the contact
	Why     string // address of the explanation
	Failed  string
	Decide  string // address to say what became of a send of unknown outcome
	Again   string // address that sends a refused message again
}

// tickView is how far an outbound message has come.
type tickView struct {
	Icon  string
	Words string
	State string
}

type quoteView struct {
	Author string
	Text   string
	Icon   string
	Link   string
}

type placeView struct {
	Name    string
	Address string
	At      string
	URL     string
}

// entries turns messages into a thread with days between them and runs of one
// author drawn together.
func entries(v *visit, at place, c *desk.Conversation, contact *desk.Contact, people people, messages []desk.Message) []entryView {
	messages = spoken(messages)
	byProvider := make(map[string]*desk.Message, len(messages))
	for i := range messages {
		if id := messages[i].ProviderID; id != "" {
			byProvider[id] = &messages[i]
		}
	}
	builder := entryBuilder{visit: v, at: at, contact: contact, people: people, quoted: byProvider, mayReact: c.HeldBy(v.who.Actor()) && c.Ours() && c.WindowOpen(v.now)}
	var all []entryView
	day := ""
	for i := range messages {
		m := &messages[i]
		if today := v.Day(m.Spoken()); today != day {
			day = today
			all = append(all, entryView{ID: "day-" + m.Spoken().In(v.zone).Format("2006-01-02"), Day: day})
		}
		e := builder.entry(m)
		if n := len(all); n > 0 && e.Side != "" && all[n-1].Voice == e.Voice && all[n-1].Side == e.Side && all[n-1].Author == e.Author {
			all[n-1].Last = false
			e.First = false
		}
		all = append(all, e)
	}
	return all
}

type entryBuilder struct {
	*visit
	at      place
	contact *desk.Contact
	people  people
	quoted  map[string]*desk.Message

	mayReact bool // whoever looks holds the conversation
}

// reactions are those offered with one press.
var reactions = []string{"👍", "❤️", "😂", "😮", "😢", "🙏"}

func (b *entryBuilder) entry(m *desk.Message) entryView {
	e := entryView{
		ID: "m-" + m.ID.String(), When: b.Clock(m.Spoken()), Full: b.Full(m.Spoken()), ISO: b.ISO(m.Spoken()),
		First: true, Last: true, React: m.Reaction, Own: m.OwnReaction, Forward: m.Forwarded, Often: m.Details != nil && m.Details.Frequently,
	}
	if m.Kind == desk.KindNotice {
		e.Notice = b.notice(m)
		return e
	}
	e.Voice, e.Author = string(m.Author), b.author(m)
	switch m.Direction {
	case desk.Inbound:
		e.Side = "in"
	case desk.Outbound:
		e.Side = "out"
	default:
		e.Side = "note"
	}
	if key := "changed." + m.Notice; m.Notice != "" && b.Has(key) {
		e.Changed = b.T(key)
	}
	e.Earlier = b.versions(m)
	if b.mayReact && m.Direction == desk.Inbound && m.ProviderID != "" {
		e.Emoji, e.Acting, e.Self = reactions, "/messages/"+m.ID.String()+"/react", b.at.url(m.ConversationID)
	}
	b.body(m, &e)
	if m.Direction == desk.Outbound {
		b.sending(m, &e)
	}
	if m.TurnID != nil && m.Author == desk.ByAssistant {
		e.Why = b.at.url(m.ConversationID) + "&pane=context&why=" + m.TurnID.String() + "&of=" + m.ID.String()
	}
	return e
}

func (b *entryBuilder) author(m *desk.Message) string {
	switch m.Author {
	case desk.ByContact:
		return contactName(b.visit, b.contact)
	case desk.ByAssistant:
		return b.T("author.assistant")
	case desk.ByAgent:
		if m.Details != nil && (m.Details.PhoneApp || m.Details.History) {
			return b.T("author.phone_app")
		}
		if m.AgentID != nil && *m.AgentID == b.who.ID {
			return b.T("author.you")
		}
		return b.people.name(m.AgentID)
	}
	return b.T("author.system")
}

// notice says what happened to the conversation.
func (b *entryBuilder) notice(m *desk.Message) string {
	who := b.people.name(m.AgentID)
	if who == "" {
		who = b.T("author." + string(m.Author))
	}
	key := "notice." + m.Notice
	if !b.Has(key) {
		key = "notice.other"
	}
	detail := m.Text
	if at, err := time.Parse(time.RFC3339, detail); err == nil {
		detail = b.DayTime(at)
	}
	for _, prefix := range []string{"team", "reason", "promise"} {
		if b.Has(prefix + "." + detail) {
			detail = b.T(prefix + "." + detail)
			break
		}
	}
	words := b.T(key, who, detail)
	if detail != "" && words == b.T(key, who, "") {
		words += ": " + detail
	}
	return words
}

func (b *entryBuilder) body(m *desk.Message, e *entryView) {
	e.Body = markup(m.Text)
	if m.QuotedID != "" {
		e.Quote = b.quote(m.QuotedID)
	}
	switch m.Kind {
	case desk.KindImage, desk.KindSticker, desk.KindAudio, desk.KindVideo, desk.KindDocument:
		e.Media = b.attachment(m)
	case desk.KindLocation:
		e.Place = b.location(m.Location)
	case desk.KindReply:
		if m.Choice != nil {
			e.Chosen, e.Body = m.Choice.Title, ""
		}
	case desk.KindTemplate:
		if m.Template != nil {
			e.Kind = b.T("kind.template", m.Template.Name)
		}
	case desk.KindContacts, desk.KindOther, desk.KindUnsupported:
		e.Cards = b.cards(m)
		if e.Kind = b.unshown(m, len(e.Cards)); m.Kind == desk.KindContacts && len(e.Cards) > 0 {
			e.Body, e.Kind = "", ""
		}
	}
	if e.Cards == nil {
		e.Cards = b.cards(m)
	}
	for _, button := range m.Buttons {
		e.Buttons = append(e.Buttons, button.Title)
	}
}

func (b *entryBuilder) quote(providerID string) *quoteView {
	m := b.quoted[providerID]
	if m == nil {
		return &quoteView{Text: b.T("thread.quoted_earlier")}
	}
	q := &quoteView{Author: b.author(m), Text: m.Text, Link: "#m-" + m.ID.String()}
	if q.Text == "" && m.Choice != nil {
		q.Text = m.Choice.Title
	}
	if q.Text == "" {
		q.Text, q.Icon = b.T("kind."+string(m.Kind)), kindIcon(m.Kind)
	}
	return q
}

func (b *entryBuilder) location(l *desk.Location) *placeView {
	if l == nil {
		return nil
	}
	lat, lon := strconv.FormatFloat(l.Latitude, 'f', 5, 64), strconv.FormatFloat(l.Longitude, 'f', 5, 64)
	view := &placeView{
		Name: l.Name, Address: l.Address, At: lat + ", " + lon,
		URL: fmt.Sprintf("https://www.openstreetmap.org/?mlat=%s&mlon=%s#map=17/%s/%s", lat, lon, lat, lon),
	}
	if view.Name == "" {
		view.Name = b.T("kind.location")
	}
	return view
}

// tickIcons are the marks WhatsApp's users know, and ours for what they never see.
var tickIcons = map[desk.Status]string{
	desk.StatusQueued: "clock", desk.StatusSending: "clock", desk.StatusSent: "check", desk.StatusDelivered: "checks",
	desk.StatusRead: "checks", desk.StatusPlayed: "checks", desk.StatusFailed: "warning", desk.StatusUnknown: "question",
	desk.StatusDropped: "stop",
}

func (b *entryBuilder) sending(m *desk.Message, e *entryView) {
	if m.Status == desk.StatusQueued && m.AgentID != nil && *m.AgentID == b.who.ID && m.Template == nil && b.now.Sub(m.CreatedAt) < desk.UndoTime {
		e.Unsay = "/messages/" + m.ID.String() + "/unsay"
	}
	icon, ok := tickIcons[m.Status]
	if !ok {
		return
	}
	e.Tick = &tickView{Icon: icon, Words: b.T("status." + string(m.Status)), State: string(m.Status)}
	switch m.Status {
	case desk.StatusQueued:
		e.Failed = b.retried(m)
	case desk.StatusRead, desk.StatusPlayed:
		e.Tick.State = "read"
		if m.ReadAt != nil {
			e.Tick.Words = b.T("status.read_at", b.DayTime(*m.ReadAt))
		}
	case desk.StatusFailed:
		e.Failed = b.failure(m)
		if m.Refused() && b.who.Role.May(desk.MayAnswer) {
			e.Again = "/messages/" + m.ID.String() + "/decide"
		}
	case desk.StatusDropped:
		e.Failed = b.T("status.dropped_why")
		if key := "status.dropped." + m.FailureDetail; b.Has(key) {
			e.Failed = b.T(key)
		}
		if b.mayReact { // whoever holds the conversation may say it themselves
			e.Reuse = m.Text
		}
		if m.Template != nil {
			e.Failed = b.T("error.template_unusable")
		}
	case desk.StatusUnknown:
		e.Failed = b.T("status.unknown_why")
		if b.who.Role.May(desk.MayAnswer) {
			e.Decide = "/messages/" + m.ID.String() + "/decide"
		}
	}
}
