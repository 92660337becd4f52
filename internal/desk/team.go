package desk

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Method is how a team's conversations come to its agents.
type Method string

// The methods.
const (
	MethodPull  Method = "pull"         // agents take them themselves
	MethodRound Method = "round_robin"  // to who was given one longest ago
	MethodLeast Method = "least_loaded" // to who holds the fewest
)

// Methods lists the methods in the order they are offered.
var Methods = []Method{MethodPull, MethodRound, MethodLeast}

// TeamInfo is a team as the admins set it up. Its times are minutes of its calendar;
// zero is never.
type TeamInfo struct {
	ID            Team  `gorm:"primaryKey"`
	Names         Words `gorm:"serializer:json"`
	Active        bool  // nothing is routed to one that is not
	Place         int   // in the order teams are offered in
	Method        Method
	OwnHours      bool     // Hours and Holidays count; else the provider's
	Hours         []Hours  `gorm:"serializer:json"`
	Holidays      []string `gorm:"serializer:json"`
	Skills        []string `gorm:"serializer:json"` // that work for it may need
	Overflow      Team     // where what nobody takes goes; empty: nowhere
	OverflowAfter int      // unclaimed so long: to the overflow team
	RaiseAfter    int      // unclaimed so long: supervisors are told
	SilentAfter   int      // unanswered by its agent so long: back to the queue
	Version       int64    // raised with every change
	UpdatedAt     time.Time
}

// TableName is where teams are kept.
func (TeamInfo) TableName() string { return "teams" }

// Name is what the team is called in a language.
func (t *TeamInfo) Name(language string) string {
	if name := t.Names.In(language); name != "" {
		return name
	}
	return string(t.ID)
}

// Calendar is when the team answers: in its own hours, or those of the provider.
func (t *TeamInfo) Calendar(p *Profile) Calendar {
	if !t.OwnHours {
		return p.Calendar()
	}
	return Calendar{Zone: p.Location(), Hours: t.Hours, Holidays: t.Holidays}
}

// Limits of what is set up.
const (
	MaxTeams       = 50
	MaxTeamName    = 40
	MaxSkills      = 30
	MaxSkill       = 32
	MaxHours       = 50 // spans of a week
	MaxHolidays    = 100
	MaxTimeout     = 7 * 24 * 60 // minutes
	MaxCapacity    = 100
	UsualCapacity  = 5
	usualRaise     = 15
	maxTeamKey     = 32
	keyLetters     = "abcdefghijklmnopqrstuvwxyz0123456789_-"
	firstOfKey     = "abcdefghijklmnopqrstuvwxyz"
	longestHoliday = len(time.DateOnly)
)

// NewTeam returns a team as one begins: agents pull, and supervisors hear of what
// waits for a quarter of an hour.
func NewTeam(id Team) TeamInfo {
	return TeamInfo{ID: id, Active: true, Method: MethodPull, RaiseAfter: usualRaise}
}

// Check reports what of a team cannot be. Whether its overflow team exists is not
// known here.
func (t *TeamInfo) Check() error {
	switch {
	case !key(string(t.ID), maxTeamKey):
		return ErrInvalid.For("team")
	case t.Names.In(Languages[0]) == "" || slices.ContainsFunc(Languages, func(l string) bool { return Units(t.Names[l]) > MaxTeamName }):
		return ErrInvalid.For("name")
	case !slices.Contains(Methods, t.Method):
		return ErrInvalid.For("method")
	case !checkHours(t.Hours):
		return ErrInvalid.For("hours")
	case !checkHolidays(t.Holidays):
		return ErrInvalid.For("holidays")
	case !checkSkills(t.Skills):
		return ErrInvalid.For("skills")
	case t.Overflow == t.ID || t.OverflowAfter > 0 && t.Overflow == "":
		return ErrInvalid.For("overflow")
	}
	for _, minutes := range []int{t.OverflowAfter, t.RaiseAfter, t.SilentAfter} {
		if minutes < 0 || minutes > MaxTimeout {
			return ErrInvalid.For("minutes")
		}
	}
	return nil
}

func checkHours(all []Hours) bool {
	return len(all) <= MaxHours && !slices.ContainsFunc(all, func(h Hours) bool {
		from, okFrom := minutes(h.From)
		to, okTo := minutes(h.To)
		return h.Day < time.Sunday || h.Day > time.Saturday || !okFrom || !okTo || from >= to
	})
}

func checkHolidays(all []string) bool {
	return len(all) <= MaxHolidays && !slices.ContainsFunc(all, func(day string) bool {
		_, err := time.Parse(time.DateOnly, day)
		return err != nil || len(day) != longestHoliday
	})
}

func checkSkills(all []string) bool {
	return len(all) <= MaxSkills && !slices.ContainsFunc(all, func(s string) bool { return !key(s, MaxSkill) })
}

// key reports whether a text may name a team or a skill: a lower-case letter, then
// letters, digits, - and _.
func key(s string, most int) bool {
	return s != "" && len(s) <= most && strings.Trim(s, keyLetters) == "" && strings.Contains(firstOfKey, s[:1])
}

// Post is an agent's place at the desk: for which teams they work, what they can do
// and how many conversations they are given at once. An agent without one is in no
// team and may still take what they like.
type Post struct {
	AgentID   uuid.UUID `gorm:"primaryKey"`
	Teams     []Team    `gorm:"serializer:json"`
	Skills    []string  `gorm:"serializer:json"`
	Languages []string  `gorm:"serializer:json"` // they answer in; empty: any
	Capacity  int       // open conversations they are given up to
	UpdatedAt time.Time
}

// NewPost is the post of an agent nobody has set up.
func NewPost(agent uuid.UUID) Post { return Post{AgentID: agent, Capacity: UsualCapacity} }

// Check reports what of a post cannot be. Whether its teams exist is not known here.
func (p *Post) Check() error {
	switch {
	case p.Capacity < 1 || p.Capacity > MaxCapacity:
		return ErrInvalid.For("capacity")
	case !checkSkills(p.Skills):
		return ErrInvalid.For("skills")
	case slices.ContainsFunc(p.Languages, func(l string) bool { return !KnownLanguage(l) }):
		return ErrInvalid.For("languages")
	case len(p.Teams) > MaxTeams:
		return ErrInvalid.For("teams")
	}
	return nil
}
