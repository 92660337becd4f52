package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"antena/internal/account"
	"antena/internal/agents"
	"antena/internal/courier"
	"antena/internal/desk"
	"antena/internal/hooks"
	"antena/internal/knowledge"
	"antena/internal/live"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/tokens"
	"antena/internal/web"
	"antena/internal/web/api"
)

type (
	tokenStore  struct{ *store.Store }
	hookStore   struct{ *store.Store }
	feedStore   struct{ *store.Store }
	answerStore struct{ *store.Store }
	deskStore   struct{ *store.Store }
	editStore   struct{ *store.Store }
)

func (s tokenStore) InTx(ctx context.Context, fn func(tokens.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s hookStore) InTx(ctx context.Context, fn func(hooks.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s feedStore) InTx(ctx context.Context, fn func(hooks.FeedTx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s answerStore) InTx(ctx context.Context, fn func(api.AnswerTx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s deskStore) InTx(ctx context.Context, fn func(agents.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

func (s editStore) InTx(ctx context.Context, fn func(knowledge.EditTx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

// world is a desk that other programs reach over real HTTP.
type world struct {
	store  *store.Store
	tokens *tokens.Tokens
	hooks  *hooks.Hooks
	relay  *hooks.Relay
	url    string
	log    *bytes.Buffer

	document map[string]any
	schemas  *jsonschema.Compiler

	ana     desk.Agent
	contact desk.Contact
	thread  desk.Conversation
}

func each(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			test(t, newWorld(t, dialect))
		})
	}
}

func newWorld(t *testing.T, dialect string) *world {
	t.Helper()
	s := storetest.Open(t, dialect, nil)
	w := &world{store: s, log: &bytes.Buffer{}}
	people := agents.New(agents.Deps{Store: deskStore{s}, Held: func(context.Context, uuid.UUID) ([]uuid.UUID, error) { return nil, nil }})
	w.tokens = tokens.New(tokens.Deps{Store: tokenStore{s}})
	post := courier.New(true)
	t.Cleanup(post.Close)
	w.hooks = hooks.New(hooks.Deps{Store: hookStore{s}, Address: post.Address})
	a, err := api.New(api.Deps{
		Desk: people, Tickets: people, Editor: &knowledge.Editor{Store: editStore{s}, Library: &knowledge.Library{}, Now: desk.Clock(nil)}, Webhooks: w.hooks,
		Tokens: w.tokens, Reader: s, Answers: answerStore{s}, Words: func(language, code, _ string) string { return language + " " + code },
		Log: slog.New(slog.NewTextHandler(w.log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	w.relay = hooks.NewRelay(hooks.RelayDeps{Feed: feedStore{s}, Post: post.Post, Represent: a.Represent, Subscribe: (&live.Hub{}).Subscribe})
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.Use(web.RequestID())
	a.Register(r)
	r.NoRoute(a.NotFound)
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	w.url = server.URL + api.Prefix
	w.fill(t)
	w.read(t)
	return w
}

func (w *world) fill(t *testing.T) {
	t.Helper()
	now := desk.Instant(time.Now())
	w.ana = desk.Agent{ID: desk.NewID(), Name: "Ana", Email: "ana@isp.example", Role: desk.RoleAgent, Language: "es", Active: true, CreatedAt: now, UpdatedAt: now}
	w.do(t, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddAgent(ctx, &w.ana); err != nil {
			return err
		}
		contact, err := tx.ContactFor(ctx, desk.Identity{Phone: "555187654321", BSUID: "BR.1", Name: "Bruna"}, now)
		if err != nil {
			return err
		}
		thread, err := tx.ConversationFor(ctx, contact.ID, "100", now)
		if err != nil {
			return err
		}
		m := &desk.Message{
			ID: desk.NewID(), ConversationID: thread.ID, Channel: "100", Direction: desk.Inbound, Author: desk.ByContact, Kind: desk.KindText,
			Text: "sem internet", ProviderID: "wamid.1", CreatedAt: now,
		}
		if _, err := tx.AddMessage(ctx, m); err != nil {
			return err
		}
		thread.Arrive(m, now)
		w.contact, w.thread = *contact, *thread
		return tx.SaveConversation(ctx, thread)
	})
}

func (w *world) do(t *testing.T, closure func(context.Context, *store.Tx) error) {
	t.Helper()
	if err := w.store.InTx(t.Context(), func(tx *store.Tx) error { return closure(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// read fetches the document.
func (w *world) read(t *testing.T) {
	t.Helper()
	got := w.ask(t, request{method: http.MethodGet, path: "/openapi.json"})
	if err := json.Unmarshal(got.body, &w.document); err != nil {
		t.Fatal(err)
	}
	w.schemas = jsonschema.NewCompiler()
	w.schemas.AssertFormat()
	if err := w.schemas.AddResource("file:///document.json", w.document); err != nil {
		t.Fatal(err)
	}
}

// fits checks a value against the schema at a place of the document.
func (w *world) fits(t *testing.T, place string, raw []byte) {
	t.Helper()
	schema, err := w.schemas.Compile("file:///document.json#" + place)
	if err != nil {
		t.Fatalf("%s: %v", place, err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("%s: %v in %s", place, err, raw)
	}
	if err := schema.Validate(v); err != nil {
		t.Errorf("%s: %v\n%s", place, err, raw)
	}
}

// token makes a token with scopes; none: all of them.
func (w *world) token(t *testing.T, name string, scopes ...desk.Scope) string {
	t.Helper()
	if len(scopes) == 0 {
		scopes = desk.Scopes
	}
	_, text, err := w.tokens.Create(t.Context(), account.Operator(), tokens.Wanted{Name: name, Scopes: scopes})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// request is what a program sends; path is below the prefix.
type request struct {
	method, path, token, key, match, language string
	body                                      any // marshalled unless it is a string
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

func (w *world) ask(t *testing.T, r request) answer {
	t.Helper()
	var body io.Reader
	switch b := r.body.(type) {
	case nil:
	case string:
		body = strings.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		body = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(t.Context(), r.method, w.url+r.path, body)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Idempotency-Key": r.key, "If-Match": r.match, "Accept-Language": r.language} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	if r.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, raw}
}

// field reads a field of an answer, by names with dots between.
func (a answer) field(t *testing.T, path string) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(a.body, &v); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
	for name := range strings.SplitSeq(path, ".") {
		switch at := v.(type) {
		case map[string]any:
			v = at[name]
		case []any:
			if len(at) == 0 {
				t.Fatalf("no %s in %s", path, a.body)
			}
			v = at[0]
		}
	}
	s, ok := v.(string)
	if !ok {
		t.Fatalf("no %s in %s", path, a.body)
	}
	return s
}
