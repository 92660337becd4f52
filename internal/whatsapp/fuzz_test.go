package whatsapp

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzSplit feeds any bytes as a webhook. Whatever is JSON comes apart into clean items that decode, the same ones each time.
func FuzzSplit(f *testing.F) {
	for _, body := range webhooks(f) {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		items, err := Split(body)
		if err != nil {
			if trimmed := bytes.TrimSpace(body); json.Valid(body) && trimmed[0] == '{' {
				t.Errorf("an object is refused: %v", err)
			}
			return
		}
		again, _ := Split(body)
		for i, item := range items {
			checkItem(t, item)
			if again[i].Key != item.Key {
				t.Errorf("keys %q and %q for the same update", item.Key, again[i].Key)
			}
			event, err := Decode(item.Raw)
			if err != nil {
				t.Fatalf("%v: %s", err, item.Raw)
			}
			checkEvent(t, event)
		}
	})
}

// FuzzDecode feeds any bytes as a stored row.
func FuzzDecode(f *testing.F) {
	for _, body := range webhooks(f) {
		items, err := Split(body)
		if err != nil {
			f.Fatal(err)
		}
		for _, item := range items {
			f.Add([]byte(item.Raw))
		}
	}
	f.Add([]byte(`{"kind":"message","item":null}`))
	f.Add([]byte(`{"kind":"standby","part":"messages","item":{"type":"edit","edit":{"message":{"type":"edit"}}}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		event, err := Decode(raw)
		if err == nil {
			checkEvent(t, event)
		}
	})
}

// checkEvent holds what is true of every event: one pointer, the one its kind names, and text that any database takes.
func checkEvent(t *testing.T, e Event) {
	t.Helper()
	set := map[string]bool{
		KindMessage: e.Message != nil, KindStatus: e.Status != nil, KindFailure: e.Failure != nil, KindEcho: e.Echo != nil,
		KindPreference: e.Preference != nil, KindCall: e.Call != nil, KindHandover: e.Handover != nil, KindHistory: e.History != nil, KindStandby: e.Standby != nil,
	}
	set[e.Kind] = set[e.Kind] || e.Account != nil || e.Other != nil
	count := 0
	for _, is := range set {
		if is {
			count++
		}
	}
	if count != 1 || !set[e.Kind] {
		t.Errorf("kind %q with %v set", e.Kind, set)
	}
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	if !utf8.Valid(text) || strings.Contains(strings.ReplaceAll(string(text), `\\`, ""), `\u0000`) {
		t.Errorf("not clean: %s", text)
	}
}
