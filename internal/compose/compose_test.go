package compose_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/compose"
	"antena/internal/desk"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func words(s string) desk.Words { return desk.Words{"es": s, "pt": s + " pt", "en": s + " en"} }

// aScene is a first contact in the window, with a small book.
func aScene() *desk.Scene {
	end := noon.Add(time.Hour)
	resolved := noon.Add(-time.Hour)
	return &desk.Scene{
		Conversation: desk.Conversation{ID: uuid.MustParse("00000000-0000-7000-8000-0000000000c0"), Channel: "100", Owner: desk.OwnerAssistant, WindowEndsAt: &end, Misses: 1},
		Contact:      desk.Contact{ID: uuid.MustParse("00000000-0000-7000-8000-0000000000c1"), Name: "Bruna"},
		New: []desk.Message{
			{ID: uuid.MustParse("00000000-0000-7000-8000-000000000001"), Direction: desk.Inbound, Kind: desk.KindText, Text: "hola"},
			{ID: uuid.MustParse("00000000-0000-7000-8000-000000000002"), Direction: desk.Inbound, Kind: desk.KindImage, Text: "mirá"},
		},
		Tickets: []desk.Ticket{
			{ID: uuid.MustParse("00000000-0000-7000-8000-0000000000a1"), Protocol: "202611220000001", Subject: "sin internet", State: desk.TicketOpen, CreatedAt: time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC)},
			{ID: uuid.MustParse("00000000-0000-7000-8000-0000000000a2"), Protocol: "202611220000002", Subject: "factura", State: desk.TicketResolved, ResolvedAt: &resolved},
		},
		Profile: &desk.Profile{Name: "Río Fibra", TimeZone: "America/Sao_Paulo", Languages: []string{"es"}, Placeholders: map[string]desk.Words{"hours": words("8 a 20"), "place": words("la tienda")}},
		Book: &desk.Book{Version: "v1", Intents: map[string]*desk.Intent{
			"pay":  {Label: "pay", Names: words("Pagar"), Action: desk.IntentAnswer},
			"long": {Label: "long", Names: words("Un nombre que no cabe entero"), Action: desk.IntentAnswer},
		}, Flows: map[string]*desk.Flow{"fix": {ID: "fix", Start: "a", Steps: map[string]desk.FlowStep{
			"a": {Article: "fix", Buttons: []desk.FlowButton{{ID: "works", Label: words("Ya va"), To: desk.FlowSolved}, {ID: "who", Label: words("Alguien"), To: desk.FlowPerson}}},
			"b": {Say: words("¿Qué luces?"), Buttons: []desk.FlowButton{{ID: "1", Label: words("Uno"), To: "a"}, {ID: "2", Label: words("Dos"), To: "a"}, {ID: "3", Label: words("Tres"), To: "a"}}},
		}}}, Articles: map[string]map[string]*desk.Article{
			"pay": {"es": {ID: "pay", Language: "es", Version: 4, Title: "Pagos", Body: "Pagá en {place}.\n", Status: desk.ArticlePublished}},
			"fix": {"es": {ID: "fix", Language: "es", Version: 1, Body: "Reiniciá.", Status: desk.ArticlePublished}},
			"big": {"es": {ID: "big", Language: "es", Version: 1, Body: strings.Repeat("á", 1000), Status: desk.ArticlePublished}},
			"max": {"es": {ID: "max", Language: "es", Version: 1, Body: strings.Repeat("palabra 👨‍👩‍👧 ", 1000), Status: desk.ArticlePublished}},
		}},
		Now: noon,
	}
}

// spoken lets the assistant have spoken before.
func spoken(s *desk.Scene) {
	s.History = []desk.Message{{Direction: desk.Inbound, Text: "hola"}, {Direction: desk.Outbound, Text: "¡Hola!"}}
}

func id(s string) *uuid.UUID {
	u := uuid.MustParse("00000000-0000-7000-8000-0000000000" + s)
	return &u
}

func article(name string) *desk.ArticleRef {
	return &desk.ArticleRef{ID: name, Language: "es", Version: 1}
}

func TestCompose_OneMessageWithItsRecord(t *testing.T) {
	t.Parallel()
	s := aScene()
	d := desk.Decision{Action: desk.ActAnswer, Reason: desk.ReasonSureIntent, Rule: "sure_intent", Intent: "pay", Confidence: 0.9, Language: "es", Article: article("pay")}
	seen := desk.Understanding{Language: "es", Model: "local 1"}
	out := compose.Compose(s, seen, d)
	if len(out.Messages) != 1 {
		t.Fatalf("%d messages", len(out.Messages))
	}
	m, turn := out.Messages[0], out.Turn
	if m.ConversationID != s.Conversation.ID || m.Channel != "100" || m.Direction != desk.Outbound || m.Author != desk.ByAssistant ||
		m.Kind != desk.KindText || m.Status != desk.StatusQueued || *m.TurnID != turn.ID || m.CreatedAt != noon {
		t.Errorf("the message is %+v", m)
	}
	if turn.ConversationID != s.Conversation.ID || turn.FirstMessageID != s.New[0].ID || turn.LastMessageID != s.New[1].ID || turn.Action != d.Action ||
		turn.Reason != d.Reason || turn.Intent != "pay" || turn.Confidence != 0.9 || turn.Model != "local 1" || turn.Language != "es" || turn.Decision.Rule != d.Rule {
		t.Errorf("the record is %+v", turn)
	}
	in := turn.Inputs
	if in.BookVersion != "v1" || in.Misses != 1 || in.Owner != desk.OwnerAssistant || !in.InHours || in.Now != noon || len(in.Tickets) != 2 ||
		in.Tickets[0].Protocol != "202611220000001" || !slices.Equal(in.Kinds, []desk.MessageKind{desk.KindText, desk.KindImage}) {
		t.Errorf("the inputs are %+v", in)
	}
	if out.Scene != s || out.Misses != 0 || out.Pending != nil || out.Open != nil || out.Language != "es" {
		t.Errorf("the outcome is %+v", out)
	}
}

func TestCompose_FirstContactIsToldOnce(t *testing.T) {
	t.Parallel()
	const intro = "Soy el asistente automático de Río Fibra"
	for _, c := range []struct {
		name   string
		change func(*desk.Scene)
		give   desk.Decision
		want   int
	}{
		{"an answer", nil, desk.Decision{Action: desk.ActAnswer, Article: article("pay")}, 1},
		{"a greeting has it in its words", nil, desk.Decision{Action: desk.ActReply, Phrase: desk.PhraseGreeting}, 0},
		{"a person follows", nil, desk.Decision{Action: desk.ActHandoff, Phrase: desk.PhraseHandoff, Handoff: &desk.Handoff{}}, 0},
		{"goodbye", nil, desk.Decision{Action: desk.ActReply, Phrase: desk.PhraseOptedOut, OptOut: true}, 0},
		{"a ticket", nil, desk.Decision{Action: desk.ActTicket, Phrase: desk.PhraseTicketOpened, Open: &desk.TicketOpening{}}, 1},
		{"spoken before", spoken, desk.Decision{Action: desk.ActAnswer, Article: article("pay")}, 0},
		{"only the contact spoke before", func(s *desk.Scene) { s.History = []desk.Message{{Direction: desk.Inbound}} }, desk.Decision{Action: desk.ActAnswer, Article: article("pay")}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := aScene()
			if c.change != nil {
				c.change(s)
			}
			c.give.Language = "es"
			text := compose.Compose(s, desk.Understanding{}, c.give).Messages[0].Text
			if got := strings.Count(text, "_"+intro); got != c.want {
				t.Errorf("%d times in %q", got, text)
			}
			if text != strings.TrimSpace(text) {
				t.Errorf("blanks around %q", text)
			}
		})
	}
}

func TestCompose_SaysNothing(t *testing.T) {
	t.Parallel()
	s := aScene()
	if out := compose.Compose(s, desk.Understanding{}, desk.Decision{Action: desk.ActSilent, Language: "es"}); len(out.Messages) != 0 {
		t.Errorf("silent, and says %q", out.Messages[0].Text)
	}
	late := noon.Add(time.Minute)
	s.Conversation.WindowEndsAt = &late
	h := &desk.Handoff{Reason: desk.ReasonWindowClosed}
	out := compose.Compose(s, desk.Understanding{}, desk.Decision{Action: desk.ActHandoff, Phrase: desk.PhraseHandoff, Handoff: h, Language: "es"})
	if len(out.Messages) != 0 || out.Handoff != h {
		t.Errorf("outside the window: %+v", out)
	}
}

func TestCompose_Buttons(t *testing.T) {
	t.Parallel()
	ask := func(labels ...string) desk.Decision {
		q := &desk.Question{}
		for _, l := range labels {
			q.Options = append(q.Options, desk.Option{ID: desk.IntentButtonID(l), Intent: l})
		}
		return desk.Decision{Action: desk.ActAsk, Phrase: desk.PhraseWhich, Question: q}
	}
	step := func(name string) desk.Decision {
		return desk.Decision{Action: desk.ActFlow, Flow: &desk.FlowPosition{Flow: "fix", Step: name}}
	}
	const person = "person=Hablar con alguien"
	for _, c := range []struct {
		name string
		give desk.Decision
		want string
	}{
		{"an answer", desk.Decision{Action: desk.ActAnswer, Article: article("pay")}, person},
		{"an answer that offers a ticket", desk.Decision{Action: desk.ActAnswer, Article: article("pay"), Question: ask("pay").Question}, "intent:pay=Abrir un ticket|" + person},
		{"a question", ask("pay", "long"), "intent:pay=Pagar|intent:long=Un nombre que no ca…|" + person},
		{"an option that is gone", ask("gone", "pay"), "intent:pay=Pagar|" + person},
		{"three options leave no room", ask("pay", "long", "pay"), "intent:pay=Pagar|intent:long=Un nombre que no ca…|intent:pay=Pagar"},
		{"a step with a person", desk.Decision{Action: desk.ActFlow, Article: article("fix"), Flow: &desk.FlowPosition{Flow: "fix", Step: "a"}}, "flow:fix:a:works=Ya va|person=Alguien"},
		{"a step of three", step("b"), "flow:fix:b:1=Uno|flow:fix:b:2=Dos|flow:fix:b:3=Tres"},
		{"to people", desk.Decision{Action: desk.ActHandoff, Phrase: desk.PhraseHandoff, Handoff: &desk.Handoff{}}, ""},
		{"goodbye", desk.Decision{Action: desk.ActReply, Phrase: desk.PhraseOptedOut}, ""},
		{"a reply", desk.Decision{Action: desk.ActReply, Phrase: desk.PhraseSolved}, person},
		{"words too long for buttons", desk.Decision{Action: desk.ActAnswer, Article: article("max")}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := aScene()
			spoken(s)
			c.give.Language = "es"
			out := compose.Compose(s, desk.Understanding{}, c.give)
			var got []string
			for _, b := range out.Messages[0].Buttons {
				got = append(got, b.ID+"="+b.Title)
			}
			if strings.Join(got, "|") != c.want {
				t.Errorf("got %s, want %s", strings.Join(got, "|"), c.want)
			}
		})
	}
}

func TestCompose_CutsAtMetasLimits(t *testing.T) {
	t.Parallel()
	s := aScene()
	text := func(name string) desk.Message {
		return compose.Compose(s, desk.Understanding{}, desk.Decision{Action: desk.ActAnswer, Article: article(name), Language: "es"}).Messages[0]
	}
	if m := text("big"); len(m.Buttons) != 0 {
		t.Errorf("%d units and buttons: the intro pushed it over %d", units(m.Text), desk.MaxCaption)
	}
	spoken(s)
	if m := text("big"); len(m.Buttons) == 0 || units(m.Text) != 1000 {
		t.Errorf("%d units and %d buttons", units(m.Text), len(m.Buttons))
	}
	m := text("max")
	if n := units(m.Text); n > desk.MaxText || n < desk.MaxText-20 || !strings.HasSuffix(m.Text, "…") {
		t.Errorf("cut to %d units", n)
	}
	if last := strings.TrimSuffix(m.Text, "…"); strings.HasSuffix(last, "\u200d") || strings.HasSuffix(last, "👨") {
		t.Errorf("cut inside a family: %q", last[len(last)-30:])
	}
}

func units(s string) int {
	n := 0
	for _, r := range s {
		if n++; r > 0xffff {
			n++
		}
	}
	return n
}

// TestCompose_TicketNumberOnlyWhenOneIsOpened: promise 5.
func TestCompose_TicketNumberOnlyWhenOneIsOpened(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		give desk.Decision
		want string
	}{
		{"opened", desk.Decision{Action: desk.ActTicket, Phrase: desk.PhraseTicketOpened, Open: &desk.TicketOpening{Intent: "x"}}, "*" + desk.ProtocolToken + "*"},
		{"updated", desk.Decision{Action: desk.ActTicket, Phrase: desk.PhraseTicketUpdated, Update: id("a1"), Status: id("a1")}, "*202611220000001*"},
		{"reopened", desk.Decision{Action: desk.ActTicket, Phrase: desk.PhraseTicketReopened, Reopen: id("a2")}, "*202611220000002*"},
		{"resolved", desk.Decision{Action: desk.ActReply, Phrase: desk.PhraseSolvedTicket, Resolve: id("a1")}, "*202611220000001*"},
		{"its state, in the desk's zone", desk.Decision{Action: desk.ActReply, Phrase: desk.PhraseTicketStatus, Status: id("a1")},
			"Ticket *202611220000001* (sin internet)\nAbierto el 21/11/2026. Estado: *en revisión*."},
		{"its state, resolved", desk.Decision{Action: desk.ActReply, Phrase: desk.PhraseTicketStatus, Status: id("a2")}, "*resuelto*"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := aScene()
			spoken(s)
			c.give.Language = "es"
			out := compose.Compose(s, desk.Understanding{}, c.give)
			if text := out.Messages[0].Text; !strings.Contains(text, c.want) {
				t.Errorf("%q lacks %q", text, c.want)
			}
			if strings.Contains(out.Messages[0].Text, desk.ProtocolToken) != (out.Open != nil) {
				t.Error("a number is promised without a ticket, or a ticket without its number")
			}
		})
	}
}

// TestCompose_ContactsWordsAreNoTemplate: what a contact wrote becomes a ticket's
// subject, and may look like our placeholders.
func TestCompose_ContactsWordsAreNoTemplate(t *testing.T) {
	t.Parallel()
	for _, subject := range []string{"no anda {no_such}", "{isp_name}", "{protocol}", "{ticket_state}", "{hours}"} {
		s := aScene()
		spoken(s)
		s.Tickets[0].Subject = subject
		text := compose.Compose(s, desk.Understanding{}, desk.Decision{Action: desk.ActReply, Phrase: desk.PhraseTicketStatus, Status: id("a1"), Language: "es"}).Messages[0].Text
		if want := "Ticket *202611220000001* (" + subject + ")\nAbierto"; !strings.HasPrefix(text, want) {
			t.Errorf("got %q, want %q first", text, want)
		}
	}
}

func TestCompose_OpensTheTicketDecidedOn(t *testing.T) {
	t.Parallel()
	s := aScene()
	open := &desk.TicketOpening{TicketPlan: desk.TicketPlan{Team: desk.TeamBilling, Priority: desk.PriorityHigh}, Intent: "pay", Subject: "mi factura",
		Notes: []string{"uno", "dos"}, Facts: []desk.Fact{{Kind: "amount", Value: "50"}}}
	out := compose.Compose(s, desk.Understanding{}, desk.Decision{Action: desk.ActTicket, Phrase: desk.PhraseTicketOpened, Open: open, Language: "es"})
	k := out.Open
	if k.ContactID != s.Contact.ID || k.ConversationID != s.Conversation.ID || k.Team != desk.TeamBilling || k.Priority != desk.PriorityHigh || k.Intent != "pay" ||
		k.Subject != "mi factura" || k.State != desk.TicketNew || k.OpenedBy != desk.ByAssistant || !slices.Equal(k.Facts, open.Facts) || !slices.Equal(out.Note, open.Notes) ||
		k.CreatedAt != noon || k.UpdatedAt != noon || k.Protocol != "" {
		t.Errorf("got %+v with %v", k, out.Note)
	}
}

func TestCompose_WaitsForWhatItAsked(t *testing.T) {
	t.Parallel()
	q, pos := &desk.Question{Options: []desk.Option{{ID: "intent:pay", Intent: "pay"}}}, &desk.FlowPosition{Flow: "fix", Step: "b"}
	for _, c := range []struct {
		name     string
		give     desk.Decision
		question *desk.Question
		flow     *desk.FlowPosition
		misses   int
	}{
		{"a question", desk.Decision{Action: desk.ActAsk, Phrase: desk.PhraseWhich, Question: q, Missed: true}, q, nil, 2},
		{"a step", desk.Decision{Action: desk.ActFlow, Flow: pos}, nil, pos, 0},
		{"other words", desk.Decision{Action: desk.ActAsk, Phrase: desk.PhraseOtherWords, Missed: true}, nil, nil, 2},
		{"an answer", desk.Decision{Action: desk.ActAnswer, Article: article("pay")}, nil, nil, 0},
	} {
		s := aScene()
		c.give.Language = "es"
		out := compose.Compose(s, desk.Understanding{}, c.give)
		p := out.Pending
		if p == nil {
			p = &desk.Pending{}
		}
		if p.Question != c.question || p.Flow != c.flow || out.Misses != c.misses || (out.Pending != nil && p.AskedAt != noon) {
			t.Errorf("%s: waits for %+v after %d misses", c.name, out.Pending, out.Misses)
		}
	}
}

func TestCompose_OptOutBesideAnAnswer(t *testing.T) {
	t.Parallel()
	out := compose.Compose(aScene(), desk.Understanding{}, desk.Decision{Action: desk.ActReply, Phrase: desk.PhraseSolved, OptOut: true, Language: "es"})
	alone := compose.Compose(aScene(), desk.Understanding{}, desk.Decision{Action: desk.ActReply, Phrase: desk.PhraseSolved, Language: "es"})
	if text := out.Messages[0].Text; !strings.HasPrefix(text, "Listo: no te enviaremos más avisos") || !strings.HasSuffix(text, alone.Messages[0].Text) || len(out.Consents) == 0 {
		t.Errorf("got %q, consents %v", text, out.Consents)
	}
}

func TestWithdrawals(t *testing.T) {
	t.Parallel()
	s := aScene()
	out := compose.Compose(s, desk.Understanding{}, desk.Decision{Action: desk.ActReply, Phrase: desk.PhraseOptedOut, OptOut: true, Language: "es"})
	var purposes []desk.Purpose
	for _, c := range out.Consents {
		purposes = append(purposes, c.Purpose)
		if c.Granted || c.ContactID != s.Contact.ID || c.Wording != "mirá" || *c.MessageID != s.New[1].ID || c.CreatedAt != noon || c.Source != "whatsapp" {
			t.Errorf("got %+v", c)
		}
	}
	if !slices.Equal(purposes, []desk.Purpose{desk.PurposeMarketing, desk.PurposeBilling, desk.PurposeOutage}) {
		t.Errorf("got %v", purposes)
	}
	if c := compose.Withdrawals(s.Contact, nil, noon)[0]; c.MessageID != nil || c.Wording != "" {
		t.Errorf("without words: %+v", c)
	}
	if out := compose.Compose(s, desk.Understanding{}, desk.Decision{Action: desk.ActReply, Phrase: desk.PhraseSolved, Language: "es"}); out.Consents != nil {
		t.Error("a consent is withdrawn that was not")
	}
}

func TestCompose_UnknownLanguageSpeaksTheFirst(t *testing.T) {
	t.Parallel()
	out := compose.Compose(aScene(), desk.Understanding{}, desk.Decision{Action: desk.ActReply, Phrase: desk.PhraseSolved, Language: "fr"})
	if out.Language != "es" || !strings.HasPrefix(out.Messages[0].Text, "¡Qué bueno") {
		t.Errorf("got %s: %q", out.Language, out.Messages[0].Text)
	}
}

// TestPhrases_AreInEveryLanguage reads the constants from the source, so that a
// new one cannot be forgotten.
func TestPhrases_AreInEveryLanguage(t *testing.T) {
	t.Parallel()
	all := allPhrases(t)
	if len(all) < 20 {
		t.Fatalf("only %d phrases found", len(all))
	}
	for _, s := range []desk.TicketState{desk.TicketNew, desk.TicketOpen, desk.TicketWaitingCustomer, desk.TicketWaitingThird, desk.TicketResolved, desk.TicketClosed} {
		all = append(all, desk.Phrase("state_"+s))
	}
	for _, p := range append(all, "intro", "person_button") {
		for _, l := range desk.Languages {
			if !compose.Has(l, p) {
				t.Errorf("%q has no words in %s", p, l)
			}
		}
	}
}

func allPhrases(t *testing.T) []desk.Phrase {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "../desk/phrase.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []desk.Phrase
	ast.Inspect(f, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(v.Names[0].Name, "Phrase") {
			return true
		}
		text, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, desk.Phrase(text))
		return true
	})
	return all
}
