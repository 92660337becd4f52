package config_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"antena/internal/config"
	"antena/internal/desk"
)

const root = "../.."

func readme(t *testing.T) string { return read(t, "README.md") }

func read(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

var settingRow = regexp.MustCompile("(?m)^\\| `([A-Z_]+)` \\| (.*?) ?\\| ?(.*?) ?\\|$")

func TestReadme_Settings(t *testing.T) {
	t.Parallel()
	type row struct{ defaults, about string }
	rows := map[string]row{}
	var order []string
	for _, m := range settingRow.FindAllStringSubmatch(readme(t), -1) {
		rows[m[1]] = row{m[2], m[3]}
		order = append(order, m[1])
	}
	var names []string
	for _, s := range config.Settings() {
		names = append(names, s.Name)
		want := ""
		switch {
		case s.Serving:
			want = "needed"
		case s.Default != "":
			want = "`" + s.Default + "`"
		}
		got, ok := rows[s.Name]
		if !ok {
			t.Errorf("%s is not in the README's table", s.Name)
			continue
		}
		if got.defaults != want {
			t.Errorf("the README gives %s the default %q, not %q", s.Name, got.defaults, want)
		}
		if s.Secret != strings.HasSuffix(got.about, "Secret") {
			t.Errorf("the README is wrong on whether %s is a secret", s.Name)
		}
	}
	if !slices.Equal(order, names) {
		t.Errorf("the README's table has\n%q\nthe settings are\n%q", order, names)
	}
}

var bodySize = regexp.MustCompile(`client_max_body_size ([0-9]+)m`)

// The proxies we tell people to set up let the largest file of an agent pass.
func TestReadme_ProxiesLetFilesPass(t *testing.T) {
	t.Parallel()
	found := bodySize.FindAllStringSubmatch(readme(t), -1)
	for _, m := range found {
		if size, err := strconv.ParseInt(m[1], 10, 64); err != nil || size<<20 <= desk.MostOf(desk.KindDocument) {
			t.Errorf("%s is less than a file may have, and what is around it", m[0])
		}
	}
	if len(found) == 0 {
		t.Error("the README names no limit")
	}
}

var makeTarget = regexp.MustCompile(`\bmake ([a-z]+)`)

func TestReadme_MakeTargets(t *testing.T) {
	t.Parallel()
	makefile := read(t, "Makefile")
	found := 0
	for _, code := range codeOf(readme(t)) {
		for _, m := range makeTarget.FindAllStringSubmatch(code, -1) {
			found++
			if !regexp.MustCompile(`(?m)^` + m[1] + `:`).MatchString(makefile) {
				t.Errorf("%q: there is no such target", code)
			}
		}
	}
	if found < 5 {
		t.Errorf("%d targets found in the README; the test no longer sees them", found)
	}
}

var invocation = regexp.MustCompile(`(?:^|[\s/])antena ([a-z].*)`)

func TestReadme_Commands(t *testing.T) {
	t.Parallel()
	types := commandTypes(t)
	found := 0
	for _, code := range codeOf(readme(t)) {
		m := invocation.FindStringSubmatch(code)
		if m == nil {
			continue
		}
		found++
		if problem := types.check(strings.Fields(strings.Split(m[1], "#")[0])); problem != "" {
			t.Errorf("%q: %s", code, problem)
		}
	}
	if found < 10 {
		t.Errorf("%d commands found in the README; the test no longer sees them", found)
	}
}

// codeOf returns what a Markdown text shows as code: lines set in by four spaces
// and what stands between back-ticks. Commands joined by && come one by one.
func codeOf(text string) []string {
	var code []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "    ") {
			for part := range strings.SplitSeq(strings.TrimSpace(line), "&&") {
				code = append(code, strings.TrimSpace(part))
			}
			continue
		}
		for i, part := range strings.Split(line, "`") {
			if i%2 == 1 {
				code = append(code, part)
			}
		}
	}
	return code
}

// commandTree holds the struct types of the command line, as kong reads them.
type commandTree map[string]commandType

type commandType struct {
	commands map[string]string // name to type
	flags    map[string]bool
}

// check follows words down the tree and returns what is wrong, or nothing.
func (tree commandTree) check(words []string) string {
	at := tree["commands"]
	for len(words) > 0 && len(at.commands) > 0 {
		next, ok := at.commands[words[0]]
		if !ok {
			return "there is no command " + words[0] + " among " + strings.Join(slices.Sorted(maps.Keys(at.commands)), ", ")
		}
		at, words = tree[next], words[1:]
	}
	for _, word := range words {
		if flag, ok := strings.CutPrefix(word, "--"); ok && !at.flags[strings.Split(flag, "=")[0]] {
			return "there is no flag " + word
		}
	}
	return ""
}

func commandTypes(t *testing.T) commandTree {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "cmd", "antena", "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("the command line's source: %d files, %v", len(files), err)
	}
	tree := commandTree{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				if s, ok := spec.Type.(*ast.StructType); ok {
					tree[spec.Name.Name] = commandTypeOf(t, s)
				}
			}
			return true
		})
	}
	if len(tree["commands"].commands) == 0 {
		t.Fatal("no commands found; the test no longer sees them")
	}
	return tree
}

func commandTypeOf(t *testing.T, s *ast.StructType) commandType {
	t.Helper()
	found := commandType{commands: map[string]string{}, flags: map[string]bool{}}
	for _, field := range s.Fields.List {
		if field.Tag == nil || len(field.Names) != 1 {
			continue
		}
		raw, err := strconv.Unquote(field.Tag.Value)
		if err != nil {
			t.Fatal(err)
		}
		tag := reflect.StructTag(raw)
		name := tag.Get("name")
		if name == "" {
			name = kebab(field.Names[0].Name)
		}
		_, command := tag.Lookup("cmd")
		_, argument := tag.Lookup("arg")
		switch of, named := field.Type.(*ast.Ident); {
		case command && named:
			found.commands[name] = of.Name
		case !command && !argument:
			found.flags[name] = true
		}
	}
	return found
}

func kebab(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
