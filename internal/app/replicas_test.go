package app_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"antena/internal/app"
	"antena/internal/app/apptest"
	"antena/internal/desk"
	"antena/internal/pgtmp"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

// Two processes share one PostgreSQL: what is posted to one is seen live in the
// console of the other, and every message is answered once.
func TestReplicas_ShareTheWork(t *testing.T) {
	t.Parallel()
	o := prepared(t, storetest.Postgres)
	one, two := apptest.Serve(t, o), apptest.Serve(t, o)
	events := signedIn(t, o, two).Events(t)

	const customers = 40
	for n := range customers {
		o.Graph.Customer(apptest.Phone(3000 + n))
	}
	lone := apptest.Phone(3000)
	if status := one.Deliver(t.Context(), apptest.Text(t, lone, "wamid.LONE", question)); status != http.StatusOK {
		t.Fatalf("answered %d", status)
	}
	conv := heard(t, events)
	var both sync.WaitGroup
	for n := 1; n < customers; n++ { // to both at once, as a balancer that repeats would
		body := apptest.Text(t, apptest.Phone(3000+n), "wamid."+apptest.Phone(3000+n), question)
		for _, p := range []*apptest.Process{one, two} {
			both.Go(func() {
				if status := p.Deliver(t.Context(), body); status != http.StatusOK {
					t.Errorf("answered %d", status)
				}
			})
		}
	}
	both.Wait()
	apptest.Eventually(t, "everybody is answered", func() bool { return len(o.Graph.Answers()) == customers })
	one.AwaitIdle(t)
	one.Terminate(t)
	two.Terminate(t)
	for phone, n := range o.Graph.Answers() {
		if n != 1 {
			t.Errorf("%s got %d answers", phone, n)
		}
	}
	s := storetest.OpenWith(t, *o.Database)
	if want, _ := thread(t, s, lone); conv != want.ID.String() {
		t.Errorf("the console heard of conversation %s, want %s", conv, want.ID)
	}
}

// heard waits for news of a conversation and returns its id.
func heard(t *testing.T, events <-chan string) string {
	t.Helper()
	deadline := time.After(apptest.Patience)
	for {
		select {
		case data := <-events:
			var change struct{ Topic, ID string }
			if err := json.Unmarshal([]byte(data), &change); err != nil {
				t.Fatalf("the event %q: %v", data, err)
			}
			if change.Topic == string(desk.TopicConversation) && change.ID != "" {
				return change.ID
			}
		case <-deadline:
			t.Fatal("nothing was heard of the message in the other process")
		}
	}
}

// signedIn is an agent at the console of a process.
func signedIn(t *testing.T, o apptest.Options, p *apptest.Process) *apptest.Browser {
	t.Helper()
	s, err := store.Open(t.Context(), *o.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	return apptest.SignIn(t, p.URL, apptest.Invite(t, app.NewAccounts(s, slog.New(slog.DiscardHandler)), "Ana", desk.RoleAgent))
}

// PostgreSQL is restarted under load. While it is away webhooks are refused, so
// that the provider repeats them; what was acknowledged before, meanwhile and
// after is answered once.
func TestPostgres_RestartedUnderLoad(t *testing.T) {
	t.Parallel()
	server := pgtmp.New(t)
	database := store.Options{URL: storetest.HalfHour(server.Database(t))}
	d := apptest.New(t, apptest.Options{Database: &database})
	load := startLoad(t, d)
	apptest.Eventually(t, "answers flow", func() bool { return len(d.Graph.Answers()) >= 20 })
	server.Stop(t)
	apptest.Eventually(t, "webhooks are refused", func() bool { return load.refused() >= 5 })
	if n := load.others(); len(n) > 0 {
		t.Errorf("while PostgreSQL was away some were answered %v", n)
	}
	server.Start(t)
	taken := load.count()
	apptest.Eventually(t, "webhooks are taken again", func() bool { return load.count() >= taken+20 })
	acknowledged := load.end()
	d.AwaitReady(t)
	apptest.Within(t, apptest.Patience+rescueMax, "everything acknowledged is answered", func() bool {
		answers := d.Graph.Answers()
		return !slices.ContainsFunc(acknowledged, func(phone string) bool { return answers[phone] == 0 })
	})
	d.AwaitIdle(t)
	answers := d.Graph.Answers()
	for _, phone := range acknowledged {
		if answers[phone] != 1 {
			t.Errorf("%s got %d answers; its message was acknowledged", phone, answers[phone])
		}
		if got := statuses(t, d.Store, phone); len(got) != 1 {
			t.Errorf("%s has %d messages of the desk: %v", phone, len(got), got)
		}
	}
	t.Logf("%d webhooks acknowledged, %d refused while PostgreSQL was away", len(acknowledged), load.refused())
}

// load posts webhooks of ever new customers, each once.
type load struct {
	mu    sync.Mutex
	taken []string
	codes map[int]int
	quit  context.CancelFunc
	done  sync.WaitGroup
}

func startLoad(t *testing.T, d *apptest.Desk) *load {
	ctx, quit := context.WithCancel(t.Context())
	l := &load{codes: map[int]int{}, quit: quit}
	for lane := range 4 {
		l.done.Go(func() {
			pace := time.NewTicker(40 * time.Millisecond)
			defer pace.Stop()
			for n := 0; ctx.Err() == nil; n++ {
				phone := apptest.Phone(10_000*(lane+1) + n)
				d.Graph.Customer(phone)
				l.note(phone, d.Deliver(context.WithoutCancel(ctx), apptest.Text(t, phone, "wamid."+phone, question)))
				select {
				case <-pace.C:
				case <-ctx.Done():
				}
			}
		})
	}
	t.Cleanup(func() { quit(); l.done.Wait() })
	return l
}

func (l *load) note(phone string, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.codes[status]++
	if status == http.StatusOK {
		l.taken = append(l.taken, phone)
	}
}

func (l *load) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.taken)
}

func (l *load) refused() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.codes[http.StatusServiceUnavailable]
}

// others are the answers that are neither taken nor "come again".
func (l *load) others() map[int]int {
	l.mu.Lock()
	defer l.mu.Unlock()
	found := map[int]int{}
	for status, n := range l.codes {
		if status != http.StatusOK && status != http.StatusServiceUnavailable {
			found[status] = n
		}
	}
	return found
}

func (l *load) end() []string {
	l.quit()
	l.done.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.taken)
}

// Signing in needs the link of the person it was made for, and once.
func TestConsole_LinksOpenOnce(t *testing.T) {
	t.Parallel()
	d := apptest.New(t, apptest.Options{})
	who := apptest.Invite(t, d.Accounts, "Ana", desk.RoleAgent)
	ana := apptest.SignIn(t, d.URL, who)
	if status, page := ana.Do(t, "/", nil); status != http.StatusOK || !strings.Contains(page, "Ana") {
		t.Errorf("the inbox of who signed in answered %d", status)
	}
	if status := apptest.TrySignIn(t, d.URL, who.Token); status == http.StatusSeeOther {
		t.Error("a link opened twice")
	}
}
