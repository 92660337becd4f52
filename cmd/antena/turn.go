package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/google/uuid"

	"antena/internal/app"
	"antena/internal/desk"
	"antena/internal/eval"
	"antena/internal/knowledge"
	"antena/internal/store"
	"antena/internal/turn"
	"antena/internal/understand"
)

type turnCommands struct {
	Replay turnReplayCommand `cmd:"" help:"Decide a recorded turn again, and tell whether it is the same or what changed. Changes nothing; on SQLite the server has to be stopped."`
}

type turnReplayCommand struct {
	ID           string `arg:"" optional:"" help:"Of a turn, as the console's \"why\" shows it."`
	Last         int    `help:"The newest turns of all conversations instead." placeholder:"N"`
	Conversation string `help:"The newest turns of one conversation instead, all or --last of them." placeholder:"ID"`
	Think        bool   `help:"Also understand the messages again, with the knowledge in force."`
	JSON         bool   `name:"json" help:"For machines."`
	Knowledge    string `help:"Folder laid over the shipped articles, intents and flows." type:"existingdir" placeholder:"DIR"`
}

// mostTurns is how many turns of a conversation are replayed unless told otherwise.
const mostTurns = 1000

var (
	errWhichTurn    = errors.New("name a turn, --last N or --conversation ID")
	errOtherwiseNow = fmt.Errorf("not the same decision: %w", errBelow)
)

// Run replays turns; it ends with status 3 when one is decided otherwise.
func (c *turnReplayCommand) Run(ctx context.Context, w *world) error {
	if (c.ID == "") == (c.Last <= 0 && c.Conversation == "") {
		return errWhichTurn
	}
	return withProfile(ctx, w, c.Knowledge, func(s *store.Store, lib *knowledge.Library, p *desk.Profile) error {
		brain := understand.New(nil)
		learn := func(b *desk.Book) error {
			if !c.Think {
				return nil
			}
			return brain.Learn(ctx, b)
		}
		current, err := knowledge.NewCurrent(ctx, app.KnowledgeStore(s), lib, p, learn)
		if err != nil {
			return err
		}
		ids, err := c.turns(ctx, s)
		if err != nil {
			return err
		}
		return c.replay(ctx, w, &turn.Replayer{Records: s, Knowledge: current, Understander: brain}, ids)
	})
}

// turns are the ids to replay, oldest first.
func (c *turnReplayCommand) turns(ctx context.Context, s *store.Store) ([]uuid.UUID, error) {
	if c.ID != "" {
		id, err := uuid.Parse(c.ID)
		return []uuid.UUID{id}, err
	}
	var all []desk.Turn
	var err error
	if c.Conversation != "" {
		var id uuid.UUID
		if id, err = uuid.Parse(c.Conversation); err != nil {
			return nil, err
		}
		limit := c.Last
		if limit <= 0 {
			limit = mostTurns
		}
		all, err = s.Turns(ctx, id, limit)
	} else {
		all, err = s.RecentTurns(ctx, c.Last)
	}
	ids := make([]uuid.UUID, len(all))
	for i := range all {
		ids[i] = all[i].ID
	}
	slices.Reverse(ids)
	return ids, err
}

func (c *turnReplayCommand) replay(ctx context.Context, w *world, r *turn.Replayer, ids []uuid.UUID) error {
	tell, end := progress(w.err)
	defer end()
	all := make([]*desk.Replay, 0, len(ids))
	otherwise := 0
	for i, id := range ids {
		if tell != nil {
			tell("deciding again", i, len(ids))
		}
		again, err := r.Replay(ctx, id, c.Think)
		if err != nil {
			return err
		}
		if !again.Same {
			otherwise++
		}
		all = append(all, again)
	}
	end()
	write := func() error { return writeReplays(w.out, all) }
	if c.JSON {
		write = func() error { return eval.WriteJSON(w.out, all) }
	}
	if err := write(); err != nil {
		return err
	}
	if otherwise > 0 {
		return fmt.Errorf("%d of %d turns: %w", otherwise, len(ids), errOtherwiseNow)
	}
	return nil
}

// writeReplays tells people what came of each turn.
func writeReplays(out io.Writer, all []*desk.Replay) error {
	var b strings.Builder
	for _, r := range all {
		verdict := "the same decision"
		if !r.Same {
			verdict = "decided otherwise"
		}
		fmt.Fprintf(&b, "%s  %s: %s %s %s\n", r.Turn, verdict, r.Stored.Action, r.Stored.Reason, r.Stored.Intent)
		differences(&b, "is no longer as it was", r.Inputs)
		differences(&b, "from the stored inputs", r.Stored.Changes)
		rerun(&b, "with the thresholds in force", r.Now)
		rerun(&b, "understood again", r.Again)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func rerun(b *strings.Builder, how string, d *desk.Redecision) {
	switch {
	case d == nil:
	case len(d.Changes) == 0:
		fmt.Fprintf(b, "  %s: the same\n", how)
	default:
		differences(b, how, d.Changes)
	}
}

func differences(b *strings.Builder, title string, all []desk.Difference) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(b, "  %s:\n", title)
	for _, d := range all {
		fmt.Fprintf(b, "    %s: was %q, is %q\n", d.What, d.Was, d.Now)
	}
}
