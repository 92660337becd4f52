package courier

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"antena/internal/desk"
)

func TestPublic(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		give string
		want bool
	}{
		{"8.8.8.8", true}, {"2606:4700:4700::1111", true}, {"127.0.0.1", false}, {"10.1.2.3", false}, {"172.16.0.1", false}, {"192.168.1.1", false},
		{"169.254.169.254", false}, {"100.64.0.1", false}, {"0.0.0.0", false}, {"224.0.0.1", false}, {"255.255.255.255", false}, {"198.18.0.1", false},
		{"::1", false}, {"::", false}, {"fe80::1", false}, {"fe80::1%eth0", false}, {"fd00::1", false}, {"ff02::1", false}, {"::ffff:127.0.0.1", false},
		{"::ffff:10.0.0.1", false}, {"64:ff9b::a00:1", false}, {"2002:a00:1::", false}, {"2001:db8::1", false}, {"::127.0.0.1", false},
	} {
		if got := public(netip.MustParseAddr(c.give)); got != c.want {
			t.Errorf("%s: got %t", c.give, got)
		}
	}
}

func TestAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		give            string
		public, private bool
	}{
		{"https://crm.example.net/x", true, true}, {"http://crm.example.net/x", false, true}, {"https://127.0.0.1/", false, true}, {"https://[::1]/", false, true},
		{"https://localhost/", false, true}, {"https://a.localhost:8443/", false, true}, {"https://user:pw@crm.example.net/", false, false},
		{"ftp://crm.example.net/", false, false}, {"https:///x", false, false}, {"//crm.example.net", false, false}, {"https://crm.example.net/#x", false, false}, {"%", false, false},
	} {
		if got := New(false).Address(c.give) == nil; got != c.public {
			t.Errorf("%s: got %t", c.give, got)
		}
		if got := New(true).Address(c.give) == nil; got != c.private {
			t.Errorf("%s, private: got %t", c.give, got)
		}
	}
}

// A name that leads into the own network is found out when it is dialled.
func TestPost_LooksAtTheAddressItDials(t *testing.T) {
	t.Parallel()
	called := make(chan struct{}, 1)
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called <- struct{}{} }))
	defer s.Close()
	c := New(false)
	defer c.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL, nil) // past Address, as a name would be
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.client.Do(request); problemOf(err) != "refused_address" { //nolint:bodyclose // there is no answer
		t.Errorf("got %v", err)
	}
	select {
	case <-called:
		t.Error("a private address was called")
	default:
	}
}

func TestPost(t *testing.T) {
	t.Parallel()
	elsewhere := false
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/redirect":
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		case "/elsewhere":
			elsewhere = true
		case "/long":
			_, _ = w.Write([]byte(strings.Repeat("é\x00", 100_000)))
		default:
			w.WriteHeader(http.StatusTeapot)
		}
	}))
	c := New(true)
	defer c.Close()
	post := func(path string) desk.WebhookAnswer { return c.Post(t.Context(), s.URL+path, nil, []byte("{}")) }
	if a := post("/"); a.Status != http.StatusTeapot || a.OK() {
		t.Errorf("got %+v", a)
	}
	if a := post("/redirect"); a.Status != http.StatusTemporaryRedirect || a.OK() || elsewhere {
		t.Errorf("got %+v, followed %t", a, elsewhere)
	}
	if a := post("/long"); a.Status != http.StatusOK || len(a.Response) > responseMax+3 || strings.Contains(a.Response, "\x00") {
		t.Errorf("got %d bytes", len(a.Response))
	}
	s.Close()
	if a := post("/"); a.Status != 0 || a.Problem != "no_connection" {
		t.Errorf("got %+v", a)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if a := c.Post(ended, "https://crm.invalid/", nil, nil); a.Status != 0 || a.Problem == "" {
		t.Errorf("got %+v", a)
	}
}
