package console_test

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"antena/internal/agents"
	"antena/internal/desk"
)

// kept is what the golden desk's agents have written, keep and have found.
type kept struct {
	drafts  []desk.Draft
	replies []desk.CannedReply
	macros  []desk.Macro
	wrong   []desk.WrongAnswer
	company []desk.Glance
}

// writing gives the golden desk something of everything that is kept.
func (f *fake) writing() {
	own := &f.agents[ana].ID
	at := f.ago(time.Hour)
	f.kept = kept{
		replies: []desk.CannedReply{
			{ID: desk.NewID(), AgentID: own, Shortcut: "hola", Texts: desk.Words{"es": "Hola {name}, soy {agent} de {isp_name}. ¿En qué te ayudo?"}, CreatedAt: at, UpdatedAt: at},
			{ID: desk.NewID(), Shortcut: "reiniciar", Texts: desk.Words{"es": "Apaga el router medio minuto y vuelve a encenderlo.", "pt": "Desligue o roteador por meio minuto e ligue de novo."}, CreatedAt: at, UpdatedAt: at},
			{ID: desk.NewID(), Shortcut: "visita", Texts: desk.Words{"pt": "A visita fica marcada para {visit_day}. Protocolo {protocol}."}, CreatedAt: at, UpdatedAt: at},
		},
		macros: []desk.Macro{{ID: desk.NewID(), Name: "Reinicio y espera", CreatedAt: at, UpdatedAt: at, Steps: []desk.Step{
			{Do: desk.StepReply, Text: "/reiniciar"}, {Do: desk.StepPriority, Priority: desk.PriorityHigh}, {Do: desk.StepSnooze, Hours: 4},
		}}},
		company: []desk.Glance{{Agent: f.agents[bruno].ID, Typing: true}},
	}
}

func (f *fake) profile() *desk.Profile {
	return &desk.Profile{Name: "Fibra Clara", Languages: []string{"es"}}
}

func (f *fake) SaveDraft(_ context.Context, _ desk.Agent, d desk.Draft) error {
	return f.act("keep " + string(d.Mode) + " " + d.Text)
}

func (f *fake) Unsay(context.Context, desk.Agent, uuid.UUID, uuid.UUID) (string, error) {
	return "lo que dije", f.act("unsay")
}
func (f *fake) Undo(context.Context, desk.Agent, uuid.UUID) error { return f.act("undo") }

func (f *fake) RunMacro(_ context.Context, _ desk.Agent, _, macro, _ uuid.UUID) (*desk.Macro, error) {
	if err := f.act("macro"); err != nil {
		return nil, &agents.StepError{At: 1, Step: desk.Step{Do: desk.StepPriority, Priority: desk.PriorityHigh}, Err: err}
	}
	return &desk.Macro{ID: macro}, nil
}

func (f *fake) SaveCanned(_ context.Context, _ desk.Agent, r desk.CannedReply, shared bool) error {
	return f.act(fmt.Sprintf("canned %s %q shared %t", r.Shortcut, r.Texts["es"], shared))
}
func (f *fake) DeleteCanned(context.Context, desk.Agent, uuid.UUID) error {
	return f.act("delete canned")
}

func (f *fake) SaveMacro(_ context.Context, _ desk.Agent, m desk.Macro, shared bool) error {
	return f.act(fmt.Sprintf("macro %s %v shared %t", m.Name, m.Steps, shared))
}
func (f *fake) DeleteMacro(context.Context, desk.Agent, uuid.UUID) error {
	return f.act("delete macro")
}

func (f *fake) MarkWrong(_ context.Context, _ desk.Agent, _ uuid.UUID, reason string) error {
	return f.act("wrong " + reason)
}

func (f *fake) SettleWrong(_ context.Context, _ desk.Agent, article, language string) error {
	return f.act("settle " + article + "/" + language)
}

func (f *fake) Drafts(_ context.Context, conversation, agent uuid.UUID) (all []desk.Draft, _ error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, d := range f.kept.drafts {
		if d.ConversationID == conversation && d.AgentID == agent {
			all = append(all, d)
		}
	}
	return all, nil
}

func (f *fake) CannedReplies(_ context.Context, agent uuid.UUID) (all []desk.CannedReply, _ error) {
	for _, r := range f.kept.replies {
		if r.AgentID == nil || *r.AgentID == agent {
			all = append(all, r)
		}
	}
	return all, nil
}

func (f *fake) Macros(context.Context, uuid.UUID) ([]desk.Macro, error) { return f.kept.macros, nil }

func (f *fake) WrongAnswers(_ context.Context, article, language string, _ int) (all []desk.WrongAnswer, _ error) {
	for _, w := range f.kept.wrong {
		if w.ArticleID == article && w.Language == language {
			all = append(all, w)
		}
	}
	return all, nil
}

func (f *fake) WrongCounts(context.Context) (map[string]int, error) {
	counts := map[string]int{}
	for _, w := range f.kept.wrong {
		counts[w.ArticleID+"/"+w.Language]++
	}
	return counts, nil
}

func (f *fake) WrongAmong(context.Context, []uuid.UUID) (map[uuid.UUID]bool, error) {
	return map[uuid.UUID]bool{}, nil
}

func (f *fake) Unread(_ context.Context, agent uuid.UUID) (n int, _ error) {
	for i := range f.conversations {
		if c := &f.conversations[i]; f.in(c, desk.ViewMine, agent) {
			n += c.Unread
		}
	}
	return n, nil
}

func (f *fake) Here(uuid.UUID, uuid.UUID, bool)         {}
func (f *fake) Leave(uuid.UUID, uuid.UUID)              {}
func (f *fake) With(uuid.UUID, uuid.UUID) []desk.Glance { return f.kept.company }
func (f *fake) SetNotify(_ context.Context, _ desk.Agent, desktop, sound bool) error {
	return f.act(fmt.Sprintf("notify %t %t", desktop, sound))
}

func (f *fake) Offer(context.Context, desk.Agent, uuid.UUID) (*desk.Offered, error) {
	return &desk.Offered{Intent: "no_internet", Offers: []desk.Offer{
		{Source: desk.ArticleRef{ID: "los-red-light", Language: "es", Version: 3, Title: "Luz roja (LOS)"}, Text: "Revisa que el cable de fibra esté bien puesto."},
		{Source: desk.ArticleRef{ID: "support-hours", Language: "es", Version: 1, Title: "Horarios de atención"}, Text: "Atendemos los sábados de 9 a 13."},
	}}, nil
}
