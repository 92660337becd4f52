package agents_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"

	"antena/internal/agents"
	"antena/internal/desk"
	"antena/internal/store"
)

// upload is a file an agent has chosen.
func (w *world) upload(c desk.Conversation, who string, kind desk.MessageKind) uuid.UUID {
	w.t.Helper()
	u := desk.Upload{ID: desk.NewID(), ConversationID: c.ID, AgentID: w.team[who].ID, Kind: kind, Attachment: &desk.Attachment{MIME: "x/" + string(kind), Path: "aa/" + string(kind), Size: 5}, CreatedAt: noon}
	w.do(func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.TouchFile(ctx, u.Attachment.Path, 5, noon), tx.AddUpload(ctx, &u), tx.UseFile(ctx, u.ID, u.Attachment.Path, noon))
	})
	return u.ID
}

// outbound lists what was said after the contact's first message.
func (w *world) outbound(c desk.Conversation) (said []string) {
	w.t.Helper()
	page, err := w.store.Messages(w.t.Context(), c.ID, uuid.Nil, 0)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, m := range page.Messages {
		if m.Direction == desk.Outbound {
			said = append(said, strings.TrimSpace(string(m.Kind)+" "+m.Text))
		}
	}
	return said
}

func TestReply_WithFiles(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", desk.MaxCaption+1)
	each(t, func(w *world) {
		for _, c := range []struct {
			name  string
			text  string
			kinds []desk.MessageKind
			want  []string
			jobs  map[string]int
		}{
			{"a picture alone", " ", []desk.MessageKind{desk.KindImage}, []string{"image"}, map[string]int{"upload": 1}},
			{"a picture with words", "mire", []desk.MessageKind{desk.KindImage}, []string{"image mire"}, map[string]int{"upload": 1}},
			{"two files", "mire", []desk.MessageKind{desk.KindDocument, desk.KindImage}, []string{"document mire", "image"}, map[string]int{"upload": 2}},
			{"sound has no caption", "oiga", []desk.MessageKind{desk.KindAudio}, []string{"text oiga", "audio"}, map[string]int{"upload": 1, "send": 1}},
			{"too long for a caption", long, []desk.MessageKind{desk.KindImage}, []string{"text " + long, "image"}, map[string]int{"upload": 1, "send": 1}},
		} {
			conv := w.conversation("ana")
			draft := agents.Draft{ID: uuid.New(), Text: c.text}
			for _, kind := range c.kinds {
				draft.Uploads = append(draft.Uploads, w.upload(conv, "ana", kind))
			}
			before, err := w.store.Load(w.t.Context(), noon)
			if err != nil {
				w.t.Fatal(err)
			}
			for range 2 { // the second is a repeated request
				if _, err := w.desk.Reply(w.t.Context(), w.team["ana"], conv.ID, draft); err != nil {
					w.t.Fatalf("%s: %v", c.name, err)
				}
			}
			if got := w.outbound(conv); strings.Join(got, "|") != strings.Join(c.want, "|") {
				w.t.Errorf("%s: said %q, want %q", c.name, got, c.want)
			}
			after, err := w.store.Load(w.t.Context(), noon)
			if err != nil {
				w.t.Fatal(err)
			}
			for kind, want := range c.jobs {
				if got := after.Jobs[kind] - before.Jobs[kind]; got != want {
					w.t.Errorf("%s: %d jobs to %s, want %d", c.name, got, kind, want)
				}
			}
			if left, err := w.store.Uploads(w.t.Context(), conv.ID, w.team["ana"].ID); err != nil || len(left) != 0 {
				w.t.Errorf("%s: %d files are still to be sent: %v", c.name, len(left), err)
			}
		}
	})
}

func TestReply_RefusesFilesThatAreNotItsOwn(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		conv, other := w.conversation("ana"), w.conversation("ana")
		ctx, ana := w.t.Context(), w.team["ana"]
		for name, c := range map[string]struct {
			upload uuid.UUID
			want   error
		}{
			"another agent's": {w.upload(conv, "eva", desk.KindImage), desk.ErrForbidden}, "another conversation's": {w.upload(other, "ana", desk.KindImage), desk.ErrForbidden},
			"nobody's": {uuid.New(), desk.ErrNotFound},
		} {
			if _, err := w.desk.Reply(ctx, ana, conv.ID, agents.Draft{ID: uuid.New(), Text: "x", Uploads: []uuid.UUID{c.upload}}); !errors.Is(err, c.want) {
				w.t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := w.desk.Reply(ctx, ana, conv.ID, agents.Draft{ID: uuid.New(), Uploads: make([]uuid.UUID, desk.MaxUploads+1)}); !errors.Is(err, desk.ErrTooManyFiles) {
			w.t.Errorf("too many: %v", err)
		}
		if _, err := w.desk.Reply(ctx, ana, conv.ID, agents.Draft{ID: uuid.New()}); !errors.Is(err, desk.ErrEmptyText) {
			w.t.Errorf("nothing: %v", err)
		}
		if said := w.outbound(conv); len(said) != 0 {
			w.t.Errorf("said %q", said)
		}
	})
}
