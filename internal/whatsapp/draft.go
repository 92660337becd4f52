package whatsapp

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// TemplateDraft is a template as it is handed to review. Variables are {{1}}, {{2}} in order, or {{name}} when Named.
type TemplateDraft struct {
	Name     string // at most 512 of a-z, 0-9 and _
	Language string // "es_AR", "pt_BR", "en"
	Category string // "UTILITY", "MARKETING", "AUTHENTICATION"; any case
	Named    bool
	Header   *DraftHeader
	Body     string // at most 1024 units; not for authentication, whose text is Meta's
	Footer   string // at most 60, no variables
	Buttons  []DraftButton
	// Examples holds a sample for every variable of header and body, by its name ("1", "first_name"): the review wants them.
	Examples map[string]string
	// Lifetime is how long Meta keeps trying to deliver; 0 is Meta's default. Cut to seconds.
	Lifetime time.Duration
	// SecurityAdvice adds "do not share this code", CodeMinutes "expires in n minutes" (1 to 90); authentication only.
	SecurityAdvice bool
	CodeMinutes    int
}

// DraftHeader is a text with at most one variable, or a kind of file whose sample was uploaded (Client.UploadSample), or a place.
type DraftHeader struct {
	Text   string // at most 60 units
	Kind   string // "IMAGE", "VIDEO", "DOCUMENT", "LOCATION"; "" for a text
	Handle string // of the sample; files only
}

// Kinds of DraftButton.
const (
	DraftQuickReply     = "QUICK_REPLY"
	DraftURL            = "URL"
	DraftPhone          = "PHONE_NUMBER"
	DraftCopyCode       = "COPY_CODE"
	DraftFlow           = "FLOW"
	DraftRequestContact = "REQUEST_CONTACT_INFO"
	DraftOTP            = "OTP" // copies the code of an authentication template
)

// DraftButton is one button of a template.
type DraftButton struct {
	Kind    string // one of the Draft constants
	Text    string // at most 25 units; COPY_CODE, REQUEST_CONTACT_INFO and OTP carry Meta's text
	URL     string // URL: at most 2000 units, one variable at the end
	Phone   string // PHONE_NUMBER: at most 20
	Example string // of the URL with its variable filled, or of the code
	FlowID  string // FLOW
	Screen  string // FLOW: the first screen
}

var variable = regexp.MustCompile(`\{\{([^{}]*)\}\}`)

// Variables returns the names of the variables of a text, in order, each once.
func Variables(text string) []string {
	var names []string
	seen := map[string]bool{}
	for _, m := range variable.FindAllStringSubmatch(text, -1) {
		name := strings.TrimSpace(m[1])
		if !seen[name] {
			names = append(names, name)
		}
		seen[name] = true
	}
	return names
}

func (d TemplateDraft) authentication() bool { return strings.EqualFold(d.Category, "AUTHENTICATION") }

func (d TemplateDraft) payload() object {
	format := "positional"
	if d.Named {
		format = "named"
	}
	o := object{
		"name": d.Name, "language": d.Language, "category": strings.ToLower(d.Category), "parameter_format": format,
		"components": d.components(),
	}
	if d.Lifetime != 0 {
		o["message_send_ttl_seconds"] = int64(d.Lifetime / time.Second)
	}
	return o
}

func (d TemplateDraft) components() []object {
	var list []object
	if d.Header != nil {
		list = append(list, d.header())
	}
	body := object{"type": "body"}
	if d.authentication() {
		body["add_security_recommendation"] = d.SecurityAdvice
	} else {
		body["text"] = d.Body
		d.example(body, d.Body, "body_text", true)
	}
	list = append(list, body)
	switch {
	case d.authentication() && d.CodeMinutes > 0:
		list = append(list, object{"type": "footer", "code_expiration_minutes": d.CodeMinutes})
	case d.Footer != "":
		list = append(list, object{"type": "footer", "text": d.Footer})
	}
	if len(d.Buttons) > 0 {
		buttons := make([]object, len(d.Buttons))
		for i, b := range d.Buttons {
			buttons[i] = b.payload()
		}
		list = append(list, object{"type": "buttons", "buttons": buttons})
	}
	return list
}

func (d TemplateDraft) header() object {
	h := *d.Header
	if h.Kind == "" {
		o := object{"type": "header", "format": "text", "text": h.Text}
		d.example(o, h.Text, "header_text", false)
		return o
	}
	o := object{"type": "header", "format": strings.ToLower(h.Kind)}
	if h.Handle != "" {
		o["example"] = object{"header_handle": []string{h.Handle}}
	}
	return o
}

// example adds the samples of a text's variables. Positional ones are a list, and the body's a list of lists.
func (d TemplateDraft) example(o object, text, key string, nested bool) {
	names := Variables(text)
	if len(names) == 0 {
		return
	}
	values := make([]string, len(names))
	params := make([]object, len(names))
	for i, name := range names {
		values[i] = parameterText(d.Examples[name])
		params[i] = object{"param_name": name, "example": values[i]}
	}
	switch {
	case d.Named:
		o["example"] = object{key + "_named_params": params}
	case nested:
		o["example"] = object{key: [][]string{values}}
	default:
		o["example"] = object{key: values}
	}
}

func (b DraftButton) payload() object {
	o := object{"type": strings.ToLower(b.Kind)}
	setText(o, "text", b.Text)
	switch b.Kind {
	case DraftURL:
		o["url"] = b.URL
		if len(Variables(b.URL)) > 0 {
			o["example"] = []string{b.Example}
		}
	case DraftPhone:
		o["phone_number"] = b.Phone
	case DraftCopyCode:
		o["example"] = b.Example
	case DraftFlow:
		o["flow_id"], o["flow_action"] = b.FlowID, "navigate"
		setText(o, "navigate_screen", b.Screen)
	case DraftOTP:
		o["otp_type"] = "copy_code"
	}
	return o
}

// Fill puts values into the variables of a text, for a preview. A variable without a value stays as it is.
func Fill(text string, values map[string]string) string {
	return variable.ReplaceAllStringFunc(text, func(found string) string {
		name := strings.TrimSpace(strings.Trim(found, "{}"))
		if value, ok := values[name]; ok {
			return parameterText(value)
		}
		return found
	})
}

// position returns the number of a positional variable, 0 for any other.
func position(name string) int {
	n, err := strconv.Atoi(name)
	if err != nil || n < 1 || strconv.Itoa(n) != name {
		return 0
	}
	return n
}
