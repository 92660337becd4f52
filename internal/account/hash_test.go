package account

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestHash_RoundTrip(t *testing.T) {
	t.Parallel()
	h := newHasher()
	const password = "caña brava 1987"
	one, err := h.hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	two, err := h.hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	if one == two {
		t.Error("two hashes of one password are alike: the salt is not fresh")
	}
	if !strings.HasPrefix(one, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hash is %q, not in the PHC form we promise", one)
	}
	for _, c := range []struct {
		name, password string
		want           bool
	}{
		{"the password", password, true},
		{"the password typed on another keyboard", "can\u0303a brava 1987", true},
		{"another case", "Caña brava 1987", false},
		{"nothing", "", false},
	} {
		if got, err := h.matches(t.Context(), c.password, one); got != c.want || err != nil {
			t.Errorf("%s: matches = %v, %v, want %v", c.name, got, err, c.want)
		}
	}
}

// A hash made at another cost still opens: it carries its own.
func TestHash_KeepsItsOwnCost(t *testing.T) {
	t.Parallel()
	h := newHasher()
	h.derive = func(_, _ []byte, passes, memory uint32, lanes uint8, length uint32) []byte {
		if passes != 3 || memory != 64 || lanes != 4 {
			t.Errorf("derived with m=%d,t=%d,p=%d, want m=64,t=3,p=4", memory, passes, lanes)
		}
		return make([]byte, length)
	}
	stored := strings.Replace(nobody, "m=19456,t=2,p=1", "m=64,t=3,p=4", 1)
	if ok, err := h.matches(t.Context(), "x", stored); !ok || err != nil {
		t.Errorf("matches = %v, %v, want true", ok, err)
	}
}

func TestHash_NobodyMatchesNoPassword(t *testing.T) {
	t.Parallel()
	h := newHasher()
	derived := 0
	h.derive = func(_, _ []byte, _, _ uint32, _ uint8, length uint32) []byte {
		derived++
		return make([]byte, length) // what nobody's hash holds
	}
	if ok, err := h.matches(t.Context(), "x", ""); ok || err != nil {
		t.Errorf("matches = %v, %v, want false", ok, err)
	}
	if derived != 1 {
		t.Errorf("%d hashes computed, want one as for anybody", derived)
	}
}

func TestHash_RefusesDamage(t *testing.T) {
	t.Parallel()
	h := newHasher()
	for _, c := range []struct{ name, old, new string }{
		{"another algorithm", "argon2id", "argon2i"},
		{"another version", "v=19", "v=16"},
		{"memory of a terabyte", "m=19456", "m=1073741824"},
		{"no memory", "m=19456", "m=0"},
		{"endless passes", "t=2", "t=4000000000"},
		{"no lanes", "p=1", "p=0"},
		{"too many lanes for a byte", "p=1", "p=256"},
		{"more after the cost", "p=1", "p=1,x=1"},
		{"short salt", "$AAAAAAAAAAAAAAAAAAAAAA$", "$AAAA$"},
		{"short key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAA"},
		{"no base64", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "!"},
		{"one part less", "$v=19", ""},
		{"plain text", nobody, "hunter2"},
	} {
		damaged := strings.Replace(nobody, c.old, c.new, 1)
		if damaged == nobody {
			t.Fatalf("%s: the case changes nothing", c.name)
		}
		if ok, err := h.matches(t.Context(), "x", damaged); ok || !errors.Is(err, errHash) {
			t.Errorf("%s: matches = %v, %v, want errHash", c.name, ok, err)
		}
	}
}

func TestHash_FewAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHasher()
		var now, most atomic.Int32
		h.derive = func(_, _ []byte, _, _ uint32, _ uint8, length uint32) []byte {
			if n := now.Add(1); n > most.Load() {
				most.Store(n)
			}
			<-time.After(time.Second)
			now.Add(-1)
			return make([]byte, length)
		}
		var all sync.WaitGroup
		for range 40 {
			all.Go(func() { _, _ = h.matches(t.Context(), "x", "") })
		}
		synctest.Wait()
		impatient, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := h.matches(impatient, "x", ""); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a caller who left still waits: %v", err)
		}
		all.Wait()
		if got := int(most.Load()); got != cap(h.slots) || got > mostHashes {
			t.Errorf("%d hashes at once, want %d", got, cap(h.slots))
		}
	})
}
