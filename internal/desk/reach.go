package desk

import "strings"

// Reach says whether an article is for a contact.
type Reach uint8

// The reaches.
const (
	ReachYes     Reach = iota
	ReachNo            // for other zones or plans
	ReachUnknown       // for some zones or plans, and the contact's is not known
)

// For says whether the article is for a contact. Names of zones and plans are compared without regard to case and space around them.
func (a *Article) For(c *Contact) Reach {
	zone, plan := among(a.Zones, c.Zone), among(a.Plans, c.Plan)
	switch {
	case zone == ReachNo || plan == ReachNo:
		return ReachNo
	case zone == ReachUnknown || plan == ReachUnknown:
		return ReachUnknown
	}
	return ReachYes
}

func among(names []string, own string) Reach {
	if len(names) == 0 {
		return ReachYes
	}
	if strings.TrimSpace(own) == "" {
		return ReachUnknown
	}
	for _, name := range names {
		if SameName(name, own) {
			return ReachYes
		}
	}
	return ReachNo
}

// SameName reports whether two names of zones or plans mean the same.
func SameName(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}
