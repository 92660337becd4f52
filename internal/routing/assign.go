package routing

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Assignment gives a conversation to an agent. It holds for the version that was seen.
type Assignment struct {
	Conversation uuid.UUID
	Version      int64
	Agent        uuid.UUID
}

// Assign gives out what waits, in the order it is to be given.
func Assign(b Board) []Assignment {
	open := map[desk.Team]bool{}
	for _, t := range teams(b.Roster) {
		open[t.ID] = t.Active && t.Method != desk.MethodPull && b.calendar(t.ID).Open(b.Now)
	}
	crew := make([]seat, len(b.Agents))
	for i, a := range b.Agents {
		crew[i] = seat{Agent: a}
	}
	var all []Assignment
	for _, w := range queue(b.Waiting) {
		if !open[w.Team] {
			continue
		}
		team, _ := b.Roster.Team(w.Team)
		chosen := choose(crew, &w, team.Method)
		if chosen == nil {
			continue
		}
		all = append(all, Assignment{Conversation: w.Conversation, Version: w.Version, Agent: chosen.Post.AgentID})
		chosen.Load++
		chosen.given = len(all)
	}
	return all
}

// Automatic reports whether a roster gives anything to anybody by itself.
func Automatic(r *desk.Roster) bool {
	return slices.ContainsFunc(teams(r), func(t desk.TeamInfo) bool { return t.Active && t.Method != desk.MethodPull })
}

// seat is an agent while conversations are given out.
type seat struct {
	Agent
	given int // the number of the last one given in this run; 0: none
}

// queue is what waits in the order it is to be given: the more urgent, then the older.
func queue(waiting []Waiting) []Waiting {
	all := slices.Clone(waiting)
	slices.SortFunc(all, func(a, b Waiting) int {
		return cmp.Or(b.Priority.Rank()-a.Priority.Rank(), a.Since.Compare(b.Since), bytes.Compare(a.Conversation[:], b.Conversation[:]))
	})
	return all
}

// choose picks who is given a conversation; nil when nobody can be.
func choose(crew []seat, w *Waiting, m desk.Method) *seat {
	var best *seat
	for i := range crew {
		if s := &crew[i]; s.may(w) && (best == nil || before(s, best, m)) {
			best = s
		}
	}
	return best
}

// may reports whether an agent can be given a conversation.
func (s *seat) may(w *Waiting) bool {
	p := &s.Post
	return s.State == desk.Online && s.Load < p.Capacity && slices.Contains(p.Teams, w.Team) &&
		(w.Skill == "" || slices.Contains(p.Skills, w.Skill)) &&
		(w.Language == "" || len(p.Languages) == 0 || slices.Contains(p.Languages, w.Language)) &&
		!slices.Contains(w.Done.Silent, p.AgentID)
}

// before reports whether an agent is to be given one rather than another.
func before(a, b *seat, m desk.Method) bool {
	load := 0
	if m == desk.MethodLeast {
		load = a.Load - b.Load
	}
	return cmp.Or(load, a.given-b.given, a.AssignedAt.Compare(b.AssignedAt), bytes.Compare(a.Post.AgentID[:], b.Post.AgentID[:])) < 0
}

func teams(r *desk.Roster) []desk.TeamInfo {
	if r == nil {
		return nil
	}
	return r.Teams
}
