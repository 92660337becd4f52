package app_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/uuid"

	"antena/internal/app/apptest"
	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/web/hook"
	"antena/internal/whatsapp"
)

// question is answered with one message, an article.
const question = "how do i change my wifi password?"

// thread returns a customer's conversation and everything in it.
func thread(t *testing.T, s *store.Store, phone string) (desk.Conversation, []desk.Message) {
	t.Helper()
	cards, err := s.SearchContacts(t.Context(), nil, []string{phone}, 2)
	if err != nil {
		t.Fatal(err)
	}
	if len(cards) > 1 {
		t.Fatalf("%s has %d conversations", phone, len(cards))
	}
	for _, card := range cards {
		conv := card.Conversation
		var all []desk.Message
		for before, earlier := uuid.Nil, true; earlier; before = all[0].ID {
			messages, err := s.Messages(t.Context(), conv.ID, before, 50)
			if err != nil {
				t.Fatal(err)
			}
			all, earlier = append(messages.Messages, all...), messages.Earlier
			if len(all) == 0 {
				break
			}
		}
		return conv, all
	}
	return desk.Conversation{}, nil
}

// written are the words of a thread in one direction.
func written(messages []desk.Message, direction desk.Direction) []string {
	var all []string
	for _, m := range messages {
		if m.Direction == direction {
			all = append(all, m.Text)
		}
	}
	return all
}

// Meta repeats what it is not sure of, also at once: twelve copies are one message.
func TestWebhook_CopiesAreAnsweredOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, dialect string) {
		d := apptest.New(t, apptest.Options{Dialect: dialect})
		phone := apptest.Phone(1)
		d.Graph.Customer(phone)
		body := apptest.Text(t, phone, "wamid.COPIES", question)
		var copies sync.WaitGroup
		for range 12 {
			copies.Go(func() {
				if status := d.Deliver(t.Context(), body); status != http.StatusOK {
					t.Errorf("a copy was answered %d", status)
				}
			})
		}
		copies.Wait()
		apptest.Eventually(t, "the message is answered", func() bool { return d.Graph.Answers()[phone] > 0 })
		if status := d.Deliver(t.Context(), body); status != http.StatusOK {
			t.Errorf("a late copy was answered %d", status)
		}
		d.AwaitIdle(t)
		if n := d.Graph.Answers()[phone]; n != 1 {
			t.Errorf("twelve copies got %d answers", n)
		}
		if _, messages := thread(t, d.Store, phone); len(written(messages, desk.Inbound)) != 1 {
			t.Errorf("twelve copies are %d messages", len(written(messages, desk.Inbound)))
		}
	})
}

// What comes in one breath is answered in one.
func TestWebhook_ABurstIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, dialect string) {
		d := apptest.New(t, apptest.Options{Dialect: dialect, Quiet: 1500e6})
		customer := d.Graph.Customer(apptest.Phone(2))
		for _, words := range []string{"hello", "my wifi", question} {
			customer.Text(words)
		}
		apptest.Eventually(t, "the burst is answered", func() bool { return d.Graph.Answers()[customer.ID()] > 0 })
		d.AwaitIdle(t)
		if n := d.Graph.Answers()[customer.ID()]; n != 1 {
			t.Errorf("three quick messages got %d answers", n)
		}
		if _, messages := thread(t, d.Store, customer.ID()); len(written(messages, desk.Inbound)) != 3 {
			t.Errorf("stored of three messages: %d", len(written(messages, desk.Inbound)))
		}
	})
}

// What was not signed by Meta leaves no trace.
func TestWebhook_RefusesWhatIsNotMetas(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, dialect string) {
		d := apptest.New(t, apptest.Options{Dialect: dialect})
		phone := apptest.Phone(3)
		body := apptest.Text(t, phone, "wamid.FORGED", question)
		good := whatsapp.Sign(apptest.Secret, body)
		other := append(bytes.Clone(body), ' ')
		for name, forged := range map[string]struct {
			body      []byte
			signature string
		}{
			"no signature":        {body, ""},
			"another secret":      {body, whatsapp.Sign("another", body)},
			"truncated signature": {body, good[:len(good)-2]},
			"half a signature":    {body, good[:20]},
			"only the prefix":     {body, "sha256="},
			"of another body":     {other, good},
			"sha1":                {body, strings.Replace(good, "sha256=", "sha1=", 1)},
			"not hexadecimal":     {body, "sha256=" + strings.Repeat("z", 64)},
			"truncated body":      {body[:len(body)/2], good},
		} {
			if status := d.Post(t.Context(), forged.body, forged.signature); status != http.StatusUnauthorized && status != http.StatusForbidden {
				t.Errorf("%s: answered %d", name, status)
			}
		}
		huge := apptest.Text(t, phone, "wamid.HUGE", strings.Repeat("x", 8<<20))
		if status := d.Deliver(t.Context(), huge); status != http.StatusRequestEntityTooLarge {
			t.Errorf("8 MiB: answered %d", status)
		}
		for name, body := range map[string]string{"no JSON": "hello", "a list": "[]", "a string": `"x"`} {
			if status := d.Deliver(t.Context(), []byte(body)); status != http.StatusUnprocessableEntity {
				t.Errorf("%s, well signed: answered %d", name, status)
			}
		}
		d.AwaitIdle(t)
		if conv, _ := thread(t, d.Store, phone); conv.ID != uuid.Nil {
			t.Error("a forged message made a conversation")
		}
		if n := d.Metrics(t)["antena_events_total"]; n != 0 {
			t.Errorf("%v events were taken", n)
		}
		if n := d.Graph.Counters().Accepted; n != 0 {
			t.Errorf("%d messages were sent", n)
		}
	})
}

func TestWebhook_Verification(t *testing.T) {
	t.Parallel()
	d := apptest.New(t, apptest.Options{})
	if err := d.Graph.VerifyWebhook(t.Context()); err != nil {
		t.Errorf("the right token: %v", err)
	}
	for name, query := range map[string]string{
		"wrong token": "hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1158201444",
		"no token":    "hub.mode=subscribe&hub.challenge=1158201444",
		"wrong mode":  "hub.mode=unsubscribe&hub.verify_token=test-verify-token&hub.challenge=1158201444",
		"nothing":     "",
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, d.URL+hook.Path+"?"+query, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusForbidden {
			t.Errorf("%s: answered %d", name, res.StatusCode)
		}
	}
}

// Forty customers write ten messages each, back to back: all are there, in the
// order they were written.
func TestWebhook_KeepsEverybodysOrder(t *testing.T) {
	t.Parallel()
	const customers, lines = 40, 10
	each(t, func(t *testing.T, dialect string) {
		o := prepared(t, dialect)
		p := apptest.Serve(t, o)
		var all sync.WaitGroup
		for n := range customers {
			customer := o.Graph.Customer(apptest.Phone(100 + n))
			all.Go(func() {
				for line := range lines {
					customer.Text(fmt.Sprintf("line %d of customer %d", line, n))
				}
			})
		}
		all.Wait()
		if err := o.Graph.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.AwaitIdle(t)
		p.Terminate(t)
		s := storetest.OpenWith(t, *o.Database)
		for n := range customers {
			_, messages := thread(t, s, apptest.Phone(100+n))
			got := written(messages, desk.Inbound)
			if len(got) != lines {
				t.Errorf("customer %d: %d of %d messages are there", n, len(got), lines)
				continue
			}
			for line, words := range got {
				if want := fmt.Sprintf("line %d of customer %d", line, n); words != want {
					t.Errorf("customer %d, place %d: %q, want %q", n, line, words, want)
				}
			}
			if len(written(messages, desk.Outbound)) == 0 {
				t.Errorf("customer %d got no answer", n)
			}
		}
	})
}

// Words no database likes are stored and answered all the same.
func TestWebhook_TakesAnyText(t *testing.T) {
	t.Parallel()
	texts := map[string]struct{ quoted, want string }{
		"NUL":             {`"how do i change\u0000 my wifi password?"`, "how do i change my wifi password?"},
		"lone high half":  {`"how do i change my wifi password? \ud83d"`, "how do i change my wifi password? \ufffd"},
		"lone low half":   {`"how do i change my wifi password? \ude00 ok"`, "how do i change my wifi password? \ufffd ok"},
		"halves reversed": {`"how do i change my wifi password? \ude00\ud83d"`, "how do i change my wifi password? \ufffd\ufffd"},
		"a pair":          {`"how do i change my wifi password? \ud83d\ude00"`, "how do i change my wifi password? 😀"},
		"4096 emoji":      {`"` + strings.Repeat(`\ud83d\ude00`, 4096) + `"`, strings.Repeat("😀", 4096)},
		"only NUL":        {`"\u0000"`, ""},
		"right to left":   {`"\u202ehow do i change my wifi password?"`, "\u202ehow do i change my wifi password?"},
		"markup":          {`"<script>alert(1)</script> wifi password {{.}} '; drop table messages; --"`, "<script>alert(1)</script> wifi password {{.}} '; drop table messages; --"},
	}
	each(t, func(t *testing.T, dialect string) {
		d := apptest.New(t, apptest.Options{Dialect: dialect})
		phones, n := map[string]string{}, 500
		for name, text := range texts {
			n++
			phones[name] = apptest.Phone(n)
			d.Graph.Customer(phones[name])
			if status := d.Deliver(t.Context(), apptest.RawText(phones[name], "wamid."+phones[name], text.quoted)); status != http.StatusOK {
				t.Errorf("%s: answered %d", name, status)
			}
		}
		d.AwaitIdle(t)
		for name, text := range texts {
			if strings.TrimSpace(text.want) != "" { // who says nothing is owed nothing
				apptest.Eventually(t, name+" is answered", func() bool { return d.Graph.Answers()[phones[name]] > 0 })
			}
			_, messages := thread(t, d.Store, phones[name])
			got := written(messages, desk.Inbound)
			if len(got) != 1 || got[0] != text.want {
				t.Errorf("%s is stored as %d messages, %.80q", name, len(got), got)
			}
			for _, answer := range written(messages, desk.Outbound) {
				if !utf8.ValidString(answer) || strings.ContainsRune(answer, 0) {
					t.Errorf("%s: the answer is no text: %q", name, answer)
				}
			}
		}
	})
}
