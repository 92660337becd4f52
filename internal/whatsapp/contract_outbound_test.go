package whatsapp

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

func outboundTerms() []term {
	made := func(name, fate, sample string) term {
		return term{name, fate, func(t *testing.T) {
			for _, o := range outbounds() {
				if o.name == sample {
					return // TestPayload holds it to its body
				}
			}
			t.Errorf("%s: no sample %q", name, sample)
		}}
	}
	not := func(name, why string) term { return term{name, "not sent: " + why, func(*testing.T) {}} }
	return []term{
		made("text", "Text; SplitText when over the limit", "text"),
		made("image, video", "Media", "image"),
		made("document", "Media with Filename", "document"),
		made("audio", "Media", "audio"),
		made("audio, voice note", "Media with Voice", "voice"),
		made("sticker", "Media", "sticker"),
		made("location", "Location", "location"),
		made("contacts", "Contacts", "contacts"),
		made("interactive button", "Buttons", "reply buttons"),
		made("interactive list", "List", "list"),
		made("interactive cta_url", "Link", "cta_url"),
		made("interactive location_request_message", "LocationRequest", "location request"),
		made("interactive request_contact_info", "ContactRequest", "contact-info request"),
		made("interactive flow", "Flow", "flow"),
		made("reaction", "Reaction; Emoji \"\" takes it back", "reaction taken back"),
		made("template, positional", "Template", "template, positional"),
		made("template, named", "Template with Parameter.Name", "template, named"),
		made("template header: text, file, place", "Component \"header\"", "template under a place"),
		made("template button quick_reply", "ButtonQuickReply, Payload", "template buttons"),
		made("template button url", "ButtonURL, Text", "template buttons"),
		made("template button copy_code", "ButtonCopyCode, Coupon", "template buttons"),
		made("template button flow", "ButtonFlow, Flow", "template buttons"),
		made("context.message_id", "ReplyTo", "quoted text"),
		made("biz_opaque_callback_data", "CallbackData", "quoted text"),
		made("recipient_identity_key_hash", "IdentityHash", "quoted text"),
		not("carousel, limited-time offer", "no use for a support desk; Template.Foreign names them"),
		not("order, product, catalogue", "nothing is sold here"),
		not("group messages", "groups are not answered"),
		not("Direct Send (category)", "for accounts on a list only"),
	}
}

func templateTerms() []term {
	status := func(status, fate string, usable, editable bool) term {
		return term{status, fate, func(t *testing.T) {
			if have := (Template{Status: status}); have.Usable() != usable || have.Editable() != editable {
				t.Errorf("%s: usable %v, editable %v", status, have.Usable(), have.Editable())
			}
		}}
	}
	button := func(kind, fate string, b DraftButton) term {
		return term{"button " + kind, fate, func(t *testing.T) {
			b.Kind = kind
			d := TemplateDraft{Name: "n", Language: "es", Category: "UTILITY", Body: "x", Buttons: []DraftButton{b}}
			if kind == DraftOTP {
				d.Category, d.Body = "AUTHENTICATION", ""
			}
			if err := d.Validate(); err != nil || d.Buttons[0].payload()["type"] != strings.ToLower(kind) {
				t.Errorf("%s: %v", kind, err)
			}
		}}
	}
	return []term{
		status(TemplateApproved, "may be sent and edited", true, true),
		status(TemplateRejected, "may be edited", false, true),
		status(TemplatePaused, "may be edited, and unpaused after RATE_LIMITING_PAUSE", false, true),
		status(TemplatePending, "to be waited for", false, false),
		status(TemplateInAppeal, "to be waited for", false, false),
		status(TemplateDisabled, "not to be used", false, false),
		status(TemplateLimitExceeded, "not to be used", false, false),
		status(TemplateArchived, "not to be used", false, false),
		status(TemplatePendingDeletion, "not to be used", false, false),
		status(TemplateDeleted, "not to be used; its name is blocked for 30 days", false, false),
		status("any other status", "not to be used", false, false),
		button(DraftQuickReply, "Text", DraftButton{Text: "x"}),
		button(DraftURL, "Text, URL, Example", DraftButton{Text: "x", URL: "https://a.example"}),
		button(DraftPhone, "Text, Phone", DraftButton{Text: "x", Phone: "5493515550100"}),
		button(DraftCopyCode, "Example", DraftButton{Example: "x"}),
		button(DraftFlow, "Text, FlowID, Screen", DraftButton{Text: "x", FlowID: "1"}),
		button(DraftRequestContact, "nothing; the answer is a contacts message", DraftButton{}),
		button(DraftOTP, "nothing; the only one of an authentication template", DraftButton{}),
	}
}

func fileTerms() []term {
	var list []term
	for _, limit := range MediaLimits() {
		for _, mime := range limit.MIMEs {
			kind := mime[strings.LastIndexByte(mime, '.')+1:]
			if !strings.Contains(kind, "/") {
				kind = "application/..." + kind
			}
			list = append(list, term{kind, fmt.Sprintf("%s, %d KB", limit.Type, limit.Bytes/kilobyte), func(t *testing.T) {
				head := sticker("VP8X", StickerSide, StickerSide, true)
				if CheckMedia(mime, limit.Bytes, head) != nil || CheckMedia(mime, limit.Bytes+1, head) == nil || CheckMedia(mime, 0, head) == nil {
					t.Errorf("%s is not held to %d bytes", mime, limit.Bytes)
				}
			}})
		}
	}
	return append(list, term{"image/webp, still", fmt.Sprintf("sticker, MaxSticker %d KB, %d x %[2]d (StickerSide)", MaxSticker/kilobyte, StickerSide), func(t *testing.T) {
		still := sticker("VP8X", StickerSide, StickerSide, false)
		if CheckMedia("image/webp", MaxSticker, still) != nil || CheckMedia("image/webp", MaxSticker+1, still) == nil {
			t.Error("a still sticker is not held to its limit")
		}
	}}, term{"from a customer", fmt.Sprintf("MaxInbound %d KB; above comes 131052", MaxInbound/kilobyte), func(*testing.T) {}},
		term{"a voice note that plays", fmt.Sprintf("PlayableVoice %d KB; above it is sent as a file to fetch", PlayableVoice/kilobyte), func(*testing.T) {}},
		term{"constants", "MaxImage, MaxAudio, MaxVideo, MaxDocument, MaxSticker, MaxAnimatedSticker; StickerHead bytes are looked at", func(*testing.T) {}})
}

func rateTerms() []term {
	fact := func(name string, value any) term {
		return term{name, fmt.Sprint(value), func(t *testing.T) {
			if reflect.ValueOf(value).IsZero() {
				t.Errorf("%s is nothing", name)
			}
		}}
	}
	return []term{
		fact("PerSecond, of one number", PerSecond), fact("PerSecondHigh", PerSecondHigh), fact("PerSecondCoexistence", PerSecondCoexistence),
		fact("PairInterval, to one person", PairInterval), fact("PairBurst", PairBurst),
		fact("CallsPerHour, app and account", CallsPerHour), fact("CallsPerHourActive", CallsPerHourActive), fact("CreationsPerHour, of templates", CreationsPerHour),
		fact("RegisterPause, after 133016", RegisterPause), fact("ReactionAge, of what is reacted to or marked read", ReactionAge),
		fact("MaxWebhook, bytes", MaxWebhook), fact("MaxKey, bytes of Item.Key (ours)", MaxKey), fact("RepeatedFor, a webhook not answered with 200", RepeatedFor),
		fact("UploadLife", UploadLife), fact("InboundLife", InboundLife), fact("MediaURLLife", MediaURLLife),
	}
}

// errorTerms is the table of fates; the codes that Meta documents are listed here apart from it.
func errorTerms() []term {
	documented := []int{
		0, 190, 3, 10, 200, 299, 131005, 368, 131031, 130497, 1, 2, 4, 80004, 80007, 80008, 33, 100, 131008, 131009, 135000, 130429, 130472, 130403, 131000,
		131016, 131021, 131026, 131037, 131042, 131045, 131047, 131048, 131049, 131050, 131051, 131052, 131053, 131055, 131056, 131057,
		131059, 131062, 131063, 131064, 132000, 132001, 132005, 132007, 132012, 132018, 132015, 132016, 132068, 132069, 133000, 133004,
		133005, 133008, 133009, 133006, 133010, 133015, 133016, 134011, 134100, 134101, 134102, 136024, 137000, 147001, 147002, 147003,
		147004, 2388019, 2388040, 2388047, 2388072, 2388073, 2388293, 2388299, 2494100, 2593107, 2593108, 2593109,
	}
	var list []term
	for _, row := range fates() {
		name, fate := itoa(row.code), row.meaning+": "+string(row.action)
		if row.last != 0 {
			name += " to " + itoa(row.last)
		}
		if row.outcome() == Unknown {
			fate += " (?)"
		}
		if row.alert {
			fate += " (!)"
		}
		if row.base != 0 {
			fate += " " + strings.Replace(row.base.Truncate(time.Second).String(), "m0s", "m", 1)
		}
		list = append(list, term{name, fate, func(t *testing.T) {
			if e := Fate("send", 400, row.code); e.Action != row.action || e.Meaning != row.meaning {
				t.Errorf("%d: %v", row.code, e)
			}
		}})
	}
	return append(list, term{"any other", "park at 4xx and in webhooks, as 131000 at 5xx", func(t *testing.T) {
		for _, code := range documented {
			if Fate("send", 400, code).Meaning == "unknown code" {
				t.Errorf("code %d has no fate", code)
			}
		}
	}})
}

func callTerms() []term {
	done := func(call, method string) term {
		return term{call, method, func(t *testing.T) {
			for _, name := range strings.Split(method, ", ") {
				if _, ok := reflect.TypeFor[*Client]().MethodByName(name); !ok {
					t.Errorf("%s: there is no Client.%s", call, name)
				}
			}
		}}
	}
	not := func(call, why string) term { return term{call, "not called: " + why, func(*testing.T) {}} }
	return []term{
		done("POST /{number}/messages", "Send, MarkRead"),
		done("POST /{number}/media", "UploadMedia"),
		done("GET /{media}", "MediaInfo, Download, Fetch"),
		done("DELETE /{media}", "DeleteMedia"),
		done("POST /{app}/uploads", "UploadSample"),
		done("GET /{account}/message_templates", "Templates"),
		done("GET /{template}", "Template"),
		done("POST /{account}/message_templates", "CreateTemplate"),
		done("POST /{template}", "EditTemplate"),
		done("DELETE /{account}/message_templates", "DeleteTemplate"),
		done("POST /{template}/unpause", "UnpauseTemplate"),
		done("GET /{number}", "NumberInfo"),
		done("GET /{account}/phone_numbers", "Numbers"),
		done("GET /{account}", "AccountInfo"),
		done("POST /{number}/register", "Register"),
		done("POST /{number} (webhook_configuration)", "OverrideNumber"),
		done("GET /{account}/subscribed_apps", "Apps, Subscribed"),
		done("POST /{account}/subscribed_apps", "Subscribe, SubscribeAt"),
		done("DELETE /{account}/subscribed_apps", "Unsubscribe"),
		done("GET /{app}/subscriptions", "AppSubscription"),
		done("POST /{app}/subscriptions", "SubscribeApp"),
		done("GET /debug_token", "TokenInfo"),
		done("X-Business-Use-Case-Usage, X-App-Usage", "ManagementUse"),
		done("headers of any answer", "Probe"),
		done("permissions "+PermissionMessaging+", "+PermissionManagement, "TokenInfo"),
		not("POST /{number}/request_code, verify_code, deregister", "done once, in Meta's manager"),
		not("POST /{number} (pin), /settings", "the PIN and the identity check are set in Meta's manager"),
		not("/{number}/whatsapp_business_profile, conversational_automation, username", "set in Meta's manager"),
		not("/{number}/block_users", "whoever writes to a support desk is answered"),
	}
}
