package templates

import (
	"context"
	"errors"
	"slices"
	"strings"

	"antena/internal/desk"
)

// Create hands a new template to review. Only admins may.
func (s *Shelf) Create(ctx context.Context, by desk.Agent, t desk.Template) (*desk.Template, error) {
	if err := mayChange(by); err != nil {
		return nil, err
	}
	tidy(&t)
	if problems := s.Problems(&t); len(problems) > 0 {
		return nil, problems
	}
	if err := s.free(ctx, &t); err != nil {
		return nil, err
	}
	filed, err := s.Account.CreateTemplate(ctx, &t)
	if err != nil {
		return nil, err
	}
	now := s.Now()
	filed.SyncedAt, filed.CreatedAt, filed.Approved = now, now, filed.Status == desk.TemplateApproved
	return &filed, s.Store.InTx(ctx, func(tx Tx) error { return tx.SaveTemplate(ctx, &filed) })
}

// free says why a name may not be used in a language now, if so.
func (s *Shelf) free(ctx context.Context, t *desk.Template) error {
	return s.Store.InTx(ctx, func(tx Tx) error {
		known, err := tx.LockTemplates(ctx)
		if err != nil {
			return err
		}
		for i := range known {
			k := &known[i]
			switch {
			case k.Name != t.Name:
			case k.DeletedAt == nil && k.Language == t.Language:
				return desk.ErrDuplicate.For("name")
			case k.DeletedAt != nil && k.Approved && k.Language == t.Language && s.Now().Sub(*k.DeletedAt) < desk.TemplateNameBlock:
				return desk.ErrTemplateName.For("name")
			}
		}
		return nil
	})
}

// Edit hands new content to review. Name, language and form of the variables stay;
// so does the category of an approved template.
func (s *Shelf) Edit(ctx context.Context, by desk.Agent, id string, category desk.TemplateCategory, content desk.TemplateContent) (*desk.Template, error) {
	if err := mayChange(by); err != nil {
		return nil, err
	}
	before, err := s.Store.Template(ctx, id)
	if err != nil {
		return nil, err
	}
	after := *before
	if before.DeletedAt != nil || !before.Sendable() {
		return nil, desk.ErrTemplateFixed
	}
	if err := after.Edit(s.Now()); err != nil {
		return nil, err
	}
	after.Content = content
	if before.Status != desk.TemplateApproved {
		after.Category = category
	}
	tidy(&after)
	if problems := s.Problems(&after); len(problems) > 0 {
		return nil, problems
	}
	if err := s.Account.EditTemplate(ctx, before, &after); err != nil {
		return nil, err
	}
	after.Status, after.Reason = desk.TemplatePending, ""
	err = s.Store.InTx(ctx, func(tx Tx) error {
		now, err := tx.LockTemplate(ctx, id)
		if err != nil {
			return err
		}
		after.Uses, after.CreatedAt = now.Uses, now.CreatedAt
		return tx.SaveTemplate(ctx, &after)
	})
	return &after, err
}

// Delete deletes one language of a template, there and here.
func (s *Shelf) Delete(ctx context.Context, by desk.Agent, id string) error {
	if err := mayChange(by); err != nil {
		return err
	}
	t, err := s.Store.Template(ctx, id)
	if err != nil {
		return err
	}
	if t.DeletedAt != nil {
		return desk.ErrNotFound
	}
	if err := s.Account.DeleteTemplate(ctx, t); err != nil {
		return err
	}
	return s.Store.InTx(ctx, func(tx Tx) error {
		t, err := tx.LockTemplate(ctx, id)
		if err != nil {
			return err
		}
		now := s.Now()
		t.Status, t.DeletedAt = desk.TemplateDeleted, &now
		return tx.SaveTemplate(ctx, t)
	})
}

func mayChange(by desk.Agent) error {
	if !by.Active || !by.Role.May(desk.MayAdminister) {
		return desk.ErrForbidden
	}
	return nil
}

// tidy brings what people typed into the form the provider keeps.
func tidy(t *desk.Template) {
	t.Name, t.Language = strings.TrimSpace(t.Name), strings.TrimSpace(t.Language)
	c := &t.Content
	c.Header.Text, c.Body, c.Footer = clean(c.Header.Text), clean(c.Body), clean(c.Footer)
	if c.Header.Text != "" && c.Header.Format == desk.HeaderNone {
		c.Header.Format = desk.HeaderText
	}
	if c.Header.Format == desk.HeaderText && c.Header.Text == "" {
		c.Header.Format = desk.HeaderNone
	}
	for i := range c.Buttons {
		b := &c.Buttons[i]
		b.Text, b.URL, b.Phone = clean(b.Text), clean(b.URL), clean(b.Phone)
	}
	samples := map[string]string{}
	for _, v := range c.Variables() {
		if sample := desk.ParameterText(c.Samples[v.Key]); sample != "" {
			samples[v.Key] = sample
		}
	}
	c.Samples = samples
}

func clean(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\x00", ""), "\r\n", "\n")
	return strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd"))
}

// promotional are words that make the provider file a utility template as
// marketing, which costs about nine times as much where we looked.
var promotional = []string{
	"promo", "descuento", "desconto", "discount", "oferta", "offer", "aprovecha", "aproveite", "gratis", "grátis", "black friday",
	"mejora tu plan", "melhore seu plano", "upgrade your plan",
}

// Problems is everything that speaks against handing in a template: the rules of
// the provider, and promotional words where they do not belong.
func (s *Shelf) Problems(t *desk.Template) desk.TemplateProblems {
	problems := desk.TemplateProblems(s.Checker.CheckTemplate(t))
	if t.Category != desk.CategoryUtility {
		return problems
	}
	text := strings.ToLower(t.Content.Text())
	if i := slices.IndexFunc(promotional, func(word string) bool { return strings.Contains(text, word) }); i >= 0 {
		problems = append(problems, desk.TemplateProblem{Field: "category", Rule: "is utility, and the text is promotional"})
	}
	return problems
}

// Pushed is what became of one template of the starter set.
type Pushed struct {
	Template desk.Template
	Err      error
}

// Push hands in the templates of the starter set that the account lacks in the
// languages named. One that is refused does not keep the others back; a provider
// that is away ends it.
func (s *Shelf) Push(ctx context.Context, by desk.Agent, languages []string) ([]Pushed, error) {
	if err := mayChange(by); err != nil {
		return nil, err
	}
	if _, err := s.Sync(ctx); err != nil {
		return nil, err
	}
	missing, err := s.Missing(ctx, languages)
	if err != nil {
		return nil, err
	}
	var all []Pushed
	for i := range missing {
		made, err := s.Create(ctx, by, missing[i])
		var e *desk.Error
		if err != nil && !errors.As(err, &e) || errors.Is(err, desk.ErrUnavailable) {
			return all, err
		}
		if err != nil {
			all = append(all, Pushed{missing[i], err})
			continue
		}
		all = append(all, Pushed{*made, nil})
	}
	return all, nil
}

// Missing lists the templates of the starter set that our copy lacks in some languages.
func (s *Shelf) Missing(ctx context.Context, languages []string) ([]desk.Template, error) {
	known, err := s.Store.Templates(ctx)
	if err != nil {
		return nil, err
	}
	have := map[string]bool{}
	for i := range known {
		base, _, _ := strings.Cut(known[i].Language, "_")
		have[known[i].Name+" "+base] = true
	}
	var missing []desk.Template
	for i := range s.Starter {
		t := &s.Starter[i]
		base, _, _ := strings.Cut(t.Language, "_")
		if slices.Contains(languages, base) && !have[t.Name+" "+base] {
			missing = append(missing, *t)
		}
	}
	return missing, nil
}
