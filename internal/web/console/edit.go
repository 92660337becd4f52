package console

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Editor is what admins do with articles and example phrases.
type Editor interface {
	Edit(ctx context.Context, by desk.Agent, id, language string, edit desk.ArticleEdit) error
	Publish(ctx context.Context, by desk.Agent, id, language string, version int) error
	Withdraw(ctx context.Context, by desk.Agent, id, language string, version int) error
	Discard(ctx context.Context, by desk.Agent, id, language string) error
	AddPhrase(ctx context.Context, by desk.Agent, intent, language, text string) error
	RemovePhrase(ctx context.Context, by desk.Agent, intent, language, text string) error
}

// editView is the form of an article, and what may be done with it.
type editView struct {
	Act       string
	Version   int
	Title     string
	Body      string
	Questions string // one a line
	Publish   bool
	Withdraw  bool
	Discard   bool
	Origin    string // where a draft came from
	OriginURL string
}

// editOf is the form for an admin; nil for others. What was typed and refused stays.
func editOf(v *visit, a *desk.Article) *editView {
	if !v.who.Role.May(desk.MayAdminister) {
		return nil
	}
	e := &editView{
		Act: "/articles/" + url.PathEscape(a.ID) + "?lang=" + a.Language, Version: a.Version, Title: a.Title, Body: a.Body, Questions: strings.Join(a.Questions, "\n"),
		Publish: a.Status != desk.ArticlePublished, Withdraw: a.Status == desk.ArticlePublished, Discard: a.Status == desk.ArticleDraft,
	}
	if v.problem != "" && v.form("act") == "save" {
		e.Title, e.Body, e.Questions = v.form("title"), v.form("body"), v.form("questions")
	}
	if o := a.Origin; o != nil {
		e.Origin, e.OriginURL = v.T("article.origin", o.By, v.DayTime(o.At), o.Model), "/conversations/"+o.Conversation.String()
	}
	return e
}

// editArticle does what the pressed button says.
func (p *Console) editArticle(v *visit) error {
	ctx, id, language := v.gin.Request.Context(), v.gin.Param("id"), v.gin.Query("lang")
	version, _ := strconv.Atoi(v.form("version")) // none fits 0, which is then stale
	here := "/articles/" + url.PathEscape(id) + "?lang=" + url.QueryEscape(language)
	var err error
	done := "saved"
	switch v.form("act") {
	case "save":
		err = p.Editor.Edit(ctx, v.who, id, language, desk.ArticleEdit{Version: version, Title: v.form("title"), Body: v.form("body"), Questions: strings.Split(v.form("questions"), "\n")})
	case "publish":
		done, err = "published", p.Editor.Publish(ctx, v.who, id, language, version)
	case "withdraw":
		done, err = "withdrawn", p.Editor.Withdraw(ctx, v.who, id, language, version)
	case "discard":
		done, here, err = "discarded", "/articles?lang="+url.QueryEscape(language), p.Editor.Discard(ctx, v.who, id, language)
	default:
		err = desk.ErrInvalid
	}
	if err != nil {
		return p.failed(v, err, func(status int, words string) error {
			v.problem = words
			return p.showArticle(v, status)
		})
	}
	return v.done(here, done)
}

// draftArticle has a model draft an article from a conversation, and opens it.
func (p *Console) draftArticle(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	article, err := p.Draft(v.gin.Request.Context(), v.who, id)
	if err != nil {
		return p.failed(v, err, func(status int, words string) error { return p.refuse(v, status, words, id) })
	}
	return v.done("/articles/"+url.PathEscape(article.ID)+"?lang="+article.Language, "drafted")
}

// intentsPage lists the matters with their example phrases of one language.
type intentsPage struct {
	shell
	Languages []choice
	Listed    string
	Intents   []choice
	Intent    string
	Name      string
	Added     []phraseView
	Given     []string // from the files
	Act       string
}

type phraseView struct{ Text, Author, When string }

func (p *Console) intents(v *visit) error { return p.showIntents(v, http.StatusOK) }

func (p *Console) showIntents(v *visit, status int) error {
	ctx := v.gin.Request.Context()
	language := v.gin.Query("lang")
	if !desk.KnownLanguage(language) {
		language = v.language
	}
	added, err := p.Reader.Phrases(ctx)
	if err != nil {
		return fmt.Errorf("listing example phrases: %w", err)
	}
	page := &intentsPage{shell: p.shell(v, "intents", v.T("nav.intents")), Listed: language, Intent: v.gin.Query("intent")}
	if err := p.fillViews(ctx, v, &page.shell, nil); err != nil {
		return err
	}
	book := p.Book()
	for label := range book.Intents {
		q := url.Values{"lang": {language}, "intent": {label}}
		page.Intents = append(page.Intents, choice{Value: label, Label: p.intent(v, label), URL: "/intents?" + q.Encode()})
	}
	slices.SortFunc(page.Intents, func(a, b choice) int { return strings.Compare(folded(a.Label)+a.Value, folded(b.Label)+b.Value) })
	if book.Intents[page.Intent] == nil && len(page.Intents) > 0 {
		page.Intent = page.Intents[0].Value
	}
	for i := range page.Intents {
		page.Intents[i].Current = page.Intents[i].Value == page.Intent
	}
	for _, l := range desk.Languages {
		q := url.Values{"lang": {l}, "intent": {page.Intent}}
		page.Languages = append(page.Languages, choice{Value: l, Label: v.T("language." + l), URL: "/intents?" + q.Encode(), Current: l == language})
	}
	page.fill(v, p, book.Intents[page.Intent], added)
	return p.show(v, status, "intents", page)
}

func (page *intentsPage) fill(v *visit, p *Console, in *desk.Intent, added []desk.IntentPhrase) {
	if in == nil {
		return
	}
	page.Name = p.intent(v, page.Intent)
	page.Act = "/intents?" + url.Values{"lang": {page.Listed}, "intent": {page.Intent}}.Encode()
	own := map[string]bool{}
	for _, a := range added {
		if a.Intent == page.Intent && a.Language == page.Listed {
			own[a.Text] = true
			page.Added = append(page.Added, phraseView{a.Text, a.Author, v.DayTime(a.CreatedAt)})
		}
	}
	for _, text := range in.Examples[page.Listed] {
		if !own[text] {
			page.Given = append(page.Given, text)
		}
	}
}

// changePhrase adds an example phrase or takes one back.
func (p *Console) changePhrase(v *visit) error {
	ctx, intent, language := v.gin.Request.Context(), v.gin.Query("intent"), v.gin.Query("lang")
	var err error
	done := "phrase_added"
	if text := v.gin.PostForm("remove"); text != "" {
		done, err = "phrase_removed", p.Editor.RemovePhrase(ctx, v.who, intent, language, text)
	} else {
		err = p.Editor.AddPhrase(ctx, v.who, intent, language, v.form("phrase"))
	}
	if err != nil {
		return p.failed(v, err, func(status int, words string) error {
			v.problem = words
			return p.showIntents(v, status)
		})
	}
	return v.done("/intents?"+url.Values{"lang": {language}, "intent": {intent}}.Encode(), done)
}

// mayDraft reports whether a draft of an article is offered for a conversation:
// agents answered it and it is closed.
func (p *Console) mayDraft(v *visit, c *desk.Conversation) bool {
	return p.Draft != nil && v.who.Role.May(desk.MayAdminister) && c.ID != uuid.Nil && c.State == desk.ConversationClosed
}
