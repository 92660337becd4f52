package desk_test

import (
	"fmt"
	"testing"
	"time"

	"antena/internal/desk"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// allStatuses are every status a message can have.
var allStatuses = []desk.Status{
	desk.StatusNone, desk.StatusQueued, desk.StatusSending, desk.StatusUnknown, desk.StatusSent,
	desk.StatusDelivered, desk.StatusRead, desk.StatusPlayed, desk.StatusFailed, desk.StatusDropped,
}

// TestAdvance_EveryPair names, for each status a message may have, the reported
// ones that move it; every other pair leaves the status alone.
func TestAdvance_EveryPair(t *testing.T) {
	t.Parallel()
	proof := []desk.Status{desk.StatusDelivered, desk.StatusRead, desk.StatusPlayed}
	sent := append([]desk.Status{desk.StatusSent, desk.StatusFailed}, proof...)
	moves := map[desk.Status][]desk.Status{
		desk.StatusNone:      append([]desk.Status{desk.StatusQueued, desk.StatusSending, desk.StatusUnknown}, sent...),
		desk.StatusQueued:    append([]desk.Status{desk.StatusSending, desk.StatusUnknown}, sent...),
		desk.StatusSending:   append([]desk.Status{desk.StatusUnknown}, sent...),
		desk.StatusUnknown:   sent,
		desk.StatusSent:      append([]desk.Status{desk.StatusFailed}, proof...),
		desk.StatusDelivered: {desk.StatusRead, desk.StatusPlayed},
		desk.StatusRead:      {desk.StatusPlayed},
		desk.StatusPlayed:    nil,
		desk.StatusFailed:    proof,
		desk.StatusDropped:   append([]desk.Status{desk.StatusFailed}, proof...),
	}
	for _, from := range allStatuses {
		for _, to := range allStatuses {
			t.Run(fmt.Sprintf("%q to %q", from, to), func(t *testing.T) {
				t.Parallel()
				want := from
				for _, s := range moves[from] {
					if s == to {
						want = to
					}
				}
				m := desk.Message{Status: from}
				changed := m.Advance(to, noon)
				if m.Status != want {
					t.Errorf("got %q, want %q", m.Status, want)
				}
				stamped := m.SentAt != nil || m.DeliveredAt != nil || m.ReadAt != nil
				if changed != (want != from || stamped) {
					t.Errorf("changed is %v", changed)
				}
			})
		}
	}
}

func TestAdvance_LateLowerStatusFillsItsTime(t *testing.T) {
	t.Parallel()
	at := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Second) }
	m := desk.Message{Status: desk.StatusSending}
	for i, s := range []desk.Status{desk.StatusRead, desk.StatusDelivered, desk.StatusSent} {
		if !m.Advance(s, at(i)) {
			t.Fatalf("%s changed nothing", s)
		}
	}
	if m.Status != desk.StatusRead || !m.ReadAt.Equal(at(0)) || !m.DeliveredAt.Equal(at(1)) || !m.SentAt.Equal(at(2)) {
		t.Errorf("got %+v", m)
	}
	for _, s := range []desk.Status{desk.StatusSent, desk.StatusDelivered, desk.StatusRead} {
		if m.Advance(s, at(9)) {
			t.Errorf("a second %s changed something", s)
		}
	}
	if !m.Advance(desk.StatusPlayed, at(9)) || !m.ReadAt.Equal(at(0)) {
		t.Errorf("played: %+v", m)
	}
}

func TestAdvance_FailedAfterDelivered(t *testing.T) {
	t.Parallel()
	for _, order := range [][]desk.Status{
		{desk.StatusSent, desk.StatusFailed, desk.StatusDelivered},
		{desk.StatusSent, desk.StatusDelivered, desk.StatusFailed},
		{desk.StatusDelivered, desk.StatusFailed, desk.StatusSent},
		{desk.StatusFailed, desk.StatusDelivered, desk.StatusSent},
	} {
		m := desk.Message{Status: desk.StatusSending}
		for _, s := range order {
			m.Advance(s, noon)
		}
		if m.Status != desk.StatusDelivered {
			t.Errorf("%v ends %s", order, m.Status)
		}
	}
}

func TestAdvance_CutsTimes(t *testing.T) {
	t.Parallel()
	m := desk.Message{Status: desk.StatusSending}
	m.Advance(desk.StatusSent, time.Date(2026, 1, 1, 9, 0, 0, 1234567, time.FixedZone("", 19800)))
	if want := time.Date(2026, 1, 1, 3, 30, 0, 1234000, time.UTC); *m.SentAt != want {
		t.Errorf("got %v, want %v", *m.SentAt, want)
	}
}

func TestStatus_DeliveredAndFinal(t *testing.T) {
	t.Parallel()
	for _, s := range allStatuses {
		delivered := s == desk.StatusDelivered || s == desk.StatusRead || s == desk.StatusPlayed
		final := delivered || s == desk.StatusSent || s == desk.StatusFailed || s == desk.StatusDropped
		if s.Delivered() != delivered || s.Final() != final {
			t.Errorf("%q: delivered %v, final %v", s, s.Delivered(), s.Final())
		}
	}
}
