package app_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floor says what a package may import of ours. Packages below it, written with a
// dot at the end, belong to it unless they have a line of their own.
type floor struct {
	path   string
	ours   []string // packages of ours, without antena/internal/; a final /... takes what is below too
	reason string
}

// floors is the one table of directions. Imports point at desk; use cases never
// import an edge; app hands them in.
var floors = []floor{
	{"internal/desk", nil, "the domain is nouns, states and rules; it knows nobody"},

	{"internal/understand", []string{"desk", "understand/..."}, "understanding reads words and knows the nouns, nothing else"},
	{"internal/understand/classify", []string{"understand/words"}, "a classifier learns from text and does not know whose"},
	{"internal/understand/cues", []string{"understand/words"}, "cues are found in text alone"},
	{"internal/understand/entity", []string{"understand/words"}, "entities are found in text alone"},
	{"internal/understand/language", []string{"understand/words"}, "languages are told apart by text alone"},
	{"internal/understand/search", []string{"understand/words"}, "an index does not know what it is asked for"},
	{"internal/understand/words", nil, "words are the ground of understanding"},
	{"internal/sla", []string{"desk"}, "clocks are arithmetic on nouns; what is stored and told, others do"},
	{"internal/survey", []string{"desk"}, "asking for an opinion is a use case; app hands it the store and the words"},
	{"internal/promises", []string{"desk", "sla"}, "promises are a use case; app hands it the store and the calendars"},
	{"internal/redact", []string{"understand/entity", "understand/words"}, "what may not leave is found in text alone; it knows no model"},
	{"internal/guard", []string{"understand/entity", "understand/language", "understand/words"}, "a proposal is checked against what was given; it knows no model"},
	{"internal/guard/hostile", nil, "a helper of tests"},
	{"internal/routing", []string{"desk"}, "who is given what is decided on values alone; no edge in reach"},
	{"internal/rota", []string{"desk", "routing"}, "teams, presence and the run that gives conversations out are use cases; app hands them the store"},
	{"internal/policy", []string{"desk"}, "the policy is pure: same input, same decision, no edge in reach"},
	{"internal/compose", []string{"desk"}, "composing words needs the decision and the book, no edge"},
	{"internal/consult", []string{"antena/prompts", "desk", "guard", "policy", "redact", "understand/words"}, "what a model proposes is checked by code; which model, app says"},
	{"internal/turn", []string{"desk", "policy", "compose"}, "a turn runs understanding, policy and composition; app hands it the rest"},
	{"internal/turn/turntest", []string{"adapt", "compose", "desk", "eval/dialogue", "guard/hostile", "inbox", "outbox", "store", "store/storetest", "turn", "understand/cues"}, "a helper of tests"},
	{"internal/adapt", []string{"agents", "inbox", "outbox", "store", "turn"}, "the one place that says with which transactions a turn's use cases meet the store"},
	{"internal/inbox", []string{"desk"}, "the inbox does not know turns or the database: app hands it both"},
	{"internal/outbox", []string{"desk"}, "the outbox does not know the provider or the database: app hands it both"},
	{"internal/agents", []string{"desk"}, "the verbs of people are use cases; app hands them the store"},
	{"internal/account", []string{"desk"}, "accounts are a use case; app hands them the store"},
	{"internal/knowledge", []string{"desk"}, "knowledge is a use case; app hands it the store and the brain"},
	{"internal/media", []string{"desk"}, "files are a use case; app hands it the provider and the store"},
	{"internal/templates", []string{"desk"}, "templates are a use case; app hands them the account and the store"},
	{"internal/pricing", []string{"desk"}, "prices are data and arithmetic; app hands them the counter"},
	{"internal/find", []string{"desk", "phone", "understand/words"}, "searching is a use case; the index is the store's"},
	{"internal/views", []string{"desk"}, "acts on whole lists are a use case; app hands them the store and the verbs"},
	{"internal/bucket", []string{"desk"}, "a shelf of files elsewhere; it knows none of them"},
	{"internal/tokens", []string{"desk"}, "tokens are a use case; app hands them the store"},
	{"internal/hooks", []string{"desk"}, "telling other systems is a use case; app hands it the store and the courier"},
	{"internal/courier", []string{"desk"}, "the courier knows an address and bytes, and nothing of what they say"},
	{"internal/imports", []string{"desk", "phone"}, "taking files in is a use case; app hands it the store"},
	{"internal/upkeep", []string{"desk"}, "upkeep is a use case; app hands it the store"},
	{"internal/live", []string{"desk"}, "news of changes carries nothing but the change"},
	{"internal/config", nil, "settings are read before anything else exists"},

	{"internal/work", []string{"desk"}, "the layer on the job queue knows the jobs' names and not what they do"},
	{"internal/phone", nil, "the forms of a number are text alone"},
	{"internal/store", []string{"desk", "phone", "work", "antena/migrations"}, "the store keeps nouns and writes jobs; use cases say what they need of it"},
	{"internal/store/storetest", []string{"store", "pgtmp"}, "a helper of tests"},
	{"internal/pgtmp", nil, "a helper of tests"},
	{"internal/browsertest", nil, "a helper of tests"},
	{"internal/whatsapp", nil, "the client of the Cloud API does not know the desk; channel translates"},
	{"internal/whatsapp/emulator", []string{"whatsapp"}, "the emulator shares only the signature with the client it tests"},
	{"internal/whatsapp/emulator/recording", []string{"whatsapp", "whatsapp/emulator"}, "a recording is of the emulator, and is posted as Meta would"},
	{"internal/llm", []string{"antena/prompts", "desk"}, "the client of language models asks what prompts say; use cases declare what they need of it"},
	{"internal/llm/llmtest", nil, "the emulated model shares nothing with the client it tests"},
	{"internal/channel", []string{"desk", "whatsapp"}, "the one place that knows both the desk's nouns and the provider's"},

	{"internal/doctor", []string{"desk", "whatsapp"}, "the doctor asks the provider what no desk's noun tells"},

	{"internal/web", []string{"desk"}, "what every HTTP surface shares"},
	{"internal/web/hook", []string{"desk", "web", "whatsapp"}, "the webhook proves who calls; it is the only surface that knows the provider"},
	{"internal/web/api", []string{"desk", "web", "agents", "hooks"}, "the API calls the use cases the console calls, and reads through interfaces; it knows no edge"},
	{"internal/web/console", []string{"desk", "web", "agents", "account", "find", "hooks", "tokens", "pricing", "sla", "templates", "media"}, "the console calls use cases and reads through interfaces; it knows no edge"},

	{"internal/app", []string{"antena/faq", "antena/prompts", "account", "adapt", "agents", "bucket", "channel", "compose", "config", "consult", "courier", "desk", "doctor", "find", "guard", "imports", "hooks", "inbox", "knowledge", "live", "llm", "media", "outbox", "pricing", "promises", "rota", "routing", "sla", "store", "survey", "templates", "tokens", "turn", "understand/...", "upkeep", "views", "web/...", "whatsapp", "work"}, "app knows everyone who serves, and no test helper, demo or emulator"},
	{"internal/app/apptest", []string{"antena/faq", "account", "app", "config", "desk", "knowledge", "store/...", "understand", "web/hook", "whatsapp/..."}, "a helper of tests"},
	{"internal/demo", []string{"antena/faq", "account", "app", "config", "demo/...", "desk", "knowledge", "templates", "whatsapp/emulator/..."}, "the demo runs the real server against the emulator"},
	{"internal/demo/phone", []string{"desk", "web", "whatsapp/emulator/..."}, "the phone page shows the emulator and cannot reach the server's inside"},
	{"internal/bench/fill", nil, "what fills a desk for measuring knows its tables and nobody"},
	{"internal/bench", []string{"bench/fill", "pgtmp", "whatsapp/..."}, "the benchmark sees what the outside sees"},
	{"internal/eval", []string{"desk", "knowledge", "understand/...", "eval/dialogue"}, "an evaluation measures understanding on data"},
	{"internal/eval/dialogue", []string{"adapt", "agents", "compose", "desk", "inbox", "knowledge", "outbox", "store", "turn", "understand", "understand/cues"}, "a dialogue is played by the use cases that serve, on a store of its own"},

	{"cmd/antena", []string{"antena/faq", "account", "app", "config", "demo", "desk", "eval/...", "imports", "knowledge", "store", "templates", "tokens", "turn", "understand/...", "whatsapp"}, "the command line: flags, signals, exit code"},
	{"faq", nil, "text first; the Go file embeds it"},
	{"prompts", nil, "text first; the Go files embed, fill in and check it"},
	{"migrations", nil, "SQL first; the Go files embed and render it"},
}

// theirs are modules that only some packages may import.
var theirs = []struct {
	module string
	who    []string
	reason string
}{
	{"gorm.io/", []string{"internal/store/..."}, "only the store speaks to the database"},
	{"github.com/libtnb/sqlite", []string{"internal/store/..."}, "only the store speaks to the database"},
	{"modernc.org/sqlite", []string{"internal/store/...", "internal/bench/fill"}, "only the store speaks to the database"},
	{"github.com/jackc/pgx/", []string{"internal/store/...", "internal/pgtmp", "internal/bench/fill"}, "only the store speaks to the database"},
	{"github.com/pressly/goose/", []string{"internal/store"}, "only the store migrates"},
	{"github.com/riverqueue/river", []string{"internal/work", "internal/store"}, "handlers obey package work, which alone knows the queue"},
	{"github.com/gin-gonic/gin", []string{"internal/web/...", "internal/app", "internal/demo/phone"}, "requests and answers stay in the transport"},
	{"github.com/alexedwards/scs/", []string{"internal/web/console"}, "sessions are the console's"},
	{"github.com/sashabaranov/go-openai", []string{"internal/llm"}, "only llm speaks to a language model"},
	{"github.com/sony/gobreaker/", []string{"internal/llm"}, "only llm speaks to a language model"},
	{"github.com/santhosh-tekuri/jsonschema/", []string{"prompts"}, "a prompt checks its answers itself"},
	{"github.com/alecthomas/kong", []string{"cmd/antena"}, "flags are the command line's"},
	{"github.com/prometheus/", []string{"internal/app"}, "use cases do not count; app does"},
	{"github.com/minio/minio-go", []string{"internal/bucket"}, "only the bucket speaks S3"},
	{"net/http", []string{"internal/bucket", "internal/courier", "internal/app/...", "internal/web/...", "internal/whatsapp/...", "internal/llm/...", "internal/channel", "internal/doctor", "internal/demo/...", "internal/bench", "cmd/antena"}, "use cases speak no HTTP"},
	{"database/sql", []string{"internal/store/...", "internal/bench/fill"}, "only the store speaks to the database"},
	{"math/rand/", []string{"internal/work", "internal/bench/fill", "internal/store", "internal/whatsapp/emulator/...", "internal/understand/classify"}, "what is decided must be the same every time; ids and secrets come from crypto/rand"},
}

const module = "antena/"

// TestFloors compares every import of the module, tests aside, with the table.
func TestFloors(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for file, imports := range everyImport(t) {
		dir := filepath.ToSlash(filepath.Dir(file))
		f, ok := floorOf(dir)
		if !ok {
			if !seen[dir] {
				t.Errorf("%s stands on no floor: add it to the table with what it may import, and why", dir)
			}
			seen[dir] = true
			continue
		}
		seen[f.path] = true
		for _, path := range imports {
			if ours, isOurs := strings.CutPrefix(path, module); isOurs {
				if !slices.ContainsFunc(f.ours, func(rule string) bool { return covers(full(rule), ours) }) {
					t.Errorf("%s imports %s, but %s", file, path, f.reason)
				}
				continue
			}
			checkTheirs(t, file, dir, path)
		}
		if dir == "internal/desk" {
			checkDomain(t, file, imports)
		}
	}
	for _, f := range floors {
		if !seen[f.path] {
			t.Errorf("%s is in the table and not in the module", f.path)
		}
	}
}

func checkTheirs(t *testing.T, file, dir, path string) {
	t.Helper()
	for _, rule := range theirs {
		inside := path == rule.module || strings.HasPrefix(path, strings.TrimSuffix(rule.module, "/")+"/")
		if inside && !slices.ContainsFunc(rule.who, func(who string) bool { return covers(who, dir) }) {
			t.Errorf("%s imports %s, but %s", file, path, rule.reason)
		}
	}
}

// checkDomain keeps the domain to the standard library and uuid, and away from
// what touches the world.
func checkDomain(t *testing.T, file string, imports []string) {
	t.Helper()
	for _, path := range imports {
		outside := strings.Contains(strings.SplitN(path, "/", 2)[0], ".") && path != "github.com/google/uuid"
		if outside || slices.Contains([]string{"os", "net", "io/fs", "log"}, path) {
			t.Errorf("%s imports %s, but the domain is the standard library and uuid, and touches nothing", file, path)
		}
	}
}

// floorOf finds the line of a package.
func floorOf(dir string) (floor, bool) {
	i := slices.IndexFunc(floors, func(f floor) bool { return f.path == dir })
	if i < 0 {
		return floor{}, false
	}
	return floors[i], true
}

// full writes a rule of the table as a path in the module.
func full(rule string) string {
	if ours, ok := strings.CutPrefix(rule, module); ok {
		return ours
	}
	return "internal/" + rule
}

func covers(rule, path string) bool {
	if tree, ok := strings.CutSuffix(rule, "/..."); ok {
		return path == tree || strings.HasPrefix(path, tree+"/")
	}
	return rule == path
}

// everyImport reads the imports of every file of the module that is no test,
// whatever its build constraints, by file.
func everyImport(t *testing.T) map[string][]string {
	t.Helper()
	root := filepath.Join("..", "..")
	found := map[string][]string{}
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); path != "." && (strings.HasPrefix(name, ".") || name == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, path), nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		found[path] = nil
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			found[path] = append(found[path], imported)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 100 {
		t.Fatalf("only %d files were found; the test shows nothing", len(found))
	}
	return found
}
