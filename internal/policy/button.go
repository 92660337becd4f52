package policy

import (
	"strings"
	"unicode"

	"antena/internal/desk"
)

// pressedButton obeys a button we sent, however long ago.
func pressedButton(p *pass) (desk.Decision, bool) {
	choice := p.scene.Choice()
	if choice == nil {
		return desk.Decision{}, false
	}
	if label, ok := strings.CutPrefix(choice.ID, desk.ButtonIntentPrefix); ok {
		return p.act(label, desk.ReasonChosen)
	}
	if at, ok := strings.CutPrefix(choice.ID, desk.ButtonFlowPrefix); ok {
		return p.pressedInFlow(at)
	}
	return desk.Decision{}, false // not ours: its title is read as words
}

func (p *pass) pressedInFlow(at string) (desk.Decision, bool) {
	parts := strings.Split(at, ":")
	if len(parts) != 3 {
		return desk.Decision{}, false
	}
	flow := p.scene.Book.Flows[parts[0]]
	if flow == nil {
		return desk.Decision{}, false
	}
	pos := desk.FlowPosition{Flow: parts[0], Step: parts[1]}
	if w := p.scene.Pending(); w != nil && w.Flow != nil && w.Flow.Flow == pos.Flow && w.Flow.Step == pos.Step {
		pos = *w.Flow
	} else {
		pos.Intent = p.intentOfFlow(pos.Flow)
	}
	for _, b := range flow.Steps[pos.Step].Buttons {
		if b.ID == parts[2] {
			return p.follow(flow, pos, b)
		}
	}
	return desk.Decision{}, false
}

func (p *pass) intentOfFlow(id string) string {
	found := ""
	for label, in := range p.scene.Book.Intents {
		if in.Flow == id && (found == "" || label < found) {
			found = label
		}
	}
	return found
}

// answeredQuestion understands an answer in words to our question: its number or
// the words of a button.
func answeredQuestion(p *pass) (desk.Decision, bool) {
	w := p.scene.Pending()
	if w == nil || w.Question == nil || p.scene.Choice() != nil {
		return desk.Decision{}, false
	}
	said := fold(p.scene.Text())
	for i, o := range w.Question.Options {
		in := p.scene.Book.Intents[o.Intent]
		if in == nil {
			continue
		}
		if said == string(rune('1'+i)) || said == fold(in.Names.In(p.scene.Language())) {
			return p.act(o.Intent, desk.ReasonChosen)
		}
	}
	return desk.Decision{}, false
}

var accents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ã", "a", "é", "e", "ê", "e", "í", "i", "ó", "o", "ô", "o", "õ", "o", "ú", "u", "ü", "u", "ç", "c", "ñ", "n")

// fold makes words comparable: lower case, no accents, single spaces, no marks.
func fold(s string) string {
	s = accents.Replace(strings.ToLower(s))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
