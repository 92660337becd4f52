package consult_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/consult"
	"antena/internal/desk"
	"antena/internal/guard"
	"antena/internal/llm"
	"antena/internal/llm/llmtest"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/prompts"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// room is a desk's database, an emulated model and those who ask it.
type room struct {
	t      *testing.T
	store  *store.Store
	server *llmtest.Server
	line   *consult.Recorder
	senses *consult.Senses
	scribe *consult.Scribe
	conv   *desk.Conversation
	files  shelf
}

// shelf holds a small picture or a recording for any message.
type shelf struct{ content []byte }

func (s *shelf) OpenFile(context.Context, uuid.UUID, bool) (io.ReadCloser, error) {
	if s.content == nil {
		return nil, desk.ErrNotFound
	}
	return io.NopCloser(bytes.NewReader(s.content)), nil
}

type threads struct{ *store.Store }

func (s threads) InTx(ctx context.Context, fn func(consult.ThreadTx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// eachRoom runs a test on both databases against a model over HTTP.
func eachRoom(t *testing.T, test func(t *testing.T, r *room)) {
	t.Helper()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			test(t, newRoom(t, dialect))
		})
	}
}

func newRoom(t *testing.T, dialect string) *room {
	t.Helper()
	clock := func() time.Time { return noon }
	server, err := llmtest.Start("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	s, log := storetest.Open(t, dialect, clock), slog.New(slog.DiscardHandler)
	client, err := llm.New(llm.Options{
		BaseURL: server.URL(), ChatModel: "talker", VisionModel: "seer", EmbeddingModel: "measurer", TranscriptionModel: "hearer",
		Deadline: 5 * time.Second, Ledger: s.Ledger(), Now: clock, Log: log,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	set, err := prompts.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := &room{t: t, store: s, server: server, files: shelf{[]byte("bytes")}}
	r.line = &consult.Recorder{Line: client, Keep: s.Ledger().Failed, Now: clock, Log: log}
	d := consult.New(consult.Deps{Model: r.line, Prompts: set, Alert: func(context.Context, desk.Alert) error { return nil }, Now: clock, Log: log})
	r.senses = &consult.Senses{Desk: d, Hearer: r.line, Files: &r.files, Thread: threads{s}, Hears: true, Looks: true}
	r.scribe = &consult.Scribe{Desk: d, Scenes: s, Thread: threads{s}, Guard: guard.New(), Now: clock}
	r.do(func(ctx context.Context, tx *store.Tx) error {
		contact, err := tx.ContactFor(ctx, desk.Identity{Phone: "5491155550001", Name: "Bruna Ferreyra"}, noon)
		if err != nil {
			return err
		}
		r.conv, err = tx.ConversationFor(ctx, contact.ID, "100", noon)
		return err
	})
	return r
}

func (r *room) do(fn func(ctx context.Context, tx *store.Tx) error) {
	r.t.Helper()
	if err := r.store.InTx(r.t.Context(), func(tx *store.Tx) error { return fn(r.t.Context(), tx) }); err != nil {
		r.t.Fatal(err)
	}
}

// says adds a message to the conversation; change may alter it.
func (r *room) says(text string, change func(*desk.Message)) desk.Message {
	r.t.Helper()
	m := desk.Message{ID: desk.NewID(), ConversationID: r.conv.ID, Channel: "100", Direction: desk.Inbound, Author: desk.ByContact, Kind: desk.KindText, Text: text, CreatedAt: noon}
	if change != nil {
		change(&m)
	}
	r.do(func(ctx context.Context, tx *store.Tx) error { _, err := tx.AddMessage(ctx, &m); return err })
	return m
}

func (r *room) sends(kind desk.MessageKind, mime, caption string) desk.Message {
	return r.says(caption, func(m *desk.Message) {
		m.Kind, m.Attachment = kind, &desk.Attachment{MIME: mime, Path: "a/b", Size: 5, Thumb: kind == desk.KindImage}
	})
}

// reads has a message read and returns what was kept.
func (r *room) reads(m desk.Message) *desk.Reading {
	r.t.Helper()
	if err := r.senses.Read(r.t.Context(), m.ID); err != nil {
		r.t.Fatal(err)
	}
	kept, err := r.store.Message(r.t.Context(), m.ID)
	if err != nil {
		r.t.Fatal(err)
	}
	return kept.Attachment.Reading
}

// A recording is written down once, beside the file.
func TestRead_Voice(t *testing.T) {
	t.Parallel()
	eachRoom(t, func(t *testing.T, r *room) {
		r.server.Answer(llmtest.Transcribe, "hola no tengo internet desde ayer")
		m := r.sends(desk.KindAudio, "audio/ogg; codecs=opus", "")
		if !r.senses.Awaited(&m, noon) || r.senses.Awaited(&m, noon.Add(consult.ReadingWait)) {
			t.Error("a turn waits for it, and not for ever")
		}
		got := r.reads(m)
		if got == nil || got.Heard != "hola no tengo internet desde ayer" || got.Model != "hearer" || !got.At.Equal(noon) || got.Failed != "" {
			t.Fatalf("reading %+v", got)
		}
		if again := r.reads(m); again.Heard != got.Heard || len(r.server.Requests()) != 1 {
			t.Errorf("a second job asked again: %d requests", len(r.server.Requests()))
		}
	})
}

// Whatever is wrong with the model, the recording or the file: it is written down,
// the turn goes on, and admins can count it.
func TestRead_VoiceFails(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		fault llmtest.Kind
		spoil func(*desk.Attachment, *room)
		want  desk.ModelReason
		calls int
	}{
		{name: "down", fault: llmtest.Down, want: desk.ModelDown, calls: 1},
		{name: "html", fault: llmtest.HTML, want: desk.ModelNonsense, calls: 1},
		{name: "key", fault: llmtest.KeyRefused, want: desk.ModelKeyRefused, calls: 1},
		{name: "long", spoil: func(a *desk.Attachment, _ *room) { a.Duration = time.Hour }, want: desk.ModelTooLong},
		{name: "large", spoil: func(a *desk.Attachment, _ *room) { a.Size = 17 << 20 }, want: desk.ModelTooLong},
		{name: "lost", spoil: func(_ *desk.Attachment, r *room) { r.files.content = nil }, want: desk.ModelInput},
		{name: "type", spoil: func(a *desk.Attachment, _ *room) { a.MIME = "application/zip" }, want: desk.ModelInput},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newRoom(t, storetest.SQLite)
			if tt.fault != "" {
				r.server.Fail(llmtest.Transcribe, llmtest.Fault{Kind: tt.fault})
			}
			m := r.says("", func(m *desk.Message) {
				m.Kind, m.Attachment = desk.KindAudio, &desk.Attachment{MIME: "audio/ogg", Path: "a/b", Size: 5}
				if tt.spoil != nil {
					tt.spoil(m.Attachment, r)
				}
			})
			if got := r.reads(m); got == nil || got.Failed != tt.want || got.Heard != "" {
				t.Errorf("reading %+v, want it to fail with %s", got, tt.want)
			}
			if n := len(r.server.Requests()); n != tt.calls && tt.calls == 0 {
				t.Errorf("%d requests", n)
			}
			counted, err := r.store.ModelFailures(t.Context(), "")
			if err != nil {
				t.Fatal(err)
			}
			if tt.calls > 0 && (len(counted) != 1 || counted[0].Reason != string(tt.want) || counted[0].Times != 1) {
				t.Errorf("counted %+v", counted)
			}
		})
	}
}

// A picture becomes findings; the caption leaves without what is personal, and no
// card comes back.
func TestRead_Picture(t *testing.T) {
	t.Parallel()
	eachRoom(t, func(t *testing.T, r *room) {
		r.server.Answer("see", `{"kind":"router_leds","readable":true,"findings":[
			{"name":"LOS","value":"red","sure":true},{"name":"note","value":"tarjeta 4111 1111 1111 1111","sure":true}],"text":"Una ONU con la luz LOS en rojo."}`)
		m := r.sends(desk.KindImage, "image/jpeg", "soy Bruna Ferreyra, mi cel es +54 9 11 5555-0001")
		got := r.reads(m)
		if got == nil || got.Sight != "router_leds" || got.Model != "seer" || len(got.Findings) != 2 || got.Words() != "" {
			t.Fatalf("reading %+v", got)
		}
		if strings.Contains(got.Findings[1].Value, "4111") {
			t.Errorf("a card is kept: %q", got.Findings[1].Value)
		}
		if !(desk.Sign{Sight: "router_leds", Name: "los", Value: []string{"red"}}).In(got) {
			t.Error("the red light is no sign")
		}
		asked := r.server.Requests()[0]
		if len(asked.Images) != 1 || strings.Contains(asked.User, "Bruna") || strings.Contains(asked.User, "5555") {
			t.Errorf("%d pictures left with the words %q", len(asked.Images), asked.User)
		}
	})
}

// A model that answers in placeholders nobody issued is not believed, and kinds
// without a model are never read.
func TestRead_Refused(t *testing.T) {
	t.Parallel()
	r := newRoom(t, storetest.SQLite)
	r.server.Answer("see", `{"kind":"receipt","readable":true,"findings":[{"name":"payer","value":"⟦NAME_9⟧","sure":true}],"text":""}`)
	if got := r.reads(r.sends(desk.KindImage, "image/jpeg", "")); got == nil || got.Failed != desk.ModelNonsense || len(got.Findings) > 0 {
		t.Errorf("reading %+v", got)
	}
	r.server.Reset()
	r.senses.Hears, r.senses.Looks = false, false
	for _, kind := range []desk.MessageKind{desk.KindAudio, desk.KindImage} {
		m := r.sends(kind, "audio/ogg", "")
		if got := r.reads(m); got != nil || r.senses.Awaited(&m, noon) {
			t.Errorf("%s was read: %+v", kind, got)
		}
	}
	if n := len(r.server.Requests()); n != 0 {
		t.Errorf("%d requests without a model", n)
	}
	if err := r.senses.Read(t.Context(), desk.NewID()); err != nil {
		t.Errorf("a message that is gone: %v", err)
	}
}

// A job that is stopped in the middle keeps nothing, so that it is done again.
func TestRead_Stopped(t *testing.T) {
	t.Parallel()
	r := newRoom(t, storetest.SQLite)
	m := r.sends(desk.KindAudio, "audio/ogg", "")
	ctx, cancel := context.WithCancel(t.Context())
	r.server.AnswerWith(llmtest.Transcribe, func(llmtest.Request) string { cancel(); return "hola" })
	if err := r.senses.Read(ctx, m.ID); !errors.Is(err, context.Canceled) {
		t.Fatalf("it said %v", err)
	}
	kept, err := r.store.Message(t.Context(), m.ID)
	if err != nil || kept.Attachment.Reading != nil {
		t.Errorf("kept %+v, %v", kept.Attachment.Reading, err)
	}
}

func containsAny(text string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}
