package console

import (
	"html/template"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestMarkup(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, give, want string }{
		{"plain", "hola", "hola"},
		{"marks", "*a* _b_ ~c~ `d`", "<strong>a</strong> <em>b</em> <s>c</s> <code>d</code>"},
		{"nested", "*a _b_ c*", "<strong>a <em>b</em> c</strong>"},
		{"no partner", "2 * 3 * 4 y a_b_c", "2 * 3 * 4 y a_b_c"},
		{"lines", "a\nb", "a<br>b"},
		{"list", "a\n- b\n- c\nd", "a<ul><li>b</li><li>c</li></ul>d"},
		{"numbers", "2. b\n3. c", `<ol><li value="2">b</li><li value="3">c</li></ol>`},
		{"address", "ver https://a.example/b?c=1&d=2.", `ver <a href="https://a.example/b?c=1&amp;d=2" target="_blank" rel="noopener noreferrer nofollow">https://a.example/b?c=1&amp;d=2</a>.`},
		{"placeholder", "al {support_phone}", `al <span class="slot">support_phone</span>`},
		{"not a placeholder", "{A B}", "{A B}"},
		{"html", "<b>&", "&lt;b&gt;&amp;"},
		{"no script address", "javascript:alert(1)", "javascript:alert(1)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := markup(test.give); got != template.HTML(test.want) {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// ours are all the elements markup may write.
var ours = regexp.MustCompile(`</?(strong|em|s|code|ul|ol|li|blockquote)>|<br>|<li value="\d{1,2}">|<span class="slot">[a-z0-9_]+</span>|` +
	`<a href="https?://[^"<>]*" target="_blank" rel="noopener noreferrer nofollow">[^<>"]*</a>`)

// FuzzMarkup: whatever people write, only our own elements come out.
func FuzzMarkup(f *testing.F) {
	for _, seed := range []string{"*a*", "- x\n1. y\n> z", "<script>alert(1)</script>", `https://a.b/"onclick="x`, "{a}{b", "*_~`*_~`", "\x00\xff", "`<b>`"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if rest := ours.ReplaceAllString(string(markup(text)), ""); strings.ContainsAny(rest, `<>"'`) {
			t.Fatalf("%q leaves %q", text, rest)
		}
	})
}

func TestCalendar(t *testing.T) {
	t.Parallel()
	all, err := loadSpeech()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 12, 2, 30, 0, 0, time.UTC) // still the 11th in São Paulo
	zone := time.FixedZone("BRT", -3*60*60)
	at := func(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 5, 0, 0, zone) }
	tests := []struct {
		language         string
		give             time.Time
		day, stamp, full string
	}{
		{"es", at(11, 9), "hoy", "09:05", "miércoles, 11 de marzo de 2026, 09:05"},
		{"pt", at(10, 23), "ontem", "ontem", "terça, 10 de março de 2026, 23:05"},
		{"en", at(10, 0), "yesterday", "yesterday", "Tuesday, March 10, 2026, 00:05"},
		{"en", at(6, 12), "Friday", "Fri", "Friday, March 6, 2026, 12:05"},
		{"es", at(2, 12), "2 de marzo", "2 mar", "lunes, 2 de marzo de 2026, 12:05"},
		{"en", at(2, 12), "March 2", "Mar 2", "Monday, March 2, 2026, 12:05"},
		{"pt", at(2, 12).AddDate(-1, 0, 0), "2 de março de 2025", "2 mar 2025", "domingo, 2 de março de 2025, 12:05"},
		{"es", at(13, 9), "13 de marzo", "13 mar", "viernes, 13 de marzo de 2026, 09:05"},
	}
	for _, test := range tests {
		c := calendar{all[test.language], zone, now}
		if got := []string{c.Day(test.give), c.Stamp(test.give), c.Full(test.give)}; got[0] != test.day || got[1] != test.stamp || got[2] != test.full {
			t.Errorf("%s %s: %q", test.language, test.give, got)
		}
	}
}

func TestPlural(t *testing.T) {
	t.Parallel()
	all, err := loadSpeech()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		language string
		count    int
		want     string
	}{
		{"es", 0, "0 artículos"}, {"es", 1, "1 artículo"}, {"es", 2, "2 artículos"},
		{"pt", 0, "0 artigo"}, {"pt", 1, "1 artigo"}, {"pt", 5, "5 artigos"}, {"en", 0, "0 articles"}, {"en", 1, "1 article"},
	} {
		if got := all[test.language].N("articles.total", test.count); got != test.want {
			t.Errorf("%s %d: %q", test.language, test.count, got)
		}
	}
	if got := all["es"].Code("reason", "brand_new"); got != "brand new" {
		t.Errorf("an unknown code is shown as %q", got)
	}
}

func TestSpan(t *testing.T) {
	t.Parallel()
	for give, want := range map[time.Duration]string{
		20 * time.Second: "<1 min", 5 * time.Minute: "5 min", time.Hour: "1 h", 90 * time.Minute: "1 h 30 min", 23*time.Hour + 59*time.Minute: "23 h 59 min", 50 * time.Hour: "2 d",
	} {
		if got := Span(give); got != want {
			t.Errorf("%s is said %q, want %q", give, got, want)
		}
	}
}

func TestInitials(t *testing.T) {
	t.Parallel()
	for give, want := range map[string]string{"": "#", "+54911": "#", "Ana": "A", "ana maría de la cruz": "AC", "Élodie Ñuñez": "ÉÑ", "👍 José": "J"} {
		if got := initials(give); got != want {
			t.Errorf("%q: %q, want %q", give, got, want)
		}
	}
}

// A word of the provider's must not run as a formula in somebody's spreadsheet.
func TestCell(t *testing.T) {
	t.Parallel()
	for give, want := range map[string]string{
		"": "", "service": "service", "=1+1": "'=1+1", "@sum": "'@sum", "+1": "'+1", "-1": "'-1", "\t=1": "'\t=1",
	} {
		if got := cell(give); got != want {
			t.Errorf("%q: %q, want %q", give, got, want)
		}
	}
}
