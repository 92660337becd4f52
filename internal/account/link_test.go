package account_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"antena/internal/account"
	"antena/internal/desk"
)

func TestLink_OpensOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		agent := w.withPassword(t, "ana@example.net", desk.RoleAgent)
		token, err := w.NewLink(t.Context(), account.Operator(), agent.ID)
		if err != nil {
			t.Fatal(err)
		}
		won, failures := race(t.Context(), 8, func(ctx context.Context, _ int) error {
			got, err := w.SignInByLink(ctx, token)
			if err == nil && got.ID != agent.ID {
				t.Errorf("it let %s in, want %s", got.ID, agent.ID)
			}
			return err
		})
		if won != 1 {
			t.Errorf("the link opened %d times", won)
		}
		for _, err := range failures {
			if !errors.Is(err, desk.ErrLinkSpent) {
				t.Errorf("failed with %v", err)
			}
		}
	})
}

func TestLink_ReplacesThePassword(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		agent := w.withPassword(t, "ana@example.net", desk.RoleAgent)
		token, err := w.NewLink(t.Context(), account.Operator(), agent.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.SignIn(t.Context(), agent.Email, password, "192.0.2.1"); !errors.Is(err, desk.ErrBadCredentials) {
			t.Errorf("the forgotten password opens: %v", err)
		}
		agent, err = w.SignInByLink(t.Context(), token)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.SetPassword(t.Context(), agent, agent.ID, "", "un zorro lento bajo el sauce"); err != nil {
			t.Errorf("choosing a new one: %v", err)
		}
	})
}

func TestLink_Refused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		w.add(t, "admin@example.net", desk.RoleAdmin)
		agent := w.add(t, "ana@example.net", desk.RoleAgent)
		link := func() string {
			token, err := w.NewLink(t.Context(), account.Operator(), agent.ID)
			if err != nil {
				t.Fatal(err)
			}
			return token
		}
		refused := func(name, token string) {
			t.Helper()
			if got, err := w.SignInByLink(t.Context(), token); !errors.Is(err, desk.ErrLinkSpent) || got.Active {
				t.Errorf("%s: %v, %v", name, got, err)
			}
		}
		refused("nothing", "")
		refused("another token", link()+"x")

		lasting := link()
		w.forward(account.LinkLife - time.Microsecond)
		if _, err := w.SignInByLink(t.Context(), lasting); err != nil {
			t.Errorf("within its life: %v", err)
		}
		old := link()
		w.forward(account.LinkLife)
		refused("a day later", old)

		held := link()
		if err := w.Deactivate(t.Context(), account.Operator(), agent.ID); err != nil {
			t.Fatal(err)
		}
		refused("of a deactivated agent", held)
		if _, err := w.NewLink(t.Context(), account.Operator(), agent.ID); !errors.Is(err, desk.ErrTransition) {
			t.Errorf("a link for a deactivated agent: %v", err)
		}
		if err := w.Reactivate(t.Context(), account.Operator(), agent.ID); err != nil {
			t.Fatal(err)
		}
		refused("spent while deactivated", held)
	})
}

func TestLink_LifeIsDepsBusiness(t *testing.T) {
	t.Parallel()
	store := newMemory()
	w := newWorld(store)
	w.Accounts = account.New(account.Deps{Store: store, Now: w.now, LinkLife: 12 * time.Hour})
	agent := w.add(t, "ana@example.net", desk.RoleAgent)
	token, err := w.NewLink(t.Context(), account.Operator(), agent.ID)
	if err != nil {
		t.Fatal(err)
	}
	w.forward(12 * time.Hour)
	if _, err := w.SignInByLink(t.Context(), token); !errors.Is(err, desk.ErrLinkSpent) {
		t.Errorf("after twelve hours: %v", err)
	}
}

func TestLink_OnlyItsHashIsStored(t *testing.T) {
	t.Parallel()
	store := newMemory()
	w := newWorld(store)
	_, token, err := w.CreateAgent(t.Context(), account.Operator(), account.NewAgent{Name: "Ana", Email: "ana@example.net", Role: desk.RoleAgent})
	if err != nil {
		t.Fatal(err)
	}
	hashes := store.linkHashes()
	if len(hashes) != 1 || len(hashes[0]) != 64 || slices.Contains(hashes, token) {
		t.Errorf("stored %q for the token %q", hashes, token)
	}
}
