package channel

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"antena/internal/desk"
	"antena/internal/whatsapp"
)

// content fills what a message holds; who and where are the inbox's.
func content(m *whatsapp.Message) desk.Message {
	at := desk.Instant(m.At)
	c := desk.Message{ProviderID: m.ID, Kind: desk.KindOther, Text: m.Text, SentAt: &at}
	if m.At.IsZero() {
		c.SentAt = nil
	}
	around(&c, m)
	switch {
	case m.Media != nil:
		media(&c, m)
	case m.Location != nil:
		c.Kind = desk.KindLocation
		c.Location = &desk.Location{Latitude: m.Location.Latitude, Longitude: m.Location.Longitude, Name: m.Location.Name, Address: m.Location.Address}
		if link := webLink(m.Location.URL); link != "" {
			details(&c).Link = link
		}
	case m.Contacts != nil:
		c.Kind, c.Text = desk.KindContacts, names(m.Contacts)
		d := details(&c)
		d.Cards, d.Requested = cards(m.Contacts), m.Contacts.Requested
	case m.Reply != nil:
		reply(&c, m.Reply)
	case m.Button != nil:
		c.Kind, c.Choice = desk.KindReply, &desk.Choice{ID: m.Button.Payload, Title: m.Button.Text}
	case m.Order != nil:
		c.Text = m.Order.Text
		details(&c).Type, details(&c).Order = "order", order(m.Order)
	case m.Type == whatsapp.TypeText:
		c.Kind = desk.KindText
	case m.Type == whatsapp.TypeUnsupported || m.Unsupported != "" || m.Type == whatsapp.TypeUnknown:
		c.Kind = desk.KindUnsupported
		details(&c).Type = m.Unsupported
	default:
		details(&c).Type = m.Type
	}
	return c
}

// details are a message's, made when first needed.
func details(c *desk.Message) *desk.Details {
	if c.Details == nil {
		c.Details = &desk.Details{}
	}
	return c.Details
}

// around reads what any message may have beside its content.
func around(c *desk.Message, m *whatsapp.Message) {
	if x := m.Context; x != nil {
		c.QuotedID, c.Forwarded = x.ReplyTo, x.Forwarded || x.FrequentlyForwarded
		if x.FrequentlyForwarded {
			details(c).Frequently = true
		}
		if x.ProductID != "" {
			details(c).Product = x.ProductID
		}
	}
	if r := m.Referral; r != nil {
		details(c).Referral = &desk.Referral{Type: r.SourceType, Headline: r.Headline, Body: r.Body, URL: webLink(r.SourceURL), SourceID: r.SourceID}
	}
}

func reply(c *desk.Message, r *whatsapp.Reply) {
	switch r.Kind {
	case whatsapp.ReplyButton, whatsapp.ReplyList:
		c.Kind, c.Choice = desk.KindReply, &desk.Choice{ID: r.ID, Title: r.Title}
	case whatsapp.ReplyFlow:
		details(c).Type, details(c).Fields = "flow", fields(r.Response)
	case whatsapp.ReplyCallPermission:
		word := "no"
		if r.Accepted {
			word = "yes"
		}
		details(c).Type, details(c).Fields = "call_permission", []desk.Field{{Name: "call_permission", Value: word}}
	default:
		details(c).Type = cmp.Or(r.Kind, whatsapp.TypeInteractive)
	}
}

// fields lists the answers of a form, nested ones by their path. What came as no
// object is one field without a name.
func fields(raw json.RawMessage) []desk.Field {
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return nil
	}
	var all []desk.Field
	flatten(&all, "", value, 0)
	slices.SortStableFunc(all, func(a, b desk.Field) int { return strings.Compare(a.Name, b.Name) })
	return all
}

const (
	maxFieldDepth = 8
	maxFieldText  = 1000
)

func flatten(all *[]desk.Field, path string, value any, depth int) {
	if len(*all) >= desk.MaxFields || depth > maxFieldDepth || path == "flow_token" {
		return
	}
	switch v := value.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			flatten(all, strings.TrimPrefix(path+"."+key, "."), v[key], depth+1)
		}
	case []any:
		for i := range v {
			flatten(all, path, v[i], depth+1)
		}
	case nil:
	default:
		text := []rune(fmt.Sprint(v))
		*all = append(*all, desk.Field{Name: path, Value: string(text[:min(len(text), maxFieldText)])})
	}
}

func order(o *whatsapp.Order) *desk.Order {
	out := &desk.Order{}
	for _, item := range o.Items {
		out.Items = append(out.Items, desk.OrderItem{Product: item.ProductID, Quantity: item.Quantity, Price: item.Price, Currency: item.Currency})
	}
	return out
}

var mediaKinds = map[string]desk.MessageKind{
	whatsapp.TypeImage: desk.KindImage, whatsapp.TypeAudio: desk.KindAudio, whatsapp.TypeVideo: desk.KindVideo,
	whatsapp.TypeDocument: desk.KindDocument, whatsapp.TypeSticker: desk.KindSticker,
}

func media(c *desk.Message, m *whatsapp.Message) {
	if kind, ok := mediaKinds[m.Type]; ok {
		c.Kind = kind
	}
	c.Text = m.Media.Caption
	c.Attachment = &desk.Attachment{MediaID: m.Media.ID, MIME: m.Media.MIME, SHA256: m.Media.SHA256, Filename: m.Media.Filename, Voice: m.Media.Voice}
	if len(m.Errors) > 0 {
		c.Attachment.Error = fmt.Sprintf("the provider could not fetch it (%d)", m.Errors[0].Code)
	}
}

func cards(c *whatsapp.Contacts) (all []desk.Card) {
	for _, card := range c.Cards {
		own := desk.Card{Name: card.Name, Organisation: card.Organisation, Emails: card.Emails, Addresses: card.Addresses}
		for _, p := range card.Phones {
			own.Phones = append(own.Phones, cmp.Or(p.Phone, p.WaID))
		}
		for _, u := range card.URLs {
			if link := webLink(u); link != "" {
				own.URLs = append(own.URLs, link)
			}
		}
		all = append(all, own)
	}
	return all
}

// names are the cards in words, for whoever reads only words.
func names(c *whatsapp.Contacts) string {
	var lines []string
	for _, card := range c.Cards {
		line := card.Name
		for _, p := range card.Phones {
			line += " " + p.Phone
		}
		lines = append(lines, strings.TrimSpace(line))
	}
	return strings.Join(lines, "\n")
}

// webLink lets only addresses of the web through: they become links on a page.
func webLink(url string) string {
	if strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://") {
		return url
	}
	return ""
}
