package whatsapp

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// webhooks returns every sample body by name.
func webhooks(t testing.TB) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob("testdata/webhooks/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	bodies := make(map[string][]byte, len(paths))
	for _, path := range paths {
		body, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		bodies[strings.TrimSuffix(filepath.Base(path), ".json")] = body
	}
	return bodies
}

// TestWebhooks compares what becomes of each sample with its golden file: items first, then what each decodes to.
func TestWebhooks(t *testing.T) {
	t.Parallel()
	for name, body := range webhooks(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := describe(t, body)
			golden := filepath.Join("testdata", "golden", name+".txt")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func describe(t *testing.T, body []byte) []byte {
	t.Helper()
	items, err := Split(body)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, item := range items {
		checkItem(t, item)
		fmt.Fprintf(&out, "%s %s\n  field=%s waba=%s number=%s contact=%s at=%s\n",
			item.Kind, item.Key, item.Field, item.WABAID, item.PhoneNumberID, item.ContactRef, item.At.Format("2006-01-02T15:04:05Z07:00"))
		event, err := Decode(item.Raw)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.MarshalIndent(sparse(t, event), "  ", "  ")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "  %s\n", text)
	}
	return out.Bytes()
}

// sparse drops empty members and the raw copies, so that a golden file shows what was understood.
func sparse(t *testing.T, v any) any {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	return prune(tree)
}

func prune(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, member := range v {
			member = prune(member)
			if key == "Raw" || member == nil {
				delete(v, key)
				continue
			}
			v[key] = member
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		for i := range v {
			v[i] = prune(v[i])
		}
		if len(v) == 0 {
			return nil
		}
	case string:
		if v == "" || v == "0001-01-01T00:00:00Z" {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	case float64:
		if v == 0 {
			return nil
		}
	}
	return v
}

// checkItem holds what is true of every item, whatever came in.
func checkItem(t *testing.T, item Item) {
	t.Helper()
	if item.Key == "" || len(item.Key) > MaxKey || !utf8.ValidString(item.Key) {
		t.Errorf("key %q", item.Key)
	}
	if len(item.ContactRef) > MaxKey || len(item.Field) > MaxKey || len(item.WABAID) > MaxKey || len(item.PhoneNumberID) > MaxKey {
		t.Errorf("an id is too long: %d %d %d %d", len(item.ContactRef), len(item.Field), len(item.WABAID), len(item.PhoneNumberID))
	}
	if !json.Valid(item.Raw) || !utf8.Valid(item.Raw) {
		t.Errorf("raw is no clean JSON: %q", item.Raw)
	}
	if strings.Contains(item.Key+item.ContactRef+item.Field+item.WABAID+item.PhoneNumberID, "\x00") {
		t.Errorf("U+0000 in %+v", item)
	}
}

func TestSplit_RefusesOnlyWhatIsNoObject(t *testing.T) {
	t.Parallel()
	for _, give := range []string{"", "null", "[]", `"x"`, "{", `{"entry":[}`, "{} {}"} {
		if _, err := Split([]byte(give)); err != ErrNotWebhook {
			t.Errorf("Split(%q) = %v, want ErrNotWebhook", give, err)
		}
	}
}

func TestSplit_KeysTellUpdatesApart(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for name, body := range webhooks(t) {
		items, err := Split(body)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Split(append([]byte(nil), body...))
		if err != nil {
			t.Fatal(err)
		}
		for i, item := range items {
			if again[i].Key != item.Key {
				t.Errorf("%s: a repeated POST has key %q, then %q", name, item.Key, again[i].Key)
			}
			if other, taken := seen[item.Key]; taken {
				t.Errorf("%s and %s share the key %q", name, other, item.Key)
			}
			seen[item.Key] = name
		}
	}
}

func TestSplit_LongIDsAreHashed(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("9", 300)
	body := fmt.Sprintf(`{"entry":[{"id":"%s","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"%s"},
		"messages":[{"id":"wamid.%s","from":"%s","type":"text"}]}}]}]}`, long, long, long, long)
	items, err := Split([]byte(body))
	if err != nil || len(items) != 1 {
		t.Fatalf("items %d, err %v", len(items), err)
	}
	checkItem(t, items[0])
	if !strings.HasPrefix(items[0].Key, "h:") || !strings.HasPrefix(items[0].ContactRef, "h:") {
		t.Errorf("key %q, contact %q: want hashes", items[0].Key, items[0].ContactRef)
	}
}

func TestSplit_ThousandUpdates(t *testing.T) {
	t.Parallel()
	var messages []string
	for i := range 1000 {
		messages = append(messages, fmt.Sprintf(`{"from":"549351%07d","id":"wamid.B%d","timestamp":"1795000000","type":"text","text":{"body":"x"}}`, i, i))
	}
	body := `{"entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"2"},"messages":[` + strings.Join(messages, ",") + `]}}]}]}`
	items, err := Split([]byte(body))
	if err != nil || len(items) != 1000 {
		t.Fatalf("%d items, err %v", len(items), err)
	}
	for i, item := range items {
		if want := fmt.Sprintf("m:2:wamid.B%d", i); item.Key != want {
			t.Fatalf("item %d has key %q, want %q", i, item.Key, want)
		}
	}
}

func BenchmarkSplit(b *testing.B) {
	for _, name := range []string{"text", "statuses"} {
		body := webhooks(b)[name]
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				if _, err := Split(body); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkDecode decodes one message, status or news of each kind.
func BenchmarkDecode(b *testing.B) {
	for _, name := range []string{"text", "image", "interactive_list", "contacts_card", "edit", "text_referral", "statuses", "template_status", "history"} {
		items, err := Split(webhooks(b)[name])
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(items[0].Raw)))
			for b.Loop() {
				if _, err := Decode(items[0].Raw); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
