package policy_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// noon is a Sunday.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func words(s string) desk.Words { return desk.Words{"es": s, "pt": s + "?", "en": s + "!"} }

// aBook is a small world: an intent for each action, flows that branch, skip,
// go round in circles and lead nowhere.
func aBook() *desk.Book {
	b := &desk.Book{Version: "test", Intents: map[string]*desk.Intent{}, Flows: map[string]*desk.Flow{}, Articles: map[string]map[string]*desk.Article{}}
	intent := func(label string, action desk.IntentAction, change func(*desk.Intent)) {
		in := &desk.Intent{Label: label, Action: action, Names: words("Botón " + label)}
		if change != nil {
			change(in)
		}
		b.Intents[label] = in
	}
	articles := func(ids ...string) func(*desk.Intent) { return func(in *desk.Intent) { in.Articles = ids } }
	plan := func(team desk.Team, p desk.Priority) func(*desk.Intent) {
		return func(in *desk.Intent) { in.Ticket = desk.TicketPlan{Team: team, Priority: p} }
	}
	guided := func(flow string) func(*desk.Intent) {
		return func(in *desk.Intent) {
			in.Flow, in.Ticket = flow, desk.TicketPlan{Team: desk.TeamTechnical, Priority: desk.PriorityHigh}
		}
	}
	intent("pay", desk.IntentAnswer, articles("pay-first", "pay-second"))
	intent("wifi", desk.IntentAnswer, articles("wifi"))
	intent("hole", desk.IntentAnswer, articles("hole", "wifi"))
	intent("local", desk.IntentAnswer, articles("north", "fast"))
	intent("past", desk.IntentAnswer, articles("expired"))
	intent("empty", desk.IntentAnswer, nil)
	intent("broken", desk.IntentFlow, guided("fix"))
	intent("slow", desk.IntentFlow, guided("circle"))
	intent("nowhere", desk.IntentFlow, guided("no such flow"))
	intent("unwritten", desk.IntentFlow, guided("hollow"))
	intent("bill", desk.IntentTicket, plan(desk.TeamBilling, ""))
	intent("bare", desk.IntentTicket, nil)
	intent("copy", desk.IntentTicket, func(in *desk.Intent) {
		in.Ticket.Team, in.Articles, in.AnswerFirst = desk.TeamBilling, []string{"hole", "wifi"}, true
	})
	intent("cancel", desk.IntentHandoff, plan(desk.TeamRetention, desk.PriorityHigh))
	intent(desk.LabelHuman, desk.IntentHandoff, nil)
	intent(desk.LabelGreeting, desk.IntentReply, nil)
	intent(desk.LabelThanks, desk.IntentSilent, nil)
	intent("spam", desk.IntentSilent, nil)
	intent(desk.LabelOptOut, desk.IntentOptOut, nil)
	intent(desk.LabelDataRequest, desk.IntentDataRequest, plan(desk.TeamSupport, desk.PriorityLow))
	intent(desk.LabelTicketStatus, desk.IntentTicketStatus, nil)
	intent(desk.LabelPaymentProof, desk.IntentTicket, plan(desk.TeamBilling, desk.PriorityNormal))
	intent(desk.LabelNone, desk.IntentDecline, nil)
	intent("weather", desk.IntentDecline, nil)

	for _, label := range []string{"copy", "cancel", "bill", "spam"} {
		b.Intents[label].Ambiguous = map[string][]string{"es": {"baja"}}
	}
	b.Intents["wifi"].Ambiguous = map[string][]string{"pt": {"solo"}}

	b.Flows["fix"] = &desk.Flow{ID: "fix", Start: "restart",
		Skip: []desk.FlowSkip{
			{Step: "restart", To: "lights", Note: words("reinició"), When: map[string][]string{"es": {"ya reinicie"}}},
			{Step: "lights", To: desk.FlowTicket, When: map[string][]string{"es": {"luz roja"}}},
			{Step: "lights", To: desk.FlowPerson, Note: words("quemado"), When: map[string][]string{"es": {"huele a quemado", ""}}},
		},
		Steps: map[string]desk.FlowStep{
			"restart": {Article: "fix", FreeText: "same", Buttons: []desk.FlowButton{
				{ID: "works", Label: words("Ya funciona"), To: desk.FlowSolved},
				{ID: "same", Label: words("Sigue igual"), To: "lights", Note: words("sigue igual")},
				{ID: "person", Label: words("Alguien"), To: desk.FlowPerson},
			}},
			"lights": {Say: words("¿Qué luces?"), Buttons: []desk.FlowButton{
				{ID: "dark", Label: words("Apagado"), To: desk.FlowTicket, Note: words("todo apagado")},
				{ID: "red", Label: words("Roja"), To: "no such step"},
			}},
		}}
	b.Flows["circle"] = &desk.Flow{ID: "circle", Start: "a",
		Skip: []desk.FlowSkip{
			{Step: "a", To: "b", When: map[string][]string{"es": {"vueltas"}}},
			{Step: "b", To: "a", When: map[string][]string{"es": {"vueltas"}}},
		},
		Steps: map[string]desk.FlowStep{
			"a": {Say: words("A"), Buttons: []desk.FlowButton{{ID: "next", Label: words("Otra"), To: "b"}}},
			"b": {Say: words("B"), Buttons: []desk.FlowButton{{ID: "next", Label: words("Otra"), To: "a"}}},
		}}
	b.Flows["hollow"] = &desk.Flow{ID: "hollow", Start: "only", Steps: map[string]desk.FlowStep{
		"only": {Article: "hole", Buttons: []desk.FlowButton{{ID: "x", Label: words("X"), To: desk.FlowSolved}}}}}

	article := func(id, body string, change func(*desk.Article), languages ...string) {
		b.Articles[id] = map[string]*desk.Article{}
		for _, l := range languages {
			a := &desk.Article{ID: id, Language: l, Version: 3, Title: id, Body: body, Status: desk.ArticlePublished}
			if change != nil {
				change(a)
			}
			b.Articles[id][l] = a
		}
	}
	yesterday := noon.Add(-24 * time.Hour)
	article("pay-first", "Pague en {place}.", nil, "es", "pt")
	article("pay-second", "O pague así.", nil, "es")
	article("wifi", "Cambie la clave.", nil, "es", "en")
	article("hole", "Cuesta {price}.", nil, "es")
	article("expired", "Ya no.", func(a *desk.Article) { a.ValidUntil = &yesterday }, "es")
	article("draft", "Aún no.", func(a *desk.Article) { a.Status = desk.ArticleDraft }, "es")
	article("fix", "Reinicie.", nil, "es")
	article("north", "En el norte.", func(a *desk.Article) { a.Zones = []string{"Norte"} }, "es")
	article("fast", "Con fibra.", func(a *desk.Article) { a.Plans = []string{"Fibra 300"} }, "es")
	return b
}

// world is what a decision sees.
type world struct {
	scene *desk.Scene
	seen  desk.Understanding
}

type change func(*world)

func aWorld(changes ...change) *world {
	end := noon.Add(time.Hour)
	w := &world{scene: &desk.Scene{
		Conversation: desk.Conversation{ID: desk.NewID(), Owner: desk.OwnerAssistant, State: desk.ConversationOpen, WindowEndsAt: &end},
		Profile: &desk.Profile{Name: "Río Fibra", TimeZone: "UTC", Languages: []string{"es"}, Placeholders: map[string]desk.Words{"place": words("la tienda")},
			Thresholds: desk.Thresholds{Answer: 0.7, Ask: 0.3, Article: 0.75, First: 0.75, PerIntent: map[string]float64{"cancel": 0.9}}},
		Book: aBook(), Now: noon,
	}, seen: desk.Understanding{Language: "es", Model: "test"}}
	for _, c := range changes {
		c(w)
	}
	return w
}

func says(text string) change {
	return func(w *world) {
		w.scene.New = append(w.scene.New, desk.Message{ID: desk.NewID(), Direction: desk.Inbound, Author: desk.ByContact, Kind: desk.KindText, Text: text})
	}
}

func sends(kind desk.MessageKind) change {
	return func(w *world) {
		w.scene.New = append(w.scene.New, desk.Message{ID: desk.NewID(), Direction: desk.Inbound, Author: desk.ByContact, Kind: kind})
	}
}

func presses(id, title string) change {
	return func(w *world) {
		w.scene.New = append(w.scene.New, desk.Message{ID: desk.NewID(), Direction: desk.Inbound, Author: desk.ByContact, Kind: desk.KindReply, Choice: &desk.Choice{ID: id, Title: title}})
	}
}

func said(by desk.Author, text string) change {
	return func(w *world) {
		d := desk.Outbound
		if by == desk.ByContact {
			d = desk.Inbound
		}
		w.scene.History = append(w.scene.History, desk.Message{ID: desk.NewID(), Direction: d, Author: by, Kind: desk.KindText, Text: text})
	}
}

// at is an understanding: a label and the probability that it is right.
func at(label string, accept float64) change {
	return func(w *world) {
		w.seen.Intents = append(w.seen.Intents, desk.Score{Label: label, Confidence: accept})
		if len(w.seen.Intents) == 1 {
			w.seen.Accept = accept
		}
	}
}

func sure(label string) change { return at(label, 0.95) }

func found(article string, confidence float64) change {
	return func(w *world) {
		w.seen.Passages = append(w.seen.Passages, desk.Passage{Article: desk.ArticleRef{ID: article, Language: "es", Version: 3}, Confidence: confidence})
	}
}

func seen(c func(*desk.Understanding)) change { return func(w *world) { c(&w.seen) } }

func certain(c desk.Certain) change {
	return seen(func(u *desk.Understanding) { u.Certain = c })
}

func stillBroken(u *desk.Understanding) { u.StillBroken = true }
func worksNow(u *desk.Understanding)    { u.WorksNow = true }
func angry(u *desk.Understanding)       { u.Mood = desk.MoodAngry }
func urgent(u *desk.Understanding)      { u.Urgent = true }
func optOutToo(u *desk.Understanding)   { u.OptOut = true }

// complaints makes them a matter of the book.
func complaints(w *world) {
	book := *w.scene.Book
	book.Intents = maps.Clone(book.Intents)
	book.Intents[desk.LabelComplaint] = &desk.Intent{Label: desk.LabelComplaint, Action: desk.IntentHandoff, Ticket: desk.TicketPlan{Team: "retention", Priority: desk.PriorityHigh}}
	w.scene.Book = &book
}

func livesIn(zone, plan string) change {
	return func(w *world) { w.scene.Contact.Zone, w.scene.Contact.Plan = zone, plan }
}

func stranger(none float64) change { return seen(func(u *desk.Understanding) { u.None = none }) }

func second(label string) change { return seen(func(u *desk.Understanding) { u.Second = label }) }

func entity(kind, value string) change {
	return seen(func(u *desk.Understanding) { u.Entities = append(u.Entities, desk.Entity{Kind: kind, Value: value}) })
}

func misses(n int) change { return func(w *world) { w.scene.Conversation.Misses = n } }

func asked(intents ...string) change {
	return func(w *world) {
		q := &desk.Question{}
		for _, in := range intents {
			q.Options = append(q.Options, desk.Option{ID: desk.IntentButtonID(in), Intent: in})
		}
		w.scene.Conversation.Pending = &desk.Pending{Question: q, AskedAt: noon.Add(-time.Minute)}
	}
}

func inFlow(flow, step, intent string, notes ...string) change {
	return func(w *world) {
		w.scene.Conversation.Pending = &desk.Pending{AskedAt: noon.Add(-time.Minute), Flow: &desk.FlowPosition{
			Flow: flow, Step: step, Intent: intent, Notes: notes, Facts: []desk.Fact{{Kind: "document", Value: "123"}}}}
	}
}

func askedLongAgo(w *world) {
	w.scene.Conversation.Pending.AskedAt = noon.Add(-desk.PendingKeep - time.Second)
}

// ticket has been changed so long ago; a resolved one was resolved then.
func ticket(intent string, state desk.TicketState, ago time.Duration) change {
	return func(w *world) {
		then := noon.Add(-ago)
		k := desk.Ticket{ID: ticketID(len(w.scene.Tickets)), Protocol: fmt.Sprintf("20261122000000%d", len(w.scene.Tickets)), Intent: intent, State: state, UpdatedAt: then}
		if !state.Live() {
			k.ResolvedAt = &then
		}
		w.scene.Tickets = append(w.scene.Tickets, k)
	}
}

func ticketID(n int) uuid.UUID {
	return uuid.MustParse(fmt.Sprintf("00000000-0000-7000-8000-00000000000%d", n))
}

func peopleAway(w *world) {
	w.scene.Profile.Hours = []desk.Hours{{Day: time.Monday, From: "08:00", To: "20:00"}}
}

func windowEnds(in time.Duration) change {
	return func(w *world) { end := noon.Add(in); w.scene.Conversation.WindowEndsAt = &end }
}

// brief writes a decision in one line: rule, action, reason and what is set.
func brief(d desk.Decision) string {
	out := []string{d.Rule, string(d.Action), string(d.Reason)}
	add := func(key, value string) {
		if value != "" {
			out = append(out, key+"="+value)
		}
	}
	number := func(id *uuid.UUID) string {
		if id == nil {
			return ""
		}
		return "#" + id.String()[35:]
	}
	add("intent", d.Intent)
	if d.Article != nil {
		add("article", d.Article.ID+"/"+d.Article.Language)
	}
	add("phrase", string(d.Phrase))
	if d.Question != nil {
		var options []string
		for _, o := range d.Question.Options {
			options = append(options, o.Intent)
		}
		add("options", strings.Join(options, ","))
	}
	if d.Flow != nil {
		add("at", d.Flow.Flow+":"+d.Flow.Step+noted(d.Flow.Notes))
	}
	if d.Open != nil {
		add("open", fmt.Sprintf("%s/%s/%s", d.Open.Intent, d.Open.Team, d.Open.Priority)+noted(d.Open.Notes))
	}
	add("update", number(d.Update))
	add("reopen", number(d.Reopen))
	add("resolve", number(d.Resolve))
	add("status", number(d.Status))
	if d.Handoff != nil {
		add("to", fmt.Sprintf("%s/%s", d.Handoff.Team, d.Handoff.Priority)+noted(d.Handoff.Tried))
	}
	flags := map[string]bool{"opt_out": d.OptOut, "missed": d.Missed}
	for _, f := range []string{"opt_out", "missed"} {
		if flags[f] {
			out = append(out, f)
		}
	}
	return strings.Join(out, " ")
}

func noted(notes []string) string {
	if len(notes) == 0 {
		return ""
	}
	return "[" + strings.Join(slices.Clone(notes), ";") + "]"
}
