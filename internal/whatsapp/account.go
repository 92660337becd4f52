package whatsapp

import (
	"context"
	"net/url"
)

// AccountInfo is the state of a WhatsApp Business Account. Enumerations are in upper case; "" is "not told".
type AccountInfo struct {
	ID, Name     string
	Review       string // account_review_status: "APPROVED", "PENDING", "REJECTED"
	Verification string // business_verification_status: "VERIFIED", "NOT_VERIFIED", "PENDING", ...
	Country      string // of the business, two letters
	Currency     string // what messages are billed in, "USD"
	TimezoneID   string // Meta's number of the zone: days of templates' figures end by it
	CanSend      string // "AVAILABLE", "LIMITED", "BLOCKED"
	Health       []EntityHealth
}

const accountFields = "id,name,account_review_status,business_verification_status,country,currency,timezone_id,health_status"

// AccountInfo reads the state of an account.
func (c *Client) AccountInfo(ctx context.Context, wabaID string) (AccountInfo, error) {
	var n rawObject
	if err := c.getJSON(ctx, "read account", c.path(wabaID)+"?fields="+url.QueryEscape(accountFields), &n); err != nil {
		return AccountInfo{}, err
	}
	info := AccountInfo{
		ID:           n.str("id"),
		Name:         n.str("name"),
		Review:       n.upper("account_review_status"),
		Verification: n.upper("business_verification_status"),
		Country:      n.upper("country"),
		Currency:     n.upper("currency"),
		TimezoneID:   n.str("timezone_id"),
	}
	info.CanSend, info.Health = health(n.node)
	return info, nil
}
