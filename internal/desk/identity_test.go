package desk_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

func TestAliases(t *testing.T) {
	t.Parallel()
	bsuid, parent, phone := desk.Alias{Kind: desk.AliasBSUID, Value: "BR.1"}, desk.Alias{Kind: desk.AliasParentBSUID, Value: "BR.P"}, desk.Alias{Kind: desk.AliasPhone, Value: "5511"}
	for _, c := range []struct {
		give desk.Identity
		want []desk.Alias
	}{
		{desk.Identity{BSUID: "BR.1", ParentBSUID: "BR.P", Phone: "5511"}, []desk.Alias{bsuid, parent, phone}},
		{desk.Identity{ParentBSUID: "BR.P", Phone: "5511"}, []desk.Alias{parent, phone}},
		{desk.Identity{BSUID: "BR.1", Phone: "5511"}, []desk.Alias{bsuid, phone}},
		{desk.Identity{Phone: "5511"}, []desk.Alias{phone}},
		{desk.Identity{Name: "nobody"}, []desk.Alias{}},
	} {
		if got := c.give.Aliases(); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v: %v", c.give, got)
		}
	}
}

func TestContact_AddressAndLog(t *testing.T) {
	t.Parallel()
	c := desk.Contact{ID: desk.NewID(), Name: "Bruna", Phone: "5511", BSUID: "BR.1"}
	if c.Address() != "BR.1" || (desk.Contact{Phone: "5511"}).Address() != "5511" {
		t.Error("the wrong address")
	}
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "contact", c)
	for _, private := range []string{"Bruna", "5511", "BR.1"} {
		if strings.Contains(out.String(), private) {
			t.Errorf("%q is in the log: %s", private, out.String())
		}
	}
	if !strings.Contains(out.String(), c.ID.String()) {
		t.Errorf("the contact's id is not in the log: %s", out.String())
	}
}

func TestLater_IsTheOrderOfText(t *testing.T) {
	t.Parallel()
	var ids []uuid.UUID
	for range 2000 {
		ids = append(ids, desk.NewID())
	}
	for i := 1; i < len(ids); i++ {
		if !desk.Later(ids[i], ids[i-1]) || desk.Later(ids[i-1], ids[i]) || desk.Later(ids[i], ids[i]) {
			t.Fatalf("%s does not come after %s", ids[i], ids[i-1])
		}
	}
	for range 2000 {
		a, b := uuid.New(), uuid.New()
		if desk.Later(a, b) != (a.String() > b.String()) {
			t.Fatalf("%s and %s: their order as text differs, and the databases sort by it", a, b)
		}
	}
	if desk.Later(uuid.Nil, ids[0]) || !desk.Later(ids[0], uuid.Nil) {
		t.Error("the zero id is not the earliest")
	}
}

func TestRole_Matrix(t *testing.T) {
	t.Parallel()
	permissions := []desk.Permission{desk.MayRead, desk.MayAnswer, desk.MayReassign, desk.MayAdminister}
	want := map[desk.Role]string{
		desk.RoleAgent: "11..", desk.RoleSupervisor: "111.", desk.RoleAdmin: "1111", desk.RoleAuditor: "1...", "": "....", "root": "....",
	}
	for role, row := range want {
		got := ""
		for _, p := range permissions {
			if role.May(p) {
				got += "1"
			} else {
				got += "."
			}
		}
		if got != row {
			t.Errorf("%q: %s, want %s", role, got, row)
		}
		if role.Valid() != slices.Contains(desk.Roles, role) {
			t.Errorf("%q: valid %v", role, role.Valid())
		}
	}
}

func TestProtocol(t *testing.T) {
	t.Parallel()
	kolkata := time.FixedZone("", 19800)
	for _, c := range []struct {
		day  time.Time
		n    int64
		want string
	}{
		{noon, 1, "202611220000001"}, {noon, 9999999, "202611229999999"},
		{time.Date(2026, 12, 31, 20, 0, 0, 0, time.UTC).In(kolkata), 42, "202701010000042"},
	} {
		if got := desk.Protocol(c.day, c.n); got != c.want || len(got) != 15 {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestBind(t *testing.T) {
	t.Parallel()
	o := desk.Outcome{
		Open: &desk.Ticket{}, Handoff: &desk.Handoff{},
		Messages: []desk.Message{{Text: "*{protocol}* y {protocol}"}, {Text: "nada"}},
	}
	o.Bind("202611220000001")
	if o.Open.Protocol != "202611220000001" || o.Handoff.Protocol != o.Open.Protocol ||
		o.Messages[0].Text != "*202611220000001* y 202611220000001" || o.Messages[1].Text != "nada" {
		t.Errorf("got %+v", o)
	}
	(&desk.Outcome{Open: &desk.Ticket{}}).Bind("1")
}

func TestError_ComparesByCode(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("doing: %w", desk.ErrInvalid.For("until"))
	var e *desk.Error
	if !errors.Is(err, desk.ErrInvalid) || errors.Is(err, desk.ErrTaken) || !errors.As(err, &e) || e.Field != "until" {
		t.Errorf("got %v", err)
	}
	if desk.ErrInvalid.Field != "" {
		t.Error("For changed the shared error")
	}
}

func TestPriority_Rank(t *testing.T) {
	t.Parallel()
	for i, p := range desk.Priorities {
		if p.Rank() != i || !p.Valid() {
			t.Errorf("%s has rank %d", p, p.Rank())
		}
	}
	if desk.Priority("").Rank() != desk.PriorityNormal.Rank() || desk.Priority("").Valid() || desk.Team("").Valid() {
		t.Error("nothing is a priority or a team")
	}
}

func TestClock_CutsToWhatDatabasesKeep(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 1, 9, 0, 0, 999, time.FixedZone("", 19800))
	if got := desk.Clock(func() time.Time { return at })(); got != time.Date(2026, 1, 1, 3, 30, 0, 0, time.UTC) {
		t.Errorf("got %v", got)
	}
	if got := desk.Clock(nil)(); got.Location() != time.UTC || got.Nanosecond()%1000 != 0 {
		t.Errorf("got %v", got)
	}
}
