package templates

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"antena/internal/desk"
)

// starterFile is one template of the starter set in all its languages.
type starterFile struct {
	Name      string                    `yaml:"name"`
	Category  desk.TemplateCategory     `yaml:"category"`
	Samples   map[string]desk.Words     `yaml:"samples"`
	Languages map[string]starterWording `yaml:"languages"`
}

type starterWording struct {
	Header  string   `yaml:"header"`
	Body    string   `yaml:"body"`
	Footer  string   `yaml:"footer"`
	Buttons []string `yaml:"buttons"` // quick replies
}

// codes are the provider's names of our languages.
var codes = map[string]string{"es": "es", "pt": "pt_BR", "en": "en"}

// Starter reads the starter set from the folder templates of some files: one file
// for each template, with every language of the desk. All problems come back in one error.
func Starter(files fs.FS) ([]desk.Template, error) {
	names, err := fs.Glob(files, "templates/*.yaml")
	if err != nil {
		return nil, err
	}
	var all []desk.Template
	var problems []error
	for _, name := range names {
		list, err := readStarter(files, name)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
		}
		all = append(all, list...)
	}
	return all, errors.Join(problems...)
}

func readStarter(files fs.FS, name string) ([]desk.Template, error) {
	raw, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	var f starterFile
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&f); err != nil {
		return nil, err
	}
	if f.Name+".yaml" != path.Base(name) {
		return nil, fmt.Errorf("the name %q is not the file's", f.Name)
	}
	var all []desk.Template
	for _, language := range desk.Languages {
		w, ok := f.Languages[language]
		if !ok {
			return nil, fmt.Errorf("there is no %s", language)
		}
		t := desk.Template{Name: f.Name, Language: codes[language], Category: f.Category, Named: true}
		t.Content = desk.TemplateContent{Body: strings.TrimSpace(w.Body), Footer: w.Footer, Samples: map[string]string{}}
		if w.Header != "" {
			t.Content.Header = desk.TemplateHeader{Format: desk.HeaderText, Text: w.Header}
		}
		for _, text := range w.Buttons {
			t.Content.Buttons = append(t.Content.Buttons, desk.TemplateButton{Type: desk.ButtonQuickReply, Text: text})
		}
		for _, v := range t.Content.Variables() {
			t.Content.Samples[v.Key] = f.Samples[v.Name].In(language)
		}
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b desk.Template) int { return strings.Compare(a.Language, b.Language) })
	return all, nil
}
