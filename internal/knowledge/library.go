package knowledge

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"antena/internal/desk"
)

// Library is knowledge as files hold it.
type Library struct {
	Articles     []desk.Article
	Intents      map[string]*desk.Intent
	Flows        map[string]*desk.Flow
	Placeholders map[string]Placeholder
	Thresholds   desk.Thresholds // tuned on these intents and articles
}

// Placeholder is a setting of the ISP that articles mention as {name}.
type Placeholder struct {
	Description desk.Words `yaml:"description"`
	Kind        string     `yaml:"kind"` // text, amount, days, url, phone
	Demo        desk.Words `yaml:"demo"` // what a fictional ISP would set
}

// maxFile is the largest file that is read.
const maxFile = 1 << 20

// Load reads a library and checks it. All problems come back in one error.
func Load(files fs.FS) (*Library, error) {
	lib := &Library{Intents: map[string]*desk.Intent{}, Flows: map[string]*desk.Flow{}, Placeholders: map[string]Placeholder{}, Thresholds: cautious()}
	var problems []error
	report := func(name string, err error) {
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
		}
	}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		dir, base := path.Split(name)
		dir = strings.TrimSuffix(dir, "/")
		switch {
		case desk.KnownLanguage(dir) && path.Ext(base) == ".md":
			report(name, lib.addArticle(files, name, dir, strings.TrimSuffix(base, ".md")))
		case dir == "intents" && path.Ext(base) == ".yaml":
			report(name, lib.addIntent(files, name))
		case dir == "flows" && path.Ext(base) == ".yaml":
			report(name, lib.addFlow(files, name))
		case name == "placeholders.yaml":
			report(name, readYAML(files, name, &lib.Placeholders))
		case name == ThresholdsFile:
			lib.Thresholds = desk.Thresholds{}
			report(name, readYAML(files, name, &lib.Thresholds))
		}
		return nil
	})
	report("library", err)
	problems = append(problems, lib.check()...)
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	return lib, nil
}

func readFile(files fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(files, name)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("larger than %d bytes", maxFile)
	}
	return fs.ReadFile(files, name)
}

func readYAML(files fs.FS, name string, into any) error {
	raw, err := readFile(files, name)
	if err != nil {
		return err
	}
	return strict(raw, into)
}

// strict refuses unknown keys: a misspelt key would otherwise be silence.
func strict(raw []byte, into any) error {
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	return dec.Decode(into)
}

func (l *Library) addIntent(files fs.FS, name string) error {
	in := &desk.Intent{}
	if err := readYAML(files, name, in); err != nil {
		return err
	}
	if in.Label == "" || in.Label+".yaml" != path.Base(name) {
		return fmt.Errorf("label %q is not the file's name", in.Label)
	}
	l.Intents[in.Label] = in
	return nil
}

func (l *Library) addFlow(files fs.FS, name string) error {
	f := &desk.Flow{}
	if err := readYAML(files, name, f); err != nil {
		return err
	}
	if f.ID == "" || f.ID+".yaml" != path.Base(name) {
		return fmt.Errorf("id %q is not the file's name", f.ID)
	}
	l.Flows[f.ID] = f
	return nil
}

// front is the head of an article's file.
type front struct {
	Title      string             `yaml:"title"`
	Questions  []string           `yaml:"questions"`
	Keywords   []string           `yaml:"keywords,omitempty"`
	Owner      desk.Team          `yaml:"owner"`
	Status     desk.ArticleStatus `yaml:"status"`
	Zones      []string           `yaml:"zones,omitempty"`
	Plans      []string           `yaml:"plans,omitempty"`
	ValidFrom  *time.Time         `yaml:"valid_from,omitempty"`
	ValidUntil *time.Time         `yaml:"valid_until,omitempty"`
}

func (l *Library) addArticle(files fs.FS, name, language, id string) error {
	raw, err := readFile(files, name)
	if err != nil {
		return err
	}
	a, err := ParseArticle(raw)
	if err != nil {
		return err
	}
	a.ID, a.Language, a.Version = id, language, 1
	l.Articles = append(l.Articles, *a)
	return nil
}

// ParseArticle reads an article's file: YAML between two lines of three dashes,
// then the text. Its id and language are the file's place.
func ParseArticle(raw []byte) (*desk.Article, error) {
	text := strings.ReplaceAll(string(raw), "\r\n", "\n")
	head, body, ok := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n")
	if !ok || !strings.HasPrefix(text, "---\n") {
		return nil, errors.New("no front matter between two lines of ---")
	}
	var f front
	if err := strict([]byte(head), &f); err != nil {
		return nil, err
	}
	a := &desk.Article{
		Title: f.Title, Questions: f.Questions, Keywords: f.Keywords, Owner: f.Owner, Status: f.Status,
		Zones: f.Zones, Plans: f.Plans, ValidFrom: f.ValidFrom, ValidUntil: f.ValidUntil, Body: strings.TrimSpace(body),
	}
	a.Hash = Hash(a)
	return a, nil
}

// FormatArticle writes an article's file; ParseArticle reads it back the same.
func FormatArticle(a *desk.Article) ([]byte, error) {
	head, err := yaml.Marshal(front{
		Title: a.Title, Questions: a.Questions, Keywords: a.Keywords, Owner: a.Owner, Status: a.Status,
		Zones: a.Zones, Plans: a.Plans, ValidFrom: a.ValidFrom, ValidUntil: a.ValidUntil,
	})
	if err != nil {
		return nil, err
	}
	return slices.Concat([]byte("---\n"), head, []byte("---\n"), []byte(a.Body), []byte("\n")), nil
}
