package imports_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/imports"
	"antena/internal/store"
	"antena/internal/store/storetest"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

type adapter struct{ *store.Store }

func (s adapter) InTx(ctx context.Context, fn func(imports.Tx) error) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error { return fn(tx) })
}

type world struct {
	t     *testing.T
	store *store.Store
	*imports.Importer
	admin desk.Agent
}

func each(t *testing.T, test func(w *world)) {
	t.Helper()
	for _, dialect := range storetest.Dialects() {
		t.Run(dialect, func(t *testing.T) {
			t.Parallel()
			clock := func() time.Time { return noon }
			w := &world{t: t, store: storetest.Open(t, dialect, clock), admin: desk.Agent{ID: desk.NewID(), Name: "Adam", Email: "a@isp.example", Role: desk.RoleAdmin, Active: true, CreatedAt: noon, UpdatedAt: noon}}
			w.Importer = imports.New(imports.Deps{Store: adapter{w.store}, Country: func() string { return "AR" }, Now: clock})
			if err := w.store.InTx(t.Context(), func(tx *store.Tx) error { return tx.AddAgent(t.Context(), &w.admin) }); err != nil {
				t.Fatal(err)
			}
			test(w)
		})
	}
}

func (w *world) check(kind desk.ImportKind, text string) *desk.Import {
	w.t.Helper()
	i, err := w.Check(w.t.Context(), w.admin, kind, "clientes.csv", []byte(text))
	if err != nil {
		w.t.Fatal(err)
	}
	return i
}

// take checks a file, starts it and runs its job.
func (w *world) take(kind desk.ImportKind, text string) *desk.Import {
	w.t.Helper()
	i := w.check(kind, text)
	if err := errors.Join(w.Start(w.t.Context(), w.admin, i.ID), w.Run(w.t.Context(), i.ID)); err != nil {
		w.t.Fatal(err)
	}
	done, err := w.store.Import(w.t.Context(), i.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return done
}

func (w *world) contact(phone string) *desk.Contact {
	w.t.Helper()
	var c *desk.Contact
	err := w.store.InTx(w.t.Context(), func(tx *store.Tx) (err error) {
		c, err = tx.ContactFor(w.t.Context(), desk.Identity{Phone: phone, At: noon}, noon)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	if c, err = w.store.Contact(w.t.Context(), c.ID); err != nil {
		w.t.Fatal(err)
	}
	return c
}

const file = "Código;Nombre;DNI;Teléfono;Celular;Plano;Bairro;Situação;Vencimiento\n" +
	"A1;Ana Paz;28.455.102;;+54 9 11 5555-0101;Fibra 300;Centro;Ativo;10\n" +
	"A2;=HYPERLINK(\"x\");;4444;5491155550102;Fibra 100;Norte;quién sabe;40\n" +
	";Sin código;;;;;;;\n" +
	"A1;Otra vez;;;;;;;\n"

func TestSubscribers(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ana := w.contact("541155550101") // without the 9 of the file
		dry := w.check(desk.ImportSubscribers, file)
		if found, err := w.store.SubscribersOf(t.Context(), ana); dry.Total != 4 || dry.Bad != 2 || err != nil || len(found) != 0 {
			w.t.Errorf("the dry run: %+v, %v, %v", dry, found, err)
		}
		lines, err := w.store.ImportProblems(t.Context(), dry.ID, 10)
		if err != nil {
			w.t.Fatal(err)
		}
		var said []string
		for _, l := range lines {
			for _, p := range l.Problems {
				said = append(said, fmt.Sprintf("%d %s %s %v", l.Line, p.Code, p.Field, p.Warned))
			}
		}
		if got, want := strings.Join(said, ", "), "3 value phone true, 3 value state true, 3 value due_day true, 4 missing code false, 5 missing phone true, 5 twice code false"; got != want {
			w.t.Errorf("problems: %s, want %s", got, want)
		}
		if done := w.take(desk.ImportSubscribers, file); done.State != desk.ImportDone || done.Added != 2 || done.Done != 2 {
			w.t.Errorf("taken: %+v", done)
		}
		found, err := w.store.SubscribersOf(t.Context(), ana)
		if err != nil || len(found) != 1 || found[0].Plan != "Fibra 300" || found[0].State != desk.SubscriberActive || found[0].DueDay != 10 || found[0].Document != "•••••102" || !imports.Matches(&found[0], "28455102") || imports.Matches(&found[0], "28455103") {
			w.t.Errorf("%+v: %v", found, err)
		}
		if c := w.contact("541155550101"); c.Zone != "Centro" || c.Plan != "Fibra 300" || c.SubscriberID == nil {
			w.t.Errorf("the contact is not linked: %+v", c)
		}
		if again := w.take(desk.ImportSubscribers, file); again.Added+again.Changed != 0 || again.Done != 2 {
			w.t.Errorf("the same file again: %+v", again)
		}
		if moved := w.take(desk.ImportSubscribers, "codigo,zona,telefono\nA1,Sur,\nA3,Oeste,1155550101\n"); moved.Added != 1 || moved.Changed != 1 {
			w.t.Errorf("a newer file: %+v", moved)
		}
		if c := w.contact("541155550101"); c.SubscriberID != nil || c.Zone != "" {
			w.t.Errorf("of two subscribers with one phone one was chosen: %+v", c)
		}
	})
}

func TestContacts(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		const file = "\xef\xbb\xbfname,whatsapp,language\nJo\xc3\xa3o,+55 51 98765-4321,pt-BR\nNobody,,en\n"
		if done := w.take(desk.ImportContacts, file); done.Added != 1 || done.Bad != 1 {
			w.t.Errorf("%+v", done)
		}
		if c := w.contact("555187654321"); c.Name != "João" || c.Language != "pt" { // the form WhatsApp uses
			w.t.Errorf("who writes is somebody else: %+v", c)
		}
		if again := w.take(desk.ImportContacts, file); again.Added+again.Changed != 0 {
			w.t.Errorf("again: %+v", again)
		}
	})
}

// What is cut off goes on where it was, and nobody who may not starts anything.
func TestRun_GoesOn(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		var text strings.Builder
		text.WriteString("codigo\tnombre\n")
		for i := range 450 {
			fmt.Fprintf(&text, "C%d\tN%d\n", i, i)
		}
		i := w.check(desk.ImportSubscribers, text.String())
		agent := w.admin
		agent.Role = desk.RoleSupervisor
		if err := w.Start(t.Context(), agent, i.ID); !errors.Is(err, desk.ErrForbidden) {
			w.t.Errorf("started by a supervisor: %v", err)
		}
		if err := w.Start(t.Context(), w.admin, i.ID); err != nil {
			w.t.Fatal(err)
		}
		if err := w.Start(t.Context(), w.admin, i.ID); !errors.Is(err, desk.ErrTransition) {
			w.t.Errorf("started twice: %v", err)
		}
		cut := imports.New(imports.Deps{Store: &breaking{adapter{w.store}, 2}, Now: func() time.Time { return noon }})
		if err := cut.Run(t.Context(), i.ID); !errors.Is(err, errCut) {
			w.t.Fatalf("it was not cut off: %v", err)
		}
		if half, err := w.store.Import(t.Context(), i.ID); err != nil || half.Done != 400 || half.State != desk.ImportRunning {
			w.t.Errorf("%+v: %v", half, err)
		}
		if err := w.Run(t.Context(), i.ID); err != nil {
			w.t.Fatal(err)
		}
		if done, err := w.store.Import(t.Context(), i.ID); err != nil || done.Added != 450 || done.State != desk.ImportDone {
			w.t.Errorf("%+v: %v", done, err)
		}
	})
}

var errCut = errors.New("cut off")

// breaking fails after some transactions.
type breaking struct {
	adapter
	left int
}

func (b *breaking) InTx(ctx context.Context, fn func(imports.Tx) error) error {
	if b.left--; b.left < 0 {
		return errCut
	}
	return b.adapter.InTx(ctx, fn)
}
