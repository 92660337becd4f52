package compose

import (
	"strings"

	"antena/internal/desk"
)

// record fills the turn's record with everything the decision rested on.
func record(scene *desk.Scene, seen desk.Understanding, d desk.Decision, language string) desk.Turn {
	t := desk.Turn{
		ID: desk.NewID(), ConversationID: scene.Conversation.ID,
		Action: d.Action, Reason: d.Reason, Intent: d.Intent, Confidence: d.Confidence, Language: language,
		Understanding: seen, Decision: d, Model: seen.Model, CreatedAt: scene.Now,
		Inputs: desk.Inputs{
			BookVersion: scene.Book.Version, ProfileVersion: scene.Profile.Version, Owner: scene.Conversation.Owner,
			Language: scene.Language(), WindowEndsAt: scene.Conversation.WindowEndsAt, Pending: scene.Conversation.Pending,
			Misses: scene.Conversation.Misses, Choice: scene.Choice(), Thresholds: scene.Profile.Thresholds.Of(seen.Intents),
			InHours: inHours(scene, &d), Now: scene.Now,
		},
	}
	if n := len(scene.New); n > 0 {
		t.FirstMessageID, t.LastMessageID = scene.New[0].ID, scene.New[n-1].ID
	}
	for i := range scene.New {
		t.Inputs.Kinds = append(t.Inputs.Kinds, scene.New[i].Kind)
	}
	if seen.Advice != nil {
		consulted(&t, &seen.Advice.Consulted)
	}
	if d.Wording != nil {
		consulted(&t, &d.Wording.Consulted)
	}
	for i := range scene.Tickets {
		k := &scene.Tickets[i]
		t.Inputs.Tickets = append(t.Inputs.Tickets, desk.TicketInput{ID: k.ID, Protocol: k.Protocol, Intent: k.Intent, State: k.State, ResolvedAt: k.ResolvedAt, UpdatedAt: k.UpdatedAt, MergedInto: k.MergedInto})
	}
	return t
}

// inHours reports whether people answered then: those of the team it was given to.
func inHours(scene *desk.Scene, d *desk.Decision) bool {
	if d.Handoff == nil {
		return scene.Profile.PeopleAnswer(scene.Now)
	}
	return scene.Roster.Calendar(d.Handoff.Team, scene.Profile).Open(scene.Now)
}

// consulted adds what a language model was asked to the turn's account. A cost that
// is not known in full is none.
func consulted(t *desk.Turn, c *desk.Consulted) {
	t.PromptHash = strings.TrimSpace(t.PromptHash + " " + c.Prompt + ":" + c.Hash)
	t.TokensIn += c.TokensIn
	t.TokensOut += c.TokensOut
	t.CostMicros += c.CostMicros
	if c.CostMicros > 0 {
		t.CostCurrency = desk.ModelCurrency
	}
	if c.Helped() && !strings.Contains(t.Model, c.Model) {
		t.Model += " + " + c.Model
	}
}

// ticket makes the ticket the decision opens; its number comes with the commit.
func (c *composer) ticket(out *desk.Outcome) {
	o := c.d.Open
	if o == nil {
		return
	}
	out.Open = &desk.Ticket{
		ID: desk.NewID(), ContactID: c.scene.Contact.ID, ConversationID: c.scene.Conversation.ID,
		Intent: o.Intent, Subject: o.Subject, Priority: o.Priority, Team: o.Team, Facts: o.Facts,
		State: desk.TicketNew, OpenedBy: desk.ByAssistant, CreatedAt: c.scene.Now, UpdatedAt: c.scene.Now,
	}
	out.Note = o.Notes
}

// consents writes a withdrawal into the ledger: support the contact asks for
// later is not meant, everything we would begin ourselves is.
func (c *composer) consents(out *desk.Outcome) {
	if !c.d.OptOut {
		return
	}
	out.Consents = Withdrawals(c.scene.Contact, c.scene.New, c.scene.Now)
}

// phraseState is the key of the words for a ticket's state.
func phraseState(s desk.TicketState) desk.Phrase { return desk.Phrase("state_" + s) }

const (
	phraseIntro        desk.Phrase = "intro"
	phrasePersonButton desk.Phrase = "person_button"
	phraseTicketButton desk.Phrase = "ticket_button"
	phraseISP          desk.Phrase = "isp" // in the place of a name the ISP has not set
)

// Has reports whether a phrase has words in a language.
func Has(language string, p desk.Phrase) bool { return phrases[language][p] != "" }
