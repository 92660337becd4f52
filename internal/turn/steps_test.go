package turn_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/agents"
	"antena/internal/desk"
	"antena/internal/inbox"
	"antena/internal/outbox"
	"antena/internal/store"
	"antena/internal/turn"
)

type (
	inboxStore  struct{ *store.Store }
	turnStore   struct{ *store.Store }
	outboxStore struct{ *store.Store }
	agentsStore struct{ *store.Store }
)

func (s inboxStore) InTx(ctx context.Context, fn func(inbox.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s turnStore) InTx(ctx context.Context, fn func(turn.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s outboxStore) InTx(ctx context.Context, fn func(outbox.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s agentsStore) InTx(ctx context.Context, fn func(agents.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// line plays or checks one line of a scenario and returns what is wrong.
func (s *stage) line(line string) string {
	word, rest, _ := strings.Cut(line, ":")
	rest = strings.TrimSpace(rest)
	if do, ok := steps[word]; ok {
		return do(s, rest)
	}
	if kind, ok := strings.CutPrefix(word, "contact "); ok {
		s.arrive(desk.Message{Kind: desk.MessageKind(kind), Text: rest, Attachment: &desk.Attachment{MIME: "image/jpeg"}})
		return ""
	}
	return "no such step"
}

var steps = map[string]func(*stage, string) string{
	"hours": func(s *stage, x string) string {
		s.profile.Hours = []desk.Hours{{Day: s.now.Weekday(), From: "00:00", To: "01:00"}}
		return ""
	},
	"contact":          func(s *stage, x string) string { s.arrive(desk.Message{Kind: desk.KindText, Text: x}); return "" },
	"press":            press,
	"agent claims":     func(s *stage, _ string) string { return s.act(s.agents.Claim(s.t.Context(), s.agent, s.conv, false)) },
	"agent gives back": func(s *stage, _ string) string { return s.act(s.agents.GiveBack(s.t.Context(), s.agent, s.conv)) },
	"agent resolves":   func(s *stage, _ string) string { return s.act(s.agents.Resolve(s.t.Context(), s.agent, s.conv, "")) },
	"agent replies": func(s *stage, x string) string {
		_, err := s.agents.Reply(s.t.Context(), s.agent, s.conv, agents.Draft{ID: uuid.New(), Text: x})
		return s.act(err)
	},
	"wait": func(s *stage, x string) string {
		d, err := time.ParseDuration(x)
		s.now = s.now.Add(d)
		return s.act(err)
	},
	"turn": func(s *stage, _ string) string { s.before = len(s.sent); s.turn(); return "" },
	"decided": func(s *stage, x string) string {
		return s.last(func(t *desk.Turn) string { return string(t.Action) + " " + string(t.Reason) }, x)
	},
	"intent":   func(s *stage, x string) string { return s.last(func(t *desk.Turn) string { return t.Intent }, x) },
	"article":  func(s *stage, x string) string { return s.last(article, x) },
	"language": func(s *stage, x string) string { return s.last(func(t *desk.Turn) string { return t.Language }, x) },
	"owner":    func(s *stage, x string) string { return same(string(s.conversation().Owner), x) },
	"handoff": func(s *stage, x string) string {
		h := s.conversation().Handoff
		if h == nil {
			return "there is none"
		}
		return same(string(h.Reason), x)
	},
	"wants": func(s *stage, x string) string {
		if h := s.conversation().Handoff; h == nil || !strings.Contains(h.Wants, x) {
			return fmt.Sprintf("the handoff says otherwise: %+v", h)
		}
		return ""
	},
	"says": says,
	"says not": func(s *stage, x string) string {
		if says(s, x) == "" {
			return "but it was said"
		}
		return ""
	},
	"silent": func(s *stage, _ string) string {
		if len(s.sent) > s.before {
			return fmt.Sprintf("said %q", s.sent[len(s.sent)-1].Text)
		}
		return ""
	},
	"messages": func(s *stage, x string) string { return same(strconv.Itoa(len(s.sent)-s.before), x) },
	"buttons":  buttons,
	"tickets":  func(s *stage, x string) string { return same(strconv.Itoa(len(s.tickets())), x) },
	"ticket":   ticket,
	"consents": func(s *stage, x string) string {
		list, err := s.store.Consents(s.t.Context(), s.conversation().ContactID)
		s.must(err)
		return same(strconv.Itoa(len(list)), x)
	},
	"placeholder unset": func(s *stage, x string) string { delete(s.profile.Placeholders, x); return "" },
}

func (s *stage) act(err error) string {
	s.before = len(s.sent)
	if err != nil {
		return err.Error()
	}
	s.drain()
	return ""
}

func press(s *stage, title string) string {
	for i := len(s.sent) - 1; i >= 0; i-- {
		for _, b := range s.sent[i].Buttons {
			if b.Title == title {
				s.arrive(desk.Message{Kind: desk.KindReply, Choice: &desk.Choice{ID: b.ID, Title: b.Title}})
				return ""
			}
		}
	}
	return "no message offered that button"
}

func (s *stage) lastTurn() (*desk.Turn, error) {
	turns, err := s.store.Turns(context.Background(), s.conv, 1)
	if err != nil {
		return nil, err
	}
	if len(turns) == 0 {
		return nil, desk.ErrNotFound
	}
	return &turns[0], nil
}

func (s *stage) last(of func(*desk.Turn) string, want string) string {
	turn, err := s.lastTurn()
	if err != nil {
		return "no turn answered the last message: " + err.Error()
	}
	return same(of(turn), want)
}

func article(t *desk.Turn) string {
	if t.Decision.Article == nil {
		return "none"
	}
	return t.Decision.Article.ID
}

func same(got, want string) string {
	if got != want {
		return "got " + got
	}
	return ""
}

func (s *stage) conversation() *desk.Conversation {
	c, err := s.store.Conversation(s.t.Context(), s.conv)
	s.must(err)
	return c
}

func says(s *stage, part string) string {
	if len(s.sent) == s.before {
		return "nothing was said"
	}
	if got := s.sent[len(s.sent)-1].Text; !strings.Contains(got, part) {
		return fmt.Sprintf("said %q", got)
	}
	return ""
}

func buttons(s *stage, want string) string {
	if len(s.sent) == s.before {
		return "nothing was said"
	}
	var titles []string
	for _, b := range s.sent[len(s.sent)-1].Buttons {
		titles = append(titles, b.Title)
	}
	return same(strings.Join(titles, " | "), want)
}

func (s *stage) tickets() []desk.TicketCard {
	page, err := s.store.Tickets(s.t.Context(), desk.TicketFilter{State: "all", Contact: s.conversation().ContactID})
	s.must(err)
	return page.Cards
}

func ticket(s *stage, want string) string {
	var all []string
	for _, c := range s.tickets() {
		all = append(all, fmt.Sprintf("%s %s %s %s", c.Ticket.Intent, c.Ticket.State, c.Ticket.Priority, c.Ticket.Team))
	}
	if !slices.Contains(all, want) {
		return fmt.Sprintf("there are %q", all)
	}
	return ""
}
