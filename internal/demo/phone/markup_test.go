package phone

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestMarkup(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, give, want string }{
		{"plain", "a < b & c", "a &lt; b &amp; c"},
		{"bold", "say *hello* now", "say <strong>hello</strong> now"},
		{"all", "*a* _b_ ~c~ `d`", "<strong>a</strong> <em>b</em> <s>c</s> <code>d</code>"},
		{"nested", "*_both_*", "<strong><em>both</em></strong>"},
		{"inside words", "2*3*4 snake_case_name", "2*3*4 snake_case_name"},
		{"after ñ", "año*x*", "año*x*"},
		{"spaces", "* not * bold", "<ul><li>not * bold</li></ul>"},
		{"no partner", "5* hotel", "5* hotel"},
		{"code is literal", "`*x*`", "<code>*x*</code>"},
		{"lines", "a\nb", "a<br>b"},
		{"empty line", "a\n\nb", "a<br><br>b"},
		{"list", "pick:\n- one\n- *two*\nend", "pick:<ul><li>one</li><li><strong>two</strong></li></ul>end"},
		{"numbers", "1. one\n2. two", `<ol><li value="1">one</li><li value="2">two</li></ol>`},
		{"quote", "> said\n> more", "<blockquote>said<br>more</blockquote>"},
		{"mono", "see\n```a *b*\n<c>```\nend", "see<pre>a *b*\n&lt;c&gt;</pre>end"},
		{"mono in a line", "no, ```a *b*``` *c*", "no, <code>a *b*</code> <strong>c</strong>"},
		{"open mono", "```x", "```x"},
		{"link", "go to https://a.example/x?y=1&z=2.", `go to <a href="https://a.example/x?y=1&amp;z=2" target="_blank" rel="noopener noreferrer nofollow">https://a.example/x?y=1&amp;z=2</a>.`},
		{"no script link", "javascript:alert(1)", "javascript:alert(1)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := string(markup(test.give)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestMarkup_HostileLengthIsCheap(t *testing.T) {
	t.Parallel()
	start := time.Now()
	for _, part := range []string{"*a", "*_~`", "_ *", "```", "`x`*", "> ", "https://"} {
		markup(strings.Repeat(part, 40000))
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
}

var allowedTag = regexp.MustCompile(`^</?(strong|em|s|code|pre|ul|ol|li|blockquote|a)>|^<br>|^<li value="\d{1,2}">|` +
	`^<a href="https?://[^"<>\s]+" target="_blank" rel="noopener noreferrer nofollow">`)

func FuzzMarkup(f *testing.F) {
	for _, seed := range []string{"*a _b_* `c`", "- x\n1. y\n> z", "```\n```", "https://a.example/<b>", "\xff*\x00*", "* *", "*_*_"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		drawn := string(markup(text))
		depth := 0
		for at := strings.IndexByte(drawn, '<'); at >= 0; at = strings.IndexByte(drawn, '<') {
			drawn = drawn[at:]
			tag := allowedTag.FindString(drawn)
			if tag == "" {
				t.Fatalf("%q lets through %q", text, drawn)
			}
			switch {
			case strings.HasPrefix(tag, "</"):
				depth--
			case tag != "<br>":
				depth++
			}
			drawn = drawn[len(tag):]
		}
		if depth != 0 {
			t.Fatalf("%q leaves %d elements open", text, depth)
		}
	})
}

func TestWords_NothingIsMissing(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"es", "pt", "en"} {
		w := wordsOf(lang)
		if w.Language != lang || len(w.Burst) != 3 {
			t.Errorf("%s: language %s, %d messages", lang, w.Language, len(w.Burst))
		}
		all := reflect.ValueOf(*w)
		for i := range all.NumField() {
			if all.Field(i).IsZero() {
				t.Errorf("%s: %s is empty", lang, all.Type().Field(i).Name)
			}
		}
		for _, s := range troubles() {
			if w.FaultName[s.name] == "" || w.FaultHint[s.name] == "" {
				t.Errorf("%s: no words for %s", lang, s.name)
			}
		}
		for code := range english().Problem {
			if w.Problem[code] == "" {
				t.Errorf("%s: no words for %q", lang, code)
			}
		}
	}
}

func TestSeeded_NumbersAreFictionAndIDsDiffer(t *testing.T) {
	t.Parallel()
	fiction := regexp.MustCompile(`^(1[2-9]\d\d55501\d\d|4477009001\d\d|)$`)
	seen := map[string]bool{}
	hidden := 0
	for _, c := range Seeded() {
		if !fiction.MatchString(c.Profile.Phone) {
			t.Errorf("%s has a number that may be somebody's: %s", c.ID, c.Profile.Phone)
		}
		if seen[c.ID] || !regexp.MustCompile(`^[a-z]+$`).MatchString(c.ID) || c.Story == "" || len(c.Starters) < 3 {
			t.Errorf("%+v", c)
		}
		if c.Profile.Phone == "" && c.Profile.BSUID != "" && c.Profile.Username != "" {
			hidden++
		}
		seen[c.ID] = true
	}
	if len(seen) != 6 || hidden != 1 {
		t.Errorf("%d customers, %d hide their number", len(seen), hidden)
	}
}

func TestOnlyEmoji(t *testing.T) {
	t.Parallel()
	for give, want := range map[string]bool{"😀": true, "👍🏽": true, "❤️": true, "😀😀😀": true, "😀😀😀😀": false, "a😀": false, "": false, "12": false} {
		if got := onlyEmoji(give); got != want {
			t.Errorf("%q: %v", give, got)
		}
	}
}
