package whatsapp

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

// budgetGraph answers what it is told, without a network, so that time can be played.
type budgetGraph struct {
	status int
	body   string
	header http.Header
	calls  int
}

func (g *budgetGraph) RoundTrip(*http.Request) (*http.Response, error) {
	g.calls++
	w := httptest.NewRecorder()
	for key := range g.header {
		w.Header().Set(key, g.header.Get(key))
	}
	w.WriteHeader(g.status)
	_, _ = w.WriteString(g.body) // into memory
	return w.Result(), nil
}

const (
	oneNumber = `{"id":"5","display_phone_number":"55"}`
	tooMany   = `{"error":{"code":80007,"message":"too many"}}`
)

func TestBudget_CallsRestWhenMetaSaysSo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		status int
		body   string
		header http.Header
		want   time.Duration
		used   int
	}{
		{"plenty is left", 200, oneNumber, http.Header{"X-Business-Use-Case-Usage": {`{"3":[{"type":"whatsapp","call_count":94,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":0}]}`}}, 0, 94},
		{"little is left", 200, oneNumber, http.Header{"X-Business-Use-Case-Usage": {`{"3":[{"call_count":96}]}`}}, time.Minute, 96},
		{"little is left of the app", 200, oneNumber, http.Header{"X-App-Usage": {`{"call_count":10,"total_time":98}`}}, time.Minute, 98},
		{"refused for some minutes", 400, tooMany, http.Header{"X-Business-Use-Case-Usage": {`{"3":[{"call_count":100,"estimated_time_to_regain_access":17}]}`}}, 17 * time.Minute, 100},
		{"refused, nobody says for how long", 400, tooMany, nil, 2 * time.Minute, 0},
		{"another code of the same", 400, `{"error":{"code":80008}}`, nil, 2 * time.Minute, 0},
		{"refused for another reason", 400, `{"error":{"code":100}}`, nil, 0, 0},
		{"nonsense", 200, oneNumber, http.Header{"X-Business-Use-Case-Usage": {`[1]`}, "X-App-Usage": {`"x"`}}, 0, 0},
		{"for ever", 200, oneNumber, http.Header{"X-Business-Use-Case-Usage": {`{"3":[{"estimated_time_to_regain_access":1e300}]}`}}, 24 * time.Hour, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				g := &budgetGraph{status: c.status, body: c.body, header: c.header}
				client, err := NewClient(ClientConfig{Token: "t", Transport: g})
				if err != nil {
					t.Fatal(err)
				}
				read := func() error { _, err := client.NumberInfo(t.Context(), "5"); return err }
				_ = read() // what it says is the case's
				used, until := client.ManagementUse()
				if got := max(time.Until(until), 0); got != c.want || used != c.used {
					t.Errorf("rests for %v at %d %%", got, used)
				}
				g.status, g.body, g.header = 200, oneNumber, nil
				var e *Error
				if err := read(); c.want > 0 && (!errors.As(err, &e) || e.Action != Retry || e.Outcome != NotSent || e.Delay(3) != c.want || g.calls != 1) {
					t.Errorf("while it rests: %v after %d calls", err, g.calls)
				}
				if err := client.MarkRead(t.Context(), "5", "wamid.1", false); AsError(err) != nil && AsError(err).Code == 80007 {
					t.Errorf("a delivery rests too: %v", err)
				}
				<-time.After(c.want)
				if err := read(); err != nil {
					t.Errorf("after it: %v", err)
				}
			})
		})
	}
}

func TestBudget_RefusedAgainItRestsLonger(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, err := NewClient(ClientConfig{Token: "t", Transport: &budgetGraph{status: 400, body: tooMany}})
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []time.Duration{2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 16 * time.Minute, 32 * time.Minute, time.Hour, time.Hour} {
			_, err := client.NumberInfo(t.Context(), "5")
			if _, until := client.ManagementUse(); err == nil || time.Until(until) != want {
				t.Fatalf("rests for %v, want %v", time.Until(until), want)
			}
			<-time.After(want)
		}
	})
}
