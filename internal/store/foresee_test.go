package store_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// Adding messages together, foreseen, ends as adding them one by one does.
func TestForesee(t *testing.T) {
	t.Parallel()
	const phone, bsuid = "5511987654321", "BR.111"
	for name, c := range map[string]struct {
		before, together []desk.Identity
		people           int // different contacts in the end
	}{
		"a stranger twice":                {nil, []desk.Identity{{Phone: phone, Name: "A"}, {Phone: phone}}, 1},
		"a stranger learns an id":         {nil, []desk.Identity{{Phone: phone}, {Phone: phone, BSUID: bsuid}, {BSUID: bsuid}}, 1},
		"known, then by another alias":    {[]desk.Identity{{Phone: phone, BSUID: bsuid}}, []desk.Identity{{BSUID: bsuid}, {Phone: phone}}, 1},
		"a new phone":                     {[]desk.Identity{{Phone: phone, BSUID: bsuid}}, []desk.Identity{{Phone: "5521912345678", BSUID: bsuid}, {Phone: "5521912345678"}}, 1},
		"a phone given to somebody else":  {[]desk.Identity{{Phone: phone, BSUID: bsuid}}, []desk.Identity{{Phone: phone, BSUID: "BR.222"}, {Phone: phone}, {BSUID: bsuid}}, 2},
		"strangers":                       {nil, []desk.Identity{{Phone: phone}, {Phone: "5521912345678"}, {BSUID: bsuid}}, 3},
		"a parent's id that is another's": {[]desk.Identity{{BSUID: bsuid, ParentBSUID: "P"}}, []desk.Identity{{BSUID: "BR.222", ParentBSUID: "P"}, {BSUID: bsuid}}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				add := func(people []desk.Identity, foresee bool) (contacts []desk.Contact, threads []uuid.UUID) {
					err := s.InWork(t.Context(), func(tx *store.Tx) error {
						contacts, threads = nil, nil
						if foresee {
							var all []desk.Foretold
							for _, who := range people {
								all = append(all, desk.Foretold{From: who, Channel: "100"})
							}
							if err := tx.Foresee(t.Context(), all); err != nil {
								return err
							}
						}
						for _, who := range people {
							contact, conv, err := received(t.Context(), tx, who)
							if err != nil {
								return err
							}
							contacts, threads = append(contacts, *contact), append(threads, conv.ID)
						}
						return nil
					})
					if err != nil {
						t.Fatal(err)
					}
					return contacts, threads
				}
				add(c.before, false)
				contacts, threads := add(c.together, true)
				again, sameThreads := add(c.together, false)
				people := map[uuid.UUID]bool{}
				for i := range contacts {
					people[contacts[i].ID] = true
					if contacts[i].ID != again[i].ID || threads[i] != sameThreads[i] {
						t.Errorf("message %d: contact %s in %s, one by one %s in %s", i, contacts[i].ID, threads[i], again[i].ID, sameThreads[i])
					}
					if conv := must[*desk.Conversation](t)(s.Conversation(t.Context(), threads[i])); conv.Unread == 0 {
						t.Error("what was saved of the conversation is lost")
					}
				}
				if len(people) != c.people {
					t.Errorf("%d contacts, want %d", len(people), c.people)
				}
			})
		})
	}
}

// received adds a message as the inbox does.
func received(ctx context.Context, tx *store.Tx, who desk.Identity) (*desk.Contact, *desk.Conversation, error) {
	contact, err := tx.ContactFor(ctx, who, noon)
	if err != nil {
		return nil, nil, err
	}
	conv, err := tx.ConversationFor(ctx, contact.ID, "100", noon)
	if err != nil {
		return nil, nil, err
	}
	m := aMessage(*conv, desk.Inbound, "hola")
	if _, err := tx.AddMessage(ctx, &m); err != nil {
		return nil, nil, err
	}
	conv.Arrive(&m, noon)
	return contact, conv, tx.SaveConversation(ctx, conv)
}

// A message that was there, or comes twice, is added once.
func TestForesee_MessageThere(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		who := desk.Identity{Phone: "5511987654321"}
		var fresh []bool
		add := func(ids ...string) {
			t.Helper()
			err := s.InWork(t.Context(), func(tx *store.Tx) error {
				var all []desk.Foretold
				for _, id := range ids {
					all = append(all, desk.Foretold{From: who, Channel: "100", ProviderID: id})
				}
				if err := tx.Foresee(t.Context(), all); err != nil {
					return err
				}
				for _, id := range ids {
					contact, err := tx.ContactFor(t.Context(), who, noon)
					if err != nil {
						return err
					}
					conv, err := tx.ConversationFor(t.Context(), contact.ID, "100", noon)
					if err != nil {
						return err
					}
					m := aMessage(*conv, desk.Inbound, id)
					m.ProviderID, m.Channel = id, "100"
					added, err := tx.AddMessage(t.Context(), &m)
					if err != nil {
						return err
					}
					fresh = append(fresh, added)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		add("wamid.1", "wamid.2")
		add("wamid.2", "wamid.3", "wamid.3")
		same(t, "fresh", fresh, []bool{true, true, false, true, false})
	})
}
