package recording

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"antena/internal/whatsapp/emulator"
)

// pollEvery is how often a replay looks whether the business has answered.
const pollEvery = 20 * time.Millisecond

// Replay lets the customers of a recording do again what they did, on an emulator of their own, while the business answers anew.
// Every step that came after answers waits until as many have come. It returns when the last answer has.
func Replay(ctx context.Context, em *emulator.Emulator, r Recording) error {
	p := &player{
		em: em, phones: map[string]*emulator.Phone{}, ids: map[string]string{}, media: map[string]string{},
		expected: map[string][]string{}, settled: map[string]int{}, files: map[string]emulator.File{},
	}
	for i, step := range r {
		if err := p.play(ctx, step); err != nil {
			return fmt.Errorf("replaying step %d (%s): %w", i+1, step.Kind, err)
		}
	}
	for who := range p.expected {
		if err := p.caughtUp(ctx, who); err != nil {
			return fmt.Errorf("replaying: waiting for the last answers: %w", err)
		}
	}
	return nil
}

// player carries out steps.
type player struct {
	em       *emulator.Emulator
	phones   map[string]*emulator.Phone // by Step.Who
	ids      map[string]string          // of messages: recorded, now
	media    map[string]string
	files    map[string]emulator.File
	expected map[string][]string // what the business had sent to whom: recorded ids
	settled  map[string]int      // how many of these are matched
}

func (p *player) play(ctx context.Context, s emulator.Step) error {
	switch s.Kind {
	case emulator.StepCustomer:
		p.phones[s.Who] = p.em.Customer(*s.Profile)
		return nil
	case emulator.StepFile:
		p.media[s.Media] = p.em.Upload(*s.File)
		return nil
	case emulator.StepSent:
		p.expected[s.Who] = append(p.expected[s.Who], s.ID)
		return nil
	case emulator.StepAdvance:
		p.em.Advance(s.Advance)
		return nil
	case emulator.StepStatus, emulator.StepRefused:
		return nil // the emulator and the business make their own
	}
	phone := p.phones[s.Who]
	if phone == nil {
		return fmt.Errorf("nobody is known as %s", s.Who)
	}
	if err := p.caughtUp(ctx, s.Who); err != nil {
		return err
	}
	switch s.Kind {
	case emulator.StepAct:
		return p.act(phone, s)
	case emulator.StepCall:
		phone.Call()
	case emulator.StepNumber:
		return phone.ChangeNumber(s.Phone)
	}
	return nil
}

// caughtUp waits until the business has sent as much to a customer as it had.
func (p *player) caughtUp(ctx context.Context, who string) error {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		sent := p.fromBusiness(who)
		for n := p.settled[who]; n < min(len(sent), len(p.expected[who])); n++ {
			p.ids[p.expected[who][n]] = sent[n]
			p.settled[who] = n + 1
		}
		if p.settled[who] == len(p.expected[who]) {
			return nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return fmt.Errorf("%s was sent %d messages of %d: %w", who, len(sent), len(p.expected[who]), ctx.Err())
		}
	}
}

func (p *player) fromBusiness(who string) []string {
	var ids []string
	for _, m := range p.phones[who].Thread() {
		if !m.FromCustomer && m.CallbackData != "" {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// act sends a recorded message again, with the ids of today.
func (p *player) act(phone *emulator.Phone, s emulator.Step) error {
	var fields map[string]any
	if err := json.Unmarshal(s.Message, &fields); err != nil {
		return fmt.Errorf("reading what was said: %w", err)
	}
	for _, own := range []string{"id", "timestamp", "from", "from_user_id"} {
		delete(fields, own)
	}
	p.translate(fields)
	p.ids[s.ID] = phone.Again(fields)
	return nil
}

// translate puts today's ids of messages and files in place of the recorded ones, however deep.
func (p *player) translate(value any) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			text, ok := inner.(string)
			if !ok {
				p.translate(inner)
				continue
			}
			if id, known := p.ids[text]; known {
				v[key] = id
			} else if id, known := p.media[text]; known && key == "id" {
				v[key] = id
			}
		}
	case []any:
		for _, inner := range v {
			p.translate(inner)
		}
	}
}
