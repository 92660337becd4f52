package store_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// The words of a message go with it, whatever deletes it.
func TestSearchIndex_GoesWithTheMessage(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := aConversation(t, s)
		kept, gone := say(t, s, c, desk.Inbound, "fica"), say(t, s, c, desk.Inbound, "segredo")
		pending := must[[]desk.Searchable](t)(s.SearchPending(t.Context(), desk.SearchMessage, 1, 10))
		if len(pending) != 2 || pending[0].ID != kept.ID || pending[1].Text != "segredo" {
			t.Fatalf("pending %+v", pending)
		}
		documents := []desk.SearchDocument{{ID: kept.ID, Words: []string{"fica"}}, {ID: gone.ID, Words: []string{"segredo"}}, {ID: uuid.New(), Words: []string{"fantasma"}}}
		for range 2 { // twice is once
			if err := s.SearchIndex(t.Context(), desk.SearchMessage, 1, documents); err != nil {
				t.Fatal(err)
			}
		}
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			return store.Run(ctx, tx, "delete from messages where id = ?", gone.ID)
		})
		for word, want := range map[string]int{"fica": 1, "segredo": 0, "fantasma": 0} {
			if got := len(must[[]desk.FoundMessage](t)(s.SearchMessages(t.Context(), desk.SearchWords{{word}}, 0, 10))); got != want {
				t.Errorf("%q found %d, want %d", word, got, want)
			}
		}
		index := "select count(*) from search_messages"
		if s.Dialect() == storetest.SQLite {
			index = "select count(*) from search_message_words where search_message_words match 'segredo'"
		} else {
			index += " where words @@ 'segredo'"
		}
		if got := strings1(t, s, index)[0]; got != "0" {
			t.Errorf("the index still holds it %s times", got)
		}
	})
}

func TestSearchPending_AnotherVersionBeginsAnew(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		m := say(t, s, aConversation(t, s), desk.Inbound, "hola")
		pending := func(version int) int {
			return len(must[[]desk.Searchable](t)(s.SearchPending(t.Context(), desk.SearchMessage, version, 10)))
		}
		if n := pending(1); n != 1 {
			t.Fatalf("%d pending", n)
		}
		if err := s.SearchIndex(t.Context(), desk.SearchMessage, 1, []desk.SearchDocument{{ID: m.ID, Words: []string{"hola"}}}); err != nil {
			t.Fatal(err)
		}
		if a, b := pending(1), pending(2); a != 0 || b != 1 {
			t.Errorf("%d pending of the same version, %d of the next", a, b)
		}
	})
}
