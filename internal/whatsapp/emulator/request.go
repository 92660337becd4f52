package emulator

import "cmp"

// sendRequest is the body of POST /{PHONE_ID}/messages: a message, or a read receipt with Status "read".
type sendRequest struct {
	Product   string `json:"messaging_product"`
	To        string `json:"to"`
	Recipient string `json:"recipient"`
	Callback  string `json:"biz_opaque_callback_data"`
	Hash      string `json:"recipient_identity_key_hash"`
	Context   struct {
		MessageID string `json:"message_id"`
	} `json:"context"`

	Status    string `json:"status"`
	MessageID string `json:"message_id"`
	Typing    *struct {
		Type string `json:"type"`
	} `json:"typing_indicator"`

	Type string `json:"type"`
	Text *struct {
		Body string `json:"body"`
	} `json:"text"`
	Image       *mediaObject       `json:"image"`
	Audio       *mediaObject       `json:"audio"`
	Video       *mediaObject       `json:"video"`
	Document    *mediaObject       `json:"document"`
	Sticker     *mediaObject       `json:"sticker"`
	Location    *locationObject    `json:"location"`
	Contacts    []contactObject    `json:"contacts"`
	Interactive *interactiveObject `json:"interactive"`
	Reaction    *struct {
		MessageID string `json:"message_id"`
		Emoji     string `json:"emoji"`
	} `json:"reaction"`
	Template *templateObject `json:"template"`
}

type mediaObject struct {
	ID       string `json:"id"`
	Link     string `json:"link"`
	Caption  string `json:"caption"`
	Filename string `json:"filename"`
	Voice    bool   `json:"voice"`
}

// file is the file of a message that is one.
func (req *sendRequest) file() *mediaObject {
	return cmp.Or(req.Image, req.Audio, req.Video, req.Document, req.Sticker)
}

type locationObject struct {
	Latitude  *float64 `json:"latitude"`
	Longitude *float64 `json:"longitude"`
	Name      string   `json:"name"`
	Address   string   `json:"address"`
}

type contactObject struct {
	Name struct {
		Formatted string `json:"formatted_name"`
		First     string `json:"first_name"`
		Last      string `json:"last_name"`
		Middle    string `json:"middle_name"`
		Prefix    string `json:"prefix"`
		Suffix    string `json:"suffix"`
	} `json:"name"`
	Org struct {
		Company string `json:"company"`
	} `json:"org"`
	Phones []struct {
		Phone string `json:"phone"`
	} `json:"phones"`
}

type textObject struct {
	Text string `json:"text"`
}

type interactiveObject struct {
	Type   string        `json:"type"`
	Header *headerObject `json:"header"`
	Body   *textObject   `json:"body"`
	Footer *textObject   `json:"footer"`
	Action actionObject  `json:"action"`
}

type headerObject struct {
	Type     string       `json:"type"`
	Text     string       `json:"text"`
	Image    *mediaObject `json:"image"`
	Video    *mediaObject `json:"video"`
	Document *mediaObject `json:"document"`
}

func (h *headerObject) file() *mediaObject { return cmp.Or(h.Image, h.Video, h.Document) }

type actionObject struct {
	Name    string `json:"name"`
	Button  string `json:"button"`
	Buttons []struct {
		Type  string `json:"type"`
		Reply row    `json:"reply"`
	} `json:"buttons"`
	Sections []struct {
		Title string `json:"title"`
		Rows  []row  `json:"rows"`
	} `json:"sections"`
	Parameters struct {
		DisplayText string `json:"display_text"`
		URL         string `json:"url"`
		Version     string `json:"flow_message_version"`
		FlowID      string `json:"flow_id"`
		FlowName    string `json:"flow_name"`
		FlowLabel   string `json:"flow_cta"`
		FlowToken   string `json:"flow_token"`
		FlowAction  string `json:"flow_action"`
		FlowStart   *struct {
			Screen string `json:"screen"`
		} `json:"flow_action_payload"`
	} `json:"parameters"`
}

type row struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Description string `json:"description"`
}

type templateObject struct {
	Name     string `json:"name"`
	Language struct {
		Code string `json:"code"`
	} `json:"language"`
	Components []struct {
		Type       string      `json:"type"`
		SubType    string      `json:"sub_type"`
		Index      any         `json:"index"`
		Parameters []parameter `json:"parameters"`
	} `json:"components"`
}

type parameter struct {
	Type     string          `json:"type"`
	Name     string          `json:"parameter_name"`
	Text     string          `json:"text"`
	Payload  string          `json:"payload"`
	Coupon   string          `json:"coupon_code"`
	Image    *mediaObject    `json:"image"`
	Video    *mediaObject    `json:"video"`
	Document *mediaObject    `json:"document"`
	Location *locationObject `json:"location"`
	Action   *struct {
		Token string `json:"flow_token"`
	} `json:"action"`
}

func (p parameter) file() *mediaObject { return cmp.Or(p.Image, p.Video, p.Document) }
