package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"antena/internal/bench/fill"
	"antena/internal/pgtmp"
)

// pagesOn measures the console on one database.
func pagesOn(ctx context.Context, s settings, dir, name string) (err error) {
	database := ""
	if name == "postgres" {
		var stop func()
		if database, stop, err = pgtmp.Durable(); err != nil {
			return err
		}
		defer stop()
	}
	began := time.Now()
	filled, err := prepare(ctx, s, dir, name, database)
	if err != nil {
		return err
	}
	graph, err := newGraph(false)
	if err != nil {
		return err
	}
	defer graph.close()
	fmt.Printf("\n%s: %d conversations and %d messages after %s\n", name, s.conversations, s.messages, time.Since(began).Round(time.Second))
	v, err := start(ctx, s, dir, name, database, graph.url)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, v.stop()) }()
	consoles, err := signIn(v.url, filled.Links)
	if err != nil {
		return err
	}
	if err := indexed(ctx, s, consoles[0]); err != nil {
		return err
	}
	fmt.Printf("  indexed after %s, resident memory %s\n", time.Since(began).Round(time.Second), megabytes(v.memory()))
	if err := pages(ctx, s, v, consoles[0], filled); err != nil {
		return err
	}
	return liveUpdates(ctx, s, v, consoles, filled.Conversations)
}

// prepare makes the schema and the desk.
func prepare(ctx context.Context, s settings, dir, name, database string) (*fill.Filled, error) {
	data := filepath.Join(dir, name)
	cmd := exec.CommandContext(ctx, s.binary, "migrate")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "DATA_DIR="+data, "DATABASE_URL="+database, "LISTEN_ADDR=127.0.0.1:0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("antena migrate: %w\n%s", err, out)
	}
	size := fill.Size{Conversations: s.conversations, Messages: s.messages, Agents: s.consoles, Seed: s.seed}
	if database == "" {
		out, err := fill.OpenLite(filepath.Join(data, "antena.db"))
		if err != nil {
			return nil, err
		}
		filled, err := fill.Fill(ctx, out, size)
		return filled, errors.Join(err, out.Close())
	}
	out, err := fill.OpenPostgres(ctx, database)
	if err != nil {
		return nil, err
	}
	filled, err := fill.Fill(ctx, out, size)
	return filled, errors.Join(err, out.Close())
}

// browser is one signed-in console.
type browser struct {
	client *http.Client
	base   string
}

func signIn(base string, links []string) ([]*browser, error) {
	var all []*browser
	for _, token := range links {
		jar, err := cookiejar.New(nil)
		if err != nil {
			return nil, err
		}
		b := &browser{client: &http.Client{Jar: jar, Timeout: 5 * time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 4}}, base: base}
		res, err := b.client.PostForm(base+"/signin/link", url.Values{"token": {token}})
		if err != nil {
			return nil, err
		}
		_, _ = io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
		if _, err := b.get("/?view=all", ""); err != nil {
			return nil, fmt.Errorf("signing in: %w", err)
		}
		all = append(all, b)
	}
	return all, nil
}

// get reads a page, or some regions of it.
func (b *browser) get(path, regions string) (string, error) {
	req, err := http.NewRequest(http.MethodGet, b.base+path, nil)
	if err != nil {
		return "", err
	}
	if regions != "" {
		req.Header.Set("X-Partial", regions)
	}
	res, err := b.client.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK || strings.HasPrefix(res.Request.URL.Path, "/signin") {
		err = fmt.Errorf("%s answered %d at %s", path, res.StatusCode, res.Request.URL.Path)
	}
	return string(body), err
}

// indexed waits until the search knows every message.
func indexed(ctx context.Context, s settings, b *browser) error {
	for deadline := time.Now().Add(s.index); ; {
		page, err := b.get("/?q=internet", "list")
		if err != nil {
			return err
		}
		if !strings.Contains(page, "found-note") {
			return nil
		}
		if time.Now().After(deadline) {
			fmt.Println("  the search has not caught up: its figures are of a part")
			return nil
		}
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

var nextLink = regexp.MustCompile(`href="([^"]+)" data-nav rel="next"`)

// pages reads each sort of page again and again, signed in as an admin.
func pages(ctx context.Context, s settings, v *server, b *browser, filled *fill.Filled) error {
	lists := []string{
		"/?view=mine", "/?view=queue", "/?view=queue&team=billing", "/?view=risk", "/?view=waiting", "/?view=assistant", "/?view=all", "/?view=snoozed", "/?view=closed",
		"/?view=all&sort=waiting", "/?view=all&sort=priority", "/?view=assistant&sort=due", "/?view=closed&language=en&intent=plan_change&priority=urgent", "/?view=all&unread=1&team=sales",
	}
	searches := []string{
		"/?view=all&q=internet", "/?view=all&q=no+de", "/?view=all&q=maria+perez", "/?view=all&q=fib", "/?view=all&q=conexao", "/?view=all&q=repetidor+tormenta+juegos", "/?view=all&q=1234567",
		"/?view=all&q=54110000", "/?view=all&q=20261", "/?view=all&q=de", "/?view=all&q=zzzz",
	}
	deep, err := walk(b, "/?view=closed", s.deep)
	if err != nil {
		return err
	}
	fmt.Printf("  %-64s %s\n", "page", "as the browser sees it on this machine")
	for _, group := range []struct {
		name  string
		paths []string
	}{{"list", lists}, {"deep", deep}, {"search", searches}} {
		for _, path := range group.paths {
			if err := measure(ctx, s, b, group.name+" "+path, func(int) string { return path }); err != nil {
				return err
			}
		}
	}
	began := v.cpu()
	err = measure(ctx, s, b, "thread of any conversation", func(n int) string {
		return "/conversations/" + filled.Conversations[n*7919%len(filled.Conversations)].String() + "?view=all"
	})
	fmt.Printf("  a thread page takes %.1f ms of the server's CPU time\n", float64((v.cpu()-began).Microseconds())/1000/float64(s.repeat))
	return err
}

// walk follows "next" so many times and returns some of the pages it passed.
func walk(b *browser, path string, most int) (some []string, err error) {
	for n := range most {
		page, err := b.get(path, "list")
		if err != nil {
			return nil, err
		}
		found := nextLink.FindStringSubmatch(page)
		if found == nil {
			break
		}
		path = strings.ReplaceAll(found[1], "&amp;", "&")
		if n == most-1 {
			some = append(some, path)
		}
	}
	return some, nil
}

func measure(ctx context.Context, s settings, b *browser, name string, path func(int) string) error {
	took := &times{}
	for n := range s.repeat + 1 {
		if err := ctx.Err(); err != nil {
			return err
		}
		at := time.Now()
		if _, err := b.get(path(n), ""); err != nil {
			return err
		}
		if n > 0 { // the first prepares statements
			took.add(time.Since(at))
		}
	}
	if len(name) > 64 {
		name = name[:63] + "…"
	}
	fmt.Printf("  %-64s %s\n", name, took)
	return nil
}

// liveUpdates opens all consoles on the same list and changes conversations: how long
// until every console has heard, and until it has the new list.
func liveUpdates(ctx context.Context, s settings, v *server, consoles []*browser, conversations []uuid.UUID) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	heard, shown := &times{}, &times{}
	var sent sync.Map // conversation → when it was asked for
	var ready, refreshed atomic.Int64
	var group sync.WaitGroup
	for _, b := range consoles {
		group.Go(func() { b.listen(ctx, &ready, &sent, heard, shown, &refreshed) })
	}
	for ready.Load() < int64(len(consoles)) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		time.Sleep(10 * time.Millisecond)
	}
	cpu := v.cpu()
	for n := range s.rounds {
		id := conversations[n*104729%len(conversations)].String()
		sent.Store(id, time.Now())
		form := url.Values{"mode": {"note"}, "text": {fmt.Sprint("ronda ", n)}, "id": {uuid.NewString()}}
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, consoles[0].base+"/conversations/"+id+"/say", strings.NewReader(form.Encode()))
		if err != nil {
			return err
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("X-Partial", "act")
		res, err := consoles[0].client.Do(req)
		if err != nil {
			return err
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusNoContent {
			return fmt.Errorf("a note was answered with %d", res.StatusCode)
		}
		for deadline := time.Now().Add(10 * time.Second); refreshed.Load() < int64((n+1)*len(consoles)) && time.Now().Before(deadline); {
			time.Sleep(5 * time.Millisecond)
		}
		time.Sleep(200 * time.Millisecond)
	}
	used := v.cpu() - cpu
	stop()
	group.Wait()
	want := s.rounds * len(consoles)
	fmt.Printf("  %d changes to %d consoles, from asking for the change: heard %s\n", s.rounds, len(consoles), heard)
	fmt.Printf("  and the new list and counts                           shown %s   (%d of %d; %.0f ms of the server's CPU time a change)\n", shown, shown.count(), want, float64(used.Microseconds())/1000/float64(s.rounds))
	return nil
}

// listen hears changes as a browser does and asks for the list and the counts again.
func (b *browser) listen(ctx context.Context, ready *atomic.Int64, sent *sync.Map, heard, shown *times, refreshed *atomic.Int64) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, b.base+"/events", nil)
	if err != nil {
		return
	}
	res, err := b.client.Do(req)
	if err != nil {
		return
	}
	defer res.Body.Close()
	ready.Add(1)
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		data, found := strings.CutPrefix(lines.Text(), "data: ")
		var change struct{ Topic, ID string }
		if !found || json.Unmarshal([]byte(data), &change) != nil || change.Topic != "conversation" {
			continue
		}
		at, ours := sent.Load(change.ID)
		if !ours {
			continue
		}
		heard.add(time.Since(at.(time.Time)))
		if _, err := b.get("/?view=all", "list,counts"); err == nil {
			shown.add(time.Since(at.(time.Time)))
		}
		refreshed.Add(1)
	}
}
