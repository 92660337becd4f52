package turn

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/google/uuid"

	"antena/internal/compose"
	"antena/internal/desk"
	"antena/internal/policy"
)

// Records is the past as a replay reads it.
type Records interface {
	Turn(ctx context.Context, id uuid.UUID) (*desk.Turn, error)
	Conversation(ctx context.Context, id uuid.UUID) (*desk.Conversation, error)
	TurnMessages(ctx context.Context, t *desk.Turn) (before, said []desk.Message, err error)
	Ticket(ctx context.Context, id uuid.UUID) (*desk.Ticket, error)
}

// Replayer decides recorded turns again with today's code. It changes nothing.
type Replayer struct {
	Records      Records
	Knowledge    Knowledge
	Roster       func() *desk.Roster // nil: matters go to their own teams
	Understander Understander        // for thinking again; may be nil when nobody asks for that
}

// historyLength is how much of what went before a turn looks at, as the scene's reader has it.
const historyLength = 30

// Replay decides a turn again: from its stored inputs, with the thresholds in
// force when they are others now, and when think is set by understanding the
// messages again. The book and the words for placeholders are those in force; where
// they are not those of then, Inputs says so. Same is about the first of the three.
func (r *Replayer) Replay(ctx context.Context, id uuid.UUID, think bool) (*desk.Replay, error) {
	t, err := r.Records.Turn(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("read turn %s: %w", id, err)
	}
	p := &past{turn: t, profile: r.Knowledge.Profile(), book: r.Knowledge.Book()}
	if r.Roster != nil {
		p.roster = r.Roster().WithoutHours() // the record says whether people were there
	}
	if err := p.load(ctx, r.Records); err != nil {
		return nil, fmt.Errorf("read what turn %s saw: %w", id, err)
	}
	p.missing()
	seen := t.Understanding
	out := &desk.Replay{Turn: t.ID, Stored: p.decide(p.scene(t.Inputs.Thresholds), seen)}
	out.Inputs, out.Same = p.differ, len(out.Stored.Changes) == 0
	in, now := t.Inputs.Thresholds, p.profile.Thresholds
	if best := seen.Best().Label; in.Ask != now.Ask || in.Article != now.Article || in.First != now.First || in.AnswerFor(best) != now.AnswerFor(best) {
		again := p.decide(p.scene(now), seen)
		out.Now = &again
		out.Inputs = append(out.Inputs, thresholds(best, in, now)...)
	}
	if !think {
		return out, nil
	}
	scene := p.scene(now)
	seen, err = r.Understander.Understand(ctx, scene)
	if err != nil {
		seen = desk.NotUnderstood(err, scene.Language())
	}
	again := p.decide(scene, seen)
	again.Changes = append(understanding(&t.Understanding, &seen), again.Changes...)
	out.Again = &again
	return out, nil
}

// past is a turn with what is left of what it looked at.
type past struct {
	turn         *desk.Turn
	conversation *desk.Conversation
	fresh, older []desk.Message
	tickets      []desk.Ticket
	said         []desk.Message
	profile      *desk.Profile
	book         *desk.Book
	roster       *desk.Roster
	differ       []desk.Difference
}

func (p *past) load(ctx context.Context, r Records) error {
	var err error
	if p.conversation, err = r.Conversation(ctx, p.turn.ConversationID); err != nil {
		return err
	}
	before, said, err := r.TurnMessages(ctx, p.turn)
	if err != nil {
		return err
	}
	p.said = said
	for _, m := range before {
		switch {
		case m.Direction == desk.Inbound && desk.Later(m.ID, p.turn.LastMessageID): // came while we thought
		case m.Direction == desk.Inbound && !desk.Later(p.turn.FirstMessageID, m.ID) && p.turn.FirstMessageID != uuid.Nil:
			p.fresh = append(p.fresh, m)
		default:
			p.older = append(p.older, m)
		}
	}
	p.older = p.older[max(len(p.older)-historyLength, 0):]
	return p.loadTickets(ctx, r)
}

// loadTickets takes the state of then from the record, and from the ticket only
// what never changes.
func (p *past) loadTickets(ctx context.Context, r Records) error {
	for _, k := range p.turn.Inputs.Tickets {
		t := desk.Ticket{ID: k.ID, Protocol: k.Protocol, Intent: k.Intent, State: k.State, ResolvedAt: k.ResolvedAt, UpdatedAt: k.UpdatedAt, MergedInto: k.MergedInto}
		row, err := r.Ticket(ctx, k.ID)
		switch {
		case err == nil:
			t.Subject, t.CreatedAt, t.ContactID, t.ConversationID = row.Subject, row.CreatedAt, row.ContactID, row.ConversationID
		case errors.Is(err, desk.ErrNotFound):
			p.differs("ticket", k.Protocol, "")
		default:
			return err
		}
		p.tickets = append(p.tickets, t)
	}
	return nil
}

func (p *past) differs(what, was, now string) {
	if was != now {
		p.differ = append(p.differ, desk.Difference{What: what, Was: was, Now: now})
	}
}

// missing notes what is not as it was.
func (p *past) missing() {
	in := &p.turn.Inputs
	p.differs("messages", strconv.Itoa(len(in.Kinds)), strconv.Itoa(len(p.fresh)))
	p.differs("book", in.BookVersion, p.book.Version)
	for _, ref := range p.articles() {
		now := ""
		if a := p.book.Articles[ref.ID][ref.Language]; a != nil {
			now = strconv.Itoa(a.Version)
		}
		p.differs("article "+ref.ID+"/"+ref.Language, strconv.Itoa(ref.Version), now)
	}
	p.differs("profile", in.ProfileVersion, p.profile.Version)
}

// articles are those the turn found or said, each once.
func (p *past) articles() []desk.ArticleRef {
	var all []desk.ArticleRef
	seen := map[string]bool{}
	add := func(ref desk.ArticleRef) {
		if key := ref.ID + "/" + ref.Language; !seen[key] {
			seen[key] = true
			all = append(all, ref)
		}
	}
	if ref := p.turn.Decision.Article; ref != nil {
		add(*ref)
	}
	for _, hit := range p.turn.Understanding.Passages {
		add(hit.Article)
	}
	return all
}

// scene builds what the turn looked at, with thresholds.
func (p *past) scene(t desk.Thresholds) *desk.Scene {
	in := &p.turn.Inputs
	profile := *p.profile
	profile.Thresholds, profile.Hours, profile.Holidays = t, nil, nil
	if !in.InHours {
		profile.Hours = []desk.Hours{{}} // a span that nothing is in
	}
	c := desk.Conversation{
		ID: p.conversation.ID, ContactID: p.conversation.ContactID, Channel: p.conversation.Channel, Owner: in.Owner, State: desk.ConversationOpen,
		Language: in.Language, Pending: in.Pending, Misses: in.Misses, WindowEndsAt: in.WindowEndsAt,
	}
	return &desk.Scene{
		Conversation: c, Contact: desk.Contact{ID: c.ContactID, Language: in.Language}, New: p.fresh, History: p.older, Tickets: p.tickets,
		Profile: &profile, Book: p.book, Roster: p.roster, Now: in.Now,
	}
}

// decide runs policy and composition, and compares with what was decided and said.
func (p *past) decide(scene *desk.Scene, seen desk.Understanding) desk.Redecision {
	seen.Text = scene.Text()
	d := policy.Decide(scene, seen)
	d.Wording = p.wording(&d)
	if was := p.turn.Decision.Handoff; was != nil && d.Handoff != nil {
		d.Handoff.Back, d.Handoff.Wait = was.Back, was.Wait // what was known of the team then
	}
	out := compose.Compose(scene, seen, d)
	if was := p.turn.Decision.Open; out.Open != nil && was != nil && was.Protocol != "" {
		out.Bind(was.Protocol)
	}
	again := desk.Redecision{Action: d.Action, Reason: d.Reason, Rule: d.Rule, Intent: d.Intent}
	if d.Article != nil {
		again.Article = d.Article.ID + "/" + d.Article.Language
	}
	again.Changes = append(decisions(&p.turn.Decision, &out.Turn.Decision), words(p.said, out.Messages)...)
	if len(out.Messages) > 0 {
		again.Text = out.Messages[0].Text
	}
	return again
}

// wording is what a model proposed then, if it fits what is decided now: words that
// were accepted are kept in the record, and no model is asked twice.
func (p *past) wording(d *desk.Decision) *desk.Wording {
	was := &p.turn.Decision
	same := d.Action == was.Action && d.Phrase == was.Phrase && d.Language == was.Language && (d.Article == nil) == (was.Article == nil)
	if !same || d.Article != nil && *d.Article != *was.Article {
		return nil
	}
	return was.Wording
}
