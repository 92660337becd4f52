package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"antena/internal/desk"
)

// last returns what the desk was asked last.
func (f *fake) last() string {
	did := f.did()
	return did[len(did)-1]
}

func TestWriting_Acts(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	talk := "/conversations/" + f.conversations[0].ID.String()
	message := "/messages/" + f.messages[f.conversations[0].ID][5].ID.String()
	steps := url.Values{"name": {"Cierre"}, "do1": {"reply"}, "text1": {"/listo"}, "priority1": {"high"}, "do3": {"snooze"}, "hours3": {"4"}, "text3": {"x"}}
	for _, c := range []struct {
		who        int
		path       string
		form       url.Values
		want, says string
		undo       bool
	}{
		{ana, talk + "/unsent", url.Values{"mode": {"note"}, "text": {" va "}}, "keep note  va ", "Borrador guardado", false},
		{ana, talk + "/undo", nil, "undo", "Deshecho", false},
		{ana, talk + "/macro", url.Values{"macro": {f.kept.macros[0].ID.String()}}, "macro", "Hecho", true},
		{ana, talk + "/resolve", url.Values{"outcome": {"listo"}}, "resolve listo", "Resuelta", true},
		{ana, message + "/wrong", url.Values{"reason": {"cambió"}}, "wrong cambió", "Gracias, avisado", false},
		{carla, "/articles/los-red-light/settle", url.Values{"lang": {"es"}}, "settle los-red-light/es", "Anotado", false},
		{ana, "/replies", url.Values{"shortcut": {"listo"}, "text_es": {"Listo"}, "shared": {"yes"}}, `canned listo "Listo" shared true`, "Guardado", false},
		{ana, "/macros", steps, "macro Cierre [{reply /listo   0} {snooze    4}] shared false", "Guardado", false},
		{ana, "/settings/notify", url.Values{"sound": {"yes"}}, "notify false true", "Guardado", false},
	} {
		w := do(h, http.MethodPost, c.path, session(t, h, f, c.who), c.form, "X-Partial", "act")
		done, _ := url.PathUnescape(w.Header().Get("X-Done"))
		if w.Code != http.StatusNoContent || f.last() != c.want || done != c.says || (w.Header().Get("X-Undo") != "") != c.undo {
			t.Errorf("%s: %d %q, did %q, undo %q", c.path, w.Code, done, f.last(), w.Header().Get("X-Undo"))
		}
	}
	w := do(h, http.MethodPost, message+"/unsay", session(t, h, f, ana), nil, "X-Partial", "act")
	if w.Code != http.StatusOK || w.Body.String() != "lo que dije" {
		t.Errorf("taking back answers %d %q", w.Code, w.Body)
	}
}

// A macro that fails says at which step and why, and that nothing was done.
func TestMacro_FailureInWords(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, ana)
	f.refuse = desk.ErrNotHolder
	path := "/conversations/" + f.conversations[0].ID.String() + "/macro"
	w := do(h, http.MethodPost, path, cookie, url.Values{"macro": {f.kept.macros[0].ID.String()}}, "X-Partial", "act")
	if w.Code != http.StatusConflict || !strings.HasPrefix(w.Body.String(), "No se hizo nada. Falló el paso 2 (Prioridad: Alta): ") {
		t.Errorf("got %d %q", w.Code, w.Body)
	}
}

// What was written elsewhere, or refused, is in the composer of whoever wrote it.
func TestDrafts_AreShown(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	mine, theirs := f.conversations[0], f.conversations[1]
	for _, c := range []desk.Conversation{mine, theirs} {
		f.kept.drafts = append(f.kept.drafts, desk.Draft{ConversationID: c.ID, AgentID: f.agents[ana].ID, Mode: desk.DraftReply, Text: "lo de ayer", Refused: "not_holder", Holder: "Bruno"})
	}
	f.kept.drafts = append(f.kept.drafts, desk.Draft{ConversationID: mine.ID, AgentID: f.agents[ana].ID, Mode: desk.DraftNote, Text: "ojo con esto"})
	for _, c := range []struct {
		conversation desk.Conversation
		who          int
		want         []string
		not          string
	}{
		{mine, ana, []string{`>lo de ayer</textarea>`, `data-note-draft="ojo con esto"`, "No se envió: ahora la tiene Bruno"}, "<q>lo de ayer</q>"},
		{theirs, ana, []string{"<q>lo de ayer</q>", "Usar en la nota"}, ">lo de ayer</textarea>"},
		{mine, carla, []string{"data-composer"}, "lo de ayer"},
	} {
		page := do(h, http.MethodGet, "/conversations/"+c.conversation.ID.String()+"?view=all", session(t, h, f, c.who), nil).Body.String()
		for _, want := range c.want {
			if !strings.Contains(page, want) {
				t.Errorf("%s does not see %q", f.agents[c.who].Name, want)
			}
		}
		if strings.Contains(page, c.not) {
			t.Errorf("%s sees %q", f.agents[c.who].Name, c.not)
		}
	}
}

// The list behind the slash has everything filled in, and says what it could not.
func TestReadyReplies(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	list := do(h, http.MethodGet, "/conversations/"+f.conversations[0].ID.String()+"/replies", session(t, h, f, ana), nil, "X-Partial", "ready").Body.String()
	for _, want := range []string{"<template>Hola Lucía, soy Ana de Fibra Clara. ¿En qué te ayudo?</template>", "En Portugués: no hay texto en Español. Sin valor: {visit_day}."} {
		if !strings.Contains(list, want) {
			t.Errorf("the list lacks %q:\n%s", want, list)
		}
	}
	if other := do(h, http.MethodGet, "/conversations/"+f.conversations[0].ID.String()+"/replies", session(t, h, f, carla), nil, "X-Partial", "ready").Body.String(); strings.Contains(other, "/hola") {
		t.Error("carla sees ana's own")
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	found := do(h, http.MethodGet, "/find?q=luc", session(t, h, f, ana), nil, "X-Partial", "found").Body.String()
	if !strings.Contains(found, `data-url="/conversations/`+f.conversations[0].ID.String()) || strings.Contains(found, "<nav") {
		t.Errorf("found %s", found)
	}
}

func TestHere_SaysWhoElse(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	w := do(h, http.MethodPost, "/conversations/"+f.conversations[0].ID.String()+"/here", session(t, h, f, ana), url.Values{"doing": {"looking"}})
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"doing":"typing","words":"Bruno Carvalho escribe…"`) {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}

// An answer found wrong is on its article's page until it is dealt with.
func TestWrong_IsOnTheArticle(t *testing.T) {
	t.Parallel()
	f := golden(t)
	f.kept.wrong = []desk.WrongAnswer{{MessageID: desk.NewID(), ConversationID: f.conversations[0].ID, ArticleID: "los-red-light", Language: "es", AgentID: f.agents[ana].ID, Reason: "cambió el color", CreatedAt: f.now}}
	h := serve(t, f)
	for who, settles := range map[int]bool{ana: false, carla: true} {
		page := do(h, http.MethodGet, "/articles/los-red-light?lang=es", session(t, h, f, who), nil).Body.String()
		if !strings.Contains(page, "1 respuesta marcada como incorrecta") || !strings.Contains(page, "cambió el color") || strings.Contains(page, "/settle") != settles {
			t.Errorf("%s sees another page", f.agents[who].Name)
		}
	}
}
