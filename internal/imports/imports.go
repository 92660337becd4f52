package imports

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Store runs a function in one transaction.
type Store interface {
	InTx(ctx context.Context, fn func(Tx) error) error
}

// Tx is what an import needs of a transaction.
type Tx interface {
	AddImport(ctx context.Context, i *desk.Import) error
	AddImportLines(ctx context.Context, lines []desk.ImportLine) error
	LockImport(ctx context.Context, id uuid.UUID) (*desk.Import, error)
	SaveImport(ctx context.Context, i *desk.Import) error
	// ImportLinesToTake are the next good lines, at most limit, by their number.
	ImportLinesToTake(ctx context.Context, id uuid.UUID, limit int) ([]desk.ImportLine, error)
	// TakenImportLines forgets what lines said once they were taken.
	TakenImportLines(ctx context.Context, id uuid.UUID, upTo int) error
	TakeSubscriber(ctx context.Context, row *desk.ImportRow, from uuid.UUID, now time.Time) (added, changed bool, err error)
	TakeContact(ctx context.Context, row *desk.ImportRow, now time.Time) (added, changed bool, err error)
	Enqueue(ctx context.Context, jobs ...desk.Job) error
}

// Deps are what an Importer is made of.
type Deps struct {
	Store   Store
	Country func() string // of numbers without a country code, two letters; nil: unknown
	Now     func() time.Time
}

// Importer takes files in.
type Importer struct{ Deps }

// New returns an importer.
func New(d Deps) *Importer {
	d.Now = desk.Clock(d.Now)
	if d.Country == nil {
		d.Country = func() string { return "" }
	}
	return &Importer{Deps: d}
}

const (
	batch    = 200
	maxLabel = 120 // characters of a file's name
)

// Check reads a file and keeps what each line would do. Nothing else changes until
// Start. Lines with a bad problem are counted and will be left out.
func (m *Importer) Check(ctx context.Context, by desk.Agent, kind desk.ImportKind, filename string, raw []byte) (*desk.Import, error) {
	if err := may(by); err != nil {
		return nil, err
	}
	var who *uuid.UUID // nobody of the desk: the command line
	if by.ID != uuid.Nil {
		who = &by.ID
	}
	return m.check(ctx, who, kind, filename, raw)
}

func (m *Importer) check(ctx context.Context, by *uuid.UUID, kind desk.ImportKind, filename string, raw []byte) (*desk.Import, error) {
	if kind != desk.ImportSubscribers && kind != desk.ImportContacts {
		return nil, desk.ErrInvalid.For("kind")
	}
	t, err := readTable(raw)
	if err != nil {
		return nil, err
	}
	if !hasKey(kind, t.columns) {
		return nil, ErrNoKey
	}
	now := m.Now()
	i := &desk.Import{ID: desk.NewID(), AgentID: by, Kind: kind, Filename: desk.Shorten(filename, maxLabel), State: desk.ImportChecked, Columns: t.columns, Total: len(t.lines), CreatedAt: now, UpdatedAt: now}
	lines, seen := make([]desk.ImportLine, 0, len(t.lines)), map[string]bool{}
	for _, l := range t.lines {
		row, problems := rowOf(kind, m.Country(), t.columns, l.cells)
		if key := keyOf(kind, row); key != "" && seen[key] {
			problems = append(problems, desk.ImportProblem{Code: "twice", Field: keyField(kind)})
		} else {
			seen[key] = true
		}
		kept := desk.ImportLine{ImportID: i.ID, Line: l.number, Data: row, Problems: problems}
		if bad(problems) {
			i.Bad++
			kept.Data = nil
		}
		lines = append(lines, kept)
	}
	err = m.Store.InTx(ctx, func(tx Tx) error {
		if err := tx.AddImport(ctx, i); err != nil {
			return err
		}
		return tx.AddImportLines(ctx, lines)
	})
	if err != nil {
		return nil, fmt.Errorf("checking a file: %w", err)
	}
	return i, nil
}

// Start has a job take in the good lines of a checked file.
func (m *Importer) Start(ctx context.Context, by desk.Agent, id uuid.UUID) error {
	return m.change(ctx, by, id, func(tx Tx, i *desk.Import) error {
		i.State = desk.ImportRunning
		return tx.Enqueue(ctx, desk.ImportJob{Import: i.ID})
	})
}

// Drop gives up a checked file.
func (m *Importer) Drop(ctx context.Context, by desk.Agent, id uuid.UUID) error {
	return m.change(ctx, by, id, func(tx Tx, i *desk.Import) error {
		now := m.Now()
		i.State, i.FinishedAt = desk.ImportDropped, &now
		return tx.TakenImportLines(ctx, i.ID, 0)
	})
}

func (m *Importer) change(ctx context.Context, by desk.Agent, id uuid.UUID, change func(Tx, *desk.Import) error) error {
	if err := may(by); err != nil {
		return err
	}
	err := m.Store.InTx(ctx, func(tx Tx) error {
		i, err := tx.LockImport(ctx, id)
		if err != nil {
			return err
		}
		if i.State != desk.ImportChecked {
			return desk.ErrTransition
		}
		i.UpdatedAt = m.Now()
		if err := change(tx, i); err != nil {
			return err
		}
		return tx.SaveImport(ctx, i)
	})
	if err != nil {
		return fmt.Errorf("import %s: %w", id, err)
	}
	return nil
}

// Run takes in what is left of an import, a batch in a transaction. It is a job: what
// a crash cuts off, the next run goes on with.
func (m *Importer) Run(ctx context.Context, id uuid.UUID) error {
	for {
		more, err := m.step(ctx, id)
		if err != nil {
			return fmt.Errorf("import %s: %w", id, err)
		}
		if !more {
			return nil
		}
	}
}

func (m *Importer) step(ctx context.Context, id uuid.UUID) (more bool, err error) {
	err = m.Store.InTx(ctx, func(tx Tx) error {
		i, err := tx.LockImport(ctx, id)
		if err != nil || i.State != desk.ImportRunning {
			more = false
			return err
		}
		lines, err := tx.ImportLinesToTake(ctx, id, batch)
		if err != nil {
			return err
		}
		now := m.Now()
		for j := range lines {
			if err := m.take(ctx, tx, i, &lines[j], now); err != nil {
				return err
			}
		}
		i.UpdatedAt = now
		if more = len(lines) > 0; more {
			if err := tx.TakenImportLines(ctx, id, lines[len(lines)-1].Line); err != nil {
				return err
			}
		} else {
			i.State, i.FinishedAt = desk.ImportDone, &now
		}
		return tx.SaveImport(ctx, i)
	})
	return more, err
}

func (m *Importer) take(ctx context.Context, tx Tx, i *desk.Import, l *desk.ImportLine, now time.Time) error {
	var added, changed bool
	var err error
	if i.Kind == desk.ImportSubscribers {
		added, changed, err = tx.TakeSubscriber(ctx, l.Data, i.ID, now)
	} else {
		added, changed, err = tx.TakeContact(ctx, l.Data, now)
	}
	if err != nil {
		return fmt.Errorf("line %d: %w", l.Line, err)
	}
	i.Done++
	switch {
	case added:
		i.Added++
	case changed:
		i.Changed++
	}
	return nil
}

func may(by desk.Agent) error {
	if !by.Active || !by.Role.May(desk.MayAdminister) {
		return desk.ErrForbidden
	}
	return nil
}

func hasKey(kind desk.ImportKind, columns []desk.ImportColumn) bool {
	for _, c := range columns {
		if c.Field == keyField(kind) {
			return true
		}
	}
	return false
}

func keyField(kind desk.ImportKind) string {
	if kind == desk.ImportSubscribers {
		return "code"
	}
	return "phone"
}

// keyOf is what makes two lines the same one; empty when it has none.
func keyOf(kind desk.ImportKind, row *desk.ImportRow) string {
	if kind == desk.ImportSubscribers {
		return row.Code
	}
	if len(row.Phones) == 0 {
		return ""
	}
	return row.Phones[0]
}

func bad(problems []desk.ImportProblem) bool {
	for _, p := range problems {
		if !p.Warned {
			return true
		}
	}
	return false
}
