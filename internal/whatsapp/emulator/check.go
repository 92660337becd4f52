package emulator

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf16"
)

func badParameter(code int, details string) *graphError {
	return &graphError{http.StatusBadRequest, code, details}
}

func missing(name string) *graphError {
	return badParameter(131008, "The parameter "+name+" is required.")
}

func invalid(name string) *graphError {
	return badParameter(131009, "Parameter value is not valid: "+name)
}

// size is one length that is checked: at least 1 when needed, at most most UTF-16 units.
type size struct {
	name   string
	value  string
	needed bool
	most   int
}

func checkSizes(sizes ...size) *graphError {
	for _, s := range sizes {
		if s.needed && strings.TrimSpace(s.value) == "" {
			return missing(s.name)
		}
		if units(s.value) > s.most {
			return badParameter(131009, s.name+" must be at most "+itoa(s.most)+" characters long")
		}
	}
	return nil
}

// units is how long a text is in UTF-16.
func units(text string) int { return len(utf16.Encode([]rune(text))) }

// check refuses what Meta would. It is written apart from the client's own rules, so that the two test each other.
func (em *Emulator) check(req *sendRequest) *graphError {
	switch {
	case req.Product != "whatsapp":
		return badParameter(100, "The parameter messaging_product is required.")
	case req.To == "" && req.Recipient == "":
		return badParameter(100, "The parameter to is required.")
	case req.To != "" && (len(digits(req.To)) < 5 || strings.Trim(req.To, "+0123456789 ()-") != ""):
		return badParameter(131009, "Parameter value is not valid: to")
	}
	if e := checkSizes(size{"biz_opaque_callback_data", req.Callback, false, 512}); e != nil {
		return e
	}
	switch req.Type {
	case "text":
		if req.Text == nil {
			return missing("text")
		}
		return checkSizes(size{"text.body", req.Text.Body, true, 4096})
	case "image", "audio", "video", "document", "sticker":
		return em.checkFile(req.Type, req.file())
	case "location":
		return checkLocation(req.Location)
	case "contacts":
		return checkContacts(req.Contacts)
	case "interactive":
		return em.checkInteractive(req.Interactive)
	case "reaction":
		return em.checkReaction(req)
	case "template":
		return em.checkTemplate(req)
	case "":
		return missing("type")
	default:
		return badParameter(100, "Param type must be one of {AUDIO, CONTACTS, DOCUMENT, IMAGE, INTERACTIVE, LOCATION, REACTION, STICKER, TEMPLATE, TEXT, VIDEO}")
	}
}

func (em *Emulator) checkReaction(req *sendRequest) *graphError {
	switch {
	case req.Reaction == nil || req.Reaction.MessageID == "":
		return missing("reaction.message_id")
	case req.Context.MessageID != "":
		return invalid("context")
	default:
		return em.checkTarget(req.Reaction.MessageID)
	}
}

func (em *Emulator) checkInteractive(in *interactiveObject) *graphError {
	if in == nil {
		return missing("interactive")
	}
	if in.Body == nil {
		return missing("interactive.body")
	}
	most := 1024
	if in.Type == "list" {
		most = 4096
	}
	sizes := []size{{"interactive.body.text", in.Body.Text, true, most}}
	if in.Footer != nil {
		sizes = append(sizes, size{"interactive.footer.text", in.Footer.Text, false, 60})
	}
	if h := in.Header; h != nil && h.Type == "text" {
		sizes = append(sizes, size{"interactive.header.text", h.Text, true, 60})
	} else if e := em.checkHeader(in); e != nil {
		return e
	}
	if e := checkSizes(sizes...); e != nil {
		return e
	}
	return checkAction(in)
}

// checkHeader looks at a header that is a file, which only some may have.
func (em *Emulator) checkHeader(in *interactiveObject) *graphError {
	h := in.Header
	switch {
	case h == nil:
		return nil
	case in.Type != "button" && in.Type != "cta_url" && in.Type != "flow", h.Type != "image" && h.Type != "video" && h.Type != "document":
		return invalid("interactive.header")
	}
	return em.checkFile(h.Type, h.file())
}

func checkAction(in *interactiveObject) *graphError {
	a := &in.Action
	switch in.Type {
	case "button":
		rows := make([]row, len(a.Buttons))
		for i, b := range a.Buttons {
			if b.Type != "reply" {
				return invalid("interactive.action.buttons.type")
			}
			rows[i] = b.Reply
		}
		return checkRows("buttons", rows, 3, 256, 20, true)
	case "list":
		var rows []row
		for _, s := range a.Sections {
			if e := checkSizes(size{"section.title", s.Title, len(a.Sections) > 1, 24}); e != nil {
				return e
			}
			rows = append(rows, s.Rows...)
		}
		if len(a.Sections) > 10 {
			return invalid("interactive.action.sections")
		}
		if e := checkSizes(size{"interactive.action.button", a.Button, true, 20}); e != nil {
			return e
		}
		return checkRows("rows", rows, 10, 200, 24, false)
	case "cta_url":
		if a.Name != "cta_url" {
			return invalid("interactive.action.name")
		}
		if to, err := url.Parse(a.Parameters.URL); err != nil || to.Host == "" || (to.Scheme != "https" && to.Scheme != "http") {
			return invalid("interactive.action.parameters.url")
		}
		return checkSizes(size{"display_text", a.Parameters.DisplayText, true, 20}, size{"url", a.Parameters.URL, true, 2000})
	case "flow":
		return checkFlow(a)
	case "location_request_message":
		return checkName(a.Name, "send_location")
	case "request_contact_info":
		return checkName(a.Name, "request_contact_info")
	default:
		return invalid("interactive.type")
	}
}

func checkName(got, want string) *graphError {
	if got != want {
		return invalid("interactive.action.name")
	}
	return nil
}

func checkRows(name string, rows []row, most, idMost, titleMost int, titlesDiffer bool) *graphError {
	if len(rows) < 1 || len(rows) > most {
		return invalid("interactive.action." + name)
	}
	ids, titles := map[string]bool{}, map[string]bool{}
	for _, r := range rows {
		if e := checkSizes(size{name + ".id", r.ID, true, idMost}, size{name + ".title", r.Title, true, titleMost}, size{name + ".description", r.Description, false, 72}); e != nil {
			return e
		}
		if ids[r.ID] || (titlesDiffer && titles[r.Title]) {
			return invalid(name + " are not unique")
		}
		ids[r.ID], titles[r.Title] = true, true
	}
	return nil
}
