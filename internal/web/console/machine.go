package console

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Scribe writes for agents; what it writes is for them to change.
type Scribe interface {
	Suggest(ctx context.Context, by desk.Agent, conversation uuid.UUID) (*desk.Suggestion, error)
	// Offer finds what could be said, without a model.
	Offer(ctx context.Context, by desk.Agent, conversation uuid.UUID) (*desk.Offered, error)
}

// readingView is what a machine made of a recording or a picture.
type readingView struct {
	Label string // says that a machine wrote it
	Heard string
	Facts []fact
	Note  string // why there is nothing, or that it proves nothing
}

// reading shows what was made of a file; nil when nothing was tried.
func reading(v *visit, a *desk.Attachment, kind desk.MessageKind) *readingView {
	r := a.Reading
	if r == nil {
		return nil
	}
	view := &readingView{Label: v.T("reading.heard")}
	if kind == desk.KindImage {
		view.Label = v.T("reading.seen")
	}
	if r.Failed != "" {
		view.Note = v.T("reading.failed", v.Code("model", string(r.Failed)))
		return view
	}
	view.Heard = r.Heard
	if r.Sight == "" {
		return view
	}
	view.Heard = r.Text
	for _, f := range r.Findings {
		value := f.Value
		if !f.Sure {
			value += " (" + v.T("reading.unsure") + ")"
		}
		view.Facts = append(view.Facts, fact{Name: f.Name, Value: value})
	}
	switch {
	case r.Sight == "receipt":
		view.Note = v.T("reading.no_proof")
	case !r.Readable:
		view.Note = v.T("reading.blurred")
	}
	return view
}

// summaryView is a hand-over told by a model.
type summaryView struct {
	Problem string
	Tried   []string
	Wants   string
	By      string
}

func summary(v *visit, s *desk.Summary) *summaryView {
	if s == nil {
		return nil
	}
	return &summaryView{Problem: s.Problem, Tried: s.Tried, Wants: s.Wants, By: v.T("handoff.machine", s.Model)}
}

// suggestionView is a reply an agent might give, with what it rests on.
type suggestionView struct {
	Text    string
	Words   string // where it comes from, or why there is none
	Sources []choice
}

// suggest shows the conversation again with a suggestion in the composer. Nothing is
// sent and nothing is stored.
func (p *Console) suggest(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	found, err := p.Scribe.Suggest(v.gin.Request.Context(), v.who, id)
	if err != nil {
		return p.failed(v, err, func(status int, words string) error { return p.refuse(v, status, words, id) })
	}
	v.suggestion = suggestion(v, found)
	at := place{Conversation: id}
	if back, err := url.Parse(v.back("/")); err == nil {
		at.read(v, back.Query())
	}
	v.typed, v.mode = v.gin.PostForm("text"), "reply"
	if strings.TrimSpace(v.typed) == "" {
		v.typed = found.Text // what somebody wrote is never replaced
	}
	return p.showInbox(v, http.StatusOK, at)
}

func suggestion(v *visit, s *desk.Suggestion) *suggestionView {
	view := &suggestionView{Text: s.Text}
	switch {
	case s.Text == "":
		view.Words = v.T("suggest.none")
	case s.Model != "":
		view.Words = v.T("suggest.model", s.Model)
	case len(s.Refused) > 0:
		view.Words = v.T("suggest.refused")
	case s.Problem != "":
		view.Words = v.T("suggest.alone", v.Code("model", string(s.Problem)))
	default:
		view.Words = v.T("suggest.article")
	}
	for _, a := range s.Sources {
		view.Sources = append(view.Sources, choice{Label: a.Title, URL: "/articles/" + url.PathEscape(a.ID) + "?lang=" + a.Language})
	}
	return view
}
