package work

import (
	"errors"
	"time"
)

// answer is what a handler wants done with its job.
type answer struct {
	err       error
	permanent bool
	later     bool
	wait      time.Duration
}

func (a *answer) Error() string {
	if a.err == nil {
		return "later"
	}
	return a.err.Error()
}

func (a *answer) Unwrap() error { return a.err }

// Permanent says that the job can never succeed: it is dead at once.
func Permanent(err error) error { return &answer{err: err, permanent: true} }

// RetryAfter says that the job failed and when to try again. It counts as a try.
func RetryAfter(wait time.Duration, err error) error { return &answer{err: err, wait: wait} }

// Later says that it is not time yet. It does not count as a try.
func Later(wait time.Duration) error { return &answer{later: true, wait: wait} }

func answerOf(err error) answer {
	var a *answer
	if errors.As(err, &a) {
		return *a
	}
	return answer{err: err}
}
