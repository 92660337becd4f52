package demo

import (
	"io/fs"

	"antena/internal/desk"
	"antena/internal/templates"
	"antena/internal/whatsapp/emulator"
)

// approve gives the emulated account the starter set, as if reviewed long ago.
func approve(em *emulator.Emulator, files fs.FS) error {
	starter, err := templates.Starter(files)
	if err != nil {
		return err
	}
	var all []emulator.Template
	for i := range starter {
		t := &starter[i]
		if t.Category == desk.CategoryAuthentication { // whose words are the platform's
			continue
		}
		one := emulator.Template{Name: t.Name, Language: t.Language, Category: string(t.Category), Body: t.Content.Body, Named: t.Named}
		for _, b := range t.Content.Buttons {
			one.Buttons = append(one.Buttons, b.Text)
		}
		all = append(all, one)
	}
	em.SetTemplates(all)
	return nil
}
