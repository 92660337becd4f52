package dialogue

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"antena/internal/adapt"
	"antena/internal/agents"
	"antena/internal/compose"
	"antena/internal/desk"
	"antena/internal/inbox"
	"antena/internal/outbox"
	"antena/internal/store"
	"antena/internal/turn"
	"antena/internal/understand/cues"
)

// Finding is what came of one expectation, or of a step that could not be done.
type Finding struct {
	Line int
	Text string // of the line
	Want string
	Got  string
	Met  bool
}

// Played is a dialogue that was played. It is readable while its store is open.
type Played struct {
	Findings     []Finding
	Conversation uuid.UUID // zero when the contact never wrote
	Knowledge    turn.Knowledge
	stage        *stage
}

// Failed lists what was not met.
func (p *Played) Failed() []Finding {
	var out []Finding
	for _, f := range p.Findings {
		if !f.Met {
			out = append(out, f)
		}
	}
	return out
}

// notReached is what is found in the place of what comes after a step that failed.
const notReached = "not reached"

// Play plays a dialogue on an empty store that was opened with the clock handed to
// open. An error means that nothing can be said about the dialogue.
func (d *Dialogue) Play(ctx context.Context, m *Mind, open func(now func() time.Time) (*store.Store, error)) (*Played, error) {
	s := &stage{now: time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC), knowing: m.copy(), coming: map[string]desk.Arrival{}}
	keep, err := open(func() time.Time { return s.now })
	if err != nil {
		return nil, err
	}
	if err := s.build(ctx, keep, m.Understander); err != nil {
		return nil, err
	}
	p := &Played{Knowledge: s.knowing, stage: s}
	broken := false
	for _, l := range d.lines {
		check, isCheck := checks[l.word]
		f := Finding{Line: l.number, Text: l.text, Want: l.rest, Got: notReached}
		switch {
		case broken && isCheck:
			p.Findings = append(p.Findings, f)
		case broken:
		case isCheck:
			if f.Got, f.Met, err = check(ctx, s, l.rest); err != nil {
				return nil, fmt.Errorf("%s, line %d: %w", d.Name, l.number, err)
			}
			p.Findings = append(p.Findings, f)
		default:
			if err := s.do(ctx, &l); err != nil {
				f.Got, broken = err.Error(), true
				p.Findings = append(p.Findings, f)
			}
		}
	}
	p.Conversation = s.conv
	return p, ctx.Err()
}

// stage is one conversation being played.
type stage struct {
	*knowing
	now    time.Time
	store  *store.Store
	inbox  *inbox.Inbox
	engine *turn.Engine
	outbox *outbox.Outbox
	agents *agents.Desk
	agent  desk.Agent
	coming map[string]desk.Arrival
	sent   []desk.Message
	before int // messages sent before the last step
	conv   uuid.UUID
	count  int
}

const channelID = "100000000000001"

func (s *stage) build(ctx context.Context, keep *store.Store, u turn.Understander) error {
	clock := func() time.Time { return s.now }
	log := slog.New(slog.DiscardHandler)
	s.store = keep
	s.inbox = inbox.New(inbox.Deps{
		Store: adapt.Inbox{Store: keep}, Read: s.read, StopWriting: func(x string) bool { return cues.Read(x).OptOut },
		Withdrawals: compose.Withdrawals, Now: clock, Log: log,
	})
	s.engine = turn.New(turn.Deps{Scenes: keep, Store: adapt.Turn{Store: keep}, Understander: u, Knowledge: s.knowing, Now: clock, Log: log})
	s.outbox = outbox.New(outbox.Deps{Store: adapt.Outbox{Store: keep}, Line: s, Now: clock, Log: log})
	s.agents = agents.New(agents.Deps{Store: adapt.Agents{Store: keep}, Now: clock})
	s.agent = desk.Agent{ID: desk.NewID(), Name: "Ana", Email: "ana@isp.example", Role: desk.RoleAgent, Language: "es", Active: true, CreatedAt: s.now, UpdatedAt: s.now}
	return keep.InTx(ctx, func(tx *store.Tx) error { return tx.AddAgent(ctx, &s.agent) })
}

// Send is the provider: it takes everything.
func (s *stage) Send(_ context.Context, d desk.Dispatch) (desk.Accepted, error) {
	s.sent = append(s.sent, d.Message)
	return desk.Accepted{ProviderID: fmt.Sprintf("wamid.OUT%d", len(s.sent))}, nil
}

func (s *stage) read(raw []byte) (desk.Arrival, error) {
	var key string
	err := json.Unmarshal(raw, &key)
	return s.coming[key], err
}

// arrive lets the contact write, and lets the assistant have its turn.
func (s *stage) arrive(ctx context.Context, m desk.Message) error {
	s.count++
	s.now = s.now.Add(20 * time.Second)
	at := s.now
	m.ProviderID, m.SentAt = fmt.Sprintf("wamid.IN%d", s.count), &at
	s.coming[m.ProviderID] = desk.Arrival{Channel: channelID, Message: &m, From: desk.Identity{BSUID: "BR.1", Phone: "5511900000000", Name: "Cliente"}}
	raw, err := json.Marshal(m.ProviderID)
	if err != nil {
		return err
	}
	event := desk.Event{ID: desk.NewID(), Key: m.ProviderID, Kind: "message", Channel: channelID, Raw: raw, ReceivedAt: s.now}
	if err := s.inbox.AcceptEvents(ctx, []desk.Event{event}); err != nil {
		return err
	}
	if err := s.inbox.Ingest(ctx, []uuid.UUID{event.ID}); err != nil {
		return err
	}
	got, err := s.store.Message(ctx, event.ID)
	if err != nil {
		return err
	}
	s.conv = got.ConversationID
	return s.turn(ctx)
}

// turn runs what jobs would: the turn when it is due, then the sends.
func (s *stage) turn(ctx context.Context) error {
	for range 3 {
		wait, err := s.engine.Handle(ctx, s.conv)
		if err != nil {
			return err
		}
		if wait == 0 {
			break
		}
		s.now = s.now.Add(wait)
	}
	return s.drain(ctx)
}

// drain sends what waits to be sent.
func (s *stage) drain(ctx context.Context) error {
	page, err := s.store.Messages(ctx, s.conv, uuid.Nil, 100)
	if err != nil {
		return err
	}
	for _, m := range page.Messages {
		if m.Status == desk.StatusQueued {
			if _, err := s.outbox.Send(ctx, m.ID); err != nil {
				return err
			}
		}
	}
	return nil
}
