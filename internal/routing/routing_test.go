package routing_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
	"antena/internal/routing"
)

var monday = time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)

// id is one that sorts as its number does.
func id(n int) uuid.UUID {
	var u uuid.UUID
	u[14], u[15] = byte(n>>8), byte(n)
	return u
}

// board is a desk of two teams: sales in rounds, support by load, both always open.
func board() routing.Board {
	sales, support, overnight := desk.NewTeam("sales"), desk.NewTeam("support"), desk.NewTeam("overnight")
	sales.Method, support.Method, overnight.Method = desk.MethodRound, desk.MethodLeast, desk.MethodRound
	return routing.Board{Now: monday, Profile: &desk.Profile{TimeZone: "UTC"}, Roster: &desk.Roster{Teams: []desk.TeamInfo{sales, support, overnight}}}
}

func agent(n int, change func(*routing.Agent)) routing.Agent {
	a := routing.Agent{Post: desk.NewPost(id(n)), State: desk.Online}
	a.Post.Teams, a.Post.Capacity = []desk.Team{"sales", "support"}, 2
	if change != nil {
		change(&a)
	}
	return a
}

func waiting(n int, change func(*routing.Waiting)) routing.Waiting {
	w := routing.Waiting{Conversation: id(1000 + n), Version: int64(n), Team: "sales", Priority: desk.PriorityNormal, Since: monday.Add(-time.Hour + time.Duration(n)*time.Second), Language: "es"}
	if change != nil {
		change(&w)
	}
	return w
}

// given says who was given what, as "conversation>agent".
func given(all []routing.Assignment) []string {
	out := []string{}
	for _, a := range all {
		out = append(out, fmt.Sprintf("%d>%d", int(a.Conversation[14])<<8+int(a.Conversation[15])-1000, int(a.Agent[15])))
	}
	return out
}

func TestAssign(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		give func(b *routing.Board)
		want []string
	}{
		{"nobody waits", func(b *routing.Board) { b.Agents = []routing.Agent{agent(1, nil)} }, nil},
		{"nobody is there", func(b *routing.Board) { b.Waiting = []routing.Waiting{waiting(1, nil)} }, nil},
		{"in rounds, up to what each can hold", func(b *routing.Board) {
			b.Agents = []routing.Agent{agent(1, func(a *routing.Agent) { a.AssignedAt = monday.Add(-time.Minute) }), agent(2, func(a *routing.Agent) { a.AssignedAt = monday.Add(-time.Hour) })}
			for n := range 5 {
				b.Waiting = append(b.Waiting, waiting(n+1, nil))
			}
		}, []string{"1>2", "2>1", "3>2", "4>1"}},
		{"to who holds the fewest", func(b *routing.Board) {
			b.Agents = []routing.Agent{agent(1, func(a *routing.Agent) { a.Load, a.Post.Capacity = 3, 9 }), agent(2, func(a *routing.Agent) { a.Load, a.Post.Capacity = 1, 9 })}
			for n := range 4 {
				b.Waiting = append(b.Waiting, waiting(n+1, func(w *routing.Waiting) { w.Team = "support" }))
			}
		}, []string{"1>2", "2>2", "3>1", "4>2"}},
		{"the urgent first, then the oldest", func(b *routing.Board) {
			b.Agents = []routing.Agent{agent(1, func(a *routing.Agent) { a.Post.Capacity = 9 })}
			b.Waiting = []routing.Waiting{
				waiting(3, nil), waiting(1, nil), waiting(4, func(w *routing.Waiting) { w.Priority = desk.PriorityUrgent }), waiting(2, func(w *routing.Waiting) { w.Priority = desk.PriorityLow }),
			}
		}, []string{"4>1", "1>1", "3>1", "2>1"}},
		{"what nobody can take holds up nobody", func(b *routing.Board) {
			b.Agents = []routing.Agent{agent(1, nil)}
			b.Waiting = []routing.Waiting{waiting(1, func(w *routing.Waiting) { w.Skill = "billing" }), waiting(2, nil)}
		}, []string{"2>1"}},
		{"a skill, a language", func(b *routing.Board) {
			b.Agents = []routing.Agent{
				agent(1, func(a *routing.Agent) { a.Post.Languages = []string{"pt"} }), agent(2, nil),
				agent(3, func(a *routing.Agent) { a.Post.Skills = []string{"vip"} }),
			}
			b.Waiting = []routing.Waiting{waiting(1, func(w *routing.Waiting) { w.Skill = "vip" }), waiting(2, nil), waiting(3, func(w *routing.Waiting) { w.Language = "pt" })}
		}, []string{"1>3", "2>2", "3>1"}},
		{"never who is away, offline, full, of another team or let it wait", func(b *routing.Board) {
			b.Agents = []routing.Agent{
				agent(1, func(a *routing.Agent) { a.State = desk.Away }), agent(2, func(a *routing.Agent) { a.State = desk.Offline }),
				agent(3, func(a *routing.Agent) { a.Load = 2 }), agent(4, func(a *routing.Agent) { a.Post.Teams = []desk.Team{"support"} }), agent(5, nil),
			}
			b.Waiting = []routing.Waiting{waiting(1, func(w *routing.Waiting) { w.Done.Silent = []uuid.UUID{id(5)} })}
		}, nil},
		{"not from a team that pulls, rests or is no more", func(b *routing.Board) {
			b.Roster.Teams[0].Method = desk.MethodPull
			b.Roster.Teams[1].Active = false
			b.Roster.Teams[2].OwnHours, b.Roster.Teams[2].Hours = true, []desk.Hours{{Day: time.Monday, From: "20:00", To: "24:00"}}
			b.Agents = []routing.Agent{agent(1, func(a *routing.Agent) {
				a.Post.Teams = []desk.Team{"sales", "support", "overnight", "gone"}
				a.Post.Capacity = 9
			})}
			for n, team := range []desk.Team{"sales", "support", "overnight", "gone"} {
				b.Waiting = append(b.Waiting, waiting(n+1, func(w *routing.Waiting) { w.Team = team }))
			}
		}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := board()
			c.give(&b)
			if got := given(routing.Assign(b)); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// Whatever the board, what package routing promises holds.
func TestAssign_Promises(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(20, 26))
	pick := func(of []string) []string {
		return slices.DeleteFunc(slices.Clone(of), func(string) bool { return r.IntN(2) == 0 })
	}
	for round := range 2000 {
		b := board()
		b.Roster.Teams[r.IntN(3)].Method = desk.Methods[r.IntN(3)]
		for n := range r.IntN(9) {
			b.Agents = append(b.Agents, agent(n+1, func(a *routing.Agent) {
				a.State = []desk.PresenceState{desk.Online, desk.Online, desk.Away, desk.Offline}[r.IntN(4)]
				a.Post.Capacity, a.Load = 1+r.IntN(4), r.IntN(6)
				a.Post.Skills, a.Post.Languages = pick([]string{"vip", "billing"}), pick([]string{"es", "pt"})
				a.AssignedAt = monday.Add(-time.Duration(r.IntN(5)) * time.Minute)
			}))
		}
		for n := range r.IntN(30) {
			b.Waiting = append(b.Waiting, waiting(n+1, func(w *routing.Waiting) {
				w.Team = []desk.Team{"sales", "support", "overnight"}[r.IntN(3)]
				w.Priority, w.Since = desk.Priorities[r.IntN(4)], monday.Add(-time.Duration(r.IntN(5))*time.Minute)
				w.Skill = []string{"", "", "vip", "billing"}[r.IntN(4)]
				if r.IntN(5) == 0 {
					w.Done.Silent = []uuid.UUID{id(1 + r.IntN(8))}
				}
			}))
		}
		all := routing.Assign(b)
		if again := routing.Assign(b); !reflect.DeepEqual(all, again) {
			t.Fatalf("round %d: the same board was decided in two ways", round)
		}
		check(t, b, all)
		if t.Failed() {
			t.Fatalf("round %d: %+v\n%v", round, b, given(all))
		}
	}
}

func check(t *testing.T, b routing.Board, all []routing.Assignment) {
	t.Helper()
	agents, waits, load := map[uuid.UUID]routing.Agent{}, map[uuid.UUID]routing.Waiting{}, map[uuid.UUID]int{}
	for _, a := range b.Agents {
		agents[a.Post.AgentID], load[a.Post.AgentID] = a, a.Load
	}
	for _, w := range b.Waiting {
		waits[w.Conversation] = w
	}
	// fits says what the test itself knows of who may be given what.
	fits := func(a routing.Agent, w routing.Waiting) bool {
		p := a.Post
		return a.State == desk.Online && slices.Contains(p.Teams, w.Team) && (w.Skill == "" || slices.Contains(p.Skills, w.Skill)) &&
			(len(p.Languages) == 0 || slices.Contains(p.Languages, w.Language)) && !slices.Contains(w.Done.Silent, p.AgentID)
	}
	done := map[uuid.UUID]bool{}
	for _, g := range all {
		a, w := agents[g.Agent], waits[g.Conversation]
		if load[g.Agent]++; load[g.Agent] > a.Post.Capacity {
			t.Error("over capacity")
		}
		if done[g.Conversation] || g.Version != w.Version {
			t.Error("given twice, or as another version")
		}
		done[g.Conversation] = true
		if team, _ := b.Roster.Team(w.Team); !fits(a, w) || team.Method == desk.MethodPull {
			t.Error("given to who may not have it")
		}
	}
	for _, w := range b.Waiting {
		if team, _ := b.Roster.Team(w.Team); done[w.Conversation] || team.Method == desk.MethodPull {
			continue
		}
		for _, a := range b.Agents {
			if fits(a, w) && load[a.Post.AgentID] < a.Post.Capacity {
				t.Error("somebody could have taken what was left")
			}
		}
	}
}

// In rounds nobody is two ahead of anybody who could have had the same.
func TestAssign_RoundRobinIsFair(t *testing.T) {
	t.Parallel()
	b := board()
	for n := range 7 {
		b.Agents = append(b.Agents, agent(n+1, func(a *routing.Agent) { a.Post.Capacity = 50 }))
	}
	for n := range 100 {
		b.Waiting = append(b.Waiting, waiting(n+1, nil))
	}
	count := map[uuid.UUID]int{}
	for _, g := range routing.Assign(b) {
		count[g.Agent]++
	}
	for who, n := range count {
		if n < 14 || n > 15 {
			t.Errorf("%s was given %d of 100 among seven", who, n)
		}
	}
}

func TestLate(t *testing.T) {
	t.Parallel()
	b := board()
	sales, support := &b.Roster.Teams[0], &b.Roster.Teams[1]
	sales.RaiseAfter, sales.OverflowAfter, sales.Overflow, sales.SilentAfter = 30, 45, "support", 10
	support.RaiseAfter, support.OwnHours, support.Hours = 30, true, []desk.Hours{{Day: time.Monday, From: "14:45", To: "18:00"}}
	at := func(minutes int) func(*routing.Waiting) {
		return func(w *routing.Waiting) { w.Since = monday.Add(-time.Duration(minutes) * time.Minute) }
	}
	before := monday.Add(-time.Minute)
	b.Waiting = []routing.Waiting{
		waiting(1, at(29)), waiting(2, at(30)), waiting(3, at(60)),
		waiting(4, func(w *routing.Waiting) { at(60)(w); w.Done = desk.Waited{RaisedAt: &before, OverflowAt: &before} }),
		waiting(5, func(w *routing.Waiting) { at(60)(w); w.Team = "support" }), // of which 15 minutes in its hours
	}
	b.Silences = []desk.Silence{
		{Conversation: id(1), Team: "sales", Since: monday.Add(-9 * time.Minute)}, {Conversation: id(2), Team: "sales", Since: monday.Add(-10 * time.Minute)},
		{Conversation: id(3), Team: "support", Since: monday.Add(-time.Hour)},
	}
	o := routing.Late(b)
	names := func(all []routing.Move) (out []int) {
		for _, m := range all {
			out = append(out, int(m.Version))
		}
		return out
	}
	if got := names(o.Raises); !slices.Equal(got, []int{3, 2}) {
		t.Errorf("raised %v", got)
	}
	if got := names(o.Moves); !slices.Equal(got, []int{3}) || o.Moves[0].To != "support" || o.Moves[0].From != "sales" {
		t.Errorf("moved %+v", o.Moves)
	}
	if len(o.Returns) != 1 || o.Returns[0].Conversation != id(2) {
		t.Errorf("returned %+v", o.Returns)
	}
	b.Now = monday.Add(6 * time.Hour) // support has gone home
	if o := routing.Late(b); len(o.Moves) != 0 {
		t.Errorf("moved to a team that is closed: %+v", o.Moves)
	}
	if got := routing.Shortest(b.Roster); got != 10*time.Minute {
		t.Errorf("the shortest silence is %s", got)
	}
}
