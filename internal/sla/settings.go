package sla

import (
	"slices"
	"time"

	"antena/internal/desk"
)

// Setting is the key the settings are kept under.
const Setting = "sla"

// Settings are what admins set.
type Settings struct {
	Share       int        `json:"share" yaml:"share"`               // per cent of a target after which it is at risk
	WindowHours int        `json:"window_hours" yaml:"window_hours"` // before the reply window closes on a contact who waits
	Targets     []Target   `json:"targets" yaml:"targets"`
	Deadlines   []Override `json:"deadlines,omitempty" yaml:"-"`
}

// Target is how long promises take. An empty intent or priority stands for all of
// them; a zero leaves the figure to a less specific target, and where none has it,
// nothing is promised. Figures are minutes of working time.
type Target struct {
	Intent     string        `json:"intent,omitempty" yaml:"intent"`
	Priority   desk.Priority `json:"priority,omitempty" yaml:"priority"`
	First      int           `json:"first,omitempty" yaml:"first"`
	Next       int           `json:"next,omitempty" yaml:"next"`
	Resolution int           `json:"resolution,omitempty" yaml:"resolution"`
}

// Limits of settings.
const (
	MaxTargets   = 100
	MaxMinutes   = 366 * 24 * 60
	maxIntent    = 64
	maxShare     = 99
	maxWindow    = 23 // hours; the window is 24 long
	maxDays      = 366
	maxDaysHours = 366 * 24
)

// Check says which field of the settings is wrong.
func (s *Settings) Check() error {
	switch {
	case s.Share < 1 || s.Share > maxShare:
		return desk.ErrInvalid.For("share")
	case s.WindowHours < 0 || s.WindowHours > maxWindow:
		return desk.ErrInvalid.For("window_hours")
	case len(s.Targets) > MaxTargets:
		return desk.ErrInvalid.For("targets")
	}
	seen := map[[2]string]bool{}
	for _, t := range s.Targets {
		key := [2]string{t.Intent, string(t.Priority)}
		if seen[key] || len(t.Intent) > maxIntent || t.Priority != "" && !t.Priority.Valid() {
			return desk.ErrInvalid.For("targets")
		}
		seen[key] = true
		for _, minutes := range []int{t.First, t.Next, t.Resolution} {
			if minutes < 0 || minutes > MaxMinutes {
				return desk.ErrInvalid.For("targets")
			}
		}
	}
	for _, o := range s.Deadlines {
		if len(o.Key) > maxIntent || !o.Unit.Valid() || o.Value < 0 || o.Value > o.Unit.most() {
			return desk.ErrInvalid.For("deadlines")
		}
	}
	return nil
}

// lengths are the targets of one matter; zero is none.
type lengths struct{ first, next, resolution time.Duration }

// lengths picks each figure from the most specific target that has it.
func (s *Settings) lengths(intent string, priority desk.Priority) lengths {
	fits := slices.DeleteFunc(slices.Clone(s.Targets), func(t Target) bool {
		return t.Intent != "" && t.Intent != intent || t.Priority != "" && t.Priority != priority
	})
	slices.SortStableFunc(fits, func(a, b Target) int { return b.specific() - a.specific() })
	pick := func(of func(Target) int) time.Duration {
		for _, t := range fits {
			if m := of(t); m > 0 {
				return time.Duration(m) * time.Minute
			}
		}
		return 0
	}
	return lengths{
		first:      pick(func(t Target) int { return t.First }),
		next:       pick(func(t Target) int { return t.Next }),
		resolution: pick(func(t Target) int { return t.Resolution }),
	}
}

// of is the length of a kind of promise.
func (l lengths) of(kind desk.PromiseKind) time.Duration {
	switch kind {
	case desk.PromiseFirst:
		return l.first
	case desk.PromiseNext:
		return l.next
	}
	return l.resolution
}

func (t Target) specific() int {
	rank := 0
	if t.Intent != "" {
		rank += 2
	}
	if t.Priority != "" {
		rank++
	}
	return rank
}
