package whatsapp

import (
	"context"
	"errors"
	"net/http"
	"net/url"
)

// pages bounds one listing: Meta allows 6000 templates, and a paging loop must end.
const (
	pageSize = "100"
	pages    = 200
)

var errTooManyPages = errors.New("the list does not end")

// paged reads a list page by page. A cursor that goes stale on the way (131059) restarts the list once.
func (c *Client) paged(ctx context.Context, op, address string, query url.Values) ([]node, error) {
	list, err := c.readPages(ctx, op, address, query)
	if err != nil && AsError(err).Code == 131059 {
		return c.readPages(ctx, op, address, query)
	}
	return list, err
}

func (c *Client) readPages(ctx context.Context, op, address string, query url.Values) ([]node, error) {
	asked := url.Values{"limit": {pageSize}}
	for key, values := range query {
		asked[key] = values
	}
	var list []node
	for range pages {
		var page rawObject
		if err := c.getJSON(ctx, op, address+"?"+asked.Encode(), &page); err != nil {
			return nil, err
		}
		list = append(list, page.list("data")...)
		after := page.obj("paging").obj("cursors").str("after")
		if after == "" || !page.obj("paging").has("next") {
			return list, nil
		}
		asked.Set("after", after)
	}
	return nil, &Error{Op: op, Action: Park, Outcome: NotSent, Err: errTooManyPages}
}

// order does a management call that answers {"success":true}; a 200 that does not say so is an unknown outcome.
func (c *Client) order(ctx context.Context, op, method, address string, body object) error {
	var answer rawObject
	var err error
	if body == nil {
		bounded, cancel := context.WithTimeout(ctx, c.timeout)
		defer cancel()
		err = c.call(bounded, op, method, address, "", nil, &answer)
	} else {
		err = c.postJSON(ctx, op, address, body, &answer)
	}
	if err == nil && !answer.flag("success") {
		return bareStatus(op, http.StatusOK)
	}
	return err
}

// rawObject is a node that decodes itself, for answers whose types vary.
type rawObject struct{ node }

func (o *rawObject) UnmarshalJSON(raw []byte) error {
	n, err := parseNode(raw)
	o.node = n
	return err
}
