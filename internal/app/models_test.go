package app_test

import (
	"strings"
	"testing"
	"time"

	"antena/internal/app/apptest"
	"antena/internal/config"
	"antena/internal/desk"
	"antena/internal/llm/llmtest"
)

// fitted is an honest answer to the question, made of the article.
const fitted = `{"covers": true, "citations": ["article:change-wifi-password/en"], "text": "You can change the Wi-Fi password yourself. Devices that were connected have to connect again with the new password."}`

func models(t *testing.T, share config.Share) (*llmtest.Server, config.OpenAI) {
	t.Helper()
	server, err := llmtest.Start("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	server.Answer("rewrite", fitted)
	return server, config.OpenAI{BaseURL: server.URL(), ChatModel: "talker", Share: share, Deadline: 10 * time.Second, Concurrency: 8}
}

// A model that is set fits answers to their questions; it is told nothing that names
// a person, and the record tells what it had to do with it.
func TestModels_AnAnswerIsFitted(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, dialect string) {
		server, settings := models(t, config.ShareRedacted)
		d := apptest.New(t, apptest.Options{Dialect: dialect, Models: settings})
		phone := apptest.Phone(3)
		customer := d.Graph.Customer(phone)
		customer.Text("my mail is ana.perez@correo.example and my cpf is 529.982.247-25")
		apptest.Eventually(t, "the data is answered", func() bool { return d.Graph.Answers()[phone] > 0 })
		customer.Text(question)
		apptest.Eventually(t, "the question is answered", func() bool { return d.Graph.Answers()[phone] > 1 })
		conv, messages := thread(t, d.Store, phone)
		turns, err := d.Store.Turns(t.Context(), conv.ID, 1)
		if err != nil || len(turns) != 1 {
			t.Fatalf("%d turns, %v", len(turns), err)
		}
		all := written(messages, desk.Outbound)
		said := all[len(all)-1]
		wording := turns[0].Decision.Wording
		if wording == nil || wording.Text == "" || !strings.HasPrefix(said, wording.Text) {
			t.Errorf("said %q; the record has %+v", said, wording)
		}
		requests := server.Requests()
		if len(requests) == 0 {
			t.Fatal("the model was not asked")
		}
		for _, r := range requests {
			for _, secret := range []string{"ana.perez", "529.982.247-25", "52998224725", phone} {
				if strings.Contains(r.System+r.User, secret) {
					t.Errorf("%s reached the model", secret)
				}
			}
		}
	})
}

// Where nothing may be shown, nothing leaves.
func TestModels_ShareNothing(t *testing.T) {
	t.Parallel()
	server, settings := models(t, config.ShareNothing)
	d := apptest.New(t, apptest.Options{Models: settings})
	customer := d.Graph.Customer(apptest.Phone(4))
	customer.Text(question)
	apptest.Eventually(t, "the question is answered", func() bool { return d.Graph.Answers()[customer.ID()] > 0 })
	d.AwaitIdle(t)
	if n := len(server.Requests()); n != 0 {
		t.Errorf("the model was asked %d times", n)
	}
}
