package api_test

import (
	"maps"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"antena/internal/desk"
)

// described is an operation as the document has it.
type described struct {
	id, method, path, scope, place string
	body                           bool
	status                         int
}

func (w *world) operations(t *testing.T) map[string]described {
	t.Helper()
	all := map[string]described{}
	for path, methods := range w.document["paths"].(map[string]any) {
		for method, o := range methods.(map[string]any) {
			op := o.(map[string]any)
			d := described{id: op["operationId"].(string), method: strings.ToUpper(method), path: path, body: op["requestBody"] != nil}
			d.place = "/paths/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(path) + "/" + method
			scopes := op["security"].([]any)[0].(map[string]any)["token"].([]any)
			if len(scopes) > 0 {
				d.scope = scopes[0].(string)
			}
			for status := range op["responses"].(map[string]any) {
				if n, err := strconv.Atoi(status); err == nil {
					d.status = n
				}
			}
			all[d.id] = d
		}
	}
	return all
}

// The document is OpenAPI 3.1 by the schema of its makers, and its examples fit its schemas.
func TestDocument(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "sqlite")
	raw, err := os.ReadFile("testdata/openapi-3.1.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	official, err := jsonschema.UnmarshalJSON(strings.NewReader(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("file:///openapi.json", official); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("file:///openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(w.document); err != nil {
		t.Errorf("the document is no OpenAPI 3.1: %v", err)
	}
	examples := 0
	for _, op := range w.operations(t) {
		examples += w.example(t, op.place+"/requestBody/content/application~1json", op.body)
		if op.status != http.StatusNoContent {
			examples += w.example(t, op.place+"/responses/"+strconv.Itoa(op.status)+"/content/application~1json", true)
		}
	}
	if examples < 60 {
		t.Errorf("only %d examples were checked", examples)
	}
	page := w.ask(t, request{method: http.MethodGet, path: "/docs"})
	for id := range w.operations(t) {
		if !strings.Contains(string(page.body), `id="`+id+`"`) {
			t.Errorf("the page does not mention %s", id)
		}
	}
	if strings.Contains(string(page.body), "<script") || strings.Contains(string(page.body), "style=") {
		t.Error("the page has a script or a style of its own")
	}
}

// example checks the example beside a schema.
func (w *world) example(t *testing.T, place string, there bool) int {
	t.Helper()
	if !there {
		return 0
	}
	var at any = w.document
	for name := range strings.SplitSeq(strings.TrimPrefix(place, "/"), "/") {
		at = at.(map[string]any)[strings.NewReplacer("~1", "/", "~0", "~").Replace(name)]
	}
	schema, err := w.schemas.Compile("file:///document.json#" + place + "/schema")
	if err != nil {
		t.Fatalf("%s: %v", place, err)
	}
	if err := schema.Validate(at.(map[string]any)["example"]); err != nil {
		t.Errorf("%s: the example does not fit: %v", place, err)
	}
	return 1
}

// step is one operation of the walk. In path and body, {name} is what an earlier step kept.
type step struct {
	op   string
	path map[string]string // of the names in the path, id unless it is what the group is about
	body map[string]any
	keep map[string]string // name → field of the answer
	tag  string            // name under which the answer's ETag is kept
	with string            // name of a tag to send as If-Match
	ask  string            // query
}

// steps walk every operation once, each from a state in which it works.
func steps() []step {
	thread, ticket, hook := map[string]string{"id": "thread"}, map[string]string{"id": "ticket"}, map[string]string{"id": "webhook"}
	return []step{
		{op: "getToken"},
		{op: "listAgents"}, {op: "getAgent", path: map[string]string{"id": "ana"}},
		{op: "createWebhook", body: map[string]any{"name": "CRM", "url": "{receiver}", "topics": []any{"ticket", "message"}}, keep: map[string]string{"webhook": "webhook.id"}},
		{op: "listWebhooks"}, {op: "getWebhook", path: hook}, {op: "rotateWebhookSecret", path: hook},
		{op: "listConversations", ask: "?state=open&limit=5"}, {op: "getConversation", path: thread},
		{op: "claimConversation", path: thread},
		{op: "sendReply", path: thread, body: map[string]any{"text": "já vamos ver"}, keep: map[string]string{"message": "id"}},
		{op: "addNote", path: thread, body: map[string]any{"text": "ONU sem sinal"}},
		{op: "listMessages", path: thread}, {op: "getMessage", path: map[string]string{"id": "message"}},
		{op: "createTicket", body: map[string]any{"conversation_id": "{thread}", "subject": "sem internet", "external_id": "CRM-1"}, keep: map[string]string{"ticket": "id", "protocol": "protocol"}, tag: "ticketTag"},
		{op: "listTickets", ask: "?external_id=CRM-1&sort=updated&updated_since=2020-01-01T00:00:00Z"}, {op: "getTicket", path: ticket},
		{op: "updateTicket", path: ticket, body: map[string]any{"subject": "sem internet na rua", "priority": "high"}, with: "ticketTag"},
		{op: "startTicket", path: ticket}, {op: "parkTicket", path: ticket, body: map[string]any{"for": "customer"}},
		{op: "assignTicket", path: ticket, body: map[string]any{"agent_id": "{ana}"}}, {op: "noteTicket", path: ticket, body: map[string]any{"text": "peça pedida"}},
		{op: "resolveTicket", path: ticket, body: map[string]any{"outcome": "resolvido"}}, {op: "reopenTicket", path: ticket},
		{op: "resolveTicket", path: ticket, body: map[string]any{}}, {op: "closeTicket", path: ticket}, {op: "listTicketEvents", path: ticket},
		{op: "listContacts", ask: "?phone=%2B55+51+98765-4321"}, {op: "getContact", path: map[string]string{"id": "contact"}},
		{op: "updateContact", path: map[string]string{"id": "contact"}, body: map[string]any{"external_id": "C-1"}},
		{op: "snoozeConversation", path: thread, body: map[string]any{"until": "{soon}"}},
		{op: "assignConversation", path: thread, body: map[string]any{"agent_id": "{ana}"}}, {op: "takeOverConversation", path: thread},
		{op: "enqueueConversation", path: thread, body: map[string]any{"team": "technical", "note": "visita na terça"}},
		{op: "giveBackConversation", path: thread}, {op: "resolveConversation", path: thread, body: map[string]any{"outcome": "tudo certo"}},
		{op: "createArticle", body: map[string]any{"language": "pt", "title": "Reiniciar o modem", "body": "Desligue e ligue.", "questions": []any{"como reinicio?"}}, keep: map[string]string{"article": "id"}, tag: "articleTag"},
		{op: "listArticles", ask: "?language=pt&status=draft"}, {op: "getArticle", path: map[string]string{"id": "article", "language": "pt"}},
		{op: "updateArticle", path: map[string]string{"id": "article", "language": "pt"}, with: "articleTag", tag: "articleTag", body: map[string]any{"title": "Reiniciar o modem", "body": "Desligue, espere e ligue.", "questions": []any{"como reinicio?"}}},
		{op: "publishArticle", path: map[string]string{"id": "article", "language": "pt"}, with: "articleTag", tag: "articleTag"},
		{op: "withdrawArticle", path: map[string]string{"id": "article", "language": "pt"}, with: "articleTag"},
		{op: "updateWebhook", path: hook, body: map[string]any{"name": "CRM 2", "url": "{receiver}", "topics": []any{"ticket"}, "active": true}},
		{op: "listDeliveries", path: hook, keep: map[string]string{"delivery": "data.0.id"}},
		{op: "replayDelivery", path: map[string]string{"id": "webhook", "delivery": "delivery"}},
		{op: "deleteWebhook", path: hook},
	}
}

// Every operation is called over HTTP on both databases: as it is meant, without a token,
// with another scope, about nothing, with a bad body and with one that is too large.
func TestContract(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		receiver := newReceiver(t, http.StatusOK)
		operations := w.operations(t)
		token := w.token(t, "CRM")
		known := map[string]string{
			"thread": w.thread.ID.String(), "contact": w.contact.ID.String(), "ana": w.ana.ID.String(), "pt": "pt", "receiver": receiver.URL,
			"soon": time.Now().Add(time.Hour).UTC().Format(time.RFC3339),
		}
		walked := map[string]bool{}
		for _, s := range steps() {
			op, ok := operations[s.op]
			if !ok {
				t.Fatalf("the document has no %s", s.op)
			}
			if s.op == "listDeliveries" {
				w.relay.Turn(t.Context())
			}
			path := op.path
			for name, from := range s.path {
				path = strings.Replace(path, "{"+name+"}", known[from], 1)
			}
			r := request{method: op.method, path: path + s.ask, token: token, match: known[s.with]}
			if s.body != nil {
				r.body = filled(s.body, known)
			}
			got := w.ask(t, r)
			if got.status != op.status {
				t.Fatalf("%s: got %d %s, want %d", s.op, got.status, got.body, op.status)
			}
			if got.status != http.StatusNoContent {
				w.fits(t, op.place+"/responses/"+strconv.Itoa(got.status)+"/content/application~1json/schema", got.body)
			}
			if s.tag != "" {
				known[s.tag] = got.header.Get("ETag")
			}
			for name, field := range s.keep {
				known[name] = got.field(t, field)
			}
			if walked[s.op] {
				continue
			}
			walked[s.op] = true
			w.refused(t, op, r)
		}
		for _, id := range slices.Sorted(maps.Keys(operations)) {
			if !walked[id] {
				t.Errorf("nobody walked %s", id)
			}
		}
	})
}

// refused calls an operation in every way it must refuse.
func (w *world) refused(t *testing.T, op described, good request) {
	t.Helper()
	other := desk.ScopeReadAgents
	if op.scope == string(other) {
		other = desk.ScopeReadTickets
	}
	try := func(what string, change func(*request), status int, code string) {
		t.Helper()
		r := good
		change(&r)
		got := w.ask(t, r)
		if got.status != status || got.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s, %s: got %d %s %s, want %d", op.id, what, got.status, got.header.Get("Content-Type"), got.body, status)
			return
		}
		w.fits(t, op.place+"/responses/default/content/application~1problem+json/schema", got.body)
		if c := got.field(t, "code"); c != code {
			t.Errorf("%s, %s: the code is %s, want %s", op.id, what, c, code)
		}
	}
	try("no token", func(r *request) { r.token = "" }, 401, "bad_token")
	try("another's token", func(r *request) { r.token = "antena_" + strings.Repeat("A", 43) }, 401, "bad_token")
	if op.scope != "" {
		narrow := w.token(t, "narrow", other)
		try("another scope", func(r *request) { r.token = narrow }, 403, "scope_missing")
	}
	if strings.Contains(op.path, "{id}") && !strings.Contains(op.path, "{language}") {
		nobody := strings.Replace(op.path, "{id}", uuid.NewString(), 1)
		nobody = strings.Replace(nobody, "{delivery}", uuid.NewString(), 1)
		try("an unknown id", func(r *request) { r.path = nobody }, 404, "not_found")
		try("no id", func(r *request) { r.path = strings.NewReplacer("{id}", "x", "{delivery}", "x").Replace(op.path) }, 404, "not_found")
	}
	if op.method == http.MethodGet {
		try("an unknown parameter", func(r *request) { r.path = strings.Split(r.path, "?")[0] + "?stat=open" }, 422, "bad_request")
		return
	}
	try("too large", func(r *request) { r.body = `{"text":"` + strings.Repeat("x", 300<<10) + `"}` }, 413, "too_large")
	if !op.body {
		try("a body", func(r *request) { r.body = `{}` }, 422, "bad_request")
		return
	}
	try("no JSON", func(r *request) { r.body = `{"text":` }, 400, "bad_json")
	try("two values", func(r *request) { r.body = `{} {}` }, 400, "bad_json")
	try("an unknown field", func(r *request) { r.body = `{"surprise": 1}` }, 422, "bad_request")
	try("a list", func(r *request) { r.body = `[]` }, 422, "bad_request")
}

// filled puts what is known into a body.
func filled(body map[string]any, known map[string]string) map[string]any {
	out := maps.Clone(body)
	for name, v := range out {
		if s, ok := v.(string); ok && strings.HasPrefix(s, "{") {
			out[name] = known[strings.Trim(s, "{}")]
		}
	}
	return out
}
