package knowledge

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"

	"antena/internal/desk"
)

// NewBook binds articles with the intents and flows of a library.
func NewBook(articles []desk.Article, lib *Library) *desk.Book {
	b := &desk.Book{Intents: lib.Intents, Flows: lib.Flows, Articles: map[string]map[string]*desk.Article{}}
	sum := sha256.New()
	for i := range articles {
		a := &articles[i]
		if b.Articles[a.ID] == nil {
			b.Articles[a.ID] = map[string]*desk.Article{}
		}
		b.Articles[a.ID][a.Language] = a
	}
	enc := json.NewEncoder(sum)
	for _, id := range slices.Sorted(maps.Keys(b.Articles)) {
		for _, l := range desk.Languages {
			if a := b.Articles[id][l]; a != nil {
				_ = enc.Encode([]string{a.ID, a.Language, a.Hash, string(a.Status)}) // a hash never fails to be written
			}
		}
	}
	for _, label := range slices.Sorted(maps.Keys(b.Intents)) {
		_ = enc.Encode(b.Intents[label])
	}
	for _, id := range slices.Sorted(maps.Keys(b.Flows)) {
		_ = enc.Encode(b.Flows[id])
	}
	b.Version = hex.EncodeToString(sum.Sum(nil))[:16]
	return b
}

// Hash is the content of an article in a few characters: what a reader of it would notice.
func Hash(a *desk.Article) string {
	raw, err := json.Marshal(struct {
		Title, Body         string
		Questions, Keywords []string
		Owner               desk.Team
		Status              desk.ArticleStatus
		Zones, Plans        []string
		From, Until         any
	}{a.Title, a.Body, some(a.Questions), some(a.Keywords), a.Owner, a.Status, some(a.Zones), some(a.Plans), a.ValidFrom, a.ValidUntil})
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:8])
}

// some makes an empty list and none the same.
func some(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
}
