package search

import "slices"

// admits reports whether a passage with this scope may be used for the query.
func (s *Scope) admits(q *Query) bool {
	if len(s.Zones) > 0 && !slices.ContainsFunc(s.Zones, func(z string) bool { return slices.Contains(q.Zone, z) }) {
		return false
	}
	if len(s.Plans) > 0 && !slices.Contains(s.Plans, q.Plan) {
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
