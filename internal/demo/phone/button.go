package phone

import (
	"cmp"
	"slices"
	"strings"

	"antena/internal/whatsapp/emulator"
)

// pressed returns the messages whose buttons were pressed, and the title of what
// was: an answer quotes the message; a location or a card answers the newest
// request for one.
func pressed(thread []emulator.Message) map[string]string {
	taken := map[string]string{}
	asked := map[string]string{} // kind of button: the newest message that has one
	for _, m := range thread {
		switch {
		case !m.FromCustomer:
			for _, b := range m.Buttons {
				if b.Kind == emulator.ButtonLocation || b.Kind == emulator.ButtonContact {
					asked[b.Kind] = m.ID
				}
			}
		case m.Type == "interactive" || m.Type == "button":
			taken[m.ReplyTo] = m.Text
		case m.Type == "location" && asked[emulator.ButtonLocation] != "":
			taken[asked[emulator.ButtonLocation]] = m.Text
		case m.Type == "contacts" && asked[emulator.ButtonContact] != "":
			taken[asked[emulator.ButtonContact]] = m.Text
		}
	}
	return taken
}

// buttons puts what can be pressed under a bubble.
func (d *drawing) buttons(m emulator.Message, b *bubble) {
	chosen, off := d.taken[m.ID]
	for _, give := range m.Buttons {
		shown := button{Kind: give.Kind, ID: give.ID, Title: give.Title, Description: give.Description, Off: off, Chosen: off && give.Title == chosen}
		switch give.Kind {
		case emulator.ButtonPhone:
			shown.URL = "tel:" + strings.ReplaceAll(give.URL, " ", "")
		case emulator.ButtonFlow:
			b.Form = &shown
			continue
		case emulator.ButtonURL:
			if shown.URL = webAddress(give.URL); shown.URL == "" {
				shown.Off = true
			}
		case emulator.ButtonLocation:
			shown.Title = d.words.ShareLocation
		case emulator.ButtonContact:
			shown.Title = d.words.ShareContact
		case emulator.ButtonRow:
			d.row(m, b, give.Section, shown)
			continue
		}
		b.Buttons = append(b.Buttons, shown)
	}
}

// row adds a row to the list of a bubble, under the title of its section.
func (d *drawing) row(m emulator.Message, b *bubble, title string, row button) {
	if b.List == nil {
		b.List = &list{Label: cmp.Or(m.OpenLabel, d.words.ChooseOne), Off: row.Off}
	}
	at := slices.IndexFunc(b.List.Sections, func(s section) bool { return s.Title == title })
	if at < 0 {
		b.List.Sections = append(b.List.Sections, section{Title: title})
		at = len(b.List.Sections) - 1
	}
	b.List.Sections[at].Rows = append(b.List.Sections[at].Rows, row)
}
