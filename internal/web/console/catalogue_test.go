package console_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"antena/internal/desk"
)

// catalogue reads one language as the console does: a text, or plural forms.
func catalogue(t *testing.T, language string) map[string][]string {
	t.Helper()
	data, err := os.ReadFile("locales/" + language + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for key, value := range raw {
		switch v := value.(type) {
		case string:
			all[key] = []string{v}
		case map[string]any:
			one, _ := v["one"].(string)
			other, _ := v["other"].(string)
			all[key] = []string{one, other}
		}
	}
	return all
}

var slots = regexp.MustCompile(`\{\d\}`)

func slotsOf(text string) []string {
	found := slots.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestCatalogue_EveryKeyInEveryLanguageWithTheSameArguments(t *testing.T) {
	t.Parallel()
	first := catalogue(t, desk.Languages[0])
	for _, language := range desk.Languages {
		words := catalogue(t, language)
		if len(words) != len(first) {
			t.Errorf("%s has %d keys, %s has %d", language, len(words), desk.Languages[0], len(first))
		}
		for key, texts := range words {
			for _, text := range texts {
				if text == "" {
					t.Errorf("%s: %s is empty", language, key)
				}
			}
			last, want := texts[len(texts)-1], first[key]
			if want == nil {
				t.Errorf("%s: %s is not in %s", language, key, desk.Languages[0])
				continue
			}
			dated := strings.HasPrefix(key, "date.short") || key == "date.long" // a year may be left out
			if !dated && !slices.Equal(slotsOf(last), slotsOf(want[len(want)-1])) {
				t.Errorf("%s: %s takes %v, in %s %v", language, key, slotsOf(last), desk.Languages[0], slotsOf(want[len(want)-1]))
			}
			if len(texts) != len(want) {
				t.Errorf("%s: %s has %d forms, in %s %d", language, key, len(texts), desk.Languages[0], len(want))
			}
		}
	}
}

var (
	inTemplate = regexp.MustCompile(`(?:\bt|\bn) "([a-z_0-9.]+)"`)
	codeInPage = regexp.MustCompile(`\bcode "([a-z_.]+)"`)
)

// TestCatalogue_EveryKeyUsedExists reads templates and code; a key put together
// from a part and a code is checked by its first part.
func TestCatalogue_EveryKeyUsedExists(t *testing.T) {
	t.Parallel()
	words := catalogue(t, "en")
	need := func(key, where string) {
		if strings.HasSuffix(key, ".") {
			for have := range words {
				if strings.HasPrefix(have, key) {
					return
				}
			}
		} else if words[key] != nil {
			return
		}
		t.Errorf("%s uses %q, which has no words", where, key)
	}
	for _, name := range templates(t) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range inTemplate.FindAllSubmatch(data, -1) {
			need(string(m[1]), name)
		}
		for _, m := range codeInPage.FindAllSubmatch(data, -1) {
			need(string(m[1])+".", name)
		}
	}
	for name, tree := range sources(t, ".") {
		ast.Inspect(tree, func(node ast.Node) bool {
			if key, ok := keyOf(node); ok {
				need(key, name)
			}
			return true
		})
	}
}

// keyOf finds the key of a call of T, N or Code, of v.done and of the like.
func keyOf(node ast.Node) (string, bool) {
	call, ok := node.(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return "", false
	}
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return "", false
	}
	text := func(e ast.Expr) (string, bool) {
		whole := true
		if sum, ok := e.(*ast.BinaryExpr); ok {
			e, whole = sum.X, false
		}
		literal, ok := e.(*ast.BasicLit)
		if !ok {
			return "", false
		}
		s, err := strconv.Unquote(literal.Value)
		return s, err == nil && (whole || strings.HasSuffix(s, "."))
	}
	switch selector.Sel.Name {
	case "T", "N":
		return text(call.Args[0])
	case "Code":
		s, ok := text(call.Args[0])
		return s + ".", ok
	case "done", "onConversation", "onMessage", "onUser", "onAlerts":
		for _, arg := range call.Args[:min(2, len(call.Args))] {
			if s, ok := text(arg); ok && !strings.HasPrefix(s, "/") {
				return "done." + s, true
			}
		}
	}
	return "", false
}

// TestCatalogue_EveryCodeOfTheDeskHasWords reads the constants of the domain, so
// that a new reason, alert or state cannot be shown as a bare code.
func TestCatalogue_EveryCodeOfTheDeskHasWords(t *testing.T) {
	t.Parallel()
	words := catalogue(t, "en")
	prefixes := map[string][]string{
		"Reason": {"reason"}, "Action": {"action"}, "View": {"view", "list.empty"}, "Role": {"role"}, "Team": {"team"}, "Priority": {"priority"},
		"TicketState": {"ticket.state"}, "ArticleStatus": {"article.status"}, "MessageKind": {"kind"}, "Status": {"status"},
		"Author": {"author"}, "Owner": {"owner"}, "Certain": {"certain"}, "Mood": {"mood"}, "ModelReason": {"model"}, "PromiseKind": {"promise"}, "PromisePause": {"pause"}, "NotificationKind": {"notify"},
	}
	seen := map[string]int{}
	check := func(prefix, code string) {
		if code != "" && words[prefix+"."+code] == nil {
			t.Errorf("%s.%s has no words", prefix, code)
		}
	}
	for _, tree := range sources(t, "../../desk") {
		constants(tree, func(name, kind, value string) {
			seen[kind]++
			for _, prefix := range prefixes[kind] {
				check(prefix, value)
			}
			if strings.HasPrefix(name, "Alert") && kind == "" {
				seen["alert"]++
				check("alert", value)
				check("todo", value)
			}
		})
	}
	for kind := range prefixes {
		if seen[kind] == 0 {
			t.Errorf("no constant of type %s was found", kind)
		}
	}
	if seen["alert"] == 0 {
		t.Error("no kind of alert was found")
	}
	for _, tree := range sources(t, "../../guard") {
		constants(tree, func(_, kind, value string) {
			if kind == "Code" {
				check("refused", value)
			}
		})
	}
	for _, tree := range sources(t, "../../consult") {
		constants(tree, func(name, _, value string) {
			if strings.HasPrefix(name, "refused") {
				check("refused", value)
			}
		})
	}
	for _, tree := range sources(t, "../../understand/entity") {
		constants(tree, func(_, kind, value string) {
			if kind == "Kind" {
				check("entity", value)
			}
		})
	}
	for _, tree := range sources(t, "../../desk") {
		jobKinds(tree, func(kind string) { seen["job"]++; check("job", kind) })
	}
	if seen["job"] == 0 {
		t.Error("no kind of job was found")
	}
	for _, dir := range []string{"../../desk", "../../account"} {
		for _, tree := range sources(t, dir) {
			values(tree, "Code", func(code string) { check("error", code) })
		}
	}
}

// TestCatalogue_NoticesHaveWords looks at every notice the use cases write.
func TestCatalogue_NoticesHaveWords(t *testing.T) {
	t.Parallel()
	words, seen := catalogue(t, "en"), 0
	check := func(key string) {
		if seen++; words["notice."+key] == nil {
			t.Errorf("notice.%s has no words", key)
		}
	}
	for _, dir := range []string{"agents", "inbox", "promises", "rota", "turn", "upkeep"} {
		for _, tree := range sources(t, "../../"+dir) {
			values(tree, "Notice", check)
			told(tree, check)
		}
	}
	if seen < 10 {
		t.Errorf("only %d notices were found", seen)
	}
}

func TestIcons_EveryIconUsedIsInTheSprite(t *testing.T) {
	t.Parallel()
	sprite, err := os.ReadFile("static/icons.svg")
	if err != nil {
		t.Fatal(err)
	}
	used := regexp.MustCompile(`icon "([a-z-]+)"`)
	for _, name := range templates(t) {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range used.FindAllSubmatch(data, -1) {
			if !strings.Contains(string(sprite), `<symbol id="`+string(m[1])+`"`) {
				t.Errorf("%s uses the icon %s, which is not drawn", name, m[1])
			}
		}
	}
}

func templates(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"templates/*.html", "templates/*/*.html"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	if len(all) < 10 {
		t.Fatalf("only %d templates", len(all))
	}
	return all
}

// sources parses the Go files of a folder, without tests.
func sources(t *testing.T, dir string) map[string]*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("reading %s: %v, %d files", dir, err, len(names))
	}
	all := map[string]*ast.File{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = tree
	}
	return all
}

// constants calls f with every string constant.
func constants(tree *ast.File, f func(name, kind, value string)) {
	for _, d := range tree.Decls {
		group, ok := d.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		for _, s := range group.Specs {
			spec, ok := s.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				continue
			}
			kind := ""
			if named, ok := spec.Type.(*ast.Ident); ok {
				kind = named.Name
			}
			if literal, ok := spec.Values[0].(*ast.BasicLit); ok && literal.Kind == token.STRING {
				value, _ := strconv.Unquote(literal.Value)
				f(spec.Names[0].Name, kind, value)
			}
		}
	}
}

// values calls f with what a field of that name is set to, wherever it is written out.
func values(tree *ast.File, field string, f func(value string)) {
	ast.Inspect(tree, func(node ast.Node) bool {
		pair, ok := node.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		if key, isName := pair.Key.(*ast.Ident); isName && key.Name == field {
			text(pair.Value, f)
		}
		return true
	})
}

// told calls f with every key that is given to a function which writes a notice, and
// with those that one returns which chooses them.
func told(tree *ast.File, f func(key string)) {
	ast.Inspect(tree, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.CallExpr:
			name := ""
			switch fun := n.Fun.(type) {
			case *ast.Ident:
				name = fun.Name
			case *ast.SelectorExpr:
				name = fun.Sel.Name
			}
			if !slices.Contains([]string{"notice", "taken", "release"}, name) {
				return true
			}
			for _, arg := range n.Args {
				text(arg, func(key string) {
					if key != "" {
						f(key)
					}
				})
			}
		case *ast.FuncDecl:
			if n.Name.Name == "noticeOf" {
				returned(n, f)
			}
		}
		return true
	})
}

// jobKinds calls f with the kind of every job.
func jobKinds(tree *ast.File, f func(kind string)) {
	for _, d := range tree.Decls {
		if method, ok := d.(*ast.FuncDecl); ok && method.Recv != nil && method.Name.Name == "Kind" {
			returned(method, f)
		}
	}
}

// returned calls f with every text a function returns as it stands.
func returned(fn *ast.FuncDecl, f func(value string)) {
	ast.Inspect(fn, func(node ast.Node) bool {
		if back, ok := node.(*ast.ReturnStmt); ok && len(back.Results) == 1 {
			text(back.Results[0], f)
		}
		return true
	})
}

// text calls f with an expression that is a text.
func text(e ast.Expr, f func(value string)) {
	if literal, ok := e.(*ast.BasicLit); ok && literal.Kind == token.STRING {
		value, _ := strconv.Unquote(literal.Value)
		f(value)
	}
}
