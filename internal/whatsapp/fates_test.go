package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestFate_TableOfMeta goes through Meta's table of errors row by row: code, HTTP status, and what the sender does.
func TestFate_TableOfMeta(t *testing.T) {
	t.Parallel()
	tests := []struct {
		codes   []int
		status  int
		action  Action
		outcome Outcome
		alert   bool
		delay   time.Duration
	}{
		{[]int{0, 190}, 401, StopAll, NotSent, true, 0},
		{[]int{3}, 500, Park, NotSent, true, 0},
		{[]int{10, 200, 250, 299, 131005}, 403, Park, NotSent, true, 0},
		{[]int{368, 131031}, 403, StopAll, NotSent, true, 0},
		{[]int{130497}, 403, MarkUnreachable, NotSent, false, 0},
		{[]int{1}, 400, RetryUnproven, Unknown, false, time.Minute},
		{[]int{2}, 503, RetryUnproven, Unknown, false, 5 * time.Second},
		{[]int{4, 80004, 80007, 80008}, 400, Retry, NotSent, false, 2 * time.Minute},
		{[]int{33}, 400, Park, NotSent, true, 0},
		{[]int{100, 131008, 131009, 135000}, 400, Park, NotSent, false, 0},
		{[]int{130429}, 400, Retry, NotSent, false, 2 * time.Second},
		{[]int{130472}, 400, Park, NotSent, false, 0},
		{[]int{130403}, 400, MarkUnreachable, NotSent, false, 0},
		{[]int{131000, 131016}, 500, RetryUnproven, Unknown, false, 5 * time.Second},
		{[]int{131021}, 400, Park, NotSent, false, 0},
		{[]int{131026}, 400, MarkUnreachable, NotSent, false, 0},
		{[]int{131037}, 400, Park, NotSent, true, 0},
		{[]int{131042}, 400, StopAll, NotSent, true, 0},
		{[]int{131045}, 500, Park, NotSent, true, 0},
		{[]int{131047}, 400, WindowClosed, NotSent, false, 0},
		{[]int{131048}, 400, StopBulk, NotSent, true, 0},
		{[]int{131049}, 400, Park, NotSent, false, 24 * time.Hour},
		{[]int{131050}, 400, MarkOptedOut, NotSent, false, 0},
		{[]int{131051, 131052, 131053, 131055}, 400, Park, NotSent, false, 0},
		{[]int{131056}, 400, Retry, NotSent, false, 4 * time.Second},
		{[]int{131057}, 500, Retry, NotSent, false, time.Minute},
		{[]int{131059}, 400, Retry, NotSent, false, 0},
		{[]int{131062}, 400, Park, NotSent, false, 0},
		{[]int{131063, 131064}, 400, Park, NotSent, true, 0},
		{[]int{132000}, 400, StopTemplate, NotSent, false, 0},
		{[]int{132001}, 404, StopTemplate, NotSent, true, 0},
		{[]int{132005, 132007, 132012, 132018}, 400, Park, NotSent, false, 0},
		{[]int{132015, 132016}, 400, StopTemplate, NotSent, true, 0},
		{[]int{132068}, 400, Park, NotSent, false, 0},
		{[]int{132069}, 400, Park, NotSent, false, time.Hour},
		{[]int{133000}, 500, Park, NotSent, true, 0},
		{[]int{133004}, 503, RetryUnproven, Unknown, false, 5 * time.Second},
		{[]int{133005, 133008, 133009}, 400, Park, NotSent, false, 0},
		{[]int{133006, 133010}, 400, Park, NotSent, true, 0},
		{[]int{133015}, 400, Retry, NotSent, false, 5 * time.Minute},
		{[]int{133016}, 400, Park, NotSent, false, 72 * time.Hour},
		{[]int{134011}, 400, Park, NotSent, true, 0},
		{[]int{134100, 134101, 134102}, 400, Park, NotSent, false, 0},
		{[]int{136024}, 400, Done, NotSent, false, 0},
		{[]int{147001, 147002, 147004}, 400, Park, NotSent, false, 0},
		{[]int{2388019, 2388040, 2388299}, 400, Park, NotSent, false, 0},
		{[]int{2494100}, 400, Retry, NotSent, false, 5 * time.Minute},
		{[]int{2593107, 2593109}, 400, Park, NotSent, false, 0},
		{[]int{137000}, 0, MarkIdentity, NotSent, true, 0},
		// Not in the table: by the HTTP status alone.
		{[]int{555555}, 400, Park, NotSent, false, 0},
		{[]int{555555}, 500, RetryUnproven, Unknown, false, 5 * time.Second},
		{[]int{0}, 0, Park, NotSent, false, 0},
		{[]int{555555}, 0, Park, NotSent, false, 0},
		// In a webhook the message is known not to have arrived, so a retry doubles nothing.
		{[]int{131000}, 0, Retry, NotSent, false, 5 * time.Second},
	}
	seen := map[int]bool{}
	for _, test := range tests {
		for _, code := range test.codes {
			seen[code] = true
			e := Fate("send", test.status, code)
			if e.Action != test.action || e.Outcome != test.outcome || e.Alert != test.alert || e.Delay(1) != test.delay {
				t.Errorf("code %d, HTTP %d: %s, %s, alert %v, %v; want %+v", code, test.status, e.Action, e.Outcome, e.Alert, e.Delay(1), test)
			}
			if e.Meaning == "" || !strings.Contains(e.Error(), e.Meaning) {
				t.Errorf("code %d has no meaning in %q", code, e.Error())
			}
		}
	}
	for _, row := range fates() {
		if !seen[row.code] && !seen[row.last] && (row.last == 0 || row.code != 2388000) {
			t.Errorf("code %d of the table is not tested", row.code)
		}
	}
}

func TestFates_NoRowsOverlap(t *testing.T) {
	t.Parallel()
	rows := fates()
	for i, a := range rows {
		for _, b := range rows[i+1:] {
			if a.code <= max(b.code, b.last) && b.code <= max(a.code, a.last) {
				t.Errorf("%d and %d overlap", a.code, b.code)
			}
		}
	}
}

func TestDelay_Grows(t *testing.T) {
	t.Parallel()
	pair := Fate("send", 400, 131056)
	for attempt, want := range map[int]time.Duration{0: 4 * time.Second, 1: 4 * time.Second, 2: 16 * time.Second, 4: 256 * time.Second, 9: time.Hour, 1000: time.Hour} {
		if got := pair.Delay(attempt); got != want {
			t.Errorf("pair rate, try %d: %v, want %v", attempt, got, want)
		}
	}
	if got := Fate("send", 500, 131057).Delay(5); got != time.Minute {
		t.Errorf("maintenance, try 5: %v", got)
	}
}

func TestAsError(t *testing.T) {
	t.Parallel()
	if AsError(nil) != nil {
		t.Error("nil became an error")
	}
	inner := Fate("send", 400, 131047)
	if got := AsError(fmt.Errorf("outer: %w", inner)); got != inner {
		t.Errorf("got %v", got)
	}
	foreign := AsError(context.Canceled)
	if foreign.Outcome != Unknown || foreign.Action != RetryUnproven || !errors.Is(foreign, context.Canceled) {
		t.Errorf("a foreign error: %v", foreign)
	}
}
