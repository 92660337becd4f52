package work

import (
	"testing"
	"time"
)

func TestPause(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		attempt int
		want    time.Duration
	}{{0, time.Second}, {1, time.Second}, {2, 2 * time.Second}, {5, 16 * time.Second}, {10, 512 * time.Second}, {11, longPause}, {12, longPause}, {1000, longPause}} {
		for range 50 {
			got := pause(c.attempt)
			if got < c.want-c.want/10 || got > c.want+c.want/10 {
				t.Fatalf("attempt %d: pause of %s, want about %s", c.attempt, got, c.want)
			}
		}
	}
}
