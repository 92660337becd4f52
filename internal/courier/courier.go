// Package courier hands what webhooks are told to addresses of other systems.
//
// Whoever may make a webhook chooses an address our server then calls, so the courier
// goes only to the public internet: a name is resolved first and each address it leads to
// is looked at when it is dialled, which no later change of the name can get round.
// Redirects are not followed, proxies of the environment not used, and of an answer only
// the first bytes are read. On a desk that says so in its settings, addresses of the own
// network may be called, too.
//
// It keeps nothing and repeats nothing; why there was no answer is one short word.
package courier

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"antena/internal/desk"
)

const (
	tryMax      = 10 * time.Second
	headMax     = 16 << 10 // bytes of headers
	responseMax = 500      // bytes of the answer that are kept
)

var errAddress = errors.New("this address may not be called")

// Courier calls addresses. It is safe for concurrent use.
type Courier struct {
	private bool
	client  *http.Client
}

// New returns a courier; private lets it call addresses of the own network and without TLS.
func New(private bool) *Courier {
	c := &Courier{private: private}
	dialer := &net.Dialer{Timeout: tryMax, Control: c.control}
	c.client = &http.Client{
		Timeout:       tryMax,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12}, TLSHandshakeTimeout: tryMax,
			MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute, MaxResponseHeaderBytes: headMax, DisableCompression: true, ForceAttemptHTTP2: true,
		},
	}
	return c
}

// Close ends connections that wait for the next call.
func (c *Courier) Close() { c.client.CloseIdleConnections() }

// control looks at the address that is really dialled.
func (c *Courier) control(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return errAddress
	}
	if !c.private && !public(at.Addr()) {
		return errAddress
	}
	return nil
}

// closed are ranges that lead into a network of somebody's own, or nowhere (RFC 6890),
// beside those that netip knows by itself.
func closed() []netip.Prefix {
	var all []netip.Prefix
	for _, s := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fec0::/10",
	} {
		all = append(all, netip.MustParsePrefix(s))
	}
	return all
}

func public(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range closed() {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

// Address says whether an address may be a webhook's: desk.ErrWebhookURL when not. What a
// name leads to is seen only when it is called.
func (c *Courier) Address(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
		return desk.ErrWebhookURL
	}
	if u.Scheme != "https" && !(c.private && u.Scheme == "http") {
		return desk.ErrWebhookURL
	}
	if c.private {
		return nil
	}
	host := strings.ToLower(u.Hostname())
	if ip, err := netip.ParseAddr(host); err == nil && !public(ip) || host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return desk.ErrWebhookURL
	}
	return nil
}

// Post hands a body to an address.
func (c *Courier) Post(ctx context.Context, address string, headers map[string]string, body []byte) desk.WebhookAnswer {
	if c.Address(address) != nil {
		return desk.WebhookAnswer{Problem: "refused_address"}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return desk.WebhookAnswer{Problem: "refused_address"}
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "Antena-Webhooks/1")
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := c.client.Do(request)
	if err != nil {
		return desk.WebhookAnswer{Problem: problemOf(err)}
	}
	defer response.Body.Close()
	head, _ := io.ReadAll(io.LimitReader(response.Body, responseMax)) // what came before it broke off is enough
	return desk.WebhookAnswer{Status: response.StatusCode, Response: text(head)}
}

// problemOf is why there was no answer, without the address.
func problemOf(err error) string {
	var dns *net.DNSError
	var unknown *tls.CertificateVerificationError
	var timeout net.Error
	switch {
	case errors.Is(err, errAddress):
		return "refused_address"
	case errors.As(err, &dns):
		return "unknown_host"
	case errors.As(err, &unknown):
		return "certificate"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	}
	return "no_connection"
}

// text leaves what both databases keep.
func text(raw []byte) string {
	for len(raw) > 0 && !utf8.Valid(raw) && len(raw) > responseMax-utf8.UTFMax {
		raw = raw[:len(raw)-1]
	}
	return strings.ToValidUTF8(strings.ReplaceAll(string(raw), "\x00", ""), "\ufffd")
}
