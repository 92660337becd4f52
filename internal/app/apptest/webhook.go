package apptest

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

// Text is the body of a webhook with one text message.
func Text(t testing.TB, from, wamid, text string) []byte {
	t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return RawText(from, wamid, string(quoted))
}

// RawText is Text whose words are JSON as it stands, quotes included, to say what
// no encoder would.
func RawText(from, wamid, quoted string) []byte {
	return fmt.Appendf(nil, `{"object":"whatsapp_business_account","entry":[{"id":%q,"changes":[{"field":"messages","value":{"messaging_product":"whatsapp",`+
		`"metadata":{"display_phone_number":"15550783881","phone_number_id":%q},"contacts":[{"profile":{"name":"Customer"},"wa_id":%q}],`+
		`"messages":[{"from":%q,"id":%q,"timestamp":"%d","type":"text","text":{"body":%s}}]}}]}]}`,
		account0, Number, from, from, wamid, time.Now().Unix(), quoted)
}

// Phone is an invented number for each n.
func Phone(n int) string { return fmt.Sprintf("1787%07d", n) }
