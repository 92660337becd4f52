package account_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"antena/internal/account"
	"antena/internal/desk"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		agent := w.withPassword(t, "ana@example.net", desk.RoleAgent)
		w.add(t, "new@example.net", desk.RoleAgent)
		w.forward(time.Hour)
		got, err := w.SignIn(t.Context(), " ANA@example.net ", password, "192.0.2.1")
		if err != nil || got.ID != agent.ID {
			t.Fatalf("the right password: %v, %v", got.ID, err)
		}
		if seen := w.again(t, agent).LastSeenAt; seen == nil || !seen.Equal(w.now()) {
			t.Errorf("last seen %v, want %v", seen, w.now())
		}
		for _, c := range []struct{ name, email, password string }{
			{"wrong password", "ana@example.net", "mate amargo y factura"},
			{"no password", "ana@example.net", ""},
			{"a megabyte", "ana@example.net", strings.Repeat("x", 1<<20)},
			{"unknown", "nobody@example.net", password},
			{"no password chosen yet", "new@example.net", ""},
			{"an endless address", strings.Repeat("a", 1<<20), password},
		} {
			if _, err := w.SignIn(t.Context(), c.email, c.password, "192.0.2.1"); !errors.Is(err, desk.ErrBadCredentials) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	})
}

func TestSignIn_Deactivated(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		agent := w.withPassword(t, "ana@example.net", desk.RoleAgent)
		w.add(t, "admin@example.net", desk.RoleAdmin)
		if err := w.Deactivate(t.Context(), account.Operator(), agent.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.SignIn(t.Context(), agent.Email, password, "192.0.2.1"); !errors.Is(err, desk.ErrBadCredentials) {
			t.Errorf("a deactivated agent signs in: %v", err)
		}
		if _, err := w.Resume(t.Context(), agent.ID, account.Stamp(agent)); !errors.Is(err, desk.ErrUnauthenticated) {
			t.Errorf("a deactivated agent goes on: %v", err)
		}
		if err := w.Reactivate(t.Context(), account.Operator(), agent.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.SignIn(t.Context(), agent.Email, password, "192.0.2.1"); err != nil {
			t.Errorf("active again: %v", err)
		}
	})
}

func TestSignIn_WrongPasswordsWait(t *testing.T) {
	t.Parallel()
	w := newWorld(newMemory())
	agent := w.withPassword(t, "ana@example.net", desk.RoleAgent)
	refused := 0
	for range 8 {
		if _, err := w.SignIn(t.Context(), agent.Email, "wrong wrong wrong", "192.0.2.1"); errors.Is(err, desk.ErrTooMany) {
			refused++
		}
	}
	if refused != 3 {
		t.Errorf("%d of 8 attempts refused, want 3", refused)
	}
	if _, err := w.SignIn(t.Context(), agent.Email, password, "192.0.2.1"); !errors.Is(err, desk.ErrTooMany) {
		t.Errorf("the right password while waiting: %v", err)
	}
	if _, err := w.SignIn(t.Context(), agent.Email, password, "198.51.100.1"); err != nil {
		t.Errorf("the owner from elsewhere: %v", err)
	}
	w.forward(time.Second)
	if _, err := w.SignIn(t.Context(), agent.Email, password, "192.0.2.1"); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

func TestSignIn_DatabaseAwayIsNobodysFault(t *testing.T) {
	t.Parallel()
	store := newMemory()
	w := newWorld(store)
	agent := w.withPassword(t, "ana@example.net", desk.RoleAgent)
	store.breakDown(desk.ErrUnavailable)
	for range 10 {
		if _, err := w.SignIn(t.Context(), agent.Email, password, "192.0.2.1"); !errors.Is(err, desk.ErrUnavailable) {
			t.Fatalf("while the database is away: %v", err)
		}
	}
	store.breakDown(nil)
	if _, err := w.SignIn(t.Context(), agent.Email, password, "192.0.2.1"); err != nil {
		t.Errorf("when it is back: %v", err)
	}
}

// While a password is being checked nothing is locked, so the account may change.
func TestSignIn_AccountChangesMeanwhile(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(ctx context.Context, w *world, agent desk.Agent) error
	}{
		{"deactivated", func(ctx context.Context, w *world, agent desk.Agent) error {
			return w.Deactivate(ctx, account.Operator(), agent.ID)
		}},
		{"another password", func(ctx context.Context, w *world, agent desk.Agent) error {
			return w.SetPassword(ctx, account.Operator(), agent.ID, "", "un zorro lento bajo el sauce")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			store := newMemory()
			w := newWorld(store)
			agent := w.withPassword(t, "ana@example.net", desk.RoleAgent)
			store.before(func() {
				if err := c.change(t.Context(), w, agent); err != nil {
					t.Error(err)
				}
			})
			if _, err := w.SignIn(t.Context(), agent.Email, password, "192.0.2.1"); !errors.Is(err, desk.ErrBadCredentials) {
				t.Errorf("signed in on what was true a moment ago: %v", err)
			}
		})
	}
}

func TestSetPassword_AccountChangesMeanwhile(t *testing.T) {
	t.Parallel()
	store := newMemory()
	w := newWorld(store)
	agent := w.withPassword(t, "ana@example.net", desk.RoleAgent)
	store.before(func() {
		if _, err := w.NewLink(t.Context(), account.Operator(), agent.ID); err != nil {
			t.Error(err)
		}
	})
	err := w.SetPassword(t.Context(), agent, agent.ID, password, "un zorro lento bajo el sauce")
	if !errors.Is(err, desk.ErrStale) || w.again(t, agent).PasswordHash != "" {
		t.Errorf("an admin took the password away, and the old session set another: %v", err)
	}
}

func TestSetPassword(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		agent := w.withPassword(t, "ana@example.net", desk.RoleAgent)
		const next = "un zorro lento bajo el sauce"
		if err := w.SetPassword(t.Context(), agent, agent.ID, "wrong", next); !errors.Is(err, desk.ErrBadCredentials) {
			t.Errorf("without the current one: %v", err)
		}
		if err := w.SetPassword(t.Context(), agent, agent.ID, password, "short"); !errors.Is(err, account.ErrPasswordShort) {
			t.Errorf("a short one: %v", err)
		}
		if err := w.SetPassword(t.Context(), agent, agent.ID, password, next); err != nil {
			t.Fatal(err)
		}
		if _, err := w.SignIn(t.Context(), agent.Email, password, "192.0.2.1"); !errors.Is(err, desk.ErrBadCredentials) {
			t.Errorf("the old one still opens: %v", err)
		}
		if _, err := w.SignIn(t.Context(), agent.Email, next, "192.0.2.1"); err != nil {
			t.Errorf("the new one: %v", err)
		}
		if err := w.SetPassword(t.Context(), account.Operator(), agent.ID, "", password); err != nil {
			t.Errorf("by the command line: %v", err)
		}
	})
}

func TestSetPassword_GuessesOfTheCurrentOneWait(t *testing.T) {
	t.Parallel()
	w := newWorld(newMemory())
	agent := w.withPassword(t, "ana@example.net", desk.RoleAgent)
	var err error
	for range 6 {
		err = w.SetPassword(t.Context(), agent, agent.ID, "wrong", "un zorro lento bajo el sauce")
	}
	if !errors.Is(err, desk.ErrTooMany) {
		t.Errorf("the sixth guess in an open session: %v", err)
	}
}

func TestSetPassword_AtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		agent := w.add(t, "ana@example.net", desk.RoleAgent)
		won, failures := race(t.Context(), 4, func(ctx context.Context, _ int) error {
			return w.SetPassword(ctx, agent, agent.ID, "", password)
		})
		if won < 1 {
			t.Fatalf("nobody set the first password: %v", failures)
		}
		for _, err := range failures {
			if !errors.Is(err, desk.ErrStale) && !errors.Is(err, desk.ErrBadCredentials) {
				t.Errorf("failed with %v", err)
			}
		}
	})
}

func TestResume(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		agent := w.withPassword(t, "ana@example.net", desk.RoleAgent)
		began := *agent.LastSeenAt
		stamp := account.Stamp(agent)
		for _, c := range []struct {
			after time.Duration
			want  time.Time
		}{
			{time.Minute, began},
			{5 * time.Minute, began.Add(6 * time.Minute)},
			{time.Minute, began.Add(6 * time.Minute)},
		} {
			w.forward(c.after)
			if got, err := w.Resume(t.Context(), agent.ID, stamp); err != nil || got.ID != agent.ID {
				t.Fatalf("resume: %v, %v", got.ID, err)
			}
			if seen := w.again(t, agent).LastSeenAt; !seen.Equal(c.want) {
				t.Errorf("last seen %s, want %s", seen, c.want)
			}
		}
		if _, err := w.NewLink(t.Context(), account.Operator(), agent.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Resume(t.Context(), agent.ID, stamp); !errors.Is(err, desk.ErrUnauthenticated) {
			t.Errorf("a session outlives its password: %v", err)
		}
		if _, err := w.Resume(t.Context(), desk.NewID(), stamp); !errors.Is(err, desk.ErrUnauthenticated) {
			t.Errorf("a session of nobody: %v", err)
		}
	})
}

func TestLogHoldsNobodysData(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	store := newMemory()
	w := &world{store: store, at: time.Now()}
	w.Accounts = account.New(account.Deps{
		Store: store, Now: w.now, Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	agent := w.withPassword(t, "ana@example.net", desk.RoleAgent)
	for range 7 {
		_, _ = w.SignIn(t.Context(), agent.Email, "wrong wrong wrong", "192.0.2.1")
	}
	if !strings.Contains(log.String(), agent.ID.String()) || !strings.Contains(log.String(), "sign-in refused") {
		t.Errorf("refusals leave no trace:\n%s", log.String())
	}
	for _, secret := range []string{"ana@", "192.0.2.1", password, "wrong wrong", agent.PasswordHash, agent.Name} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("%q is in the log", secret)
		}
	}
}
