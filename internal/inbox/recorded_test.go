package inbox_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/store"
	"antena/internal/store/storetest"
	"antena/internal/whatsapp/emulator"
	tape "antena/internal/whatsapp/emulator/recording"
)

// What holds of a session made by hand holds of those that were recorded: what customers did and what came of the answers they
// got, told in any order, ends in the same state.
func TestProperty_RecordedSessionsEndInTheSameState(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../whatsapp/emulator/recording/testdata/*.jsonl")
	if err != nil || len(files) < 3 {
		t.Fatalf("%d recorded sessions: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".jsonl"), func(t *testing.T) {
			t.Parallel()
			recorded(t, file).anyOrder(t, map[string]int{storetest.SQLite: 8, storetest.Postgres: 1})
		})
	}
}

// recorded is a session whose answers had gone out before anything of it is told.
func recorded(t *testing.T, file string) tale {
	t.Helper()
	r, err := tape.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	before := r[0].At.Add(-time.Minute).Truncate(time.Microsecond)
	return tale{
		bodies: r.Webhooks(tape.Account{WABAID: "1", PhoneNumberID: channel, DisplayNumber: "5511000000000"}),
		now:    r[len(r)-1].At.Add(time.Minute).Truncate(time.Microsecond),
		begin: func(w *world) {
			w.do(func(ctx context.Context, tx *store.Tx) error {
				conversations := map[string]*desk.Conversation{}
				for _, step := range r {
					var err error
					switch step.Kind {
					case emulator.StepCustomer:
						conversations[step.Who], err = known(ctx, tx, step.Profile, before)
					case emulator.StepSent:
						_, err = tx.AddMessage(ctx, &desk.Message{
							ID: desk.NewID(), ConversationID: conversations[step.Who].ID, Channel: channel, Direction: desk.Outbound, Author: desk.ByAssistant,
							Kind: desk.KindText, Text: "respuesta", ProviderID: step.ID, Status: desk.StatusSent, CreatedAt: before,
						})
					}
					if err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

// known gives a customer a conversation.
func known(ctx context.Context, tx *store.Tx, p *emulator.CustomerProfile, at time.Time) (*desk.Conversation, error) {
	contact, err := tx.ContactFor(ctx, desk.Identity{Phone: p.Phone, BSUID: p.BSUID, Name: p.Name, At: at}, at)
	if err != nil {
		return nil, err
	}
	return tx.ConversationFor(ctx, contact.ID, channel, at)
}
