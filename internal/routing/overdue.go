package routing

import (
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Overdue is what has waited too long.
type Overdue struct {
	Returns []desk.Silence // back to the queue: their agent does not answer
	Moves   []Move         // to an overflow team
	Raises  []Move         // supervisors are to be told; To is empty
}

// Move takes a conversation from one team's queue to another's. It holds for the
// version that was seen.
type Move struct {
	Conversation uuid.UUID
	Version      int64
	From, To     desk.Team
}

// Late finds what has waited too long. Each thing is done once for a wait, and none
// while the team is closed.
func Late(b Board) Overdue {
	var o Overdue
	for _, s := range b.Silences {
		t, ok := b.Roster.Team(s.Team)
		if ok && b.over(t.ID, s.Since, t.SilentAfter) {
			o.Returns = append(o.Returns, s)
		}
	}
	for _, w := range queue(b.Waiting) {
		t, ok := b.Roster.Team(w.Team)
		if !ok {
			continue
		}
		move := Move{Conversation: w.Conversation, Version: w.Version, From: w.Team}
		if w.Done.RaisedAt == nil && b.over(t.ID, w.Since, t.RaiseAfter) {
			o.Raises = append(o.Raises, move)
		}
		if w.Done.OverflowAt == nil && b.over(t.ID, w.Since, t.OverflowAfter) && b.takes(t.Overflow) {
			move.To = t.Overflow
			o.Moves = append(o.Moves, move)
		}
	}
	return o
}

// over reports whether so many minutes of a team have passed, and the team is there
// to have used them.
func (b *Board) over(t desk.Team, since time.Time, minutes int) bool {
	c := b.calendar(t)
	return minutes > 0 && c.Open(b.Now) && c.Between(since, b.Now) >= time.Duration(minutes)*time.Minute
}

// takes reports whether a team can be given what another does not take.
func (b *Board) takes(t desk.Team) bool {
	team, ok := b.Roster.Team(t)
	return ok && team.Active && b.calendar(t).Open(b.Now)
}

// Shortest is the shortest time after which an agent's silence matters; 0 when it
// never does.
func Shortest(r *desk.Roster) time.Duration {
	least := 0
	for _, t := range teams(r) {
		if t.SilentAfter > 0 && (least == 0 || t.SilentAfter < least) {
			least = t.SilentAfter
		}
	}
	return time.Duration(least) * time.Minute
}
