package desk_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"antena/internal/desk"
)

func TestModelReasonOf(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		give error
		want desk.ModelReason
	}{
		{nil, ""},
		{&desk.ModelError{Reason: desk.ModelBudget}, desk.ModelBudget},
		{fmt.Errorf("rewriting: %w", &desk.ModelError{Reason: desk.ModelKeyRefused, Detail: "HTTP 401"}), desk.ModelKeyRefused},
		{errors.New("something else"), desk.ModelDown},
	} {
		if got := desk.ModelReasonOf(one.give); got != one.want {
			t.Errorf("%v: %q, want %q", one.give, got, one.want)
		}
	}
}

func TestModelUsage_Add(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	u := desk.ModelUsage{Day: "2026-11-23", Purpose: "rewrite", Model: "a", Calls: 1, TokensIn: 10, TokensCached: 4, TokensOut: 2, CostMicros: 3, At: noon}
	u.Add(desk.ModelUsage{Day: "2026-11-24", Purpose: "embed", Model: "b", Calls: 2, TokensIn: 100, TokensCached: 40, TokensOut: 20, Unpriced: 2, At: noon.Add(-time.Hour)})
	want := desk.ModelUsage{Day: "2026-11-23", Purpose: "rewrite", Model: "a", Calls: 3, TokensIn: 110, TokensCached: 44, TokensOut: 22, CostMicros: 3, Unpriced: 2, At: noon}
	if u != want || u.Tokens() != 132 {
		t.Errorf("came to %+v, want %+v", u, want)
	}
}
