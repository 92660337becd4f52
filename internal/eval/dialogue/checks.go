package dialogue

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"antena/internal/desk"
)

// check finds how things are and whether that is what is wanted.
type check func(ctx context.Context, s *stage, want string) (got string, met bool, err error)

// checks by what comes before the colon.
var checks = map[string]check{
	"decided":  ofTurn(func(t *desk.Turn) string { return string(t.Action) + " " + string(t.Reason) }),
	"intent":   ofTurn(func(t *desk.Turn) string { return t.Intent }),
	"article":  ofTurn(article),
	"language": ofTurn(func(t *desk.Turn) string { return t.Language }),
	"owner":    ofConversation(func(c *desk.Conversation) string { return string(c.Owner) }),
	"handoff": ofConversation(func(c *desk.Conversation) string {
		if c.Handoff == nil {
			return none
		}
		return string(c.Handoff.Reason)
	}),
	"wants":    wants,
	"says":     says,
	"says not": saysNot,
	"silent": func(_ context.Context, s *stage, _ string) (string, bool, error) {
		return s.lastWords(), len(s.sent) == s.before, nil
	},
	"messages": func(_ context.Context, s *stage, want string) (string, bool, error) {
		return same(strconv.Itoa(len(s.sent)-s.before), want)
	},
	"buttons":  buttons,
	"tickets":  tickets,
	"ticket":   ticket,
	"consents": consents,
}

// none is found where there is nothing.
const none = "none"

func same(got, want string) (string, bool, error) { return got, got == want, nil }

// ofTurn checks something of the last turn.
func ofTurn(of func(*desk.Turn) string) check {
	return func(ctx context.Context, s *stage, want string) (string, bool, error) {
		turns, err := s.store.Turns(ctx, s.conv, 1)
		if err != nil || len(turns) == 0 {
			return none, false, err
		}
		return same(of(&turns[0]), want)
	}
}

func article(t *desk.Turn) string {
	if t.Decision.Article == nil {
		return none
	}
	return t.Decision.Article.ID
}

// ofConversation checks something of the conversation as it is now.
func ofConversation(of func(*desk.Conversation) string) check {
	return func(ctx context.Context, s *stage, want string) (string, bool, error) {
		c, err := s.store.Conversation(ctx, s.conv)
		if errors.Is(err, desk.ErrNotFound) {
			return none, false, nil
		}
		if err != nil {
			return "", false, err
		}
		return same(of(c), want)
	}
}

func wants(ctx context.Context, s *stage, part string) (got string, met bool, err error) {
	got, _, err = ofConversation(func(c *desk.Conversation) string {
		if c.Handoff == nil {
			return none
		}
		return c.Handoff.Wants
	})(ctx, s, "")
	return got, strings.Contains(got, part), err
}

// lastWords are what the last step said, empty when it said nothing.
func (s *stage) lastWords() string {
	if len(s.sent) == s.before {
		return ""
	}
	return s.sent[len(s.sent)-1].Text
}

func says(_ context.Context, s *stage, part string) (string, bool, error) {
	got := s.lastWords()
	return got, got != "" && strings.Contains(got, part), nil
}

func saysNot(_ context.Context, s *stage, part string) (string, bool, error) {
	got := s.lastWords()
	return got, got == "" || !strings.Contains(got, part), nil
}

func buttons(_ context.Context, s *stage, want string) (string, bool, error) {
	if len(s.sent) == s.before {
		return none, false, nil
	}
	var titles []string
	for _, b := range s.sent[len(s.sent)-1].Buttons {
		titles = append(titles, b.Title)
	}
	return same(strings.Join(titles, " | "), want)
}

func (s *stage) tickets(ctx context.Context) ([]desk.TicketCard, error) {
	c, err := s.store.Conversation(ctx, s.conv)
	if err != nil {
		return nil, err
	}
	page, err := s.store.Tickets(ctx, desk.TicketFilter{State: "all", Contact: c.ContactID})
	return page.Cards, err
}

func tickets(ctx context.Context, s *stage, want string) (string, bool, error) {
	cards, err := s.tickets(ctx)
	if err != nil {
		return "", false, err
	}
	return same(strconv.Itoa(len(cards)), want)
}

func ticket(ctx context.Context, s *stage, want string) (string, bool, error) {
	cards, err := s.tickets(ctx)
	if err != nil {
		return "", false, err
	}
	var all []string
	for _, c := range cards {
		all = append(all, fmt.Sprintf("%s %s %s %s", c.Ticket.Intent, c.Ticket.State, c.Ticket.Priority, c.Ticket.Team))
	}
	return strings.Join(all, ", "), slices.Contains(all, want), nil
}

func consents(ctx context.Context, s *stage, want string) (string, bool, error) {
	c, err := s.store.Conversation(ctx, s.conv)
	if err != nil {
		return "", false, err
	}
	list, err := s.store.Consents(ctx, c.ContactID)
	if err != nil {
		return "", false, err
	}
	return same(strconv.Itoa(len(list)), want)
}
