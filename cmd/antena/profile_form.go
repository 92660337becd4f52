package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"antena/internal/desk"
	"antena/internal/knowledge"
)

// profileForm is a profile as people edit it.
type profileForm struct {
	Name         string               `yaml:"name"`
	Country      string               `yaml:"country"`
	TimeZone     string               `yaml:"time_zone"`
	Languages    []string             `yaml:"languages,flow"`
	Hours        []string             `yaml:"hours,flow"`
	Holidays     []string             `yaml:"holidays,flow"`
	Thresholds   formThresholds       `yaml:"thresholds"`
	Placeholders map[string]formWords `yaml:"placeholders"`
}

type formThresholds struct {
	Answer    float64            `yaml:"answer"`
	Ask       float64            `yaml:"ask"`
	Article   float64            `yaml:"article"`
	First     float64            `yaml:"first"`
	PerIntent map[string]float64 `yaml:"per_intent,flow"`
}

// formWords are words by language; in a file also one text for every language.
type formWords map[string]string

// Most characters of a value, so that articles stay below what WhatsApp takes.
const maxValue = 500

func everywhere(text string) formWords {
	words := formWords{}
	for _, language := range desk.Languages {
		words[language] = text
	}
	return words
}

// UnmarshalYAML reads a text or a text per language.
func (w *formWords) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*w = everywhere(n.Value)
		return nil
	}
	var words map[string]string
	if err := n.Decode(&words); err != nil {
		return err
	}
	*w = words
	return nil
}

// MarshalYAML writes a text when all languages have the same.
func (w formWords) MarshalYAML() (any, error) {
	if text := w[desk.Languages[0]]; maps.Equal(w, everywhere(text)) || len(w) == 0 {
		return text, nil
	}
	return map[string]string(w), nil
}

func formOf(p *desk.Profile) *profileForm {
	f := &profileForm{
		Name: p.Name, Country: p.Country, TimeZone: p.TimeZone, Languages: slices.Clone(p.Languages), Hours: formatHours(p.Hours), Holidays: slices.Clone(p.Holidays),
		Thresholds:   formThresholds{p.Thresholds.Answer, p.Thresholds.Ask, p.Thresholds.Article, p.Thresholds.First, maps.Clone(p.Thresholds.PerIntent)},
		Placeholders: map[string]formWords{},
	}
	for name, words := range p.Placeholders {
		f.Placeholders[name] = formWords(maps.Clone(words))
	}
	return f
}

// read lays a file over the form: what the file does not name stays.
func (f *profileForm) read(raw []byte) error {
	perIntent := f.Thresholds.PerIntent
	f.Thresholds.PerIntent = nil // given, the list is replaced and not added to
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(f); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("the file cannot be read: %w", err)
	}
	if f.Thresholds.PerIntent == nil {
		f.Thresholds.PerIntent = perIntent
	}
	if f.Placeholders == nil {
		f.Placeholders = map[string]formWords{}
	}
	return nil
}

// format writes the form with a word on everything that can be filled in.
func (f *profileForm) format(lib *knowledge.Library) ([]byte, error) {
	shown := *f
	shown.Placeholders = maps.Clone(f.Placeholders)
	for name := range lib.Placeholders {
		if _, set := shown.Placeholders[name]; !set && name != "isp_name" { // which is the name unless set
			shown.Placeholders[name] = formWords{}
		}
	}
	var doc yaml.Node
	if err := doc.Encode(&shown); err != nil {
		return nil, err
	}
	comments := map[string]string{
		"name":      "The provider's name as customers know it; {isp_name} in articles.",
		"country":   "Two letters.",
		"time_zone": "Of hours, holidays, dates and protocol numbers.",
		"languages": "The first is used while a customer's is not known. Texts below are needed in each.",
		"hours":     "When people answer: [mon-fri 08:00-20:00, sat 09:00-13:00]; [] is always.",
		"holidays":  "Days on which nobody answers: [2026-12-25].",
		"thresholds": fmt.Sprintf("Confidence, 0 to 1: from answer on the assistant acts, from ask on it asks; article is for answers without a sure intent, first for an article said before a ticket.\n"+
			"0 is as tuned: answer %g, ask %g, article %g, first %g, and one per intent. Another answer moves those per intent too; per_intent sets one.",
			lib.Thresholds.Answer, lib.Thresholds.Ask, lib.Thresholds.Article, lib.Thresholds.First),
		"placeholders": "What articles mention as {name}. One text for all languages, or {es: …, pt: …, en: …}; empty: articles with it are not sent.",
	}
	for i := 0; i+1 < len(doc.Content); i += 2 {
		key, value := doc.Content[i], doc.Content[i+1]
		key.HeadComment = comments[key.Value]
		for j := 0; key.Value == "placeholders" && j+1 < len(value.Content); j += 2 {
			value.Content[j].HeadComment = lib.Placeholders[value.Content[j].Value].Description["en"]
		}
	}
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(&doc); err != nil {
		return nil, err
	}
	return out.Bytes(), enc.Close()
}

// profile checks the form and makes a profile of it; every problem is in the error.
func (f *profileForm) profile(lib *knowledge.Library) (*desk.Profile, error) {
	var problems []error
	bad := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	f.checkPlace(bad)
	f.Thresholds.check(lib, bad)
	p := &desk.Profile{
		Name: strings.TrimSpace(f.Name), Country: f.Country, TimeZone: f.TimeZone, Languages: f.Languages, Holidays: f.Holidays,
		Thresholds:   desk.Thresholds{Answer: f.Thresholds.Answer, Ask: f.Thresholds.Ask, Article: f.Thresholds.Article, First: f.Thresholds.First, PerIntent: f.Thresholds.PerIntent},
		Placeholders: map[string]desk.Words{},
	}
	if len(p.Thresholds.PerIntent) == 0 {
		p.Thresholds.PerIntent = nil
	}
	for _, line := range f.Hours {
		hours, err := parseHours(line)
		if err != nil {
			bad("hours: %w", err)
		}
		p.Hours = append(p.Hours, hours...)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Placeholders)) {
		known, ok := lib.Placeholders[name]
		if !ok {
			bad("placeholders: there is no {%s}", name)
			continue
		}
		if words := f.words(name, known.Kind, bad); len(words) > 0 {
			p.Placeholders[name] = words
		}
	}
	return p, errors.Join(problems...)
}

func (f *profileForm) checkPlace(bad func(string, ...any)) {
	checkText("name", f.Name, bad)
	if f.Country != "" && (len(f.Country) != 2 || strings.Trim(f.Country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
		bad("country: %q is not two capital letters", f.Country)
	}
	if _, err := time.LoadLocation(f.TimeZone); err != nil || f.TimeZone == "" || f.TimeZone == "Local" {
		bad("time_zone: %q is no time zone such as America/Bogota", f.TimeZone)
	}
	if len(f.Languages) == 0 {
		bad("languages: at least one of %s", strings.Join(desk.Languages, ", "))
	}
	for i, language := range f.Languages {
		if !desk.KnownLanguage(language) || slices.Contains(f.Languages[:i], language) {
			bad("languages: %q is unknown or there twice", language)
		}
	}
	for _, day := range f.Holidays {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			bad("holidays: %q is no date such as 2026-12-25", day)
		}
	}
}

func (t formThresholds) check(lib *knowledge.Library, bad func(string, ...any)) {
	within := func(name string, v float64) {
		if !(v >= 0 && v <= 1) { // so that NaN is refused too
			bad("thresholds: %s is %g; 0 to 1", name, v)
		}
	}
	within("answer", t.Answer)
	within("ask", t.Ask)
	within("article", t.Article)
	within("first", t.First)
	if all := (desk.Thresholds{Answer: t.Answer, Ask: t.Ask}).Over(lib.Thresholds); all.Ask > all.Answer {
		bad("thresholds: ask is above answer")
	}
	for _, label := range slices.Sorted(maps.Keys(t.PerIntent)) {
		within(label, t.PerIntent[label])
		if lib.Intents[label] == nil {
			bad("thresholds: there is no intent %q", label)
		}
	}
}

// words checks one placeholder's texts: all of the desk's languages or none.
func (f *profileForm) words(name, kind string, bad func(string, ...any)) desk.Words {
	words := desk.Words{}
	for _, language := range slices.Sorted(maps.Keys(f.Placeholders[name])) {
		text := strings.TrimSpace(f.Placeholders[name][language])
		if !desk.KnownLanguage(language) {
			bad("placeholders: %s: %q is none of %s", name, language, strings.Join(desk.Languages, ", "))
		}
		if text == "" {
			continue
		}
		words[language] = text
		where := "placeholders: " + name + " in " + language
		checkText(where, text, bad)
		switch u, err := url.Parse(text); {
		case kind == "url" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http"):
			bad("%s: %q is no address such as https://example.net", where, text)
		case kind == "phone" && (strings.Trim(text, "+0123456789 ()-.") != "" || !strings.ContainsAny(text, "0123456789")):
			bad("%s: %q is no phone number", where, text)
		}
	}
	for _, language := range f.Languages {
		if len(words) > 0 && words[language] == "" && desk.KnownLanguage(language) {
			bad("placeholders: %s has no text in %s, one of the languages", name, language)
		}
	}
	return words
}

func checkText(where, text string, bad func(string, ...any)) {
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) {
		bad("%s: has characters that cannot be shown", where)
	}
	if strings.ContainsAny(text, "{}") {
		bad("%s: braces are for names; a text has none", where)
	}
	if n := utf8.RuneCountInString(text); n > maxValue {
		bad("%s: %d characters; at most %d", where, n, maxValue)
	}
}
