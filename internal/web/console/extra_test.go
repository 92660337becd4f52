package console_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"antena/internal/desk"
)

// rich adds to the first conversation one of each of what is neither words nor a
// file, and to the desk a pause and a merge.
func rich(f *fake) {
	c := &f.conversations[0]
	before := f.ago(90 * time.Second)
	f.say(c, desk.Message{Text: "mañana a las 10 mejor", Notice: desk.MarkEdited, OwnReaction: "🙏",
		Versions: []desk.Version{{Text: "mañana a las 9", At: before}, {Text: "mañana a las 10 mejor", At: before.Add(time.Minute)}}}, 90*time.Second)
	f.say(c, desk.Message{Text: "olvide eso", Notice: desk.MarkDeleted}, 85*time.Second)
	f.say(c, desk.Message{Text: "quiero contratar", Details: &desk.Details{Referral: &desk.Referral{Type: "ad", Headline: "Fibra 300", Body: "Instalación gratis", URL: "https://fb.me/x"}}}, 80*time.Second)
	f.say(c, desk.Message{Kind: desk.KindOther, Details: &desk.Details{Type: "order", Order: &desk.Order{Items: []desk.OrderItem{
		{Product: "fibra-300", Quantity: 1, Price: "99.9", Currency: "BRL"}, {Product: "router-wifi6", Quantity: 2, Price: "45.05", Currency: "BRL"}}}}}, 75*time.Second)
	f.say(c, desk.Message{Kind: desk.KindContacts, Text: "Zé 11", Details: &desk.Details{Cards: []desk.Card{{Name: "Zé Técnico", Organisation: "Fibra SA", Phones: []string{"+55 11 91234-5678"}, Emails: []string{"ze@fibra.example"}}}}}, 70*time.Second)
	f.say(c, desk.Message{Kind: desk.KindOther, Details: &desk.Details{Type: "flow", Fields: []desk.Field{{Name: "dia", Value: "2026-03-14"}, {Name: "turno", Value: "tarde"}}}}, 65*time.Second)
	f.say(c, desk.Message{Kind: desk.KindUnsupported, Details: &desk.Details{Type: "poll_creation"}}, 60*time.Second)
	f.say(c, desk.Message{Kind: desk.KindOther, Details: &desk.Details{Type: "call", Call: &desk.Call{Ended: true}}}, 55*time.Second)
	f.say(c, desk.Message{Text: "veja isso", Forwarded: true, Details: &desk.Details{Frequently: true}}, 50*time.Second)
	f.say(c, desk.Message{Direction: desk.Outbound, Author: desk.ByAgent, Kind: desk.KindReaction, Text: "🦄", Status: desk.StatusSent}, 44*time.Second)
	f.say(c, desk.Message{Direction: desk.Outbound, Author: desk.ByAgent, Text: "Le escribo del celular", Status: desk.StatusSent, Details: &desk.Details{PhoneApp: true}}, 45*time.Second)
	f.pauses = []desk.Pause{{Reason: desk.AlertRestricted, Detail: "RESTRICTED_CUSTOMER_INITIATED_MESSAGING", Since: f.ago(time.Hour)}}
	f.merges = []desk.Merge{{ID: desk.NewID(), ContactID: c.ContactID, Reason: desk.MergeMoved, Gone: &desk.Contact{Name: "Lucía F", Phone: "5491155550999"}, CreatedAt: f.ago(time.Hour)}}
}

func TestInbox_ShowsWhatIsNeitherWordsNorFiles(t *testing.T) {
	t.Parallel()
	f := golden(t)
	rich(f)
	h := serve(t, f)
	page := do(h, http.MethodGet, "/conversations/"+f.conversations[0].ID.String()+"?view=mine", session(t, h, f, ana), nil).Body.String()
	contains(t, page, "mañana a las 9", "Texto anterior", "olvide eso", "Fibra 300", `href="https://fb.me/x"`, "1 × fibra-300", "BRL 190.00",
		"Zé Técnico", "ze@fibra.example", "2026-03-14", "encuesta", "Llamada de voz", "Reenviado muchas veces", "App del teléfono", "reaction-own", `name="emoji"`)
	lacks(t, page, "🦄", "Lucía F ") // a reaction is no entry, and merges are for admins
	contains(t, do(h, http.MethodGet, "/conversations/"+f.conversations[0].ID.String()+"?view=all&pane=context", session(t, h, f, diego), nil).Body.String(), "Contactos unidos", "Lucía F")
}

// What came late stands where it was said.
func TestInbox_OrdersByWhenThingsWereSaid(t *testing.T) {
	t.Parallel()
	f := golden(t)
	c, late := &f.conversations[0], f.ago(3*time.Minute)
	f.say(c, desk.Message{Text: "esto llegó tarde", SentAt: &late}, 0)
	h := serve(t, f)
	page := do(h, http.MethodGet, "/conversations/"+c.ID.String()+"?view=mine", session(t, h, f, ana), nil).Body.String()
	before, here, after := strings.LastIndex(page, "con eso alcanza"), strings.LastIndex(page, "esto llegó tarde"), strings.LastIndex(page, "yo estoy. Gracias")
	if before >= here || here >= after {
		t.Errorf("at %d, between %d and %d", here, before, after)
	}
}

func TestAlerts_PauseIsShownAndEnded(t *testing.T) {
	t.Parallel()
	f := golden(t)
	rich(f)
	h := serve(t, f)
	cookie := session(t, h, f, diego)
	contains(t, do(h, http.MethodGet, "/alerts", cookie, nil).Body.String(), "El envío está detenido", "Meta restringe la cuenta", "Reanudar el envío")
	do(h, http.MethodPost, "/pauses/resume", cookie, url.Values{"channel": {""}})
	if !slices.Contains(f.did(), "resume") {
		t.Error("sending was not resumed")
	}
}

func TestInbox_ReactsAndAsksForThePhone(t *testing.T) {
	t.Parallel()
	f := golden(t)
	h := serve(t, f)
	cookie := session(t, h, f, ana)
	c := f.conversations[0]
	do(h, http.MethodPost, "/messages/"+f.messages[c.ID][0].ID.String()+"/react", cookie, url.Values{"emoji": {"👍"}})
	do(h, http.MethodPost, "/conversations/"+c.ID.String()+"/phone", cookie, url.Values{})
	if acts := f.did(); !slices.Contains(acts, "react") || !slices.Contains(acts, "ask phone") {
		t.Error("not done")
	}
}
