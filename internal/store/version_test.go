package store_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"testing"
)

// modernc.org/sqlite is translated for one version of its libc; another has
// crashed programs. The version in use must be the one its go.mod names.
func TestLibcIsTheOneSQLiteWasTranslatedFor(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-json", "modernc.org/sqlite").Output()
	if err != nil {
		t.Fatalf("asking go for the module: %v", err)
	}
	var module struct{ GoMod string }
	if err := json.Unmarshal(out, &module); err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(module.GoMod)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`modernc\.org/libc (v\S+)`).FindSubmatch(mod)
	if found == nil {
		t.Fatal("the go.mod of modernc.org/sqlite names no libc")
	}
	used, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Version}}", "modernc.org/libc").Output()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(used), string(found[1])+"\n"; got != want {
		t.Errorf("libc is %s, sqlite wants %s", got, want)
	}
}
