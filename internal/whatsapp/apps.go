package whatsapp

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// WebhookObject is what an app subscribes to for WhatsApp.
const WebhookObject = "whatsapp_business_account"

// App is an app that receives the webhooks of an account.
type App struct {
	ID, Name string
	// Override is the address set for this account, "" for the app's own.
	Override string
}

// Apps lists the apps that receive an account's webhooks. With none of them nothing ever arrives.
func (c *Client) Apps(ctx context.Context, wabaID string) ([]App, error) {
	found, err := c.paged(ctx, "list subscribed apps", c.path(wabaID, "subscribed_apps"), nil)
	if err != nil {
		return nil, err
	}
	var list []App
	for _, n := range found {
		app := n.obj("whatsapp_business_api_data")
		list = append(list, App{ID: app.str("id"), Name: app.str("name"), Override: n.str("override_callback_uri")})
	}
	return list, nil
}

// Subscribed reports whether any app receives the account's webhooks.
func (c *Client) Subscribed(ctx context.Context, wabaID string) (bool, error) {
	apps, err := c.Apps(ctx, wabaID)
	return len(apps) > 0, err
}

// Subscribe makes the token's app receive the account's webhooks at the app's address.
func (c *Client) Subscribe(ctx context.Context, wabaID string) error {
	return c.order(ctx, "subscribe app", http.MethodPost, c.path(wabaID, "subscribed_apps"), nil)
}

// SubscribeAt does the same with an address of its own (at most MaxOverrideURL units). Meta calls it at once with
// verifyToken and refuses one that does not answer. News about the account and its templates still goes to the app's address.
func (c *Client) SubscribeAt(ctx context.Context, wabaID, address, verifyToken string) error {
	const op = "subscribe app with an address"
	if err := refuse(overrideRules(address)); err != nil {
		return invalid(op, err)
	}
	body := object{"override_callback_uri": address, "verify_token": verifyToken}
	return c.order(ctx, op, http.MethodPost, c.path(wabaID, "subscribed_apps"), body)
}

// Unsubscribe ends the webhooks of an account for the token's app.
func (c *Client) Unsubscribe(ctx context.Context, wabaID string) error {
	return c.order(ctx, "unsubscribe app", http.MethodDelete, c.path(wabaID, "subscribed_apps"), nil)
}

// OverrideNumber sends one number's webhooks to an address of its own; "" removes it. The account must be subscribed first.
func (c *Client) OverrideNumber(ctx context.Context, phoneNumberID, address, verifyToken string) error {
	const op = "set the number's webhook address"
	webhook := object{"override_callback_uri": address}
	if address != "" {
		if err := refuse(overrideRules(address)); err != nil {
			return invalid(op, err)
		}
		webhook["verify_token"] = verifyToken
	}
	return c.order(ctx, op, http.MethodPost, c.path(phoneNumberID), object{"webhook_configuration": webhook})
}

func overrideRules(address string) []rule {
	return []rule{
		text("address", address, 1, MaxOverrideURL),
		must("address", webURL(address, "https"), "is not an HTTPS address"),
	}
}

// Subscription is what an app receives, and where.
type Subscription struct {
	Address string
	Active  bool
	Fields  []string
}

// Missing returns which of the wanted webhook fields are not subscribed.
func (s Subscription) Missing(wanted ...string) []string {
	var missing []string
	for _, field := range wanted {
		if !slices.Contains(s.Fields, field) {
			missing = append(missing, field)
		}
	}
	return missing
}

// AppSubscription reads which WhatsApp fields the app receives. It needs the app's secret, because Meta shows this only to
// the app itself; the client's own token is not used. The zero Subscription means that there is none.
func (c *Client) AppSubscription(ctx context.Context, appID, appSecret string) (Subscription, error) {
	var answer rawObject
	app := c.as(appID, appSecret)
	if err := app.getJSON(ctx, "read app subscription", app.path(appID, "subscriptions"), &answer); err != nil {
		return Subscription{}, err
	}
	for _, n := range answer.list("data") {
		if n.str("object") != WebhookObject {
			continue
		}
		s := Subscription{Address: n.str("callback_url"), Active: n.flag("active"), Fields: n.texts("fields")}
		for _, field := range n.list("fields") {
			s.Fields = append(s.Fields, field.str("name"))
		}
		return s, nil
	}
	return Subscription{}, nil
}

// SubscribeApp sets the app's webhook address and fields. Meta calls the address at once with verifyToken. Fields that are
// not named are not received any more.
func (c *Client) SubscribeApp(ctx context.Context, appID, appSecret, address, verifyToken string, fields []string) error {
	const op = "subscribe app fields"
	if err := refuse([]rule{must("address", webURL(address, "https"), "is not an HTTPS address")}); err != nil {
		return invalid(op, err)
	}
	form := url.Values{"object": {WebhookObject}, "callback_url": {address}, "verify_token": {verifyToken}, "fields": {strings.Join(fields, ",")}}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	app := c.as(appID, appSecret)
	var answer rawObject
	err := app.call(ctx, op, http.MethodPost, app.path(appID, "subscriptions"), "application/x-www-form-urlencoded", strings.NewReader(form.Encode()), &answer)
	if err == nil && !answer.flag("success") {
		return bareStatus(op, http.StatusOK)
	}
	return err
}

// as returns the same client speaking as the app itself.
func (c *Client) as(appID, appSecret string) *Client {
	app := *c
	app.token = appID + "|" + appSecret
	return &app
}
