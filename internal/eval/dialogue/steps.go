package dialogue

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"antena/internal/agents"
	"antena/internal/desk"
)

var errNoButton = errors.New("no message offered that button")

// do takes one step. What it says is what the next expectations are about.
func (s *stage) do(ctx context.Context, l *line) error {
	s.before = len(s.sent)
	if kind := l.kind(); kind != "" {
		return s.arrive(ctx, desk.Message{Kind: kind, Text: l.rest, Attachment: &desk.Attachment{MIME: "image/jpeg"}})
	}
	return steps[l.word](ctx, s, l.rest)
}

// steps by what comes before the colon.
var steps = map[string]func(ctx context.Context, s *stage, x string) error{
	"contact": func(ctx context.Context, s *stage, x string) error {
		return s.arrive(ctx, desk.Message{Kind: desk.KindText, Text: x})
	},
	"press": press,
	"agent claims": func(ctx context.Context, s *stage, _ string) error {
		return s.then(ctx, s.agents.Claim(ctx, s.agent, s.conv, false))
	},
	"agent gives back": func(ctx context.Context, s *stage, _ string) error {
		return s.then(ctx, s.agents.GiveBack(ctx, s.agent, s.conv))
	},
	"agent resolves": func(ctx context.Context, s *stage, _ string) error {
		return s.then(ctx, s.agents.Resolve(ctx, s.agent, s.conv, ""))
	},
	"agent replies": func(ctx context.Context, s *stage, x string) error {
		_, err := s.agents.Reply(ctx, s.agent, s.conv, agents.Draft{ID: uuid.New(), Text: x})
		return s.then(ctx, err)
	},
	"turn": func(ctx context.Context, s *stage, _ string) error { return s.turn(ctx) },
	"wait": func(_ context.Context, s *stage, x string) error {
		d, err := time.ParseDuration(x)
		s.now = s.now.Add(d)
		return err
	},
	"hours": func(_ context.Context, s *stage, _ string) error {
		s.profile.Hours = []desk.Hours{{Day: s.now.Weekday(), From: "00:00", To: "01:00"}}
		return nil
	},
	"placeholder unset": func(_ context.Context, s *stage, x string) error {
		delete(s.profile.Placeholders, x)
		return nil
	},
}

// then sends what an agent's act wrote, unless it failed.
func (s *stage) then(ctx context.Context, err error) error {
	if err != nil {
		return err
	}
	return s.drain(ctx)
}

func press(ctx context.Context, s *stage, title string) error {
	for i := len(s.sent) - 1; i >= 0; i-- {
		for _, b := range s.sent[i].Buttons {
			if b.Title == title {
				return s.arrive(ctx, desk.Message{Kind: desk.KindReply, Choice: &desk.Choice{ID: b.ID, Title: b.Title}})
			}
		}
	}
	return errNoButton
}
