package policy_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/faq"
	"antena/internal/desk"
	"antena/internal/knowledge"
	"antena/internal/policy"
)

// dice makes worlds that no table would think of, the same ones each time.
type dice struct{ *rand.Rand }

func (d dice) yes(chance float64) bool { return d.Float64() < chance }

func pick[T any](d dice, from ...T) T { return from[d.IntN(len(from))] }

func (d dice) world(b *desk.Book) *world {
	w := aWorld()
	w.scene.Book = b
	labels := append(slices.Sorted(maps.Keys(b.Intents)), "gone")
	articles := append(slices.Sorted(maps.Keys(b.Articles)), "gone")
	flows := append(slices.Sorted(maps.Keys(b.Flows)), "gone")
	d.understands(w, labels, articles)
	for range d.IntN(3) {
		ticket(pick(d, labels...), pick(d, desk.TicketNew, desk.TicketOpen, desk.TicketWaitingCustomer, desk.TicketResolved, desk.TicketClosed),
			pick(d, time.Minute, 25*time.Hour, 6*24*time.Hour, 8*24*time.Hour, 31*24*time.Hour))(w)
	}
	if d.yes(0.3) {
		said(pick(d, desk.ByContact, desk.ByAssistant, desk.ByAgent), "antes")(w)
	}
	switch d.IntN(4) {
	case 0:
		asked(pick(d, labels...), pick(d, labels...))(w)
	case 1:
		flow, step := d.step(b, flows)
		inFlow(flow, step, pick(d, labels...), "nota")(w)
	}
	for range 1 + d.IntN(2) {
		d.message(b, w, labels, flows)
	}
	misses(d.IntN(4))(w)
	if d.yes(0.2) {
		peopleAway(w)
	}
	if d.yes(0.05) {
		windowEnds(time.Minute)(w)
	}
	livesIn(pick(d, "", "Norte", "Sur"), pick(d, "", "Fibra 100", "Fibra 300"))(w)
	if d.yes(0.3) {
		w.scene.Profile.Placeholders["price"] = words("10")
	}
	return w
}

func (d dice) understands(w *world, labels, articles []string) {
	u := &w.seen
	u.Language = pick(d, "es", "pt", "en", "")
	for _, i := range d.Perm(len(labels))[:d.IntN(4)] {
		at(labels[i], pick(d, d.Float64(), 0.95))(w)
	}
	for range d.IntN(3) {
		found(pick(d, articles...), d.Float64())(w)
	}
	if d.yes(0.3) {
		u.None = d.Float64()
	}
	if d.yes(0.3) {
		u.Certain = pick(d, desk.CertainOptOut, desk.CertainPerson, desk.CertainComplaint, desk.CertainDataRequest, desk.CertainGreeting, desk.CertainThanks)
	}
	u.Mood = pick(d, desk.MoodCalm, desk.MoodCalm, desk.MoodAngry, desk.MoodAnxious)
	u.StillBroken, u.WorksNow, u.Urgent, u.OptOut = d.yes(0.2), d.yes(0.2), d.yes(0.1), d.yes(0.05)
	if d.yes(0.1) {
		u.Advice = &desk.Advice{NeedsPerson: d.yes(0.5)}
	}
	if d.yes(0.1) {
		entity("protocol", "20261122000000"+strconv.Itoa(d.IntN(3)))(w)
	}
	if d.yes(0.05) {
		*u = desk.Understanding{Language: u.Language, Problem: "away"}
	}
}

func (d dice) step(b *desk.Book, flows []string) (flow, step string) {
	flow = pick(d, flows...)
	if b.Flows[flow] == nil {
		return flow, "gone"
	}
	return flow, pick(d, append(slices.Sorted(maps.Keys(b.Flows[flow].Steps)), "gone")...)
}

func (d dice) message(b *desk.Book, w *world, labels, flows []string) {
	switch d.IntN(4) {
	case 0:
		says(pick(d, "algo", "1", "sí", "baja", "ya reinicié", "vueltas", "sigue igual", "luz roja", "huele a quemado"))(w)
	case 1:
		sends(pick(d, desk.KindAudio, desk.KindImage, desk.KindSticker, desk.KindOther, desk.KindUnsupported, desk.KindLocation))(w)
	case 2:
		presses(pick(d, desk.ButtonPerson, "intent:"+pick(d, labels...), "promo", "flow:x"), "algo")(w)
	case 3:
		flow, step := d.step(b, flows)
		button := "gone"
		if f := b.Flows[flow]; f != nil && len(f.Steps[step].Buttons) > 0 {
			button = pick(d, f.Steps[step].Buttons...).ID
		}
		presses(desk.FlowButtonID(flow, step, button), "algo")(w)
	}
}

// TestDecide_NeverBreaksItsPromises decides thousands of worlds made by dice, on
// the small book and on the shipped one.
func TestDecide_NeverBreaksItsPromises(t *testing.T) {
	t.Parallel()
	lib, err := knowledge.Load(faq.Files)
	if err != nil {
		t.Fatal(err)
	}
	books := map[string]*desk.Book{"small": aBook(), "shipped": knowledge.NewBook(lib.Articles, lib)}
	seen := make(chan map[desk.Reason]bool, len(books))
	t.Run("worlds", func(t *testing.T) {
		for name, book := range books {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				reasons := map[desk.Reason]bool{}
				defer func() { seen <- reasons }()
				for n := range uint64(8_000) {
					w := dice{rand.New(rand.NewPCG(1, n))}.world(book)
					d := policy.Decide(w.scene, w.seen)
					reasons[d.Reason] = true
					if broken := promises(w, d); broken != "" {
						t.Fatalf("world %d: %s\n%s\nwhen %s", n, broken, brief(d), snapshot(t, []any{w.scene.New, w.scene.Conversation, w.scene.Tickets, w.seen}))
					}
					if n%50 == 0 && !reflect.DeepEqual(d, policy.Decide(w.scene, w.seen)) {
						t.Fatalf("world %d was decided differently the second time", n)
					}
				}
			})
		}
	})
	reached := <-seen
	maps.Copy(reached, <-seen)
	reached[desk.ReasonAllSettled] = true // the dice always say something; the table does not
	for reason := range reasonsInSource(t) {
		if !reached[reason] {
			t.Errorf("policy names the reason %q but no world leads to it", reason)
		}
	}
}

// promises returns what a decision breaks, or nothing.
func promises(w *world, d desk.Decision) string {
	for _, check := range []func(*world, desk.Decision) string{wholeDecision, groundedAnswer, reachablePeople, oneTicket} {
		if broken := check(w, d); broken != "" {
			return broken
		}
	}
	return ""
}

func wholeDecision(w *world, d desk.Decision) string {
	f := func(ok bool, what string) string {
		if ok {
			return ""
		}
		return what
	}
	if d.Action == "" || d.Reason == "" || d.Rule == "" || d.Language == "" {
		return "something every decision has is empty"
	}
	open := w.scene.Conversation.WindowOpen(w.scene.Now)
	if open && (w.seen.Certain == desk.CertainOptOut || w.seen.OptOut) && !d.OptOut {
		return "a wish to be left alone was not heeded"
	}
	if open && w.seen.Certain == desk.CertainPerson && (d.Action != desk.ActHandoff || d.Reason != desk.ReasonPersonAsked) {
		return "who asked for a person does not get one"
	}
	if open && w.seen.Certain == desk.CertainComplaint && d.Action != desk.ActHandoff {
		return "who lodges a complaint does not get a person"
	}
	switch d.Action {
	case desk.ActAnswer:
		return f(d.Article != nil && d.Handoff == nil && d.Flow == nil, "not an answer")
	case desk.ActAsk:
		return f(d.Phrase != "" && d.Handoff == nil && d.Open == nil, "not a question") + options(w, d)
	case desk.ActFlow:
		if d.Flow == nil {
			return "no step"
		}
		_, known := w.scene.Book.Flows[d.Flow.Flow].Steps[d.Flow.Step]
		return f(known && d.Handoff == nil, "a step that does not exist") + f(!slices.Contains(d.Flow.Notes, ""), "an empty note")
	case desk.ActTicket:
		return f(d.Phrase != "" && d.Handoff == nil, "a ticket that is not told")
	case desk.ActReply:
		return f(d.Phrase != "" && d.Open == nil && d.Handoff == nil, "not a reply")
	case desk.ActSilent:
		return f(d.Phrase == "" && d.Article == nil && d.Open == nil && d.Handoff == nil && d.Question == nil && !d.OptOut, "silent, and yet")
	}
	return f(d.Action == desk.ActHandoff, "no such action")
}

func options(w *world, d desk.Decision) string {
	if d.Question == nil {
		return ""
	}
	seen := map[string]bool{}
	for _, o := range d.Question.Options {
		if w.scene.Book.Intents[o.Intent] == nil || o.ID != desk.IntentButtonID(o.Intent) {
			return "an option that cannot be chosen: " + o.ID
		}
		if seen[o.ID] {
			return "an option offered twice: " + o.ID
		}
		seen[o.ID] = true
	}
	if n := len(seen); n == 0 || n > 3 {
		return "a question with " + strconv.Itoa(n) + " options"
	}
	return ""
}

// groundedAnswer: what is said is in force and lacks nothing.
func groundedAnswer(w *world, d desk.Decision) string {
	if d.Article == nil {
		return ""
	}
	a := w.scene.Book.Articles[d.Article.ID][d.Article.Language]
	if a == nil || !a.InForce(w.scene.Now) || a.Version != d.Article.Version {
		return "the article is not in force"
	}
	if a.For(&w.scene.Contact) != desk.ReachYes {
		return "the article is for other zones or plans"
	}
	if _, missing := w.scene.Profile.Fill(a.Body, d.Language); len(missing) > 0 {
		return "the article lacks " + strings.Join(missing, ", ")
	}
	return ""
}

func reachablePeople(w *world, d desk.Decision) string {
	h := d.Handoff
	if (d.Action == desk.ActHandoff) != (h != nil) {
		return "a handoff without one, or one without a handoff"
	}
	if h == nil {
		return ""
	}
	if !h.Team.Valid() || !h.Priority.Valid() || h.Language != d.Language || h.Reason != d.Reason || !h.At.Equal(w.scene.Now) || d.Phrase == "" {
		return "the handoff lacks its team, priority, language, reason, time or words"
	}
	if d.Open != nil && (d.Open.Team != h.Team || d.Open.Priority != h.Priority || d.Open.Intent != h.Intent) {
		return "the ticket goes elsewhere than its conversation"
	}
	return ""
}

func oneTicket(w *world, d desk.Decision) string {
	find := func(id *uuid.UUID) *desk.Ticket {
		i := slices.IndexFunc(w.scene.Tickets, func(k desk.Ticket) bool { return id != nil && k.ID == *id })
		if i < 0 {
			return nil
		}
		return &w.scene.Tickets[i]
	}
	touched := 0
	for id, fits := range map[*uuid.UUID]func(*desk.Ticket) bool{
		d.Update:  func(k *desk.Ticket) bool { return k.State.Live() },
		d.Resolve: func(k *desk.Ticket) bool { return k.State.Live() },
		d.Reopen:  func(k *desk.Ticket) bool { return k.Reopenable(w.scene.Now) },
	} {
		if id == nil {
			continue
		}
		touched++
		if k := find(id); k == nil || !fits(k) {
			return "a ticket is changed that cannot be"
		}
	}
	if d.Status != nil && find(d.Status) == nil {
		return "the state of somebody else's ticket is told"
	}
	if d.Open != nil {
		touched++
		if !d.Open.Team.Valid() || !d.Open.Priority.Valid() || d.Open.Intent == "" || slices.Contains(d.Open.Notes, "") {
			return "the ticket lacks its team, priority or intent, or has an empty note"
		}
	}
	if touched > 1 {
		return "more than one thing is done to tickets"
	}
	if d.Action == desk.ActTicket && touched != 1 {
		return "a ticket is told of, and none is touched"
	}
	return ""
}

// reasonsInSource are the reasons this package's code names.
func reasonsInSource(t *testing.T) map[desk.Reason]bool {
	t.Helper()
	values := map[string]desk.Reason{}
	parse(t, "../desk/decision.go", func(n ast.Node) {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 && strings.HasPrefix(v.Names[0].Name, "Reason") {
			text, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			values[v.Names[0].Name] = desk.Reason(text)
		}
	})
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	named := map[desk.Reason]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parse(t, file, func(n ast.Node) {
			if s, ok := n.(*ast.SelectorExpr); ok && values[s.Sel.Name] != "" {
				named[values[s.Sel.Name]] = true
			}
		})
	}
	if len(named) < 20 {
		t.Fatalf("only %d reasons were found in the source", len(named))
	}
	return named
}

func parse(t *testing.T, file string, visit func(ast.Node)) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool { visit(n); return true })
}
