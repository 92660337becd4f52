package api

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

	"antena/internal/agents"
	"antena/internal/desk"
)

func (p *API) onMessages() []operation {
	const group = "messages"
	return []operation{
		with(operation{id: "listMessages", method: get, path: "/conversations/{id}/messages", group: group, scope: desk.ScopeReadConversations, params: paging(),
			about: "List the thread of a conversation, newest first; what agents wrote among themselves is in it, with the direction internal."},
			List[Message]{Data: []Message{exampleMessage()}}, p.messages),
		with(operation{id: "getMessage", method: get, path: "/messages/{id}", group: group, scope: desk.ScopeReadConversations, about: "Show one message; its status says how far it has come."}, exampleMessage(),
			func(c *call) (Message, error) {
				id, err := c.id()
				if err != nil {
					return Message{}, err
				}
				m, err := p.Reader.Message(c.Request.Context(), id)
				if err != nil {
					return Message{}, err
				}
				return messageOf(m), nil
			}),
		taking(operation{id: "sendReply", method: post, path: "/conversations/{id}/messages", group: group, scope: desk.ScopeWriteMessages, status: http.StatusCreated,
			about: "Write to the contact. Only the holder may, so claim the conversation first, and only while WhatsApp's 24-hour window is open. The answer comes when the message is on disk; its status says later how far it came."},
			ReplyRequest{Text: "Your line is back. Sorry for the trouble!"}, exampleMessage(),
			func(c *call, r ReplyRequest) (Message, error) {
				id, err := c.id()
				if err != nil {
					return Message{}, err
				}
				m, err := p.Desk.Reply(c.Request.Context(), c.by, id, agents.Draft{ID: c.key, Text: r.Text, QuotedID: r.QuotedID})
				if err != nil {
					return Message{}, err
				}
				return messageOf(m), nil
			}),
		taking(operation{id: "addNote", method: post, path: "/conversations/{id}/notes", group: group, scope: desk.ScopeWriteMessages, status: http.StatusNoContent,
			about: "Leave a note among agents; the contact never sees it."},
			NoteRequest{Text: "Field visit booked for Tuesday, 9 to 12."}, nothing{},
			func(c *call, r NoteRequest) (nothing, error) {
				id, err := c.id()
				if err != nil {
					return nothing{}, err
				}
				return nothing{}, p.Desk.Note(c.Request.Context(), c.by, id, c.key, r.Text)
			}),
	}
}

// messages lists a thread; the cursor is the id of the last message shown.
func (p *API) messages(c *call) (List[Message], error) {
	id, err := c.id()
	if err != nil {
		return List[Message]{}, err
	}
	before := uuid.Nil
	if after := c.Query("after"); after != "" {
		if before, err = uuid.Parse(after); err != nil {
			return List[Message]{}, desk.ErrInvalid.For("after")
		}
	}
	ctx := c.Request.Context()
	if _, err := p.Reader.Conversation(ctx, id); err != nil {
		return List[Message]{}, err
	}
	limit := c.limit()
	if limit == 0 {
		limit = usualRows
	}
	page, err := p.Reader.Messages(ctx, id, before, limit)
	if err != nil {
		return List[Message]{}, err
	}
	slices.Reverse(page.Messages)
	all := make([]Message, len(page.Messages))
	for i := range page.Messages {
		all[i] = messageOf(&page.Messages[i])
	}
	next := ""
	if page.Earlier && len(all) > 0 {
		next = all[len(all)-1].ID.String()
	}
	return pageOf(all, next), nil
}

const usualRows = 30
