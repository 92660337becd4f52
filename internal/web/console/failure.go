package console

import (
	"strconv"

	"antena/internal/desk"
)

// failureWords are the words for codes of the provider's that mean the same to the people here (Meta, "error codes"). A code
// that has words of its own is not among them.
var failureWords = map[int]string{
	3: "permission", 10: "permission", 131005: "permission",
	1: "away", 2: "away", 131000: "away", 131016: "away", 133004: "away",
	4: "busy", 80004: "busy", 80007: "busy", 80008: "busy", 130429: "busy", 131057: "busy", 131059: "busy", 2494100: "busy",
	100: "form", 131008: "form", 131009: "form", 131051: "form", 131055: "form", 135000: "form",
	131031: "368",
	33:     "133010", 131045: "133010", 133000: "133010", 133005: "133010", 133006: "133010", 133008: "133010", 133009: "133010", 133015: "133010", 133016: "133010", 136024: "133010",
	131063: "marketing", 131064: "marketing", 134100: "marketing", 134101: "marketing", 134102: "marketing",
	132000: "fields", 132012: "fields", 132018: "fields",
	132068: "flow", 132069: "flow",
	147001: "username", 147002: "username", 147003: "username", 147004: "username",
	2593107: "history", 2593108: "history", 2593109: "history",
}

// failure says in words why the provider did not take or deliver a message, and what can be done about it.
func (b *entryBuilder) failure(m *desk.Message) string {
	if m.FailureCode == 0 {
		return b.T("status.failed_why")
	}
	for _, key := range []string{strconv.Itoa(m.FailureCode), failureWords[m.FailureCode], failureRange(m.FailureCode)} {
		if key = "failure." + key; b.Has(key) {
			return b.T(key)
		}
	}
	return b.T("status.failed_code", m.FailureCode)
}

// failureRange names codes of which the provider has a whole range.
func failureRange(code int) string {
	switch {
	case code >= 200 && code <= 299:
		return "permission"
	case code >= 2388000 && code <= 2388999:
		return "template"
	}
	return ""
}

// retried says that a message is tried again, when it was refused for now: what is written after it need not wait for it.
func (b *entryBuilder) retried(m *desk.Message) string {
	if m.Status != desk.StatusQueued || m.FailureCode == 0 {
		return ""
	}
	return b.T("status.retried")
}
