package console

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"antena/internal/desk"
)

// Company knows who has which conversation open at this moment.
type Company interface {
	Here(agent, conversation uuid.UUID, typing bool)
	Leave(agent, conversation uuid.UUID)
	With(conversation, except uuid.UUID) []desk.Glance
}

// companion is somebody who has a conversation open, as a script hears of it.
type companion struct {
	ID    string `json:"id"` // of the conversation
	By    string `json:"by"` // an agent's id
	Name  string `json:"name"`
	Doing string `json:"doing"` // looking, typing or left
	Words string `json:"words"` // in the visitor's language
}

// here says what the person has open, and answers who else has.
func (p *Console) here(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	doing := v.form("doing")
	if doing == string(desk.TopicLeft) {
		p.Company.Leave(v.who.ID, id)
		v.gin.Status(http.StatusNoContent)
		v.gin.Writer.WriteHeaderNow()
		return nil
	}
	p.Company.Here(v.who.ID, id, doing == string(desk.TopicTyping) && v.who.Role.May(desk.MayAnswer))
	all := []companion{}
	for _, g := range p.Company.With(id, v.who.ID) {
		agent, err := p.Reader.Agent(v.gin.Request.Context(), g.Agent)
		if err != nil {
			return err
		}
		topic := desk.TopicLooking
		if g.Typing {
			topic = desk.TopicTyping
		}
		all = append(all, companionOf(v, desk.Change{Topic: topic, ID: id, By: g.Agent}, agent.Name))
	}
	v.gin.JSON(http.StatusOK, gin.H{"with": all})
	return nil
}

func companionOf(v *visit, c desk.Change, name string) companion {
	out := companion{ID: c.ID.String(), By: c.By.String(), Name: name, Doing: string(c.Topic)}
	if c.Topic != desk.TopicLeft {
		out.Words = v.T("company."+string(c.Topic), name)
	}
	return out
}

// sendCompanion tells a stream what somebody else does. Who is not known is passed over.
func (p *Console) sendCompanion(v *visit, change desk.Change, known names) error {
	name, err := known.of(v.gin.Request.Context(), p, change.By)
	if err != nil {
		return nil //nolint:nilerr // told again in seconds, and worth no broken stream
	}
	data, err := json.Marshal(companionOf(v, change, name))
	if err != nil {
		return fmt.Errorf("writing who is there: %w", err)
	}
	_, _ = fmt.Fprintf(v.gin.Writer, "event: company\ndata: %s\n\n", data) // a browser that has gone is found by the flush
	return nil
}

// names remembers the names of agents for as long as a stream lasts.
type names map[uuid.UUID]string

func (n names) of(ctx context.Context, p *Console, id uuid.UUID) (string, error) {
	if name, ok := n[id]; ok {
		return name, nil
	}
	agent, err := p.Reader.Agent(ctx, id)
	if err != nil {
		return "", err
	}
	n[id] = agent.Name
	return agent.Name, nil
}
