package phone_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"antena/internal/whatsapp"
)

// listen opens the stream of a customer and passes on its events as "name data".
func (w *world) listen(path string) <-chan string {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	req := w.request("GET", path, "", nil).WithContext(ctx)
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		w.t.Fatal(err)
	}
	if kind := resp.Header.Get("Content-Type"); kind != "text/event-stream" {
		w.t.Fatalf("content type %q", kind)
	}
	events := make(chan string, 64)
	done := make(chan struct{})
	w.t.Cleanup(func() {
		cancel()
		<-done
	})
	go func() {
		defer close(done)
		defer close(events)
		defer resp.Body.Close()
		name := ""
		for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
			line := lines.Text()
			if after, ok := strings.CutPrefix(line, "event: "); ok {
				name = after
			}
			if data, ok := strings.CutPrefix(line, "data: "); ok {
				events <- name + " " + data
			}
		}
	}()
	return events
}

// await reads events until one is as wanted.
func await(t *testing.T, events <-chan string, what string, wanted func(string) bool) {
	t.Helper()
	for event := range events {
		if wanted(event) {
			return
		}
	}
	t.Fatalf("the stream ended without %s", what)
}

func TestEvents_TellOfWhatTheDeskSends(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.must("/c/grace/messages", "text", "wifi pass forgot lol")
	w.settle()
	events := w.listen("/c/grace/events")
	thread := func(e string) bool { return strings.HasPrefix(e, "thread ") }
	await(t, events, "a first drawing", thread)
	w.say("447700900142", whatsapp.Outbound{Text: &whatsapp.Text{Body: "No worries, *Grace*!"}})
	await(t, events, "news of the message", thread)
	if page := w.get("/c/grace/thread"); !strings.Contains(page, "No worries, <strong>Grace</strong>!") {
		t.Errorf("the thread:\n%s", page)
	}
}

func TestEvents_CountAndShowFaults(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	events := w.listen("/c/tom/events")
	w.must("/c/tom/messages", "text", "hi")
	w.settle()
	w.say("12125550178", whatsapp.Outbound{Text: &whatsapp.Text{Body: "Hello"}})
	w.must("/faults", "name", "limit", "on", "true")
	await(t, events, "the counters", func(e string) bool {
		data, ok := strings.CutPrefix(e, "state ")
		var s struct {
			Answered, Posts int
			Faults          []string
		}
		if !ok || json.Unmarshal([]byte(data), &s) != nil {
			return false
		}
		return s.Answered == 1 && s.Posts >= 1 && len(s.Faults) == 1 && s.Faults[0] == "limit"
	})
}
