package consult

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/redact"
	"antena/prompts"
)

// Files opens the file of a message, or a small picture of it that carries nothing
// of what cameras write into files. The caller closes it.
type Files interface {
	OpenFile(ctx context.Context, message uuid.UUID, small bool) (io.ReadCloser, error)
}

// Thread reads and keeps what is said in a conversation.
type Thread interface {
	Message(ctx context.Context, id uuid.UUID) (*desk.Message, error)
	Conversation(ctx context.Context, id uuid.UUID) (*desk.Conversation, error)
	Contact(ctx context.Context, id uuid.UUID) (*desk.Contact, error)
	InTx(ctx context.Context, fn func(ThreadTx) error) error
}

// ThreadTx is what keeping a model's findings needs of a transaction.
type ThreadTx interface {
	LockMessage(ctx context.Context, id uuid.UUID) (*desk.Message, error)
	SaveMessage(ctx context.Context, m *desk.Message) error
	LockConversation(ctx context.Context, id uuid.UUID) (*desk.Conversation, error)
	SaveConversation(ctx context.Context, c *desk.Conversation) error
	Enqueue(ctx context.Context, jobs ...desk.Job) error
}

// Limits of what is listened to and looked at.
const (
	// ReadingWait is how long a turn waits at most, from a message's arrival, for its
	// recording to be written down or its picture to be read.
	ReadingWait = 25 * time.Second

	hearTime     = 20 * time.Second // for one recording
	longestVoice = 10 * time.Minute
	largestVoice = 16 << 20 // bytes; what WhatsApp takes as audio
	largestImage = 1 << 20  // bytes of a small picture
	longestTold  = 4000     // characters of a transcript that are kept
)

// Senses listens to recordings and looks at pictures that contacts send. Zero
// fields that say what is done mean that it is not.
type Senses struct {
	Desk   *Desk
	Hearer Hearer
	Files  Files
	Thread Thread
	Hears  bool // there is a model for recordings
	Looks  bool // there is a model for pictures
}

// Reads reports whether a message is of a kind that is read.
func (s *Senses) Reads(m *desk.Message) bool {
	if m.Direction != desk.Inbound || m.Attachment == nil {
		return false
	}
	return s.Hears && m.Kind == desk.KindAudio || s.Looks && m.Kind == desk.KindImage
}

// Awaited reports whether a reading of a message is still to come, and a turn had
// better wait for it.
func (s *Senses) Awaited(m *desk.Message, now time.Time) bool {
	return s.Reads(m) && m.Attachment.Reading == nil && m.Attachment.Error == "" && now.Sub(m.CreatedAt) < ReadingWait
}

// Read reads the file of a message, writes into the message what came of it, and
// has the assistant go on. A model that does not help is written there as well and
// is no error. Reading twice does nothing.
func (s *Senses) Read(ctx context.Context, message uuid.UUID) error {
	m, err := s.Thread.Message(ctx, message)
	if errors.Is(err, desk.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if !s.Reads(m) || m.Attachment.Path == "" || m.Attachment.Reading != nil {
		return nil
	}
	conv, err := s.Thread.Conversation(ctx, m.ConversationID)
	if err != nil {
		return err
	}
	contact, err := s.Thread.Contact(ctx, conv.ContactID)
	if err != nil {
		return err
	}
	language := conv.Language
	if language == "" {
		language = contact.Language
	}
	r := &desk.Reading{}
	if m.Kind == desk.KindAudio {
		s.hear(ctx, m, language, r)
	} else {
		s.look(ctx, m, language, contact, r)
	}
	if ctx.Err() != nil {
		return ctx.Err() // stopping: read again after the next start
	}
	r.At = s.Desk.Now()
	return s.keep(ctx, message, r)
}

func (s *Senses) keep(ctx context.Context, message uuid.UUID, r *desk.Reading) error {
	return s.Thread.InTx(ctx, func(tx ThreadTx) error {
		m, err := tx.LockMessage(ctx, message)
		if errors.Is(err, desk.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if m.Attachment == nil || m.Attachment.Reading != nil {
			return nil
		}
		m.Attachment.Reading = r
		if err := tx.SaveMessage(ctx, m); err != nil {
			return err
		}
		return tx.Enqueue(ctx, desk.TurnJob{Conversation: m.ConversationID})
	})
}

// hear writes down a recording.
func (s *Senses) hear(ctx context.Context, m *desk.Message, language string, r *desk.Reading) {
	if m.Attachment.Size > largestVoice || m.Attachment.Duration > longestVoice {
		r.Failed = desk.ModelTooLong
		return
	}
	audio, err := s.Files.OpenFile(ctx, m.ID, false)
	if err != nil {
		r.Failed = desk.ModelInput
		return
	}
	defer func() { _ = audio.Close() }()
	ctx, cancel := context.WithTimeout(ctx, hearTime)
	defer cancel()
	text, used, err := s.Hearer.Transcribe(ctx, m.ConversationID, m.Attachment.MIME, audio, language)
	r.Model, r.Failed = used.Model, desk.ModelReasonOf(err)
	if err != nil {
		s.Desk.Log.WarnContext(ctx, "a recording was not written down", "message_id", m.ID, "reason", string(r.Failed))
		s.Desk.tell(ctx, desk.Consulted{Model: used.Model, Problem: r.Failed}, err)
		return
	}
	if r.Heard = cutRunes(text, longestTold); r.Heard == "" {
		r.Failed = desk.ModelNonsense // nobody speaks in it
	}
}

// look reads a picture. Only its small copy leaves, which has lost what the camera
// wrote into it.
func (s *Senses) look(ctx context.Context, m *desk.Message, language string, contact *desk.Contact, r *desk.Reading) {
	raw, err := s.small(ctx, m)
	if err != nil {
		r.Failed = desk.ModelInput
		return
	}
	captions, vault := redact.Redact([]string{m.Text}, known(contact))
	if !desk.KnownLanguage(language) {
		language = desk.Languages[0]
	}
	in := prompts.Inputs{"language": language}
	if captions[0] != "" {
		in["caption"] = captions[0]
	}
	var seen prompts.Seen
	c := s.Desk.ask(ctx, m.ConversationID, s.Desk.Prompts.See, in, []prompts.Image{{MIME: "image/jpeg", Data: raw}}, &seen)
	r.Model, r.Failed = c.Model, c.Problem
	if c.Problem != "" {
		return
	}
	r.Sight, r.Readable, r.Text = seen.Kind, seen.Readable, seen.Text
	for _, f := range seen.Findings {
		r.Findings = append(r.Findings, desk.Finding{Name: f.Name, Value: f.Value, Sure: f.Sure})
	}
	if !restoreReading(r, vault) {
		*r = desk.Reading{Model: c.Model, Failed: desk.ModelNonsense}
	}
}

func (s *Senses) small(ctx context.Context, m *desk.Message) ([]byte, error) {
	file, err := s.Files.OpenFile(ctx, m.ID, true)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	raw, err := io.ReadAll(io.LimitReader(file, largestImage+1))
	if err == nil && len(raw) > largestImage {
		err = desk.ErrFileTooLarge
	}
	return raw, err
}

// restoreReading puts back what was taken out of the caption, and takes out of what
// the model read the secrets that nobody needs to see twice.
func restoreReading(r *desk.Reading, v *redact.Vault) bool {
	texts := []*string{&r.Text}
	for i := range r.Findings {
		texts = append(texts, &r.Findings[i].Name, &r.Findings[i].Value)
	}
	for _, t := range texts {
		back, err := v.Restore(*t)
		if err != nil {
			return false
		}
		*t = withoutSecrets(back)
	}
	return true
}

// known is what the desk knows of a contact, to be taken out of all that leaves.
func known(c *desk.Contact, names ...string) redact.Known {
	k := redact.Known{Names: append([]string{c.Name}, names...)}
	for _, v := range []string{c.Phone, c.Username} {
		if v != "" {
			k.Values = append(k.Values, v)
		}
	}
	return k
}

func cutRunes(text string, most int) string {
	n := 0
	for i := range text {
		if n++; n > most {
			return text[:i]
		}
	}
	return text
}
