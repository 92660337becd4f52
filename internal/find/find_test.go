package find_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/find"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// world is a desk with something to find.
type world struct {
	t      *testing.T
	s      *store.Store
	finder *find.Finder
}

func in(t *testing.T, test func(w world)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		test(world{t, s, find.New(s, func() string { return "BR" }, nil)})
	})
}

func (w world) do(closure func(ctx context.Context, tx *store.Tx) error) {
	w.t.Helper()
	if err := w.s.InTx(w.t.Context(), func(tx *store.Tx) error { return closure(w.t.Context(), tx) }); err != nil {
		w.t.Fatal(err)
	}
}

func (w world) contact(name, username, phone string) (c *desk.Conversation) {
	w.do(func(ctx context.Context, tx *store.Tx) error {
		contact, err := tx.ContactFor(ctx, desk.Identity{Name: name, Username: username, Phone: phone}, time.Now().UTC())
		if err != nil {
			return err
		}
		c, err = tx.ConversationFor(ctx, contact.ID, "100", time.Now().UTC())
		return err
	})
	return c
}

func (w world) say(c *desk.Conversation, text string) *desk.Message {
	m := &desk.Message{ID: desk.NewID(), ConversationID: c.ID, Channel: c.Channel, Direction: desk.Inbound, Author: desk.ByContact, Kind: desk.KindText, Text: text, CreatedAt: time.Now().UTC()}
	w.do(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.AddMessage(ctx, m)
		return err
	})
	return m
}

// index does all there is to do.
func (w world) index() {
	w.t.Helper()
	x := find.NewIndexer(w.s, nil)
	for range 3 { // what changed comes before what is new
		for more := true; more; {
			var err error
			if more, err = x.Step(w.t.Context()); err != nil {
				w.t.Fatal(err)
			}
		}
	}
}

func (w world) search(text string) find.Found {
	w.t.Helper()
	found, err := w.finder.Search(w.t.Context(), text, 0)
	if err != nil {
		w.t.Fatalf("searching %q: %v", text, err)
	}
	return found
}

func texts(found find.Found) string {
	var all []string
	for _, m := range found.Messages {
		all = append(all, m.Message.Text)
	}
	return strings.Join(all, "|")
}

func names(found find.Found) string {
	var all []string
	for _, c := range found.Contacts {
		all = append(all, c.ContactName)
	}
	return strings.Join(all, "|")
}

func TestSearch_Messages(t *testing.T) {
	t.Parallel()
	in(t, func(w world) {
		c := w.contact("Ana", "", "5511987654321")
		for _, text := range []string{"Minha conexão caiu de novo", "La luz LOS está roja", "don't cut my INTERNET", "a b c", "'; drop table messages; --"} {
			w.say(c, text)
		}
		w.index()
		for text, want := range map[string]string{
			"conexao":            "Minha conexão caiu de novo",
			"CONEXÃO caiu":       "Minha conexão caiu de novo",
			"caiu conexão":       "Minha conexão caiu de novo", // in any order
			"roj":                "La luz LOS está roja",
			"esta los":           "La luz LOS está roja",
			"internet":           "don't cut my INTERNET",
			"a b":                "a b c",
			"table drop":         "'; drop table messages; --",
			"nothing like it":    "",
			"internet NOT cut":   "", // no operator
			"\"cut my\"":         "don't cut my INTERNET",
			"cut* OR (my)":       "",
			"conexão - & | ! :*": "Minha conexão caiu de novo",
		} {
			if got := texts(w.search(text)); got != want {
				w.t.Errorf("%q found %q, want %q", text, got, want)
			}
		}
	})
}

func TestSearch_HostileInput(t *testing.T) {
	t.Parallel()
	in(t, func(w world) {
		w.say(w.contact("Ana", "", "5511987654321"), "hola")
		w.index()
		for _, text := range []string{
			"", " ", "'", `"`, `""`, `\`, "*", "x*", "((((", "NEAR(a b)", "words: hola", "a'b\"c", "\x00", "\xff\xfe", "%_", "--", "/* */", "':*", "!!", "&&", "||", "<->",
			strings.Repeat("a", 10<<10), strings.Repeat("hola ", 2<<10), strings.Repeat("(", 10<<10), strings.Repeat("é\u0301", 5<<10), "👍👍", "\u202e", strings.Repeat("1", 10<<10),
		} {
			w.search(text)
		}
	})
}

func TestSearch_ContactsByNameAndAnyFormOfTheirNumber(t *testing.T) {
	t.Parallel()
	in(t, func(w world) {
		w.contact("Bruna Conceição", "bru_conc", "5511987654321")
		w.contact("José Pérez", "", "5491122223333")
		if got := names(w.search("+55 (11) 98765-4321")); got != "Bruna Conceição" {
			w.t.Errorf("a whole number before anything is indexed found %q", got)
		}
		w.index()
		for text, want := range map[string]string{
			"conceicao": "Bruna Conceição", "bruna co": "Bruna Conceição", "jose": "José Pérez", "PÉREZ josé": "José Pérez", "bru_conc": "Bruna Conceição",
			"+55 (11) 98765-4321": "Bruna Conceição", "11 8765-4321": "Bruna Conceição", "98765-4321": "Bruna Conceição", "4321": "Bruna Conceição",
			"011 98765 4321": "Bruna Conceição", "2222": "José Pérez", "+54 11 2222-3333": "José Pérez", "9999": "", "juan": "",
		} {
			if got := names(w.search(text)); got != want {
				w.t.Errorf("%q found %q, want %q", text, got, want)
			}
		}
	})
}

func TestSearch_Tickets(t *testing.T) {
	t.Parallel()
	in(t, func(w world) {
		c := w.contact("Ana", "", "5511987654321")
		k := &desk.Ticket{
			ID: desk.NewID(), Protocol: "202611220000042", ContactID: c.ContactID, ConversationID: c.ID, Subject: "Sem conexão desde ontem", Priority: desk.PriorityNormal,
			State: desk.TicketNew, Team: desk.TeamTechnical, OpenedBy: desk.ByAssistant, CreatedAt: time.Now().UTC(), UpdatedAt: time.Now().UTC(),
		}
		w.do(func(ctx context.Context, tx *store.Tx) error { return tx.AddTicket(ctx, k) })
		if got := len(w.search(k.Protocol).Tickets); got != 1 {
			w.t.Errorf("a whole protocol before anything is indexed found %d", got)
		}
		w.index()
		for text, want := range map[string]int{"0000042": 1, "20261122": 1, "conexao ontem": 1, "00043": 0} {
			if got := len(w.search(text).Tickets); got != want {
				w.t.Errorf("%q found %d tickets, want %d", text, got, want)
			}
		}
	})
}

// What changes is found by its new words, and what is taken back by none.
func TestSearch_FollowsChanges(t *testing.T) {
	t.Parallel()
	in(t, func(w world) {
		c := w.contact("Ana", "", "5511987654321")
		edited, revoked := w.say(c, "antes"), w.say(c, "arrependido")
		w.index()
		w.do(func(ctx context.Context, tx *store.Tx) error {
			for id, text := range map[*desk.Message]string{edited: "despues", revoked: ""} {
				m, err := tx.LockMessage(ctx, id.ID)
				if err != nil {
					return err
				}
				m.Text = text
				if err := tx.SaveMessage(ctx, m); err != nil {
					return err
				}
			}
			contact, err := tx.Contact(ctx, c.ContactID)
			if err != nil {
				return err
			}
			contact.Name = "Beatriz"
			return tx.SaveContact(ctx, contact)
		})
		w.index()
		old := &desk.Message{ID: desk.IDAt(time.Now().AddDate(-1, 0, 0), "x"), ConversationID: c.ID, Channel: c.Channel, Direction: desk.Inbound, Author: desk.ByContact, Kind: desk.KindText, Text: "historia", CreatedAt: time.Now().UTC()}
		w.do(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.AddMessage(ctx, old)
			return err
		})
		w.index()
		for text, want := range map[string]string{"antes": "", "despues": "despues", "arrependido": "", "historia": "historia"} {
			if got := texts(w.search(text)); got != want {
				w.t.Errorf("%q found %q, want %q", text, got, want)
			}
		}
		if got := names(w.search("ana")) + names(w.search("beatriz")); got != "Beatriz" {
			w.t.Errorf("found %q", got)
		}
	})
}

func TestSearch_PagesAndRebuilding(t *testing.T) {
	t.Parallel()
	in(t, func(w world) {
		c := w.contact("Ana", "", "5511987654321")
		for i := range 45 {
			w.say(c, "fatura "+strings.Repeat("x", i))
		}
		for round := range 2 {
			w.index()
			seen, before, pages := map[string]bool{}, int64(0), 0
			for {
				found, err := w.finder.Search(t.Context(), "fatura", before)
				if err != nil {
					w.t.Fatal(err)
				}
				for _, m := range found.Messages {
					seen[m.Message.Text] = true
				}
				if pages++; found.Next == 0 {
					break
				}
				before = found.Next
			}
			if len(seen) != 45 || pages != 3 {
				w.t.Errorf("round %d: %d messages on %d pages", round, len(seen), pages)
			}
			for _, kind := range desk.SearchKinds {
				if err := w.s.ForgetSearch(t.Context(), kind, find.Version); err != nil {
					w.t.Fatal(err)
				}
			}
			if got := texts(w.search("fatura")); got != "" {
				w.t.Errorf("the empty index found %q", got)
			}
		}
	})
}

func TestMark(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text, word, want string
	}{
		{"La conexión está caída", "conexion", "La [conexión] está caída"},
		{"CONEXÃO conexoes", "conex", "[CONEXÃO] [conexoes]"},
		{"nada", "x", "nada"},
		{strings.Repeat("palabra ", 20) + "aquí sigue", "aqui", "…" + strings.Repeat(" palabra", 4) + " [aquí] sigue"},
	} {
		var got strings.Builder
		for _, p := range find.Mark(test.text, desk.SearchWords{{test.word}}) {
			if p.Hit {
				got.WriteString("[" + p.Text + "]")
			} else {
				got.WriteString(p.Text)
			}
		}
		if got.String() != test.want {
			t.Errorf("%q in %q: %q, want %q", test.word, test.text, got.String(), test.want)
		}
	}
}

func FuzzMark(f *testing.F) {
	f.Add("La conexión", "conexion")
	f.Fuzz(func(t *testing.T, text, word string) {
		for _, p := range find.Mark(text, desk.SearchWords{{word}}) {
			if p.Text == "" {
				t.Error("an empty part")
			}
		}
		for _, w := range find.Words(text) {
			if w == "" || strings.ContainsAny(w, " \"'\\*") {
				t.Errorf("a word %q", w)
			}
		}
	})
}
