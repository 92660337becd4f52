// Package browsertest opens a real browser for tests of pages. It is for nothing else.
//
// Where no Chromium is installed such tests are skipped, unless
// ANTENA_TEST_REQUIRE_BROWSER=1 asks for them to fail.
package browsertest

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// most is how long one browser may live.
const most = 4 * time.Minute

// Open starts a browser of its own for the test, with more switches if given, and
// returns the context of its first tab.
func Open(t testing.TB, switches ...string) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(find(t)), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()))
	for _, name := range append([]string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage"}, switches...) {
		options = append(options, chromedp.Flag(name, true))
	}
	ctx, cancel := context.WithTimeout(t.Context(), most)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // waits for the browser, which holds its folder; one that is gone is as good
		cancel()
	})
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil { // now, so that more tabs find it running
		t.Fatalf("starting the browser: %v", err)
	}
	return ctx
}

// Tab opens another tab of the browser. It is open when Tab returns, so that steps may be given a time of their own: a tab goes
// with the context of the step that opened it.
func Tab(t testing.TB, browser context.Context) context.Context {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	return ctx
}

func find(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("ANTENA_TEST_REQUIRE_BROWSER") == "1" {
		t.Fatal("no Chromium is installed, and ANTENA_TEST_REQUIRE_BROWSER=1 asks for one")
	}
	t.Skip("no Chromium is installed; set ANTENA_TEST_REQUIRE_BROWSER=1 to make this a failure")
	return ""
}
