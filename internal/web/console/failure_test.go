package console

import (
	"strings"
	"testing"

	"antena/internal/desk"
	"antena/internal/whatsapp/emulator"
)

// Every code of the provider's table has words in every language that say more than its number.
func TestFailure_EveryCodeHasWords(t *testing.T) {
	t.Parallel()
	all, err := loadSpeech()
	if err != nil {
		t.Fatal(err)
	}
	codes := emulator.Codes()
	if len(codes) < 70 {
		t.Fatalf("the table has only %d codes", len(codes))
	}
	for language, words := range all {
		b := &entryBuilder{visit: &visit{calendar: calendar{speech: words}}}
		for _, c := range append(codes, emulator.Code{Code: 299}, emulator.Code{Code: 80004}, emulator.Code{Code: 80008}, emulator.Code{Code: 2388999}) {
			if c.Code == 0 {
				continue // the token, which is 190 in a message
			}
			got := b.failure(&desk.Message{FailureCode: c.Code})
			if got == b.T("status.failed_code", c.Code) || strings.HasPrefix(got, "failure.") {
				t.Errorf("%s: %d (%s) has no words", language, c.Code, c.Title)
			}
		}
		if got := b.failure(&desk.Message{FailureCode: 999}); got != b.T("status.failed_code", 999) {
			t.Errorf("%s: an unknown code says %q", language, got)
		}
	}
}

// A message that was refused for now says that it is tried again; one that only waits says nothing.
func TestSending_SaysThatItIsTriedAgain(t *testing.T) {
	t.Parallel()
	all, err := loadSpeech()
	if err != nil {
		t.Fatal(err)
	}
	for language, words := range all {
		b := &entryBuilder{visit: &visit{calendar: calendar{speech: words}}}
		for code, want := range map[int]string{0: "", 131000: words.T("status.retried")} {
			var e entryView
			b.sending(&desk.Message{Status: desk.StatusQueued, FailureCode: code}, &e)
			if e.Failed != want || want == "status.retried" {
				t.Errorf("%s: after code %d it says %q", language, code, e.Failed)
			}
		}
	}
}
