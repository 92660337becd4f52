package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"antena/internal/desk"
)

func (p *API) onArticles() []operation {
	const group = "articles"
	read, write := desk.ScopeReadArticles, desk.ScopeWriteArticles
	filters := paging(param{name: "language", kind: "string", values: desk.Languages},
		param{name: "status", kind: "string", values: texts(desk.ArticleDraft, desk.ArticleReview, desk.ArticlePublished, desk.ArticleArchived)})
	return []operation{
		with(operation{id: "listArticles", method: get, path: "/articles", group: group, scope: read, params: filters, about: "List articles, by id and language."},
			List[Article]{Data: []Article{exampleArticle()}}, p.articles),
		taking(operation{id: "createArticle", method: post, path: "/articles", group: group, scope: write, status: http.StatusCreated,
			about: "Add an article as a draft. Nothing is answered from it until it is published."},
			ArticleRequest{Language: "en", Title: "How to restart the modem", Body: "Unplug it, wait ten seconds and plug it in again.", Questions: []string{"how do i restart my modem?"}}, exampleArticle(),
			func(c *call, r ArticleRequest) (Article, error) {
				team := desk.Team(r.Team)
				if team == "" {
					team = desk.TeamSupport
				}
				ctx := c.Request.Context()
				id, err := p.Editor.AddDraft(ctx, c.by, desk.Article{Language: r.Language, Title: r.Title, Body: r.Body, Questions: r.Questions, Owner: team})
				if err != nil {
					return Article{}, err
				}
				return p.article(ctx, id, r.Language)
			}),
		with(operation{id: "getArticle", method: get, path: "/articles/{id}/{language}", group: group, scope: read, about: "Show one article in one language."}, exampleArticle(),
			func(c *call) (Article, error) {
				return p.article(c.Request.Context(), c.Param("id"), c.Param("language"))
			}),
		taking(operation{id: "updateArticle", method: put, path: "/articles/{id}/{language}", group: group, scope: write, match: true,
			about: "Change the words of an article; the version before is kept. If-Match is needed: with 412 somebody changed it since."},
			ArticleEdit{Title: "How to restart the modem", Body: "Unplug it, wait a minute and plug it in again.", Questions: []string{"how do i restart my modem?"}}, exampleArticle(),
			func(c *call, r ArticleEdit) (Article, error) {
				return p.onArticle(c, func(ctx context.Context, id, language string, version int) error {
					return p.Editor.Edit(ctx, c.by, id, language, desk.ArticleEdit{Version: version, Title: r.Title, Body: r.Body, Questions: r.Questions})
				})
			}),
		with(operation{id: "publishArticle", method: post, path: "/articles/{id}/{language}/publish", group: group, scope: write, match: true, about: "Put an article in force. If-Match is needed."}, exampleArticle(),
			func(c *call) (Article, error) {
				return p.onArticle(c, func(ctx context.Context, id, language string, version int) error {
					return p.Editor.Publish(ctx, c.by, id, language, version)
				})
			}),
		with(operation{id: "withdrawArticle", method: post, path: "/articles/{id}/{language}/withdraw", group: group, scope: write, match: true, about: "Take an article out of force. If-Match is needed."}, exampleArticle(),
			func(c *call) (Article, error) {
				return p.onArticle(c, func(ctx context.Context, id, language string, version int) error {
					return p.Editor.Withdraw(ctx, c.by, id, language, version)
				})
			}),
	}
}

// onArticle does something to the version of an article that the caller saw.
func (p *API) onArticle(c *call, do func(ctx context.Context, id, language string, version int) error) (Article, error) {
	match := c.GetHeader("If-Match")
	if match == "" {
		return Article{}, errMatch
	}
	version, err := strconv.Atoi(strings.Trim(match, `"`))
	if err != nil {
		return Article{}, desk.ErrStale
	}
	ctx, id, language := c.Request.Context(), c.Param("id"), c.Param("language")
	if err := do(ctx, id, language, version); err != nil {
		return Article{}, err
	}
	return p.article(ctx, id, language)
}

func (p *API) article(ctx context.Context, id, language string) (Article, error) {
	all, err := p.Reader.Articles(ctx)
	if err != nil {
		return Article{}, err
	}
	for i := range all {
		if all[i].ID == id && all[i].Language == language {
			return articleOf(&all[i]), nil
		}
	}
	return Article{}, desk.ErrNotFound
}

// articles lists what fits; there are some hundreds at most, so the page is cut here. The
// cursor is the last id and language shown.
func (p *API) articles(c *call) (List[Article], error) {
	found, err := p.Reader.Articles(c.Request.Context())
	if err != nil {
		return List[Article]{}, err
	}
	limit, after := c.limit(), c.Query("after")
	if limit == 0 {
		limit = usualRows
	}
	var all []Article
	for i := range found {
		a := &found[i]
		language, status := c.Query("language"), c.Query("status")
		if language != "" && a.Language != language || status != "" && string(a.Status) != status || after != "" && place(a.ID, a.Language) <= after {
			continue
		}
		if len(all) == limit {
			return pageOf(all, place(all[limit-1].ID, all[limit-1].Language)), nil
		}
		all = append(all, articleOf(a))
	}
	return pageOf(all, ""), nil
}

func place(id, language string) string { return id + " " + language }
