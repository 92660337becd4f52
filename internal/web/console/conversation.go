package console

import (
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"antena/internal/agents"
	"antena/internal/desk"
)

// onConversation runs one verb of the inbox: read the form, act, go back; a
// refusal shows the conversation again with the reason.
func (p *Console) onConversation(v *visit, done string, act func(id uuid.UUID) error) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	back := v.back("/conversations/" + id.String())
	if err := act(id); err != nil {
		return p.failed(v, err, func(status int, words string) error { return p.refuse(v, status, words, id) })
	}
	return v.done(back, done)
}

// onMessage is the same for what is done to a message.
func (p *Console) onMessage(v *visit, done string, act func(id uuid.UUID) error) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	m, err := p.Deps.Reader.Message(v.gin.Request.Context(), id)
	if err != nil {
		return err
	}
	back := v.back("/conversations/" + m.ConversationID.String())
	if err := act(id); err != nil {
		return p.failed(v, err, func(status int, words string) error { return p.refuse(v, status, words, m.ConversationID) })
	}
	return v.done(back, done)
}

// refuse shows a conversation with why something could not be done. What was
// written is not lost: the composer shows it again.
func (p *Console) refuse(v *visit, status int, words string, id uuid.UUID) error {
	at := place{Conversation: id}
	if back, err := url.Parse(v.back("/")); err == nil {
		at.read(v, back.Query())
	}
	v.problem, v.typed, v.mode = words, v.gin.PostForm("text"), v.form("mode")
	return p.showInbox(v, status, at)
}

func (p *Console) claim(v *visit) error {
	return p.onConversation(v, "claimed", func(id uuid.UUID) error {
		return p.Desk.Claim(v.gin.Request.Context(), v.who, id, false)
	})
}

func (p *Console) takeOver(v *visit) error {
	return p.onConversation(v, "claimed", func(id uuid.UUID) error {
		return p.Desk.Claim(v.gin.Request.Context(), v.who, id, true)
	})
}

// say sends a reply or keeps a note, as the tab above the text says.
func (p *Console) say(v *visit) error {
	ctx := v.gin.Request.Context()
	if v.gin.PostForm("mode") == "note" {
		return p.onConversation(v, "noted", func(id uuid.UUID) error {
			return p.Desk.Note(ctx, v.who, id, draftID(v), v.form("text"))
		})
	}
	return p.onConversation(v, "sent", func(id uuid.UUID) error {
		files, err := uploadIDs(v)
		if err == nil {
			_, err = p.Desk.Reply(ctx, v.who, id, agents.Draft{ID: draftID(v), Text: v.form("text"), QuotedID: v.form("quoted"), Uploads: files, Seen: seenID(v), Hold: desk.UndoTime})
		}
		return err
	})
}

// seenID is the last message that was shown when a reply was sent.
func seenID(v *visit) uuid.UUID {
	id, _ := uuid.Parse(strings.TrimPrefix(v.form("seen"), "m-")) // without one nothing is compared
	return id
}

// draftID is the id the page gave what is being written, so that sending twice
// is sending once.
func draftID(v *visit) uuid.UUID {
	id, err := uuid.Parse(v.form("id"))
	if err != nil {
		return desk.NewID()
	}
	return id
}

func (p *Console) giveBack(v *visit) error {
	return p.onConversation(v, "given_back", func(id uuid.UUID) error {
		defer undoable(v, id)
		return p.Desk.GiveBack(v.gin.Request.Context(), v.who, id)
	})
}

func (p *Console) enqueue(v *visit) error {
	return p.onConversation(v, "queued", func(id uuid.UUID) error {
		defer undoable(v, id)
		return p.Desk.Enqueue(v.gin.Request.Context(), v.who, id, desk.Team(v.form("team")), v.form("note"))
	})
}

func (p *Console) assign(v *visit) error {
	return p.onConversation(v, "assigned", func(id uuid.UUID) error {
		to, err := uuid.Parse(v.form("to"))
		if err != nil {
			return desk.ErrInvalid.For("to")
		}
		return p.Desk.Pass(v.gin.Request.Context(), v.who, id, to, v.form("note"))
	})
}

// longestSnooze keeps a typing error from hiding a conversation for years.
const longestSnooze = 90 * 24 * time.Hour

func (p *Console) snooze(v *visit) error {
	return p.onConversation(v, "snoozed", func(id uuid.UUID) error {
		until, err := time.Parse(time.RFC3339, v.form("until"))
		if err != nil || !until.After(v.now) || until.Sub(v.now) > longestSnooze {
			return desk.ErrInvalid.For("until")
		}
		defer undoable(v, id)
		return p.Desk.Snooze(v.gin.Request.Context(), v.who, id, until)
	})
}

func (p *Console) resolve(v *visit) error {
	return p.onConversation(v, "resolved", func(id uuid.UUID) error {
		defer undoable(v, id)
		return p.Desk.Resolve(v.gin.Request.Context(), v.who, id, v.form("outcome"))
	})
}

func (p *Console) seen(v *visit) error {
	return p.onConversation(v, "seen", func(id uuid.UUID) error {
		return p.Desk.Seen(v.gin.Request.Context(), v.who, id)
	})
}

// decideUnknown settles what became of a message whose sending was cut off.
func (p *Console) decideUnknown(v *visit) error {
	return p.onMessage(v, "decided", func(id uuid.UUID) error {
		return p.Desk.DecideUnknown(v.gin.Request.Context(), v.who, id, v.form("resend") == "yes")
	})
}

// sendTemplate sends a template with the values that were filled in.
func (p *Console) sendTemplate(v *visit) error {
	values := map[string]string{}
	for name := range v.gin.Request.PostForm {
		if key, ok := strings.CutPrefix(name, "v."); ok {
			values[key] = v.form(name)
		}
	}
	return p.onConversation(v, "sent", func(id uuid.UUID) error {
		_, err := p.Desk.SendTemplate(v.gin.Request.Context(), v.who, id, agents.TemplateDraft{ID: draftID(v), Template: v.form("template"), Values: values})
		return err
	})
}
