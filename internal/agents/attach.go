package agents

import (
	"context"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// UploadTx is what sending files needs of a transaction.
type UploadTx interface {
	LockUpload(ctx context.Context, id uuid.UUID) (*desk.Upload, error)
	DeleteUpload(ctx context.Context, id uuid.UUID) error
	MoveFile(ctx context.Context, from, to uuid.UUID) error
	Drafted(ctx context.Context, conversation uuid.UUID, draft string) (bool, error)
}

// withFiles returns the messages a reply makes, the first of which carries the
// draft's id: none when the draft was sent already. Its words are the caption of
// the first file; where that cannot have one, or not so long a one, they go before.
func withFiles(ctx context.Context, tx Tx, by desk.Agent, base desk.Message, uploads []uuid.UUID) ([]desk.Message, error) {
	if len(uploads) == 0 {
		base.ID = desk.NewID()
		return []desk.Message{base}, nil
	}
	if sent, err := tx.Drafted(ctx, base.ConversationID, base.DraftID); err != nil || sent {
		return nil, err
	}
	var all []desk.Message
	for i, id := range uploads {
		u, err := tx.LockUpload(ctx, id)
		if err != nil {
			return nil, err
		}
		if u.AgentID != by.ID || u.ConversationID != base.ConversationID {
			return nil, desk.ErrForbidden
		}
		if i == 0 && base.Text != "" && !captionFits(u.Kind, base.Text) {
			words := base
			words.ID = desk.NewID()
			all = append(all, words)
			base.Text = ""
		}
		m := base
		m.ID, m.Kind, m.Attachment = desk.NewID(), u.Kind, u.Attachment
		if len(all) > 0 {
			m.Text, m.QuotedID, m.DraftID = "", "", draftKey(u.ID)
		}
		if err := tx.MoveFile(ctx, u.ID, m.ID); err != nil {
			return nil, err
		}
		if err := tx.DeleteUpload(ctx, u.ID); err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, nil
}

// captionFits reports whether words can stand below a file (Meta: not below sound,
// and at most 1,024 characters).
func captionFits(kind desk.MessageKind, text string) bool {
	return kind != desk.KindAudio && kind != desk.KindSticker && desk.Units(text) <= desk.MaxCaption
}
