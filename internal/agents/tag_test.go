package agents_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"antena/internal/desk"
)

func (w *world) tags(kind desk.Subject, id uuid.UUID) string {
	w.t.Helper()
	found, err := w.store.TagsOf(w.t.Context(), kind, []uuid.UUID{id})
	if err != nil {
		w.t.Fatal(err)
	}
	var names []string
	for _, tag := range found[id] {
		names = append(names, tag.Name)
	}
	return strings.Join(names, ",")
}

func TestTags(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx, ana, adam := w.t.Context(), w.team["ana"], w.team["adam"]
		conv := w.conversation("ana")
		k := w.ticket(conv, desk.TicketOpen)
		tag := func(by, name string) error { return w.desk.Tag(ctx, w.team[by], desk.SubjectTicket, k.ID, name) }
		for i, c := range []struct {
			err  error
			want string
		}{
			{tag("ana", " #Fibra  Rota "), "ok"}, {tag("eva", "fibra rota"), "ok"}, {tag("ana", "Zona Norte"), "ok"}, {tag("otto", "x"), "forbidden"}, {tag("ana", " # "), "empty_text"},
			{tag("ana", strings.Repeat("a", 41)), "text_too_long"}, {w.desk.Tag(ctx, ana, desk.SubjectConversation, conv.ID, "norte"), "ok"}, {w.desk.Tag(ctx, ana, desk.SubjectContact, conv.ID, "x"), "invalid"},
		} {
			if got := code(c.err); got != c.want {
				w.t.Errorf("step %d: %s, want %s", i, got, c.want)
			}
		}
		if got := w.tags(desk.SubjectTicket, k.ID); got != "Fibra Rota,Zona Norte" {
			w.t.Errorf("got %s", got)
		}
		if got := w.history(k.ID); got != "tag >Fibra Rota by ana; tag >Zona Norte by ana" {
			w.t.Errorf("history: %s", got)
		}
		all, err := w.store.TagUses(ctx)
		if err != nil || len(all) != 3 {
			w.t.Fatalf("%v: %v", all, err)
		}
		fibra, norte, zone := all[0].ID, all[1].ID, all[2].ID
		for i, c := range []struct {
			err  error
			want string
		}{
			{w.desk.ChangeTag(ctx, ana, norte, "Norte", 1), "forbidden"}, {w.desk.ChangeTag(ctx, adam, norte, "ZONA norte", 1), "duplicate"}, {w.desk.ChangeTag(ctx, adam, norte, "Norte", desk.TagHues), "invalid"},
			{w.desk.ChangeTag(ctx, adam, norte, "Norte", 3), "ok"}, {w.desk.MergeTags(ctx, adam, zone, norte), "ok"}, {w.desk.MergeTags(ctx, adam, norte, norte), "invalid"}, {w.desk.MergeTags(ctx, adam, zone, norte), "not_found"},
			{w.desk.Untag(ctx, ana, desk.SubjectTicket, k.ID, fibra), "ok"},
		} {
			if got := code(c.err); got != c.want {
				w.t.Errorf("act %d: %s, want %s", i, got, c.want)
			}
		}
		if got := w.tags(desk.SubjectTicket, k.ID) + "/" + w.tags(desk.SubjectConversation, conv.ID); got != "Norte/Norte" {
			w.t.Errorf("got %s", got)
		}
		for i := range desk.MaxTagsOn {
			if err := tag("ana", fmt.Sprintf("t%d", i)); (err != nil) != (i == desk.MaxTagsOn-1) {
				w.t.Errorf("tag %d: %v", i, err)
			}
		}
		if err := w.desk.DeleteTag(ctx, adam, norte); err != nil || w.tags(desk.SubjectConversation, conv.ID) != "" {
			w.t.Errorf("the tag stays: %v", err)
		}
	})
}

// Many who make the same tag at once make one.
func TestTags_SameAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		var acts []func() error
		for i := range 8 {
			k := w.ticket(w.conversation("ana"), desk.TicketOpen)
			acts = append(acts, func() error {
				return w.desk.Tag(w.t.Context(), w.team["ana"], desk.SubjectTicket, k.ID, []string{"VIP", "vip"}[i%2])
			})
		}
		if won := race(w.t, acts...); won != len(acts) {
			w.t.Errorf("%d of %d were tagged", won, len(acts))
		}
		if all, err := w.store.TagUses(w.t.Context()); err != nil || len(all) != 1 || all[0].Tickets != len(acts) {
			w.t.Errorf("%+v: %v", all, err)
		}
	})
}

func TestFields(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx, ana, adam := w.t.Context(), w.team["ana"], w.team["adam"]
		names := desk.Words{"es": "Motivo", "en": "Cause"}
		cause := desk.CustomField{Name: "cause", Kind: desk.FieldChoice, Names: names, Required: true, Choices: []desk.FieldOption{{Key: "cut", Names: names}}}
		for i, c := range []struct {
			err  error
			want string
		}{
			{w.desk.DefineField(ctx, ana, cause), "forbidden"}, {w.desk.DefineField(ctx, adam, cause), "ok"}, {w.desk.DefineField(ctx, adam, cause), "duplicate"},
			{w.desk.DefineField(ctx, adam, desk.CustomField{Name: "metres", Kind: desk.FieldNumber, Names: names}), "ok"}, {w.desk.DefineField(ctx, adam, desk.CustomField{Name: "Bad Name", Kind: desk.FieldText, Names: names}), "invalid"},
		} {
			if got := code(c.err); got != c.want {
				w.t.Errorf("definition %d: %s, want %s", i, got, c.want)
			}
		}
		conv := w.conversation("ana")
		k := w.ticket(conv, desk.TicketOpen)
		set := func(values map[string]string) error { return w.desk.TicketFields(ctx, ana, k.ID, values) }
		for i, c := range []struct {
			err  error
			want string
		}{
			{w.desk.TicketResolve(ctx, ana, k.ID, ""), "field_missing"}, {w.desk.Resolve(ctx, ana, conv.ID, ""), "field_missing"}, {set(map[string]string{"cause": "flood"}), "field_value"},
			{set(map[string]string{"nothing": "x"}), "invalid"}, {set(map[string]string{"cause": "cut", "metres": "12,5"}), "ok"}, {set(map[string]string{"metres": ""}), "ok"},
			{w.desk.TicketResolve(ctx, ana, k.ID, ""), "ok"},
		} {
			if got := code(c.err); got != c.want {
				w.t.Errorf("step %d: %s, want %s", i, got, c.want)
			}
		}
		if got := w.read(k.ID).Fields; len(got) != 1 || got["cause"] != "cut" {
			w.t.Errorf("got %v", got)
		}
		if got := w.history(k.ID); !strings.HasPrefix(got, "field >cut Motivo by ana; field >12.5 Motivo by ana; field 12.5> Motivo by ana") {
			w.t.Errorf("history: %s", got)
		}
	})
}

// TestNotifications: who is named, who is given something and who watches is told,
// once until they look.
func TestNotifications(t *testing.T) {
	t.Parallel()
	each(t, func(w *world) {
		ctx, ana, eva := w.t.Context(), w.team["ana"], w.team["eva"]
		conv := w.conversation("ana")
		k := w.ticket(conv, desk.TicketOpen)
		for i, err := range []error{
			w.desk.Note(ctx, ana, conv.ID, desk.NewID(), "mirá esto @eva, y @ana y @gone y x@sofia.com"), w.desk.TicketNote(ctx, ana, k.ID, "@Eva otra vez"), w.desk.TicketNote(ctx, ana, k.ID, "y @eva otra"),
			w.desk.TicketAssign(ctx, ana, k.ID, &eva.ID), w.desk.TicketAssign(ctx, ana, k.ID, &ana.ID),
			w.desk.Watch(ctx, w.team["otto"], k.ID, true), w.desk.TicketPriority(ctx, ana, k.ID, desk.PriorityHigh), w.desk.TicketPriority(ctx, ana, k.ID, desk.PriorityLow),
		} {
			if err != nil {
				w.t.Fatalf("step %d: %v", i, err)
			}
		}
		told := func(who string) string {
			page, err := w.store.Notifications(ctx, w.team[who].ID, "", 10)
			if err != nil {
				w.t.Fatal(err)
			}
			var out []string
			for _, n := range page.Rows {
				out = append(out, fmt.Sprintf("%s×%d", n.Kind, n.Count))
			}
			unread, err := w.store.UnreadNotifications(ctx, w.team[who].ID)
			if err != nil {
				w.t.Fatal(err)
			}
			return fmt.Sprint(unread, " ", strings.Join(out, " "))
		}
		for who, want := range map[string]string{"eva": "3 assigned×1 mention×2 mention×1", "otto": "1 watched×2", "ana": "0 ", "gone": "0 ", "sofia": "0 "} {
			if got := told(who); got != want {
				w.t.Errorf("%s was told %s, want %s", who, got, want)
			}
		}
		if err := w.desk.Read(ctx, eva, k.ID); err != nil || !strings.HasPrefix(told("eva"), "1 ") {
			w.t.Errorf("%s: %v", told("eva"), err)
		}
		if err := w.desk.Read(ctx, w.team["otto"], uuid.Nil); err != nil || !strings.HasPrefix(told("otto"), "0 ") || w.tied(k.ID).Watchers[0].Unread {
			w.t.Errorf("%s: %v", told("otto"), err)
		}
		if err := w.desk.TicketPriority(ctx, ana, k.ID, desk.PriorityHigh); err != nil || told("otto") != "1 watched×1 watched×2" {
			w.t.Errorf("after looking: %s, %v", told("otto"), err)
		}
	})
}
