package whatsapp

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"strings"
	"testing"
)

// The contract is the list of everything that Meta documents for us, written down here apart from the code. Each row has a
// proof that is run against the code, and a fate that is printed into the package documentation (doc_contract.go). What is added to
// the code without a row here, or here without a proof, fails a test.

// term is one row: a name of the contract, what becomes of it, and the proof.
type term struct {
	name, fate string
	proof      func(t *testing.T)
}

// chapter is one table of the documentation.
type chapter struct {
	title string
	terms []term
}

func contract() []chapter {
	return []chapter{
		{"Messages that come in: the value of Event.Message that holds them", inboundTerms()},
		{"Parts that any message may have", partTerms()},
		{"Statuses: Event.Status", statusTerms()},
		{"Webhook fields: the kind of the item, and what holds them", fieldTerms()},
		{"Messages that go out: what of Outbound makes them", outboundTerms()},
		{"Templates: statuses, and the buttons of a TemplateDraft", templateTerms()},
		{"Limits of what goes out: the constant, in UTF-16 units or pieces; Outbound.Validate and TemplateDraft.Validate refuse more", limitTerms()},
		{"Files: the type they are sent as; CheckMedia refuses more", fileTerms()},
		{"Rates and lifetimes: known here, kept by whoever sends", rateTerms()},
		{"Errors: code, meaning and Action; (?) marks an unknown outcome, (!) an alert, a time the first pause", errorTerms()},
		{"Calls: the method of Client", callTerms()},
	}
}

func TestContract_EveryTermIsTrue(t *testing.T) {
	t.Parallel()
	for _, c := range contract() {
		seen := map[string]bool{}
		for _, row := range c.terms {
			if seen[row.name] {
				t.Errorf("%s: %s stands twice", c.title, row.name)
			}
			seen[row.name] = true
			if row.fate == "" {
				t.Errorf("%s: %s has no fate", c.title, row.name)
			}
			row.proof(t)
		}
	}
}

// TestContract_IsDocumented compares the table of the package documentation with the contract.
func TestContract_IsDocumented(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	out.WriteString("// # The contract\n//\n// Everything that Meta documents, and what becomes of it here. The table is checked by a test that proves each row, and\n// written by it (go test -run Contract -update).\n")
	for _, c := range contract() {
		fmt.Fprintf(&out, "//\n// %s.\n//\n", c.title)
		width := 0
		for _, row := range c.terms {
			width = max(width, len([]rune(row.name)))
		}
		for _, row := range c.terms {
			fmt.Fprintf(&out, "//\t%-*s  %s\n", width, row.name, row.fate)
		}
	}
	out.WriteString("package whatsapp\n")
	const file = "doc_contract.go"
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != out.String() {
		t.Errorf("%s is not what the contract says; run with -update and read the diff", file)
	}
}

// TestContract_NothingIsLeftOut looks the other way: whatever the code knows by name stands in the table.
func TestContract_NothingIsLeftOut(t *testing.T) {
	t.Parallel()
	table, err := os.ReadFile("doc_contract.go")
	if err != nil {
		t.Fatal(err)
	}
	text := string(table)
	for _, file := range []string{"limits.go", "medialimits.go", "message.go", "status.go", "item.go", "draft.go", "outbound.go", "templates.go", "token.go"} {
		for name, value := range constants(t, file) {
			if !strings.Contains(text, name) && (value == "" || !strings.Contains(text, value)) {
				t.Errorf("%s of %s is not in the table", name, file)
			}
		}
	}
	client := reflect.TypeFor[*Client]()
	for method := range client.Methods() {
		if method.Name != "Close" && !strings.Contains(text, method.Name) {
			t.Errorf("Client.%s is not in the table", method.Name)
		}
	}
	for _, row := range fates() {
		if !strings.Contains(text, "\t"+itoa(row.code)) {
			t.Errorf("error %d is not in the table", row.code)
		}
	}
}

// constants returns the exported constants of a file, with the value of those that are texts.
func constants(t *testing.T, file string) map[string]string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, decl := range parsed.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		for _, spec := range group.Specs {
			value := spec.(*ast.ValueSpec)
			for i, name := range value.Names {
				if !name.IsExported() {
					continue
				}
				found[name.Name] = ""
				if literal, ok := value.Values[i].(*ast.BasicLit); ok && literal.Kind == token.STRING {
					found[name.Name] = strings.Trim(literal.Value, `"`)
				}
			}
		}
	}
	return found
}

// events decodes a sample.
func events(t *testing.T, sample string) []Event {
	t.Helper()
	body, err := os.ReadFile("testdata/webhooks/" + sample + ".json")
	if err != nil {
		t.Fatal(err)
	}
	items, err := Split(body)
	if err != nil {
		t.Fatal(err)
	}
	list := make([]Event, len(items))
	for i, item := range items {
		if list[i], err = Decode(item.Raw); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// holds reports whether a dotted path of an event leads to something that is not empty.
func holds(e Event, path string) bool {
	v := reflect.ValueOf(e)
	for _, name := range strings.Split(path, ".") {
		for v.Kind() == reflect.Pointer || (v.Kind() == reflect.Slice && v.Len() > 0) {
			if v.Kind() == reflect.Slice {
				v = v.Index(0)
				continue
			}
			v = v.Elem()
		}
		if !v.IsValid() || v.Kind() != reflect.Struct {
			return false
		}
		v = v.FieldByName(name)
		if !v.IsValid() {
			return false
		}
	}
	return !v.IsZero()
}

// sampled proves a term by a sample: some event in it passes is and holds the path.
func sampled(name, sample, path string, is func(Event) bool) term {
	return term{name, path, func(t *testing.T) {
		for _, e := range events(t, sample) {
			if is(e) && holds(e, path) {
				return
			}
		}
		t.Errorf("%s: no event of %s holds %s", name, sample, path)
	}}
}
