package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

func contactFor(t *testing.T, s *store.Store, who desk.Identity) desk.Contact {
	t.Helper()
	var c *desk.Contact
	do(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
		c, err = tx.ContactFor(ctx, who, noon)
		return err
	})
	return *c
}

func TestContactFor(t *testing.T) {
	t.Parallel()
	phone, bsuid, parent := "5511987654321", "BR.111", "BR.ENT.1"
	for name, c := range map[string]struct {
		first, then desk.Identity
		same        bool
		want        desk.Contact // of the second answer, but for the id and times
	}{
		"same phone": {desk.Identity{Phone: phone, Name: "A"}, desk.Identity{Phone: phone, Name: "B"}, true, desk.Contact{Phone: phone, Name: "B"}},
		"a name that is gone stays": {desk.Identity{Phone: phone, Name: "A", Username: "a"}, desk.Identity{Phone: phone}, true,
			desk.Contact{Phone: phone, Name: "A", Username: "a"}},
		"phone first, then with its business-scoped id": {desk.Identity{Phone: phone}, desk.Identity{Phone: phone, BSUID: bsuid}, true,
			desk.Contact{Phone: phone, BSUID: bsuid}},
		"business-scoped id alone": {desk.Identity{Phone: phone, BSUID: bsuid}, desk.Identity{BSUID: bsuid, Username: "a"}, true,
			desk.Contact{Phone: phone, BSUID: bsuid, Username: "a"}},
		"new phone, same person": {desk.Identity{Phone: phone, BSUID: bsuid}, desk.Identity{Phone: "5521912345678", BSUID: bsuid}, true,
			desk.Contact{Phone: "5521912345678", BSUID: bsuid}},
		"known by the parent's id": {desk.Identity{BSUID: bsuid, ParentBSUID: parent}, desk.Identity{BSUID: "BR.222", ParentBSUID: parent}, true,
			desk.Contact{BSUID: "BR.222"}},
		"phone given to somebody else": {desk.Identity{Phone: phone, BSUID: bsuid, Name: "A"}, desk.Identity{Phone: phone, BSUID: "BR.222", Name: "B"}, false,
			desk.Contact{Phone: phone, BSUID: "BR.222", Name: "B"}},
		"somebody else": {desk.Identity{Phone: phone}, desk.Identity{Phone: "5521912345678"}, false, desk.Contact{Phone: "5521912345678"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				first := contactFor(t, s, c.first)
				then := contactFor(t, s, c.then)
				if (first.ID == then.ID) != c.same {
					t.Fatalf("the same contact: %v, want %v", first.ID == then.ID, c.same)
				}
				if again := contactFor(t, s, c.then); again.ID != then.ID {
					t.Error("the next message of the same person found another contact")
				}
				got := *must[*desk.Contact](t)(s.Contact(t.Context(), then.ID))
				want := c.want // each database has its own copy: they run side by side
				want.ID, want.KnownAt, want.CreatedAt, want.UpdatedAt = got.ID, got.KnownAt, got.CreatedAt, got.UpdatedAt
				same(t, "contact", got, want)
				if old := must[*desk.Contact](t)(s.Contact(t.Context(), first.ID)); !c.same && old.Phone == then.Phone {
					t.Error("the last holder of the phone would still be written to at it")
				}
			})
		})
	}
}

func TestContactFor_NeedsAnIdentity(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t, storetest.SQLite, nil)
	err := s.InTx(t.Context(), func(tx *store.Tx) error {
		_, err := tx.ContactFor(t.Context(), desk.Identity{Name: "nobody"}, noon)
		return err
	})
	if !errors.Is(err, desk.ErrInvalid) {
		t.Error(err)
	}
}

func TestMoveContact(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		move := func(from, to desk.Identity) {
			do(t, s, func(ctx context.Context, tx *store.Tx) error {
				return tx.MoveContact(ctx, from, to, noon.Add(time.Hour))
			})
		}
		ana := contactFor(t, s, desk.Identity{Phone: "1", BSUID: "a"})
		move(desk.Identity{Phone: "1", BSUID: "a"}, desk.Identity{Phone: "2", BSUID: "b"})
		if got := contactFor(t, s, desk.Identity{BSUID: "b"}); got.ID != ana.ID || got.Phone != "2" || got.BSUID != "b" {
			t.Errorf("after the move: %+v", got)
		}
		eva := contactFor(t, s, desk.Identity{Phone: "9", BSUID: "e"})
		move(desk.Identity{BSUID: "b"}, desk.Identity{BSUID: "e", Phone: "9"}) // known apart so far
		move(desk.Identity{}, desk.Identity{BSUID: "x"})
		if got := contactFor(t, s, desk.Identity{BSUID: "e"}); got.ID != ana.ID || got.Phone != "9" {
			t.Errorf("not merged: %+v", got)
		}
		if _, err := s.Contact(t.Context(), eva.ID); !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("the merged contact is still there: %v", err)
		}
		merges := must[[]desk.Merge](t)(s.Merges(t.Context(), ana.ID))
		if len(merges) != 1 || merges[0].GoneID != eva.ID || merges[0].Gone.BSUID != "e" || merges[0].Reason != desk.MergeMoved {
			t.Errorf("the record: %+v", merges)
		}
		move(desk.Identity{BSUID: "unknown"}, desk.Identity{BSUID: "new"}) // their messages are still on the way
		if a, b := contactFor(t, s, desk.Identity{BSUID: "unknown"}), contactFor(t, s, desk.Identity{BSUID: "new"}); a.ID != b.ID || b.BSUID != "new" {
			t.Errorf("whoever moved before we knew them became two: %+v, %+v", a, b)
		}
	})
}
