package search

import (
	"slices"
	"strings"
)

// admits reports whether a passage with this scope may be used for the query.
func (s *Scope) admits(q *Query) bool {
	if len(s.Zones) > 0 && !slices.ContainsFunc(q.Zone, func(z string) bool { return lists(s.Zones, z) }) {
		return false
	}
	if len(s.Plans) > 0 && !lists(s.Plans, q.Plan) {
		return false
	}
	if q.Now.IsZero() {
		return true
	}
	return (s.From.IsZero() || !q.Now.Before(s.From)) && (s.Until.IsZero() || q.Now.Before(s.Until))
}

// limits reports whether the scope keeps a passage from anyone.
func (s *Scope) limits() bool {
	return len(s.Zones) > 0 || len(s.Plans) > 0 || !s.From.IsZero() || !s.Until.IsZero()
}

// lists reports whether a name is among others; case and space around it mean nothing, and no name is none of them.
func lists(names []string, name string) bool {
	name = strings.TrimSpace(name)
	return name != "" && slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(strings.TrimSpace(n), name) })
}
