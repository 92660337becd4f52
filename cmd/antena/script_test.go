//go:build !race

package main

import (
	"context"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"antena/internal/store"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"antena": main})
}

// TestScripts tells what the command line promises, one file a story. Each runs
// the real program in a folder and an environment of its own.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireExplicitExec: true, RequireUniqueNames: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"hold": hold, "graph": graph},
	})
}

// hold DIR keeps a data directory open until the script ends, as a running server does.
func hold(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: hold DIR")
	}
	s, err := store.Open(context.Background(), store.Options{DataDir: ts.MkAbs(args[0])})
	ts.Check(err)
	ts.Defer(func() {
		if err := s.Close(); err != nil {
			_, _ = os.Stderr.WriteString("closing the held store: " + err.Error() + "\n")
		}
	})
}
