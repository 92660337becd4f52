package consult

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/guard"
	"antena/prompts"
)

const (
	mostSources      = 3
	longestReply     = 900 // characters a model may write
	plausibleArticle = 0.2 // confidence beneath which an article is not worth showing
)

// asReply are the rules of the guard that do not hold for an agent's reply: it is a
// person's, and it need not rest on an article.
var asReply = []guard.Code{guard.Human}

// asFreeReply are those for a reply that cites nothing.
var asFreeReply = []guard.Code{guard.Human, guard.Citation, guard.Unsupported}

// Suggest proposes a reply to what the contact wrote last: the best article's words,
// fitted to the conversation by a model where there is one. It writes nothing.
func (s *Scribe) Suggest(ctx context.Context, by desk.Agent, conversation uuid.UUID) (*desk.Suggestion, error) {
	if !by.Active || !by.Role.May(desk.MayAnswer) {
		return nil, desk.ErrForbidden
	}
	scene, err := s.question(ctx, conversation)
	if err != nil {
		return nil, fmt.Errorf("suggest a reply in %s: %w", conversation, err)
	}
	out := &desk.Suggestion{}
	if len(scene.New) == 0 {
		return out, nil
	}
	seen, err := s.Understander.Understand(ctx, scene)
	if err != nil {
		return nil, fmt.Errorf("suggest a reply in %s: %w", conversation, err)
	}
	sources := s.sources(scene, &seen)
	if len(sources) > 0 {
		out.Text, out.Sources = sources[0].text, []desk.ArticleRef{sources[0].ref}
	}
	if s.Desk == nil {
		return out, nil
	}
	var texts []string
	for _, src := range sources {
		texts = append(texts, src.text)
	}
	said, err := s.hear(ctx, &scene.Conversation, texts...)
	if err != nil {
		return nil, fmt.Errorf("suggest a reply in %s: %w", conversation, err)
	}
	s.fit(ctx, scene, &seen, sources, said, out)
	return out, nil
}

// Offer finds what an agent could say to what the contact wrote last, by the local
// brain alone: the matter it is likely about, and the words of at most three articles.
func (s *Scribe) Offer(ctx context.Context, by desk.Agent, conversation uuid.UUID) (*desk.Offered, error) {
	if !by.Active || !by.Role.May(desk.MayAnswer) {
		return nil, desk.ErrForbidden
	}
	scene, err := s.question(ctx, conversation)
	if err != nil {
		return nil, fmt.Errorf("offer articles in %s: %w", conversation, err)
	}
	out := &desk.Offered{}
	if len(scene.New) == 0 {
		return out, nil
	}
	seen, err := s.Understander.Understand(ctx, scene)
	if err != nil {
		return nil, fmt.Errorf("offer articles in %s: %w", conversation, err)
	}
	if best := seen.Best(); best.Confidence >= scene.Profile.Thresholds.Ask && best.Label != desk.LabelNone {
		out.Intent = best.Label
	}
	for _, src := range s.sources(scene, &seen) {
		out.Offers = append(out.Offers, desk.Offer{Source: src.ref, Text: src.text})
	}
	return out, nil
}

// question is a scene whose new messages are what the contact wrote since anybody
// of the desk wrote to them.
func (s *Scribe) question(ctx context.Context, conversation uuid.UUID) (*desk.Scene, error) {
	scene, err := s.Scenes.Scene(ctx, conversation)
	if err != nil {
		return nil, err
	}
	scene.Profile, scene.Book, scene.Now = s.Knowledge.Profile(), s.Knowledge.Book(), s.Now()
	all := append(append([]desk.Message{}, scene.History...), scene.New...)
	from := len(all)
	for from > 0 && all[from-1].Direction != desk.Outbound {
		from--
	}
	scene.History, scene.New = all[:from], nil
	for _, m := range all[from:] {
		if m.Direction == desk.Inbound {
			scene.New = append(scene.New, m)
		}
	}
	return scene, nil
}

// source is an article as it may be said.
type source struct {
	ref  desk.ArticleRef
	text string
}

func (s source) id() string { return s.ref.ID + "/" + s.ref.Language }

// sources are the articles found that may be said now, best first, with the ISP's
// values filled in.
func (s *Scribe) sources(scene *desk.Scene, seen *desk.Understanding) []source {
	language := seen.Language
	if language == "" {
		language = scene.Language()
	}
	var all []source
	for _, hit := range seen.Passages {
		if hit.Confidence < plausibleArticle || len(all) == mostSources {
			break
		}
		a := scene.Book.Article(hit.Article.ID, language)
		if a == nil || !a.InForce(scene.Now) {
			continue
		}
		text, missing := scene.Profile.Fill(a.Body, a.Language)
		if len(missing) == 0 {
			all = append(all, source{a.Ref(), strings.TrimSpace(text)})
		}
	}
	return all
}

// fit has a model write the reply; what does not pass the guard is not shown.
func (s *Scribe) fit(ctx context.Context, scene *desk.Scene, seen *desk.Understanding, sources []source, said *spoken, out *desk.Suggestion) {
	language := seen.Language
	if !desk.KnownLanguage(language) {
		language = scene.Language()
	}
	in := prompts.Inputs{"conversation": said.lines, "language": language, "longest": longestReply}
	var given []guard.Source
	var plain []prompts.Source
	for i, src := range sources {
		given = append(given, guard.Source{ID: src.id(), Text: src.text})
		plain = append(plain, prompts.Source{ID: src.id(), Title: src.ref.Title, Text: said.beside[i]})
	}
	if len(plain) > 0 {
		in["sources"] = plain
	}
	var told prompts.Suggested
	record := s.Desk.ask(ctx, scene.Conversation.ID, s.Desk.Prompts.Suggest, in, nil, &told)
	if record.Problem != "" {
		out.Problem = record.Problem
		return
	}
	if told.Text == "" {
		return
	}
	text, err := said.vault.Restore(told.Text)
	if err != nil {
		out.Refused = []string{string(guard.Placeholder)}
		return
	}
	forgiven := asReply
	if len(told.Citations) == 0 {
		forgiven = asFreeReply
	}
	found := s.Guard.Check(guard.Proposal{Text: text, Language: language, Citations: told.Citations}, guard.Given{
		Language: language, Sources: given, Facts: said.ofAgents(), Asked: said.ofContact(), MaxLength: longestReply,
		Prompts: []string{instructions(s.Desk.Prompts.Suggest, in)},
	})
	if out.Refused = flaws(found, forgiven...); len(out.Refused) > 0 {
		return
	}
	out.Text, out.Model, out.Sources = text, record.Model, nil
	for _, src := range sources {
		for _, id := range told.Citations {
			if id == src.id() {
				out.Sources = append(out.Sources, src.ref)
			}
		}
	}
}

// ofAgents are the words of people of the desk; what they said may be said again.
func (s *spoken) ofAgents() []string { return s.from(prompts.Agent) }

// ofContact are the contact's own words.
func (s *spoken) ofContact() []string { return s.from(prompts.Customer) }

func (s *spoken) from(who prompts.Speaker) []string {
	var all []string
	for i, speaker := range s.speakers {
		if speaker == who {
			all = append(all, s.original[i])
		}
	}
	return all
}
