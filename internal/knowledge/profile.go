package knowledge

import (
	"maps"
	"slices"
	"time"

	"antena/internal/desk"
)

// ProfileSetting is the key the profile is kept under.
const ProfileSetting = "profile"

// NewProfile is what a desk starts with: nothing invented about the ISP,
// thresholds as tuned, people always on duty until hours are set.
func NewProfile(name, country, zone string, languages []string) *desk.Profile {
	return &desk.Profile{
		Name: name, Country: country, TimeZone: zone, Languages: languages,
		Placeholders: map[string]desk.Words{},
	}
}

// DemoProfile is the fictional ISP of the demo: every placeholder has its demo value.
func DemoProfile(lib *Library) *desk.Profile {
	p := NewProfile("Río Fibra", "", "UTC", desk.Languages)
	for name, ph := range lib.Placeholders {
		p.Placeholders[name] = ph.Demo
	}
	return p
}

// Missing lists the placeholders that published articles mention and the profile
// does not fill, sorted.
func Missing(p *desk.Profile, b *desk.Book, now time.Time) []string {
	seen := map[string]bool{}
	for _, variants := range b.Articles {
		for _, a := range variants {
			if !a.InForce(now) {
				continue
			}
			_, missing := p.Fill(a.Body, a.Language)
			for _, name := range missing {
				seen[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
