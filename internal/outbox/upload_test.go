package outbox_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/outbox"
)

// files answers each upload with the next failure, then takes everything.
type files struct {
	failures []error
	asked    int
}

func (f *files) Upload(context.Context, *desk.Message) (string, error) {
	f.asked++
	if len(f.failures) > 0 {
		err := f.failures[0]
		f.failures = f.failures[1:]
		return "", err
	}
	return "up1", nil
}

func TestUpload(t *testing.T) {
	t.Parallel()
	ours := errors.New("the shelf is away")
	for _, c := range []struct {
		name     string
		failures []error
		message  func(*desk.Message)
		runs     int
		status   desk.Status
		asked    int
		sends    int // jobs to send
		waits    []time.Duration
		err      bool // of the last run
	}{
		{"at once", nil, nil, 1, desk.StatusQueued, 1, 1, []time.Duration{0}, false},
		{"repeated", nil, nil, 2, desk.StatusQueued, 1, 2, []time.Duration{0, 0}, false},
		{"rate, then fine", []error{&desk.SendError{Remedy: desk.RemedyRetry, Code: 130429, After: 5 * time.Second}}, nil, 2, desk.StatusQueued, 2, 1, []time.Duration{5 * time.Second, 0}, false},
		{"refused", []error{&desk.SendError{Remedy: desk.RemedyPark, Code: 131053}}, nil, 2, desk.StatusFailed, 1, 0, []time.Duration{0, 0}, false},
		{"our own failure", []error{ours}, nil, 1, desk.StatusQueued, 1, 0, []time.Duration{0}, true},
		{"sent already", nil, func(m *desk.Message) { m.Status = desk.StatusSent }, 1, desk.StatusSent, 0, 0, []time.Duration{0}, false},
		{"no file", nil, func(m *desk.Message) { m.Attachment = nil }, 1, desk.StatusQueued, 0, 0, []time.Duration{0}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := &files{failures: slices.Clone(c.failures)}
			w := newWorld(t, func(d *outbox.Deps) { d.Files = f })
			id := w.queue(w.contact("100"), "mire", func(m *desk.Message) {
				m.Kind, m.Author, m.Attachment = desk.KindImage, desk.ByAgent, &desk.Attachment{Path: "aa/b"}
				if c.message != nil {
					c.message(m)
				}
			})
			var waits []time.Duration
			var err error
			for range c.runs {
				var wait time.Duration
				wait, err = w.out.Upload(t.Context(), id)
				waits = append(waits, wait)
			}
			if (err != nil) != c.err || c.err && !errors.Is(err, ours) {
				t.Errorf("error %v", err)
			}
			m := w.message(id)
			sends := slices.DeleteFunc(slices.Clone(w.jobs), func(j desk.Job) bool { return j != desk.Job(desk.SendJob{Message: id, Rank: desk.RankPerson}) })
			if m.Status != c.status || f.asked != c.asked || len(sends) != c.sends || !slices.Equal(waits, c.waits) {
				t.Errorf("%s after %d uploads, %d jobs to send, waits %v", m.Status, f.asked, len(sends), waits)
			}
			if c.sends > 0 && m.Attachment.MediaID != "up1" {
				t.Errorf("the provider's id is %q", m.Attachment.MediaID)
			}
		})
	}
}

func TestUpload_NothingLeavesAfterTheWindow(t *testing.T) {
	t.Parallel()
	f := &files{}
	w := newWorld(t, func(d *outbox.Deps) { d.Files = f })
	conv := w.contact("100")
	past := time.Now().Add(-time.Minute)
	conv.WindowEndsAt = &past
	w.convs[conv.ID] = conv
	id := w.queue(conv, "", func(m *desk.Message) { m.Attachment = &desk.Attachment{Path: "aa/b"} })
	if _, err := w.out.Upload(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if m := w.message(id); m.Status != desk.StatusDropped || f.asked != 0 {
		t.Errorf("%s after %d uploads", m.Status, f.asked)
	}
	if _, err := w.out.Upload(t.Context(), uuid.New()); err != nil {
		t.Errorf("an erased message: %v", err)
	}
}
