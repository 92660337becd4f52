package compose

import (
	"github.com/google/uuid"

	"antena/internal/desk"
)

// maxTitle is the most characters of a button's title (Meta).
const maxTitle = 20

// buttons are the replies offered with the message: those of the step, the
// options of the question, and a person where there is room.
func (c *composer) buttons() []desk.Button {
	var out []desk.Button
	switch c.d.Action {
	case desk.ActFlow:
		for _, b := range c.step().Buttons {
			id := desk.FlowButtonID(c.d.Flow.Flow, c.d.Flow.Step, b.ID)
			if b.To == desk.FlowPerson {
				id = desk.ButtonPerson
			}
			out = append(out, desk.Button{ID: id, Title: cut(b.Label.In(c.language), maxTitle)})
		}
	case desk.ActAsk:
		if c.d.Question != nil {
			for _, o := range c.d.Question.Options {
				if in := c.scene.Book.Intents[o.Intent]; in != nil {
					out = append(out, desk.Button{ID: o.ID, Title: cut(in.Names.In(c.language), maxTitle)})
				}
			}
		}
	case desk.ActAnswer:
		if c.d.Question != nil { // the article first, a ticket for the asking
			out = append(out, desk.Button{ID: c.d.Question.Options[0].ID, Title: cut(c.words[phraseTicketButton], maxTitle)})
		}
	case desk.ActHandoff, desk.ActSilent:
		return nil
	case desk.ActReply:
		if c.d.Phrase == desk.PhraseOptedOut {
			return nil
		}
	}
	return c.withPerson(out)
}

func (c *composer) withPerson(list []desk.Button) []desk.Button {
	for _, b := range list {
		if b.ID == desk.ButtonPerson {
			return list
		}
	}
	if len(list) >= 3 {
		return list[:3]
	}
	return append(list, desk.Button{ID: desk.ButtonPerson, Title: cut(c.words[phrasePersonButton], maxTitle)})
}

func find(tickets []desk.Ticket, id *uuid.UUID) *desk.Ticket {
	for i := range tickets {
		if id != nil && tickets[i].ID == *id {
			return &tickets[i]
		}
	}
	return nil
}
