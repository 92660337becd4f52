package console_test

import (
	"net/http"
	"net/url"
	"slices"
	"testing"
)

// Every form of a ticket's page asks for the act it stands for.
func TestTies_Acts(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, diego)
	ticket, other := "/tickets/"+f.ticketRows[0].ID.String(), f.ticketRows[1]
	tag := f.bound.tags[0].ID.String()
	for _, c := range []struct {
		to   string
		form url.Values
		want string
	}{
		{ticket + "/tie", url.Values{"as": {"duplicate"}, "protocol": {" #" + other.Protocol}}, "merge into " + other.Protocol},
		{ticket + "/tie", url.Values{"as": {"related"}, "protocol": {other.Protocol}}, "link " + other.Protocol + " false"},
		{ticket + "/tie", url.Values{"as": {"part"}, "protocol": {other.Protocol}}, "parent of " + f.ticketRows[0].Protocol + " is " + other.Protocol},
		{ticket + "/tie", url.Values{"as": {"whole"}, "protocol": {other.Protocol}}, "parent of " + other.Protocol + " is " + f.ticketRows[0].Protocol},
		{ticket + "/unlink", url.Values{"other": {other.ID.String()}}, "link " + other.Protocol + " true"},
		{ticket + "/orphan", nil, "orphan"}, {ticket + "/resolveall", nil, "resolve all"}, {ticket + "/wake", nil, "wake"}, {ticket + "/receipt", nil, "receipt"},
		{ticket + "/split", url.Values{"subject": {"otro"}, "message": {tag, other.ID.String()}}, "split otro 2"},
		{ticket + "/snooze", url.Values{"until": {"2026-03-13T09:00:00Z"}}, "snooze ticket 2026-03-13T09:00:00Z"},
		{ticket + "/fields", url.Values{"field_cause": {"cut"}, "back": {"x"}}, "fields map[cause:cut]"},
		{ticket + "/watch", nil, "watch true"}, {ticket + "/unwatch", nil, "watch false"}, {ticket + "/seen", nil, "read all false"},
		{ticket + "/tag", url.Values{"tag": {"Fibra"}}, "tag ticket Fibra"}, {ticket + "/untag", url.Values{"tag": {tag}}, "untag ticket"},
		{"/conversations/" + f.conversations[0].ID.String() + "/tag", url.Values{"tag": {"Norte"}}, "tag conversation Norte"},
		{"/conversations/" + f.conversations[0].ID.String() + "/untag", url.Values{"tag": {tag}}, "untag conversation"},
		{"/tags/" + tag, url.Values{"name": {"Cobre"}, "hue": {"5"}}, "change tag Cobre 5"}, {"/tags/" + tag, url.Values{"do": {"merge"}, "into": {f.bound.tags[1].ID.String()}}, "merge tags"},
		{"/tags/" + tag, url.Values{"do": {"delete"}}, "delete tag"}, {"/notifications", nil, "read all true"}, {"/notifications/" + tag + "/read", nil, "read all false"},
		{"/fields", url.Values{"name": {"Cause"}, "kind": {"choice"}, "name_es": {"Causa"}, "required": {"1"}, "choices": {"cut = Corte | Corte | Cut\n\nother"}},
			"define cause choice map[es:Causa] [{cut map[en:Cut es:Corte pt:Corte]} {other map[es:other]}] true"},
	} {
		answer := do(h, http.MethodPost, c.to, cookie, c.form)
		if did := f.did(); answer.Code != http.StatusSeeOther || !slices.Contains(did, c.want) {
			t.Errorf("%s %v: %d, did %v, want %s", c.to, c.form, answer.Code, did[max(0, len(did)-1):], c.want)
		}
	}
	for to, form := range map[string]url.Values{
		ticket + "/tie": {"as": {"enemy"}, "protocol": {other.Protocol}}, ticket + "/snooze": {"until": {"soon"}}, ticket + "/unlink": {"other": {"x"}}, ticket + "/split": {"message": {"x"}},
		"/fields": {"choices": {"A B = x"}}, "/tags/" + tag: {"name": {"x"}, "hue": {"red"}},
	} {
		if answer := do(h, http.MethodPost, to, cookie, form); answer.Code != http.StatusUnprocessableEntity && answer.Code != http.StatusBadRequest {
			t.Errorf("%s %v: %d", to, form, answer.Code)
		}
	}
	if answer := do(h, http.MethodPost, ticket+"/tie", cookie, url.Values{"as": {"related"}, "protocol": {"999"}}); answer.Code != http.StatusNotFound {
		t.Errorf("a number nobody has: %d", answer.Code)
	}
	if names := do(h, http.MethodGet, "/names", cookie, nil).Body.String(); names != `["Ana Pereira","Bruno Carvalho","Carla Núñez","Elena Ruiz"]` {
		t.Errorf("names: %s", names)
	}
}
