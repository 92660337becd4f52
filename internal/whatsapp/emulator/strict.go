package emulator

import "time"

// window counts what came in the last second, to the nanosecond. A bucket forgives a burst after a quiet second; a window
// forgives nothing: in no second, wherever it begins, is there one message more than allowed.
type window struct{ times []time.Time }

// take counts one more if there is room, or with force even if there is none.
func (w *window) take(now time.Time, most int, force bool) bool {
	gone := 0
	for gone < len(w.times) && now.Sub(w.times[gone]) >= time.Second {
		gone++
	}
	w.times = w.times[gone:]
	if len(w.times) >= most && !force {
		return false
	}
	w.times = append(w.times, now)
	return true
}
