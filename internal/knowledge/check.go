package knowledge

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"antena/internal/desk"
)

// Limits of what WhatsApp shows (Meta).
const (
	maxTitle   = 20  // a reply button
	maxBody    = 900 // an article: room for the intro under desk.MaxCaption
	maxButtons = 3
)

// maxDescription is for people: a border that needs more words is not one.
const maxDescription = 400

// check returns everything that is wrong with the library as a whole.
func (l *Library) check() []error {
	var out []error
	bad := func(format string, args ...any) { out = append(out, fmt.Errorf(format, args...)) }
	variants := map[string]bool{}
	for i := range l.Articles {
		a := &l.Articles[i]
		variants[a.ID] = true
		l.checkArticle(a, bad)
	}
	for _, label := range slices.Sorted(maps.Keys(l.Intents)) {
		l.checkIntent(l.Intents[label], variants, bad)
	}
	for _, id := range slices.Sorted(maps.Keys(l.Flows)) {
		checkFlow(l.Flows[id], variants, bad)
	}
	l.checkThresholds(bad)
	return out
}

func (l *Library) checkArticle(a *desk.Article, bad func(string, ...any)) {
	where := a.Language + "/" + a.ID + ".md"
	if a.Title == "" || a.Body == "" {
		bad("%s: title and text are needed", where)
	}
	if len(a.Questions) == 0 {
		bad("%s: at least one question is needed, or nobody finds it", where)
	}
	if n := len([]rune(a.Body)); n > maxBody {
		bad("%s: %d characters; at most %d", where, n, maxBody)
	}
	if !a.Owner.Valid() {
		bad("%s: unknown owner %q", where, a.Owner)
	}
	if !slices.Contains([]desk.ArticleStatus{desk.ArticleDraft, desk.ArticleReview, desk.ArticlePublished, desk.ArticleArchived}, a.Status) {
		bad("%s: unknown status %q", where, a.Status)
	}
	for _, name := range desk.Placeholders(a.Body) {
		if _, ok := l.Placeholders[name]; !ok {
			bad("%s: {%s} is not in placeholders.yaml", where, name)
		}
	}
}

var actions = []desk.IntentAction{
	desk.IntentAnswer, desk.IntentFlow, desk.IntentTicket, desk.IntentHandoff, desk.IntentReply, desk.IntentSilent,
	desk.IntentDecline, desk.IntentOptOut, desk.IntentDataRequest, desk.IntentTicketStatus,
}

func (l *Library) checkIntent(in *desk.Intent, articles map[string]bool, bad func(string, ...any)) {
	where := "intents/" + in.Label + ".yaml"
	if !slices.Contains(actions, in.Action) {
		bad("%s: unknown action %q", where, in.Action)
	}
	if n := len([]rune(in.Description)); n > maxDescription {
		bad("%s: a description of %d characters; at most %d", where, n, maxDescription)
	}
	if in.Action == desk.IntentFlow && l.Flows[in.Flow] == nil {
		bad("%s: no flow %q", where, in.Flow)
	}
	if in.Action == desk.IntentAnswer && len(in.Articles) == 0 {
		bad("%s: an answer needs articles", where)
	}
	for _, id := range in.Articles {
		if !articles[id] {
			bad("%s: no article %q", where, id)
		}
	}
	if in.Ticket.Priority != "" && !in.Ticket.Priority.Valid() {
		bad("%s: unknown priority %q", where, in.Ticket.Priority)
	}
	if in.Ticket.Team != "" && !in.Ticket.Team.Valid() {
		bad("%s: unknown team %q", where, in.Ticket.Team)
	}
	checkWords(where+": names", in.Names, maxTitle, bad)
	for language := range in.Examples {
		if !desk.KnownLanguage(language) {
			bad("%s: unknown language %q", where, language)
		}
	}
}

func checkFlow(f *desk.Flow, articles map[string]bool, bad func(string, ...any)) {
	where := "flows/" + f.ID + ".yaml"
	known := func(step string) bool {
		_, ok := f.Steps[step]
		return ok || step == desk.FlowSolved || step == desk.FlowTicket || step == desk.FlowPerson
	}
	if _, ok := f.Steps[f.Start]; !ok {
		bad("%s: no step %q to start with", where, f.Start)
	}
	for _, s := range f.Skip {
		if _, ok := f.Steps[s.Step]; !ok || !known(s.To) {
			bad("%s: skip from %q to %q leads nowhere", where, s.Step, s.To)
		}
	}
	for name, s := range f.Steps {
		at := where + ": step " + name
		if strings.ContainsAny(f.ID+name, ":") {
			bad("%s: no colons in names", at)
		}
		switch {
		case s.Article != "" && !articles[s.Article]:
			bad("%s: no article %q", at, s.Article)
		case s.Article == "":
			checkWords(at+": say", s.Say, 600, bad)
		}
		if len(s.Buttons) == 0 || len(s.Buttons) > maxButtons {
			bad("%s: %d buttons; 1 to %d", at, len(s.Buttons), maxButtons)
		}
		free := s.FreeText == ""
		for _, b := range s.Buttons {
			free = free || b.ID == s.FreeText
			checkWords(at+": button "+b.ID, b.Label, maxTitle, bad)
			if !known(b.To) {
				bad("%s: button %s leads nowhere (%q)", at, b.ID, b.To)
			}
		}
		if !free {
			bad("%s: free_text names no button", at)
		}
	}
}

func checkWords(where string, w desk.Words, most int, bad func(string, ...any)) {
	for _, language := range desk.Languages {
		n := len([]rune(w[language]))
		if n == 0 || n > most {
			bad("%s: %d characters in %s; 1 to %d", where, n, language, most)
		}
	}
}
