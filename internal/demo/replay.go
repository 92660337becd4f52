package demo

import (
	"context"
	"log/slog"
	"slices"

	"antena/internal/account"
	"antena/internal/app"
	"antena/internal/demo/phone"
	"antena/internal/whatsapp/emulator"
	"antena/internal/whatsapp/emulator/recording"
)

// session reads the recording that is to be played; nil when there is none.
func (o Options) session() (recording.Recording, error) {
	if o.Replay == "" {
		return nil, nil
	}
	return recording.Open(o.Replay)
}

// cast is who a visitor can be: the seeded customers, and those of a recording.
func cast(session recording.Recording) []phone.Customer {
	all := phone.Seeded()
	for _, step := range session {
		if step.Kind != emulator.StepCustomer || slices.ContainsFunc(all, func(c phone.Customer) bool {
			return c.Profile.Phone == step.Profile.Phone && c.Profile.BSUID == step.Profile.BSUID
		}) {
			continue
		}
		all = append(all, phone.Customer{ID: "recorded-" + step.Who, Profile: *step.Profile, Language: "en", Story: "From a recording."})
	}
	return all
}

// replay plays a session. One that cannot be played to its end is told to the log: the demonstration goes on.
func replay(ctx context.Context, em *emulator.Emulator, session recording.Recording, log *slog.Logger) error {
	if err := recording.Replay(ctx, em, session); err != nil && ctx.Err() == nil {
		log.WarnContext(ctx, "the recording could not be played to its end", "error", err)
	}
	return nil
}

// newLink returns what makes sign-in links for the agent: moving the clock ends sessions.
func newLink(a *app.App, consoleURL string) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		agent, err := a.Store.AgentByEmail(ctx, agentEmail)
		if err != nil {
			return "", err
		}
		token, err := a.Accounts.NewLink(ctx, account.Operator(), agent.ID)
		return app.LinkURL(consoleURL, token), err
	}
}
