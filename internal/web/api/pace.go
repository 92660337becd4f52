package api

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"
)

// pace counts the requests of each token in windows of a minute.
type pace struct {
	most int
	mu   sync.Mutex
	seen map[uuid.UUID]window
}

type window struct {
	began time.Time
	count int
}

const (
	paceMost   = 600
	paceWindow = time.Minute
	paceTokens = 1000 // how many windows are kept before those that ended are thrown away
)

func newPace(most int) *pace { return &pace{most: most, seen: map[uuid.UUID]window{}} }

// take counts a request and returns how many are left and in how many seconds the
// window ends; left is negative when there was none.
func (p *pace) take(token uuid.UUID, now time.Time) (left, reset int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.seen) > paceTokens {
		for id, w := range p.seen {
			if now.Sub(w.began) >= paceWindow {
				delete(p.seen, id)
			}
		}
	}
	w := p.seen[token]
	if now.Sub(w.began) >= paceWindow || now.Before(w.began) {
		w = window{began: now}
	}
	if w.count <= p.most {
		w.count++
	}
	p.seen[token] = w
	return p.most - w.count, int((paceWindow - now.Sub(w.began) + time.Second - 1) / time.Second)
}

// announce says how the pace stands (draft-ietf-httpapi-ratelimit-headers).
func (p *pace) announce(h http.Header, left, reset int) {
	h.Set("RateLimit-Policy", fmt.Sprintf(`"token";q=%d;w=%d`, p.most, int(paceWindow/time.Second)))
	h.Set("RateLimit", fmt.Sprintf(`"token";r=%d;t=%d`, max(left, 0), reset))
	if left < 0 {
		h.Set("Retry-After", strconv.Itoa(reset))
	}
}
