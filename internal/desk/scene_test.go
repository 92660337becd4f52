package desk_test

import (
	"testing"
	"time"

	"antena/internal/desk"
)

func TestScene_TextAndChoice(t *testing.T) {
	t.Parallel()
	first, last := &desk.Choice{ID: "a", Title: "Uno"}, &desk.Choice{ID: "b", Title: "Dos"}
	s := desk.Scene{New: []desk.Message{
		{ID: desk.NewID(), Kind: desk.KindText, Text: "hola"}, {Kind: desk.KindReply, Choice: first}, {Kind: desk.KindImage},
		{Kind: desk.KindReply, Choice: last, Text: "con palabras"}, {ID: desk.NewID(), Kind: desk.KindSticker},
	}}
	if got := s.Text(); got != "hola\nUno\ncon palabras" {
		t.Errorf("got %q", got)
	}
	if s.Choice() != last {
		t.Error("not the last choice")
	}
	if !s.Has(desk.KindVideo, desk.KindImage) || s.Has(desk.KindVideo) || s.Has() {
		t.Error("kinds are counted wrong")
	}
	if s.Last() != s.New[4].ID {
		t.Error("not the newest message")
	}
	empty := desk.Scene{Conversation: desk.Conversation{Border: s.New[0].ID}}
	if empty.Last() != s.New[0].ID || empty.Text() != "" || empty.Choice() != nil {
		t.Error("an empty scene is not at its border")
	}
}

func TestScene_PendingLosesItsMeaning(t *testing.T) {
	t.Parallel()
	for after, want := range map[time.Duration]bool{0: true, desk.PendingKeep: true, desk.PendingKeep + time.Second: false} {
		s := desk.Scene{Now: noon.Add(after), Conversation: desk.Conversation{Pending: &desk.Pending{AskedAt: noon}}}
		if (s.Pending() != nil) != want {
			t.Errorf("after %v: %v", after, s.Pending())
		}
	}
	if (&desk.Scene{}).Pending() != nil {
		t.Error("nothing asked, something pending")
	}
}

func TestScene_Language(t *testing.T) {
	t.Parallel()
	s := desk.Scene{Profile: &desk.Profile{}}
	steps := []struct {
		set  func()
		want string
	}{
		{func() {}, "es"},
		{func() { s.Profile.Languages = []string{"pt", "en"} }, "pt"},
		{func() { s.Contact.Language = "en" }, "en"},
		{func() { s.Conversation.Language = "es" }, "es"},
	}
	for i, step := range steps {
		step.set()
		if got := s.Language(); got != step.want {
			t.Errorf("step %d: %s, want %s", i, got, step.want)
		}
	}
}

func TestArticle_InForce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		give desk.Article
		want bool
	}{
		{"published", desk.Article{Status: desk.ArticlePublished}, true},
		{"draft", desk.Article{Status: desk.ArticleDraft}, false},
		{"in review", desk.Article{Status: desk.ArticleReview}, false},
		{"archived", desk.Article{Status: desk.ArticleArchived}, false},
		{"from now", desk.Article{Status: desk.ArticlePublished, ValidFrom: ptr(noon)}, true},
		{"from soon", desk.Article{Status: desk.ArticlePublished, ValidFrom: ptr(noon.Add(time.Microsecond))}, false},
		{"until now", desk.Article{Status: desk.ArticlePublished, ValidUntil: ptr(noon)}, false},
		{"until soon", desk.Article{Status: desk.ArticlePublished, ValidUntil: ptr(noon.Add(time.Microsecond))}, true},
	} {
		if got := c.give.InForce(noon); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestBook_ArticleInTheNearestLanguage(t *testing.T) {
	t.Parallel()
	es, pt, en := &desk.Article{Language: "es"}, &desk.Article{Language: "pt"}, &desk.Article{Language: "en"}
	b := desk.Book{Articles: map[string]map[string]*desk.Article{"all": {"es": es, "pt": pt, "en": en}, "latin": {"es": es, "pt": pt}, "pt": {"pt": pt}, "en": {"en": en}}}
	for _, c := range []struct {
		id, language string
		want         *desk.Article
	}{{"all", "pt", pt}, {"all", "fr", es}, {"latin", "en", es}, {"pt", "es", pt}, {"en", "pt", en}, {"none", "es", nil}} {
		if got := b.Article(c.id, c.language); got != c.want {
			t.Errorf("%s in %s: %v", c.id, c.language, got)
		}
	}
	if (desk.Words{"en": "a", "pt": "b"}).In("es") != "b" || (desk.Words{}).In("es") != "" {
		t.Error("words fall back wrongly")
	}
}

func TestUnderstanding_Best(t *testing.T) {
	t.Parallel()
	u := desk.Understanding{}
	if u.Best() != (desk.Score{}) {
		t.Error("something out of nothing")
	}
	u.Intents = []desk.Score{{Label: "a", Confidence: 1}, {Label: "b"}}
	if u.Best().Label != "a" {
		t.Error("not the first")
	}
}
