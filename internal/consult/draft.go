package consult

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/redact"
	"antena/prompts"
)

// Settings say what the placeholders that articles mention mean, by name.
type Settings map[string]desk.Words

// Blank stands in a draft where something personal or unknown was taken out. An
// article that holds one is not published.
const Blank = "[…]"

// issued is a placeholder of redaction, whole or altered.
var issued = regexp.MustCompile(`⟦[^⟧\n]{0,40}⟧?|⟧`)

// Draft has a model write the draft of an article from a conversation that agents
// solved. Nothing of it is stored here and nothing is published. What is personal
// becomes a Blank. The error is desk.ErrNoModel when no model helps, and
// desk.ErrModelDoubtful when the conversation holds no solution or the draft repeats
// our instructions.
func (s *Scribe) Draft(ctx context.Context, by desk.Agent, conversation uuid.UUID, settings Settings) (*desk.Article, error) {
	if !by.Active || !by.Role.May(desk.MayAdminister) {
		return nil, desk.ErrForbidden
	}
	if s.Desk == nil {
		return nil, desk.ErrNoModel
	}
	c, err := s.Thread.Conversation(ctx, conversation)
	if err != nil {
		return nil, err
	}
	said, err := s.hear(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("draft an article from %s: %w", conversation, err)
	}
	if len(said.lines) == 0 {
		return nil, desk.ErrModelDoubtful
	}
	language := c.Language
	if !desk.KnownLanguage(language) {
		language = s.language()
	}
	in := prompts.Inputs{"conversation": said.lines, "language": language}
	if len(said.notes) > 0 {
		in["notes"] = said.notes
	}
	if choices := settings.choices(language); len(choices) > 0 {
		in["settings"] = choices
	}
	var told prompts.Drafted
	record := s.Desk.ask(ctx, conversation, s.Desk.Prompts.Draft, in, nil, &told)
	switch {
	case record.Problem != "":
		return nil, fmt.Errorf("draft an article from %s: %s: %w", conversation, record.Problem, desk.ErrNoModel)
	case strings.TrimSpace(told.Body) == "":
		return nil, desk.ErrModelDoubtful
	}
	a := &desk.Article{Language: language, Owner: desk.TeamSupport, Status: desk.ArticleDraft, Origin: &desk.Origin{Conversation: conversation, By: by.Name, Model: record.Model, At: s.Now()}}
	if c.Handoff != nil && c.Handoff.Team.Valid() {
		a.Owner = c.Handoff.Team
	}
	said.blank(&told, settings)
	a.Title, a.Questions, a.Body = told.Title, told.Questions, told.Body
	if s.leaks(a, instructions(s.Desk.Prompts.Draft, in)) {
		return nil, desk.ErrModelDoubtful
	}
	return a, nil
}

func (s Settings) choices(language string) []prompts.Choice {
	var all []prompts.Choice
	for _, name := range slices.Sorted(maps.Keys(s)) {
		all = append(all, prompts.Choice{Label: name, About: s[name].In(language)})
	}
	return all
}

// blank takes out of a draft what is personal, placeholders of redaction, and
// placeholders that are no setting.
func (s *spoken) blank(d *prompts.Drafted, settings Settings) {
	texts := []*string{&d.Title, &d.Body}
	for i := range d.Questions {
		texts = append(texts, &d.Questions[i])
	}
	all := make([]string, len(texts))
	for i, t := range texts {
		all[i] = issued.ReplaceAllString(*t, Blank)
	}
	plain, _ := redact.Redact(all, s.known)
	for i, t := range texts {
		text := issued.ReplaceAllString(plain[i], Blank)
		for _, name := range desk.Placeholders(text) {
			if _, ok := settings[name]; !ok {
				text = strings.ReplaceAll(text, "{"+name+"}", Blank)
			}
		}
		*t = strings.TrimSpace(text)
	}
}

// leaks reports whether a draft repeats a line of our instructions.
func (s *Scribe) leaks(a *desk.Article, ours string) bool {
	for _, line := range strings.Split(ours, "\n") {
		if line = strings.TrimSpace(strings.TrimLeft(line, "- ")); len(line) > 40 && strings.Contains(a.Body, line) {
			return true
		}
	}
	return false
}
