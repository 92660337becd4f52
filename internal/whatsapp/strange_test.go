package whatsapp

import (
	"slices"
	"testing"
)

// TestStrange says for each sample what is counted as not understood; samples that are not named are understood.
func TestStrange(t *testing.T) {
	t.Parallel()
	want := map[string][]string{
		"batch_with_bad_neighbours":          {"part entry", "part entry", "part change", "part change", "part messages", "part user_actions"},
		"conversation_context":               {"part conversation_context"},
		"empty":                              nil,
		"field_automatic_events":             {"field automatic_events"},
		"field_flows":                        {"field flows"},
		"field_group_lifecycle_update":       {"field group_lifecycle_update"},
		"field_partner_solutions":            {"field partner_solutions"},
		"field_payment_configuration_update": {"field payment_configuration_update"},
		"interactive_empty":                  {"interactive something_new"},
		"no_entry":                           {"part body"},
		"standby_echo":                       {"part novelty"},
		"state_sync":                         {"field smb_app_state_sync"},
		"status_played":                      {"part statuses"},
		"statuses":                           {"status warped"},
		"system_unknown":                     {"system user_did_something"},
		"type_unknown":                       {"unsupported other"},
		"unknown_field":                      {"field telepathy_update"},
		"unknown_type":                       {"message hologram"},
		"unsupported":                        {"unsupported poll_creation"},
		"unsupported_bare":                   {"unsupported other"},
		"unsupported_gif":                    {"unsupported gif"},
		"unsupported_keep_in_chat":           {"unsupported keep_in_chat"},
		"unsupported_pin":                    {"unsupported pin"},
		"unsupported_poll_creation":          {"unsupported poll_creation"},
	}
	for name, body := range webhooks(t) {
		items, err := Split(body)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, item := range items {
			event, err := Decode(item.Raw)
			if err != nil {
				t.Fatal(err)
			}
			if what := event.Strange(); what != "" {
				got = append(got, what)
			}
		}
		if !slices.Equal(got, want[name]) {
			t.Errorf("%s: %q, want %q", name, got, want[name])
		}
	}
}

func TestStrange_NamesFromOutsideStayShort(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "With Space", "ünicode", "x{evil=\"1\"}", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"} {
		if got := (Event{Message: &Message{Type: name}}).Strange(); got != "message other" {
			t.Errorf("type %q is counted as %q", name, got)
		}
	}
}
