package app_test

import (
	"bytes"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"antena/internal/app/apptest"
	"antena/internal/config"
	"antena/internal/desk"
	"antena/internal/llm/llmtest"
)

// voice is the head of a voice note: enough to be told for one.
var voice = []byte("OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x13OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00")

func senses(t *testing.T, share config.Share) (*llmtest.Server, config.OpenAI) {
	t.Helper()
	server, err := llmtest.Start("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return server, config.OpenAI{BaseURL: server.URL(), VisionModel: "seer", TranscriptionModel: "hearer", EmbeddingModel: "measurer", Share: share, Deadline: 10 * time.Second, Concurrency: 8}
}

// A voice note is answered as if it had been typed, and the thread holds what was heard.
func TestSenses_VoiceIsAnswered(t *testing.T) {
	t.Parallel()
	server, settings := senses(t, config.ShareRedacted)
	server.Answer(llmtest.Transcribe, question)
	d := apptest.New(t, apptest.Options{Models: settings})
	customer := d.Graph.Customer(apptest.Phone(11))
	customer.Audio(voice, "audio/ogg; codecs=opus")
	apptest.Eventually(t, "the voice note is answered", func() bool { return d.Graph.Answers()[customer.ID()] > 0 })
	conv, messages := thread(t, d.Store, customer.ID())
	at := slices.IndexFunc(messages, func(m desk.Message) bool { return m.Kind == desk.KindAudio })
	if at < 0 || messages[at].Attachment.Reading == nil || messages[at].Attachment.Reading.Heard != question {
		t.Fatalf("heard %+v", messages[max(at, 0)].Attachment)
	}
	turns, err := d.Store.Turns(t.Context(), conv.ID, 1)
	if err != nil || len(turns) != 1 || turns[0].Action != desk.ActAnswer {
		t.Errorf("%d turns, %v: %+v", len(turns), err, turns)
	}
}

// A picture of a red light offers its matter, and does not begin it.
func TestSenses_PictureIsAHint(t *testing.T) {
	t.Parallel()
	server, settings := senses(t, config.ShareRedacted)
	server.Answer("see", `{"kind":"router_leds","readable":true,"findings":[{"name":"LOS","value":"red","sure":true}],"text":"A red light."}`)
	d := apptest.New(t, apptest.Options{Models: settings})
	customer := d.Graph.Customer(apptest.Phone(12))
	var photo bytes.Buffer
	if err := png.Encode(&photo, image.NewGray(image.Rect(0, 0, 64, 64))); err != nil {
		t.Fatal(err)
	}
	customer.Image(photo.Bytes(), "image/png", "")
	apptest.Eventually(t, "the picture is answered", func() bool { return d.Graph.Answers()[customer.ID()] > 0 })
	_, messages := thread(t, d.Store, customer.ID())
	last := messages[len(messages)-1]
	if r := messages[0].Attachment.Reading; r == nil || r.At.After(last.CreatedAt) {
		t.Skip("the machine was so slow that the turn went on without the picture, as it should")
	}
	if len(last.Buttons) == 0 || !strings.Contains(last.Buttons[0].ID, "los_red_light") {
		t.Errorf("offered %+v, read %+v", last.Buttons, messages[0].Attachment.Reading)
	}
}

// Where nothing may be shown, no recording, picture, question or article leaves.
func TestSenses_ShareNothing(t *testing.T) {
	t.Parallel()
	server, settings := senses(t, config.ShareNothing)
	d := apptest.New(t, apptest.Options{Models: settings})
	customer := d.Graph.Customer(apptest.Phone(13))
	customer.Audio(voice, "audio/ogg; codecs=opus")
	apptest.Eventually(t, "the customer is asked to type", func() bool { return d.Graph.Answers()[customer.ID()] > 0 })
	customer.Text(question)
	apptest.Eventually(t, "the question is answered", func() bool { return d.Graph.Answers()[customer.ID()] > 1 })
	d.AwaitIdle(t)
	if n := len(server.Requests()); n != 0 {
		t.Errorf("models were asked %d times", n)
	}
}
