package llm

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/google/uuid"
	openai "github.com/sashabaranov/go-openai"

	"antena/internal/desk"
)

const (
	maxAudio      = 16 << 20 // bytes; as long as WhatsApp lets audio be
	longestSpeech = 8000     // bytes of text
)

// Transcribe writes down what is said in a recording. The type is its MIME type, the
// language es, pt, en or "" for unknown. A recording in which nobody speaks gives "".
// The error is a *desk.ModelError.
func (c *Client) Transcribe(ctx context.Context, conversation uuid.UUID, mime string, audio io.Reader, language string) (string, desk.ModelUsage, error) {
	u := c.usage(c.transcription, "transcribe", conversation)
	ending := fileEnding(mime)
	if ending == "" {
		return "", *u, (&failure{reason: desk.ModelInput, detail: "a recording of another type"}).public()
	}
	raw, err := io.ReadAll(io.LimitReader(audio, maxAudio+1))
	if err != nil {
		return "", *u, (&failure{reason: desk.ModelInput, detail: "the recording cannot be read"}).public()
	}
	if len(raw) > maxAudio {
		return "", *u, (&failure{reason: desk.ModelTooLong, detail: "the recording is past the limit"}).public()
	}
	req := openai.AudioRequest{Model: u.Model, FilePath: "recording." + ending, Format: openai.AudioResponseFormatJSON}
	if desk.KnownLanguage(language) {
		req.Language = language
	}
	ctx, cancel := context.WithTimeout(ctx, batchTime)
	defer cancel()
	var text string
	err = c.through(ctx, c.transcription, u, func(ctx context.Context) (f *failure) {
		text, f = c.hear(ctx, u, req, raw)
		return f
	})
	return text, *u, err
}

func (c *Client) hear(ctx context.Context, u *desk.ModelUsage, req openai.AudioRequest, raw []byte) (string, *failure) {
	x := &exchanged{}
	req.Reader = bytes.NewReader(raw)
	resp, err := c.api.CreateTranscription(watched(ctx, x), req)
	if f := classify(ctx, x, err); f != nil {
		if unanswered(x) {
			c.add(u, heard(nil, raw))
		}
		return "", f
	}
	c.add(u, heard(x.body, raw))
	return spoken(resp.Text), nil
}

// heard is what a transcription used: the server tells tokens or seconds, which the
// library does not read; else it is an estimate.
func heard(body, raw []byte) consumption {
	var answer struct {
		Duration float64 `json:"duration"`
		Usage    struct {
			In      int     `json:"input_tokens"`
			Out     int     `json:"output_tokens"`
			Seconds float64 `json:"seconds"`
		} `json:"usage"`
	}
	_ = json.Unmarshal(body, &answer) // what it does not say stays zero
	seconds := max(answer.Usage.Seconds, answer.Duration)
	if seconds <= 0 {
		seconds = float64(len(raw)) / audioBytesPerSecond
	}
	used := consumption{in: answer.Usage.In, out: answer.Usage.Out, seconds: seconds}
	if used.in <= 0 {
		used.in = int(min(seconds, mostSeconds)) * tokensPerSecond
	}
	return used
}

// fileEnding is how a server is told what a recording is; WhatsApp's audio types.
func fileEnding(mime string) string {
	kind, _, _ := strings.Cut(mime, ";")
	switch strings.TrimSpace(kind) {
	case "audio/ogg", "audio/opus":
		return "ogg"
	case "audio/mpeg":
		return "mp3"
	case "audio/mp4", "audio/m4a", "audio/x-m4a":
		return "m4a"
	case "audio/aac":
		return "aac"
	case "audio/amr":
		return "amr"
	case "audio/wav", "audio/x-wav":
		return "wav"
	case "audio/webm":
		return "webm"
	}
	return ""
}

// subtitles are what models trained on films write down where nobody speaks.
var subtitles = []string{
	"subtítulos realizados por la comunidad de amara.org", "subtítulos por la comunidad de amara.org", "¡gracias por ver el video",
	"gracias por ver el video", "legendas pela comunidade amara.org", "legendas pela comunidade das amara.org",
	"obrigado por assistir", "thanks for watching", "thank you for watching",
}

// spoken cleans a transcript.
func spoken(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	text = strings.TrimSpace(cutBytes(text, longestSpeech))
	if slices.Contains(subtitles, strings.TrimRight(strings.ToLower(text), ".! ")) {
		return ""
	}
	return text
}
