package api

import (
	"net/http"
	"testing"
	"time"

	"antena/internal/desk"
)

// Past the pace a token waits for the next window; another does not.
func TestPace(t *testing.T) {
	t.Parallel()
	p, now := newPace(3), time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	one, other := desk.NewID(), desk.NewID()
	for want := 2; want >= 0; want-- {
		if left, _ := p.take(one, now); left != want {
			t.Errorf("%d are left, want %d", left, want)
		}
	}
	left, reset := p.take(one, now.Add(20*time.Second))
	if left >= 0 || reset != 40 {
		t.Errorf("%d are left, for %d s", left, reset)
	}
	h := http.Header{}
	p.announce(h, left, reset)
	if h.Get("Retry-After") != "40" || h.Get("RateLimit") != `"token";r=0;t=40` || h.Get("RateLimit-Policy") != `"token";q=3;w=60` {
		t.Errorf("announced %v", h)
	}
	if left, _ := p.take(other, now); left != 2 {
		t.Errorf("another token has %d left", left)
	}
	if left, _ := p.take(one, now.Add(time.Minute)); left != 2 {
		t.Errorf("the next window has %d left", left)
	}
}
