package outbox

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

func TestFair(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		most  int
		wants []int
		want  []int
	}{
		{80, []int{1}, []int{80}},
		{80, []int{200}, []int{80}},
		{80, []int{200, 200}, []int{40, 40}},
		{81, []int{200, 200}, []int{40, 41}},
		{80, []int{200, 1}, []int{79, 1}},
		{80, []int{30, 200, 10}, []int{30, 40, 10}},
		{80, []int{200, 200, 200}, []int{26, 27, 27}},
		{80, []int{10, 30}, []int{30, 50}},
		{1, []int{5, 5}, []int{0, 1}},
	} {
		if got := fair(c.most, c.wants); !slices.Equal(got, c.want) {
			t.Errorf("fair(%d, %v) = %v, want %v", c.most, c.wants, got, c.want)
		}
	}
}

// TestSettle_NeverTooMany: whatever replicas ask for, come and go, the slots in
// their hands are never more than there are, and who wants some gets some.
func TestSettle_NeverTooMany(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			dice := rand.New(rand.NewPCG(seed, 7))
			const most = 40
			type replica struct {
				id   uuid.UUID
				got  grant
				seen time.Time
			}
			replicas := make([]replica, 4)
			for i := range replicas {
				replicas[i].id = desk.NewID()
			}
			r, now := desk.SendRate{}, time.Unix(1_700_000_000, 0)
			for range 400 {
				now = now.Add(time.Duration(dice.IntN(900)) * time.Millisecond)
				me := &replicas[dice.IntN(1+dice.IntN(len(replicas)))]
				held := 0
				if now.Sub(me.seen) < shareLife {
					held = dice.IntN(min(me.got.slots, me.got.target) + 1)
				}
				me.got, me.seen = ask{replica: me.id, most: most, holds: held, wants: dice.IntN(60)}.settle(&r, now), now
				sum := 0
				for _, other := range replicas {
					if now.Sub(other.seen) <= shareLife+shareGrace {
						sum += other.got.slots
					}
				}
				if sum > most {
					t.Fatalf("%d slots of %d are in hands", sum, most)
				}
			}
		})
	}
}

func TestPairLeft(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_700_000_000, 0)
	at := func(n int, every time.Duration) (times []time.Time) { // newest first
		for i := range n {
			times = append(times, now.Add(-time.Duration(i)*every))
		}
		return times
	}
	for _, c := range []struct {
		name  string
		times []time.Time
		want  time.Duration
	}{
		{"nothing", nil, 0},
		{"a burst that is allowed", at(43, 0), 0},
		{"a burst that is used up", at(44, 0), 6 * time.Second},
		{"twice that", at(88, 0), 45 * 6 * time.Second},
		{"one each six seconds", at(400, 6*time.Second), 0},
		{"one each three seconds, for long", at(200, 3*time.Second), 345 * time.Second},
	} {
		if got := pairLeft(c.times, now); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
