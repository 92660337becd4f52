package channel

import (
	"context"
	"net/http"
	"time"

	"antena/internal/desk"
	"antena/internal/whatsapp"
)

// Line sends the desk's messages over WhatsApp.
type Line struct{ client *whatsapp.Client }

// New returns a line over a client.
func New(client *whatsapp.Client) *Line { return &Line{client: client} }

// Send hands a message to WhatsApp. The error, if any, is a *desk.SendError.
func (l *Line) Send(ctx context.Context, d desk.Dispatch) (desk.Accepted, error) {
	m := &d.Message
	out := whatsapp.Outbound{
		To:           whatsapp.Recipient{Phone: d.Phone, BSUID: d.BSUID},
		ReplyTo:      m.QuotedID,
		CallbackData: m.ID.String(),
	}
	switch {
	case m.Kind == desk.KindReaction:
		out.ReplyTo, out.Reaction = "", &whatsapp.Reaction{MessageID: m.QuotedID, Emoji: m.Text}
	case m.Kind == desk.KindAskPhone:
		out.ContactRequest = &whatsapp.Ask{Body: m.Text}
	case m.Template != nil:
		out.Template = templateMessage(m.Template)
	case m.Attachment != nil:
		out.Media = file(m)
	case len(m.Buttons) > 0:
		out.Buttons = &whatsapp.Buttons{Body: m.Text}
		for _, b := range m.Buttons {
			out.Buttons.Buttons = append(out.Buttons.Buttons, whatsapp.Choice{ID: b.ID, Title: b.Title})
		}
	default:
		out.Text = &whatsapp.Text{Body: m.Text}
	}
	sent, err := l.client.Send(ctx, m.Channel, out)
	if err != nil {
		return desk.Accepted{}, remedy(err, m.Attempts)
	}
	return desk.Accepted{ProviderID: sent.ID, Phone: sent.WaID, BSUID: sent.BSUID}, nil
}

// MarkRead shows the contact that a message was read; typing also shows that an
// answer is being written.
func (l *Line) MarkRead(ctx context.Context, channel, providerID string, typing bool) error {
	return l.client.MarkRead(ctx, channel, providerID, typing)
}

var alerts = map[int]string{
	0: desk.AlertToken, 190: desk.AlertToken, 3: desk.AlertPermission, 10: desk.AlertPermission, 131005: desk.AlertPermission,
	368: desk.AlertAccountBlocked, 131031: desk.AlertAccountBlocked, 131042: desk.AlertPayment, 131048: desk.AlertSpamLimit,
	131045: desk.AlertNumber, 133010: desk.AlertNumber, 33: desk.AlertNumber, 131037: desk.AlertNumber,
}

var remedies = map[whatsapp.Action]desk.Remedy{
	whatsapp.Retry: desk.RemedyRetry, whatsapp.StopAll: desk.RemedyStopAll,
	whatsapp.WindowClosed: desk.RemedyWindow,
}

// bulkPause is how long nothing is sent in bulk after the provider limited the
// number for what its readers call spam.
const bulkPause = time.Hour

// holds are the refusals that are about the whole number.
var holds = map[int]bool{4: true, 32: true, 613: true, 80007: true, 130429: true, 131057: true, 133015: true, 2494100: true}

// remedy reads the provider's failure as instructions, after so many tries.
func remedy(err error, tries int) error {
	e := whatsapp.AsError(err)
	// Meta's own words stay out: they may quote ours.
	out := &desk.SendError{Remedy: desk.RemedyPark, Code: e.Code, Detail: e.Meaning, After: e.Delay(tries), Err: err}
	if r, ok := remedies[e.Action]; ok {
		out.Remedy = r
	}
	if e.Outcome == whatsapp.Unknown {
		out.Remedy = desk.RemedyWait // a time-out, a failure of theirs, a yes we cannot read: it may have gone out, and nothing may be repeated blindly
	}
	out.Stale = e.Action == whatsapp.StopTemplate
	if e.Action == whatsapp.StopBulk {
		out.Bulk, out.After = true, bulkPause
	}
	out.Hold = holds[e.Code] && e.HTTPStatus != 0 || e.HTTPStatus == http.StatusTooManyRequests
	if e.Alert {
		out.Alert = desk.AlertSendRefused
		if kind, ok := alerts[e.Code]; ok && e.HTTPStatus != 0 {
			out.Alert = kind
		}
	}
	return out
}
