package phone

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"time"

	"github.com/gin-gonic/gin"
)

const (
	heartbeat  = 15 * time.Second      // keeps proxies from ending a quiet stream
	gather     = 30 * time.Millisecond // changes in a row are announced once
	countEvery = time.Second
)

// events tells a browser that the thread or the counters changed, until it leaves.
func (p *Phone) events(c *gin.Context, who *person) error {
	changes, leave := who.phone.Subscribe()
	defer leave()
	s := stream{w: c.Writer, control: http.NewResponseController(c.Writer)}
	s.start()
	last := p.state()
	s.state(last)
	beat, count := time.NewTicker(heartbeat), time.NewTicker(countEvery)
	defer beat.Stop()
	defer count.Stop()
	var ready <-chan time.Time // set while changes are gathered
	for s.err == nil {
		select {
		case <-c.Request.Context().Done():
			return nil
		case <-p.Closing:
			return nil
		case <-beat.C:
			s.write(": alive\n\n")
		case <-count.C:
			if now := p.state(); !reflect.DeepEqual(now, last) {
				last = now
				s.state(now)
			}
		case _, open := <-changes:
			if !open {
				return nil
			}
			if ready == nil {
				ready = time.After(gather)
			}
		case <-ready:
			ready = nil
			s.write("event: thread\ndata: {}\n\n")
		}
	}
	return nil // the browser has gone
}

// stream writes server-sent events and remembers the first failure.
type stream struct {
	w       gin.ResponseWriter
	control *http.ResponseController
	err     error
}

func (s *stream) start() {
	// A server without deadlines has nothing to lift; the stream works all the same.
	_ = s.control.SetWriteDeadline(time.Time{})
	h := s.w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	s.w.WriteHeader(http.StatusOK)
	s.write("retry: 1500\n\nevent: thread\ndata: {}\n\n")
}

func (s *stream) state(now state) {
	data, err := json.Marshal(now)
	if err != nil {
		s.err = err
		return
	}
	s.write(fmt.Sprintf("event: state\ndata: %s\n\n", data))
}

func (s *stream) write(event string) {
	if s.err != nil {
		return
	}
	if _, s.err = fmt.Fprint(s.w, event); s.err == nil {
		s.err = s.control.Flush()
	}
}
