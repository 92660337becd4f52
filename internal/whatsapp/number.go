package whatsapp

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// NumberInfo is the state of one of our numbers. Enumerations are in upper case; "" is "not told".
type NumberInfo struct {
	ID, Display, VerifiedName string
	Status                    string // "CONNECTED" when registered and usable; "PENDING", "DISCONNECTED", "BANNED", ... otherwise
	Platform                  string // "CLOUD_API" when registered here; "NOT_APPLICABLE" before
	Quality                   string // "GREEN", "YELLOW", "RED", "UNKNOWN"
	NameStatus                string // "APPROVED", "DECLINED", "EXPIRED", "PENDING_REVIEW", ...
	Verification              string // code_verification_status: "VERIFIED", "NOT_VERIFIED", "EXPIRED"
	Throughput                string // level: "STANDARD" (80 messages a second), "HIGH" (1000)
	// Limit is how many people may be written to outside their window in a rolling day: "TIER_250" to "TIER_UNLIMITED".
	Limit string
	// OnBusinessApp reports a coexistence number, which is held to 20 messages a second.
	OnBusinessApp bool
	Webhooks      Webhooks
	// CanSend is health_status.can_send_message: "AVAILABLE", "LIMITED", "BLOCKED".
	CanSend string
	Health  []EntityHealth
}

// Registered reports whether the number can be used through the Cloud API. Numbers of which Meta tells neither status nor
// platform count as registered: a send says otherwise with 133010.
func (n NumberInfo) Registered() bool {
	return (n.Status == "" || n.Status == "CONNECTED") && (n.Platform == "" || n.Platform == "CLOUD_API")
}

// PerSecond is the documented throughput of the number, messages in and out together.
func (n NumberInfo) PerSecond() int {
	switch {
	case n.OnBusinessApp:
		return PerSecondCoexistence
	case n.Throughput == "HIGH":
		return PerSecondHigh
	default:
		return PerSecond
	}
}

// Webhooks says where a number's webhooks go. The most particular one that is set wins: phone, then account, then app.
type Webhooks struct{ Phone, Account, App string }

// Effective is the address that is used.
func (w Webhooks) Effective() string {
	switch {
	case w.Phone != "":
		return w.Phone
	case w.Account != "":
		return w.Account
	default:
		return w.App
	}
}

// EntityHealth is one of the things that must be well for a number to send.
type EntityHealth struct {
	Type, ID string // type "PHONE_NUMBER", "MESSAGE_TEMPLATE", "WABA", "BUSINESS", "APP"
	CanSend  string // "AVAILABLE", "LIMITED", "BLOCKED"
	// Problems are why not, Notes what is limited, both in Meta's words.
	Problems []HealthProblem
	Notes    []string
}

// HealthProblem is one reason, with what Meta advises.
type HealthProblem struct {
	Code              int
	Problem, Solution string
}

const numberFields = "id,display_phone_number,verified_name,status,platform_type,quality_rating,name_status,code_verification_status," +
	"throughput,whatsapp_business_manager_messaging_limit,is_on_biz_app,webhook_configuration,health_status"

// NumberInfo reads the state of a number: a good check at start.
func (c *Client) NumberInfo(ctx context.Context, phoneNumberID string) (NumberInfo, error) {
	var n rawObject
	address := c.path(phoneNumberID) + "?fields=" + url.QueryEscape(numberFields)
	if err := c.getJSON(ctx, "read phone number", address, &n); err != nil {
		return NumberInfo{}, err
	}
	return numberInfo(n.node), nil
}

// Numbers lists the numbers of an account. Their health is not told in a list.
func (c *Client) Numbers(ctx context.Context, wabaID string) ([]NumberInfo, error) {
	fields := url.Values{"fields": {strings.TrimSuffix(numberFields, ",health_status")}}
	found, err := c.paged(ctx, "list phone numbers", c.path(wabaID, "phone_numbers"), fields)
	if err != nil {
		return nil, err
	}
	list := make([]NumberInfo, len(found))
	for i, n := range found {
		list[i] = numberInfo(n)
	}
	return list, nil
}

func numberInfo(n node) NumberInfo {
	webhooks := n.obj("webhook_configuration")
	info := NumberInfo{
		ID:            n.str("id"),
		Display:       n.str("display_phone_number"),
		VerifiedName:  n.str("verified_name"),
		Status:        n.upper("status"),
		Platform:      n.upper("platform_type"),
		Quality:       n.upper("quality_rating"),
		NameStatus:    n.upper("name_status"),
		Verification:  n.upper("code_verification_status"),
		Throughput:    n.obj("throughput").upper("level"),
		Limit:         n.upper("whatsapp_business_manager_messaging_limit"),
		OnBusinessApp: n.flag("is_on_biz_app"),
		Webhooks: Webhooks{
			Phone:   webhooks.str("phone_number"),
			Account: webhooks.str("whatsapp_business_account"),
			App:     webhooks.str("application"),
		},
	}
	info.CanSend, info.Health = health(n)
	return info
}

// health reads the health_status of a number, an account or a template.
func health(n node) (canSend string, entities []EntityHealth) {
	status := n.obj("health_status")
	for _, e := range status.list("entities") {
		h := EntityHealth{Type: e.upper("entity_type"), ID: e.str("id"), CanSend: e.upper("can_send_message"), Notes: e.texts("additional_info")}
		for _, p := range e.list("errors") {
			h.Problems = append(h.Problems, HealthProblem{
				Code:     int(p.integer("error_code")),
				Problem:  p.first("error_description", "details"),
				Solution: p.str("possible_solution"),
			})
		}
		entities = append(entities, h)
	}
	return status.upper("can_send_message"), entities
}

const pinDigits = 6

// Register makes a verified number usable through the Cloud API. pin is the six digits of its two-step verification; a
// number without one gets this one. At most 10 times in 72 hours (133016): never call it in a loop.
func (c *Client) Register(ctx context.Context, phoneNumberID, pin string) error {
	const op = "register number"
	digits := len(pin) == pinDigits && strings.Trim(pin, "0123456789") == ""
	if err := refuse([]rule{must("pin", digits, "is not six digits")}); err != nil {
		return invalid(op, err)
	}
	body := object{"messaging_product": "whatsapp", "pin": pin}
	return c.order(ctx, op, http.MethodPost, c.path(phoneNumberID, "register"), body)
}

// RegisterPause is how long 133016 keeps a number from being registered again.
const RegisterPause = 72 * time.Hour
