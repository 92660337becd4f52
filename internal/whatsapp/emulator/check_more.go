package emulator

import (
	"math"
	"strings"
	"unicode"
)

// fileLimits are Meta's: bytes at most by type of message, and the MIME types it takes.
func fileLimits(kind string) (most int, types []string) {
	switch kind {
	case "image":
		return 5 << 20, []string{"image/jpeg", "image/png"}
	case "sticker":
		return 500 << 10, []string{"image/webp"}
	case "audio":
		return 16 << 20, []string{"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}
	case "video":
		return 16 << 20, []string{"video/mp4", "video/3gpp"}
	default:
		return 100 << 20, []string{
			"text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
			"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
			"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
			"application/vnd.openxmlformats-officedocument.presentationml.presentation",
		}
	}
}

// takes reports whether Meta takes a type of file as a kind of message.
func takes(kind, mime string) bool {
	bare, _, _ := strings.Cut(strings.ToLower(mime), ";")
	_, types := fileLimits(kind)
	for _, t := range types {
		if t == strings.TrimSpace(bare) {
			return true
		}
	}
	return false
}

// takesAny returns as what kind of message a type of file is taken.
func takesAny(mime string) (kind string, ok bool) {
	for _, kind := range []string{"image", "sticker", "audio", "video", "document"} {
		if takes(kind, mime) {
			return kind, true
		}
	}
	return "", false
}

func (em *Emulator) checkFile(kind string, f *mediaObject) *graphError {
	switch {
	case f == nil:
		return missing(kind)
	case (f.ID == "") == (f.Link == ""):
		return badParameter(100, kind+" needs either id or link")
	case f.Link != "" && !strings.HasPrefix(f.Link, "https://"):
		return invalid(kind + ".link")
	case f.Caption != "" && (kind == "audio" || kind == "sticker"):
		return badParameter(100, "Unexpected key \"caption\" on param "+kind)
	case f.Filename != "" && kind != "document":
		return badParameter(100, "Unexpected key \"filename\" on param "+kind)
	case f.Voice && kind != "audio":
		return badParameter(100, "Unexpected key \"voice\" on param "+kind)
	}
	if f.ID != "" {
		stored, ok := em.Media(f.ID)
		switch {
		case !ok:
			return invalid(kind + ".id")
		case !takes(kind, stored.MIME):
			return badParameter(131053, "Media upload error: a file of type "+stored.MIME+" cannot be sent as "+kind)
		case f.Voice && !strings.HasPrefix(stored.MIME, "audio/ogg"):
			return badParameter(131053, "Media upload error: a voice message must be OGG with the OPUS codec")
		}
	}
	return checkSizes(size{kind + ".caption", f.Caption, false, 1024})
}

func checkLocation(l *locationObject) *graphError {
	switch {
	case l == nil:
		return missing("location")
	case l.Latitude == nil || l.Longitude == nil:
		return missing("location.latitude and location.longitude")
	case !(math.Abs(*l.Latitude) <= 90), !(math.Abs(*l.Longitude) <= 180):
		return invalid("location")
	}
	return nil
}

func checkContacts(list []contactObject) *graphError {
	if len(list) == 0 {
		return missing("contacts")
	}
	for _, c := range list {
		switch {
		case strings.TrimSpace(c.Name.Formatted) == "":
			return missing("contacts.name.formatted_name")
		case c.Name.First+c.Name.Last+c.Name.Middle+c.Name.Prefix+c.Name.Suffix == "":
			return missing("contacts.name needs one part besides formatted_name")
		}
	}
	return nil
}

func checkFlow(a *actionObject) *graphError {
	p := a.Parameters
	switch {
	case a.Name != "flow":
		return invalid("interactive.action.name")
	case p.Version != "3":
		return invalid("flow_message_version")
	case (p.FlowID == "") == (p.FlowName == ""):
		return badParameter(100, "Either flow_id or flow_name is required")
	case strings.ContainsFunc(p.FlowLabel, func(r rune) bool { return r >= 0x1F000 || unicode.Is(unicode.So, r) }):
		return invalid("flow_cta cannot have emoji")
	case p.FlowAction == "navigate" && (p.FlowStart == nil || p.FlowStart.Screen == ""):
		return missing("flow_action_payload.screen")
	case p.FlowAction != "" && p.FlowAction != "navigate" && p.FlowAction != "data_exchange":
		return invalid("flow_action")
	}
	return checkSizes(size{"flow_cta", p.FlowLabel, true, 30})
}

// checkTarget refuses a reaction to what is not there, or older than 30 days.
func (em *Emulator) checkTarget(id string) *graphError {
	p := em.owner(id)
	if p == nil {
		return invalid("reaction.message_id")
	}
	if m, kept := p.message(id); kept && (m.Deleted || em.Now().Sub(m.At) > oldTime) {
		return invalid("reaction.message_id")
	}
	return nil
}
