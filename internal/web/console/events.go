package console

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// heartbeat keeps proxies from ending a quiet stream.
const heartbeat = 15 * time.Second

// events tells a browser that something changed, until it leaves. It carries no
// data of people: the browser asks again for what it shows.
func (p *Console) events(v *visit) error {
	w := v.gin.Writer
	control := http.NewResponseController(w)
	// A server without deadlines has nothing to lift; the stream works all the same.
	_ = control.SetWriteDeadline(time.Time{})
	changes, leave := p.Live.Subscribe()
	defer leave()
	header := w.Header()
	header.Set("Content-Type", "text/event-stream")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	if _, err := fmt.Fprint(w, "retry: 2000\n\n"); err != nil {
		return nil // the browser has gone
	}
	if err := control.Flush(); err != nil {
		return fmt.Errorf("starting a stream: %w", err)
	}
	p.present(v)
	known := names{}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	ended := time.NewTimer(SessionLifetime) // the session is over by then
	defer ended.Stop()
	for {
		var err error
		select {
		case <-v.gin.Request.Context().Done():
			return nil
		case <-p.Closing:
			return nil
		case <-ended.C:
			return nil
		case <-beat.C:
			p.present(v)
			_, err = fmt.Fprint(w, ": alive\n\n")
		case change, open := <-changes:
			if !open {
				return nil
			}
			if change.Topic.Passing() {
				if change.By == v.who.ID {
					continue
				}
				if err = p.sendCompanion(v, change, known); err != nil {
					return err
				}
				break
			}
			data, failed := json.Marshal(struct {
				Topic string `json:"topic"`
				ID    string `json:"id"`
			}{string(change.Topic), idOrEmpty(change.ID)})
			if failed != nil {
				return fmt.Errorf("writing a change: %w", failed)
			}
			_, err = fmt.Fprintf(w, "event: change\ndata: %s\n\n", data)
		}
		if err != nil || control.Flush() != nil {
			return nil // the browser has gone
		}
	}
}
