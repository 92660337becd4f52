package compose

import (
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/rivo/uniseg"

	"antena/internal/desk"
)

// Compose makes the outcome of a decision. The turn's timing and model are the caller's.
func Compose(scene *desk.Scene, seen desk.Understanding, d desk.Decision) desk.Outcome {
	c := &composer{scene: scene, d: d, language: d.Language, words: phrases[d.Language]}
	if c.words == nil {
		c.language, c.words = desk.Languages[0], phrases[desk.Languages[0]]
	}
	out := desk.Outcome{
		Scene: scene, Language: c.language, Misses: misses(scene, d),
		Update: d.Update, Reopen: d.Reopen, Resolve: d.Resolve, Handoff: d.Handoff,
		Pending: c.pending(),
		Turn:    record(scene, seen, d, c.language),
	}
	c.ticket(&out)
	c.consents(&out)
	if m := c.message(); m != nil {
		m.TurnID = &out.Turn.ID
		out.Messages = []desk.Message{*m}
		if ask := c.askPhone(&out); ask != nil {
			out.Messages = append(out.Messages, *ask)
		}
	}
	return out
}

type composer struct {
	scene    *desk.Scene
	d        desk.Decision
	language string
	words    map[desk.Phrase]string
}

func misses(scene *desk.Scene, d desk.Decision) int {
	if d.Missed {
		return scene.Conversation.Misses + 1
	}
	return 0
}

// message makes the one message of the turn, or nil when nothing is said.
func (c *composer) message() *desk.Message {
	if c.d.Action == desk.ActSilent || !c.scene.Conversation.WindowOpen(c.scene.Now) {
		return nil
	}
	text := c.text()
	if text == "" {
		return nil
	}
	if wait := c.wait(); wait != "" {
		text += "\n\n" + wait
	}
	buttons := c.buttons()
	if c.first() && c.d.Action != desk.ActHandoff && c.d.Phrase != desk.PhraseGreeting && c.d.Phrase != desk.PhraseOptedOut {
		text += "\n\n" + c.fill(c.words[phraseIntro])
	}
	if len(buttons) > 0 && desk.Units(text) > desk.MaxCaption {
		buttons = nil // a text with buttons may not be longer; "persona" in words works always
	}
	return &desk.Message{
		ID: desk.NewID(), ConversationID: c.scene.Conversation.ID, Channel: c.scene.Conversation.Channel,
		Direction: desk.Outbound, Author: desk.ByAssistant, Kind: desk.KindText,
		Text: cut(text, desk.MaxText), Buttons: buttons, Status: desk.StatusQueued, CreatedAt: c.scene.Now,
	}
}

// text finds the words of the decision: those a model proposed and code accepted, or
// the fixed ones.
func (c *composer) text() string {
	var parts []string
	if c.d.OptOut && c.d.Phrase != desk.PhraseOptedOut { // beside something else
		parts = append(parts, c.fill(c.words[desk.PhraseOptedOut]))
	}
	if w := c.d.Wording; w != nil && w.Text != "" {
		return strings.TrimSpace(strings.Join(append(parts, w.Text), "\n\n"))
	}
	if c.d.Phrase != "" {
		parts = append(parts, c.fill(c.whenBack(c.words[c.d.Phrase])))
	}
	if c.d.Article != nil {
		parts = append(parts, c.article(*c.d.Article))
	}
	if c.d.Action == desk.ActFlow && c.d.Article == nil && c.d.Phrase == "" {
		parts = append(parts, c.fill(c.step().Say.In(c.language)))
	}
	return strings.TrimSpace(strings.Join(parts, "\n\n"))
}

func (c *composer) article(ref desk.ArticleRef) string {
	a := c.scene.Book.Articles[ref.ID][ref.Language]
	if a == nil {
		return ""
	}
	text, _ := c.scene.Profile.Fill(a.Body, c.language)
	return strings.TrimSpace(text)
}

func (c *composer) step() desk.FlowStep {
	if c.d.Flow == nil {
		return desk.FlowStep{}
	}
	flow := c.scene.Book.Flows[c.d.Flow.Flow]
	if flow == nil {
		return desk.FlowStep{}
	}
	return flow.Steps[c.d.Flow.Step]
}

// fill puts facts into a phrase: the ISP's values and those of the ticket. The
// ticket's come last, since its subject is the contact's words and no template.
func (c *composer) fill(text string) string {
	var facts []string
	if t := c.subjectTicket(); t != nil {
		facts = []string{
			desk.ProtocolToken, t.Protocol,
			"{ticket_subject}", t.Subject,
			"{ticket_state}", c.words[phraseState(t.State)],
			"{ticket_opened}", t.CreatedAt.In(c.scene.Profile.Location()).Format("02/01/2006"),
		}
	}
	if p := c.scene.Profile; p.Name == "" && p.Placeholders["isp_name"].In(c.language) == "" {
		text = strings.ReplaceAll(text, "{isp_name}", c.words[phraseISP])
	}
	filled, missing := c.scene.Profile.Fill(text, c.language)
	for _, name := range missing { // a fixed phrase goes without what is not set
		if token := "{" + name + "}"; !slices.Contains(facts, token) {
			filled = dropLineWith(filled, token)
		}
	}
	return strings.NewReplacer(facts...).Replace(filled)
}

func (c *composer) subjectTicket() *desk.Ticket {
	for _, id := range []*uuid.UUID{c.d.Status, c.d.Update, c.d.Reopen, c.d.Resolve} {
		if t := find(c.scene.Tickets, id); t != nil {
			return t
		}
	}
	return nil
}

// first reports whether the assistant never spoke in this conversation as far as
// the scene remembers.
func (c *composer) first() bool {
	for i := range c.scene.History {
		if c.scene.History[i].Direction == desk.Outbound {
			return false
		}
	}
	return true
}

func (c *composer) pending() *desk.Pending {
	switch {
	case c.d.Action == desk.ActFlow && c.d.Flow != nil:
		return &desk.Pending{Flow: c.d.Flow, AskedAt: c.scene.Now}
	case c.d.Action == desk.ActAsk && c.d.Question != nil:
		return &desk.Pending{Question: c.d.Question, AskedAt: c.scene.Now}
	}
	return nil
}

func dropLineWith(text, token string) string {
	lines := strings.Split(text, "\n")
	kept := lines[:0]
	for _, l := range lines {
		if !strings.Contains(l, token) {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

// cut shortens a text to a number of UTF-16 units, never inside a grapheme.
func cut(s string, most int) string {
	if desk.Units(s) <= most {
		return s
	}
	var b strings.Builder
	left := most - 1
	for g := uniseg.NewGraphemes(s); g.Next(); {
		if left -= desk.Units(g.Str()); left < 0 {
			break
		}
		b.WriteString(g.Str())
	}
	return b.String() + "…"
}
