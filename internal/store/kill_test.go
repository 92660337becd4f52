package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

const childDir = "ANTENA_TEST_KILLED_STORE"

// Acknowledged means stored: a process that is killed at any instant has kept every
// transaction it said it had committed, and each as a whole.
func TestKill_LosesNothingAcknowledged(t *testing.T) {
	t.Parallel()
	if dir := os.Getenv(childDir); dir != "" {
		acknowledgeUntilKilled(dir)
	}
	o := storetest.Options(t, storetest.SQLite)
	for round := range 3 {
		acknowledged := killedAfter(t, o.DataDir, 200+150*round)
		s, err := store.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range acknowledged {
			var a, b int
			if s.Setting(t.Context(), key+"/a", &a) != nil || s.Setting(t.Context(), key+"/b", &b) != nil {
				t.Errorf("%s was acknowledged and is lost", key)
			}
		}
		halves := query(t, s, `select count(*) from settings where key like '%/a' and replace(key, '/a', '/b') not in (select key from settings)`)
		if halves[0][0] != "0" {
			t.Errorf("%s transactions were kept by half", halves[0][0])
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killedAfter runs this test in a process of its own, kills it after some
// acknowledgements, and returns all it made.
func killedAfter(t *testing.T, dir string, count int) (all []string) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=TestKill_LosesNothingAcknowledged$")
	child.Env = append(os.Environ(), childDir+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if key, ok := strings.CutPrefix(lines.Text(), "kept "); ok {
			all = append(all, key)
		}
		if len(all) == count {
			_ = child.Process.Kill()
		}
	}
	_ = child.Wait()
	if len(all) < count {
		t.Fatalf("the process ended by itself after %d acknowledgements", len(all))
	}
	return all
}

func acknowledgeUntilKilled(dir string) {
	s, err := store.Open(context.Background(), store.Options{DataDir: dir})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	var say sync.Mutex
	var number atomic.Int64
	var writers sync.WaitGroup
	for range 8 {
		writers.Go(func() {
			for {
				key := fmt.Sprint(desk.NewID(), "-", number.Add(1))
				err := s.InTx(context.Background(), func(tx *store.Tx) error {
					if err := tx.SetSetting(context.Background(), key+"/a", 1); err != nil {
						return err
					}
					return tx.SetSetting(context.Background(), key+"/b", 2)
				})
				if err != nil {
					fmt.Println(err)
					os.Exit(1)
				}
				say.Lock()
				fmt.Println("kept", key)
				say.Unlock()
			}
		})
	}
	writers.Wait()
}
