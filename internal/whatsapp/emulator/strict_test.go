package emulator

import (
	"testing"
	"time"
)

func TestWindow_NoSecondHoldsMore(t *testing.T) {
	t.Parallel()
	var w window
	start := time.Unix(1_700_000_000, 0)
	for _, c := range []struct {
		after time.Duration
		force bool
		want  bool
	}{
		{0, false, true}, {0, false, true}, {400 * time.Millisecond, false, true}, {900 * time.Millisecond, false, false},
		{999 * time.Millisecond, false, false}, {time.Second, false, true}, {time.Second, false, true}, {time.Second, false, false},
		{1100 * time.Millisecond, true, true}, {1400 * time.Millisecond, false, false}, {2 * time.Second, false, true}, {10 * time.Second, false, true},
	} {
		if got := w.take(start.Add(c.after), 3, c.force); got != c.want {
			t.Errorf("after %v, force %v: %v", c.after, c.force, got)
		}
	}
}
