package knowledge_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/fstest"

	"antena/internal/desk"
	"antena/internal/knowledge"
)

// stocked is a shelf with one article, and its library.
func stocked(t *testing.T) (*shelf, *knowledge.Library) {
	t.Helper()
	s, l := &shelf{}, lib(t, fstest.MapFS{"es/a.md": article("uno")})
	if _, err := knowledge.Import(t.Context(), s, l, true, noon); err != nil {
		t.Fatal(err)
	}
	return s, l
}

func TestCurrent_ReloadsWhatChanged(t *testing.T) {
	t.Parallel()
	s, l := stocked(t)
	var learned []string
	learn := func(b *desk.Book) error { learned = append(learned, b.Version); return nil }
	first := knowledge.NewProfile("ISP", "", "UTC", desk.Languages)
	c, err := knowledge.NewCurrent(t.Context(), s, l, first, learn)
	if err != nil {
		t.Fatal(err)
	}
	old := c.Book()
	if err := c.Reload(t.Context()); err != nil || len(learned) != 1 {
		t.Errorf("nothing changed, learned %d times: %v", len(learned), err)
	}
	s.articles[0].Body, s.articles[0].Hash = "dos", "other"
	if err := c.Reload(t.Context()); err != nil || len(learned) != 2 || learned[1] == learned[0] {
		t.Errorf("an article changed, learned %v: %v", learned, err)
	}
	if c.Book() == old || c.Book().Article("a", "es").Body != "dos" || old.Article("a", "es").Body != "uno" {
		t.Error("the old book was changed, or is still in force")
	}
	p := *c.Profile()
	p.Name = "Otro"
	if err := s.SetSetting(t.Context(), knowledge.ProfileSetting, p); err != nil {
		t.Fatal(err)
	}
	if err := c.Reload(t.Context()); err != nil || c.Profile().Name != "Otro" || len(learned) != 2 {
		t.Errorf("%s, learned %d times: %v", c.Profile().Name, len(learned), err)
	}
}

func TestCurrent_FailureKeepsWhatIsInForce(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for name, breaks := range map[string]func(s *shelf, learn *error){
		"articles": func(s *shelf, _ *error) { s.fail = broken },
		"profile":  func(s *shelf, _ *error) { s.settings[knowledge.ProfileSetting] = []byte("{") },
		"learning": func(s *shelf, learn *error) { s.articles[0].Hash, *learn = "other", broken },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, l := stocked(t)
			var failing error
			learn := func(*desk.Book) error { return failing }
			c, err := knowledge.NewCurrent(t.Context(), s, l, knowledge.NewProfile("ISP", "", "UTC", nil), learn)
			if err != nil {
				t.Fatal(err)
			}
			book, profile := c.Book(), c.Profile()
			breaks(s, &failing)
			if err := c.Reload(t.Context()); err == nil || c.Book() != book || c.Profile() != profile {
				t.Errorf("what was in force was lost: %v", err)
			}
		})
	}
	s, l := stocked(t)
	if _, err := knowledge.NewCurrent(t.Context(), s, l, knowledge.NewProfile("ISP", "", "UTC", nil), func(*desk.Book) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("started without having learned: %v", err)
	}
}

func TestCurrent_ReadersNeverSeeHalf(t *testing.T) {
	t.Parallel()
	s, l := stocked(t)
	c, err := knowledge.NewCurrent(t.Context(), s, l, knowledge.NewProfile("ISP", "", "UTC", nil), func(*desk.Book) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 200 {
				if c.Book().Article("a", "es") == nil || c.Profile().Name != "ISP" {
					t.Error("half a state")
					return
				}
			}
		})
	}
	for range 50 {
		if err := c.Reload(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	all.Wait()
}

func TestLoadProfile_WritesTheFirst(t *testing.T) {
	t.Parallel()
	s := &shelf{}
	first := knowledge.NewProfile("ISP", "BR", "America/Sao_Paulo", []string{"pt"})
	for _, offered := range []*desk.Profile{first, knowledge.NewProfile("Otro", "", "UTC", nil)} {
		p, err := knowledge.LoadProfile(t.Context(), s, offered)
		if err != nil || p.Name != "ISP" || p.Country != "BR" || p.Thresholds.Answer != 0 {
			t.Errorf("%+v: %v", p, err)
		}
	}
}

func TestBook_VersionIsItsContent(t *testing.T) {
	t.Parallel()
	of := func(change func(*knowledge.Library)) string {
		l := lib(t, fstest.MapFS{"es/a.md": article("uno"), "es/b.md": article("dos"),
			"intents/pay.yaml": {Data: []byte("label: pay\nnames: {es: P, pt: P, en: P}\naction: answer\narticles: [a]\n")}})
		change(l)
		return knowledge.NewBook(l.Articles, l).Version
	}
	same := of(func(*knowledge.Library) {})
	if got := of(func(l *knowledge.Library) { slices.Reverse(l.Articles) }); got != same {
		t.Error("the order of articles makes another version")
	}
	for name, change := range map[string]func(*knowledge.Library){
		"text": func(l *knowledge.Library) {
			l.Articles[0].Body = "x"
			l.Articles[0].Hash = knowledge.Hash(&l.Articles[0])
		},
		"status": func(l *knowledge.Library) { l.Articles[0].Status = desk.ArticleDraft },
		"gone":   func(l *knowledge.Library) { l.Articles = l.Articles[1:] },
		"intent": func(l *knowledge.Library) { l.Intents["pay"].Articles = []string{"b"} },
	} {
		if of(change) == same {
			t.Errorf("%s: the version is the same", name)
		}
	}
}

func TestHash_IsOfWhatAReaderNotices(t *testing.T) {
	t.Parallel()
	base := desk.Article{Title: "T", Body: "B", Questions: []string{"q"}, Status: desk.ArticlePublished, Owner: desk.TeamSupport}
	counted := base
	counted.Uses, counted.Version, counted.UpdatedAt = 9, 9, noon
	if knowledge.Hash(&counted) != knowledge.Hash(&base) {
		t.Error("being read changes the content")
	}
	for i, change := range []func(*desk.Article){
		func(a *desk.Article) { a.Title = "x" }, func(a *desk.Article) { a.Body = "x" }, func(a *desk.Article) { a.Questions = []string{"x"} },
		func(a *desk.Article) { a.Keywords = []string{"x"} }, func(a *desk.Article) { a.Owner = "x" }, func(a *desk.Article) { a.Status = "x" },
		func(a *desk.Article) { a.Zones = []string{"x"} }, func(a *desk.Article) { a.Plans = []string{"x"} },
		func(a *desk.Article) { a.ValidFrom = &noon }, func(a *desk.Article) { a.ValidUntil = &noon },
	} {
		a := base
		change(&a)
		if knowledge.Hash(&a) == knowledge.Hash(&base) {
			t.Errorf("change %d is not noticed", i)
		}
	}
}

func TestMissing_NamesWhatTheISPHasNotSet(t *testing.T) {
	t.Parallel()
	book := &desk.Book{Articles: map[string]map[string]*desk.Article{
		"a": {"es": {Language: "es", Body: "{one} {two} {isp_name}", Status: desk.ArticlePublished}},
		"b": {"es": {Language: "es", Body: "{draft}", Status: desk.ArticleDraft}},
	}}
	p := knowledge.NewProfile("ISP", "", "UTC", nil)
	p.Placeholders["one"] = desk.Words{"pt": "um"}
	if got := knowledge.Missing(p, book, noon); !slices.Equal(got, []string{"two"}) {
		t.Errorf("got %v", got)
	}
}
