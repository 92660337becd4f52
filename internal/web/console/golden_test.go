package console_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// The people of the golden desk, by their place in fake.agents.
const (
	ana = iota // an agent
	bruno
	carla // supervisor
	diego // admin
	elena // auditor
)

var goldenNow = time.Date(2026, 3, 12, 18, 20, 0, 0, time.UTC)

// golden is a desk with something of everything.
func golden(t testing.TB) *fake {
	t.Helper()
	f := &fake{
		now: goldenNow, contacts: map[uuid.UUID]desk.Contact{}, messages: map[uuid.UUID][]desk.Message{}, turns: map[uuid.UUID]desk.Turn{},
		history: map[uuid.UUID][]desk.TicketEvent{}, sessions: map[string][]byte{}, files: map[uuid.UUID]file{},
		subscribed: make(chan struct{}, 16), changes: make(chan desk.Change, 16), link: "golden-link",
	}
	for i, p := range []struct {
		name, language string
		role           desk.Role
	}{
		{"Ana Pereira", "es", desk.RoleAgent}, {"Bruno Carvalho", "pt", desk.RoleAgent}, {"Carla Núñez", "es", desk.RoleSupervisor},
		{"Diego Ferreyra", "es", desk.RoleAdmin}, {"Elena Ruiz", "en", desk.RoleAuditor}, {"Facundo Vega", "es", desk.RoleAgent},
	} {
		a := desk.Agent{ID: desk.NewID(), Name: p.name, Language: p.language, Role: p.role, Active: i != 5, CreatedAt: f.ago(90 * 24 * time.Hour)}
		a.Email = strings.ToLower(strings.Fields(p.name)[0]) + "@fibra.example"
		if i != bruno {
			a.PasswordHash = "argon2id" + p.name
			seen := f.ago(time.Duration(i*i*40) * time.Minute)
			a.LastSeenAt = &seen
		}
		f.agents = append(f.agents, a)
	}
	f.talks(t)
	f.tickets()
	f.bind()
	f.promise(t)
	f.failures()
	f.library()
	f.albums(t)
	f.writing()
	return f
}

func (f *fake) ago(d time.Duration) time.Time { return f.now.Add(-d) }

func ptr[T any](v T) *T { return &v }

// talk adds a conversation; its messages follow with say.
func (f *fake) talk(name, waID, language string, last time.Duration) *desk.Conversation {
	contact := desk.Contact{ID: desk.NewID(), Name: name, Phone: waID, Language: language, CreatedAt: f.ago(40 * 24 * time.Hour)}
	f.contacts[contact.ID] = contact
	f.conversations = append(f.conversations, desk.Conversation{
		ID: desk.NewID(), ContactID: contact.ID, Channel: "1", Owner: desk.OwnerAssistant, State: desk.ConversationOpen, Language: language,
		Team: desk.TeamSupport, LastAt: f.ago(last), WindowEndsAt: ptr(f.ago(last).Add(desk.Window)), CreatedAt: f.ago(40 * 24 * time.Hour), UpdatedAt: f.ago(last),
	})
	return &f.conversations[len(f.conversations)-1]
}

func (f *fake) say(c *desk.Conversation, m desk.Message, ago time.Duration) desk.Message {
	m.ID, m.ConversationID, m.CreatedAt = desk.NewID(), c.ID, f.ago(ago)
	if m.Kind == "" {
		m.Kind = desk.KindText
	}
	if m.Direction == "" {
		m.Direction, m.Author = desk.Inbound, desk.ByContact
	}
	m.ProviderID = "wamid." + m.ID.String()
	f.messages[c.ID] = append(f.messages[c.ID], m)
	if m.Direction != desk.Private {
		c.Preview, c.PreviewBy = m.Text, m.Author
		if m.Text == "" {
			c.Preview = "[" + string(m.Kind) + "]"
		}
	}
	return m
}

func bot(text string, s desk.Status) desk.Message {
	return desk.Message{Direction: desk.Outbound, Author: desk.ByAssistant, Text: text, Status: s}
}

func (f *fake) human(who int, text string, s desk.Status) desk.Message {
	return desk.Message{Direction: desk.Outbound, Author: desk.ByAgent, AgentID: &f.agents[who].ID, Text: text, Status: s}
}

func (f *fake) talks(t testing.TB) {
	t.Helper()
	minute, hour := time.Minute, time.Hour
	c := f.talk("Lucía Fernández", "5491155550101", "es", 2*minute)
	c.Owner, c.AgentID, c.Team, c.Unread = desk.OwnerAgent, &f.agents[ana].ID, desk.TeamTechnical, 1
	c.WindowEndsAt = ptr(f.now.Add(23 * hour))
	c.Handoff = &desk.Handoff{
		Reason: desk.ReasonFlowFailed, Intent: "no_internet", Team: desk.TeamTechnical, Priority: desk.PriorityHigh, Language: "es",
		Wants: "Mi internet no funciona desde ayer, ya reinicié todo y trabajo desde casa.",
		Tried: []string{"Reinició el equipo", "La luz LOS sigue en rojo", "Revisó el cable de fibra"},
		Facts: []desk.Fact{{Kind: "dni", Value: "28.455.102"}, {Kind: "customer", Value: "C-10442"}}, Mood: "anxious",
		Protocol: "202603120000017", At: f.ago(25 * minute),
	}
	f.say(c, desk.Message{Text: "Hola! ¿Hasta qué hora atienden los sábados?"}, 26*hour)
	f.say(c, f.explained(c, bot("Los sábados atendemos de *9:00 a 13:00*.\n\nFuera de ese horario puede escribir igual: lo que se pueda responder al momento se responde.", desk.StatusRead)), 26*hour-minute)
	first := f.say(c, desk.Message{Text: "Mi internet no funciona desde ayer, ya reinicié todo y trabajo desde casa."}, 34*minute)
	ask := f.explained(c, bot("Lamento el inconveniente. ¿De qué color está la luz *LOS* del equipo?", desk.StatusRead))
	ask.Buttons = []desk.Button{{Title: "Roja"}, {Title: "Apagada"}, {Title: "No sé"}}
	f.say(c, ask, 33*minute)
	f.say(c, desk.Message{Kind: desk.KindReply, Choice: &desk.Choice{Title: "Roja"}}, 32*minute)
	photo := f.say(c, desk.Message{Kind: desk.KindImage, Text: "acá se ve", Attachment: &desk.Attachment{MIME: "image/png", Path: "a.png", Size: 182_000, Thumb: true, Width: 240, Height: 160}}, 31*minute)
	f.files[photo.ID] = file{mime: "image/png", data: picture(t)}
	f.say(c, f.explained(c, bot("Con la luz roja hace falta una revisión técnica. Abrí el pedido *202603120000017* y ya le paso con una persona.\n\nPor seguridad:\n- no mirar la punta de la fibra\n- no presionar _reset_", desk.StatusRead)), 26*minute)
	f.say(c, desk.Message{Direction: desk.Private, Author: desk.ByAssistant, Kind: desk.KindNotice, Notice: "handed_off", Text: string(desk.ReasonFlowFailed)}, 25*minute)
	f.say(c, desk.Message{Direction: desk.Private, Author: desk.ByAgent, AgentID: &f.agents[ana].ID, Kind: desk.KindNotice, Notice: "taken"}, 14*minute)
	f.say(c, desk.Message{Direction: desk.Private, Author: desk.ByAgent, AgentID: &f.agents[carla].ID, Kind: desk.KindNote, Text: "Hay otro corte en la misma cuadra, ver con planta antes de mandar al técnico."}, 12*minute)
	hello := f.human(ana, "Hola Lucía, soy Ana. Ya veo su caso, le confirmo visita hoy entre las 16 y las 18.", desk.StatusRead)
	hello.Reaction = "👍"
	f.say(c, hello, 9*minute)
	f.say(c, desk.Message{Kind: desk.KindLocation, Location: &desk.Location{Latitude: -34.60373, Longitude: -58.38157, Name: "Av. Corrientes 1234", Address: "Buenos Aires"}}, 6*minute)
	quoted := f.human(ana, "Perfecto, con eso alcanza. ¿Hay alguien en casa a esa hora?", desk.StatusDelivered)
	quoted.QuotedID = first.ProviderID
	f.say(c, quoted, 4*minute)
	f.say(c, desk.Message{Text: "Sí, yo estoy. Gracias! https://fibra.example/visita"}, 2*minute)

	c = f.talk("João Batista", "5511955550102", "pt", 11*minute)
	f.queue(c, desk.TeamBilling, desk.PriorityUrgent, desk.ReasonAngry, "Já paguei a fatura e continuo sem sinal, quero cancelar!", "angry", 11*minute)
	c.Unread = 3
	f.say(c, desk.Message{Text: "Já paguei a fatura e continuo sem sinal, quero cancelar!"}, 13*minute)
	f.say(c, bot("Entendo. Vou passar para uma pessoa do financeiro agora.", desk.StatusDelivered), 12*minute)
	f.say(c, desk.Message{Kind: desk.KindDocument, Attachment: &desk.Attachment{MIME: "application/pdf", Filename: "comprovante-pix.pdf", Size: 84_512, Path: "x"}}, 11*minute)

	c = f.talk("Emily Carter", "14155550103", "en", 38*minute)
	f.queue(c, desk.TeamSupport, desk.PriorityNormal, desk.ReasonPersonAsked, "human please", "", 38*minute)
	c.Unread = 1
	f.say(c, desk.Message{Text: "human please"}, 38*minute)

	c = f.talk("Rosa Quispe", "51955550104", "es", 22*hour)
	f.queue(c, desk.TeamTechnical, desk.PriorityNormal, desk.ReasonStillUnclear, "lo del aparato ese que hace ruido", "", 22*hour)
	f.say(c, desk.Message{Kind: desk.KindAudio, Attachment: &desk.Attachment{MIME: "audio/ogg", Voice: true, Size: 24_000, Path: "v"}}, 22*hour)

	c = f.talk("Marcos Silva", "5521955550105", "pt", 3*minute)
	c.TurnDueAt = ptr(f.now.Add(2 * time.Second))
	f.say(c, desk.Message{Text: "como faço para trocar a senha do wifi?"}, 5*minute)
	f.say(c, f.explained(c, bot("Para trocar a senha do Wi-Fi:\n\n1. Abra http://192.168.0.1\n2. Entre com os dados da etiqueta\n3. Em *Rede sem fio*, escolha a nova senha", desk.StatusRead)), 4*minute)
	f.say(c, desk.Message{Text: "deu certo, obrigado! mas agora a tv não conecta"}, 3*minute)

	c = f.talk("", "573005550106", "es", 50*minute)
	f.say(c, desk.Message{Text: "buenas, cuánto vale el plan de 300 megas"}, 51*minute)
	f.say(c, f.explained(c, bot("El plan de 300 megas cuesta {price_300} por mes.", desk.StatusSent)), 50*minute)

	c = f.talk("Ngozi Okafor", "2348055550107", "en", 70*minute)
	c.Owner, c.AgentID = desk.OwnerAgent, &f.agents[bruno].ID
	f.say(c, desk.Message{Text: "The technician did not come yesterday."}, 80*minute)
	lost := f.human(bruno, "I am sorry. I am checking with the crew right now.", desk.StatusUnknown)
	f.say(c, lost, 75*minute)
	failed := f.human(bruno, "They will be there tomorrow at 10.", desk.StatusFailed)
	failed.FailureCode = 131026
	f.say(c, failed, 70*minute)

	c = f.talk("Valentina Ríos", "56955550108", "es", 3*24*hour)
	c.Owner, c.AgentID = desk.OwnerAgent, &f.agents[ana].ID
	f.say(c, desk.Message{Text: "¿Me llega la factura por correo?"}, 3*24*hour+20*minute)
	f.say(c, f.human(ana, "Sí, el 5 de cada mes. ¿Le reenvío la última?", desk.StatusDelivered), 3*24*hour)

	c = f.talk("Thiago Almeida", "5531955550109", "pt", 5*hour)
	c.State, c.SnoozedUntil, c.Owner, c.AgentID = desk.ConversationSnoozed, ptr(f.now.Add(20*hour)), desk.OwnerAgent, &f.agents[ana].ID
	f.say(c, desk.Message{Text: "fico aguardando o técnico então"}, 5*hour)

	c = f.talk("Patricia Gómez", "5215555550110", "es", 30*hour)
	c.State = desk.ConversationClosed
	f.say(c, desk.Message{Text: "listo, ya funciona, mil gracias"}, 30*hour)
	f.say(c, desk.Message{Direction: desk.Private, Author: desk.ByAgent, AgentID: &f.agents[ana].ID, Kind: desk.KindNotice, Notice: "resolved", Text: "Se reconfiguró el router"}, 30*hour)
}

func (f *fake) queue(c *desk.Conversation, team desk.Team, p desk.Priority, why desk.Reason, wants, mood string, since time.Duration) {
	c.Owner, c.Team, c.Priority, c.QueuedAt = desk.OwnerQueue, team, p, ptr(f.ago(since))
	c.Handoff = &desk.Handoff{Reason: why, Team: team, Priority: p, Language: c.Language, Wants: wants, Mood: mood, At: f.ago(since)}
}

// explained gives a message the turn it came from.
func (f *fake) explained(c *desk.Conversation, m desk.Message) desk.Message {
	ref := desk.ArticleRef{ID: "los-red-light", Language: "es", Version: 3, Title: "Luz LOS en rojo"}
	turn := desk.Turn{
		ID: desk.NewID(), ConversationID: c.ID, Action: desk.ActFlow, Reason: desk.ReasonSureIntent, Intent: "no_internet", Confidence: 0.94, Language: "es",
		Understanding: desk.Understanding{
			Language: "es", LanguageConfidence: 0.99, Accept: 0.94, None: 0.02, Mood: desk.MoodAnxious, Urgent: true, StillBroken: true,
			Intents:  []desk.Score{{Label: "no_internet", Confidence: 0.94}, {Label: "slow_internet", Confidence: 0.03}, {Label: "outage", Confidence: 0.02}},
			Passages: []desk.Passage{{Article: ref, Confidence: 0.81}, {Article: desk.ArticleRef{ID: "restart-equipment", Language: "es", Version: 1, Title: "Cómo reiniciar el equipo"}, Confidence: 0.34}},
			Entities: []desk.Entity{{Kind: "date", Value: "2026-03-11"}},
			Why:      []desk.Gram{{Text: "no funciona", Weight: 2.1}, {Text: "internet", Weight: 1.4}, {Text: "reinicié", Weight: 0.8}, {Text: "desde ayer", Weight: 0.5}},
			Model:    "local 7f3a91c2",
			Advice: &desk.Advice{
				Consulted: desk.Consulted{Prompt: "understand", Hash: "0a1b2c3d4e5f", Model: "talker", TokensIn: 812, TokensOut: 41, CostMicros: 150, Took: 640 * time.Millisecond},
				Intents:   []desk.Score{{Label: "no_internet", Confidence: 0.9}}, NeedsPerson: true,
			},
		},
		Decision: desk.Decision{Action: desk.ActFlow, Reason: desk.ReasonSureIntent, Rule: "sure_intent.flow", Intent: "no_internet", Confidence: 0.94, Article: &ref,
			Wording: &desk.Wording{Consulted: desk.Consulted{Prompt: "rewrite", Hash: "6a7b8c9d0e1f", Model: "talker", Refused: []string{"number", "offer"}, TokensIn: 1204, TokensOut: 96, CostMicros: 240, Took: 1100 * time.Millisecond}}},
		Inputs: desk.Inputs{BookVersion: "7f3a91c2d0e4aa10", Thresholds: desk.Thresholds{Answer: 0.75, Ask: 0.4, Article: 0.6}},
		Model:  "local 7f3a91c2", TookMicros: 3_420, CreatedAt: f.ago(33 * time.Minute),
	}
	f.turns[turn.ID] = turn
	m.TurnID = &turn.ID
	return m
}

func (f *fake) tickets() {
	add := func(c int, subject, intent string, state desk.TicketState, p desk.Priority, team desk.Team, assignee *uuid.UUID, ago time.Duration) *desk.Ticket {
		conv := f.conversations[c]
		t := desk.Ticket{
			ID: desk.NewID(), Protocol: desk.Protocol(f.ago(ago), int64(17+len(f.ticketRows))), ContactID: conv.ContactID, ConversationID: conv.ID, Intent: intent,
			Subject: subject, Priority: p, State: state, Team: team, AssigneeID: assignee, OpenedBy: desk.ByAssistant, CreatedAt: f.ago(ago + time.Hour), UpdatedAt: f.ago(ago),
		}
		f.ticketRows = append(f.ticketRows, t)
		return &f.ticketRows[len(f.ticketRows)-1]
	}
	t := add(0, "Sin internet desde ayer, LOS en rojo", "no_internet", desk.TicketOpen, desk.PriorityHigh, desk.TeamTechnical, &f.agents[ana].ID, 25*time.Minute)
	t.Facts = f.conversations[0].Handoff.Facts
	for i, e := range []desk.TicketEvent{
		{Author: desk.ByAssistant, Kind: "opened", Note: "Mi internet no funciona desde ayer, ya reinicié todo y trabajo desde casa.\nReinició el equipo\nLa luz LOS sigue en rojo"},
		{Author: desk.ByContact, Kind: "message", MessageID: &f.messages[f.conversations[0].ID][5].ID},
		{Author: desk.ByAgent, AgentID: &f.agents[carla].ID, Kind: "assigned", To: f.agents[ana].ID.String()},
		{Author: desk.ByAgent, AgentID: &f.agents[ana].ID, Kind: "state", From: "new", To: "open"},
		{Author: desk.ByAgent, AgentID: &f.agents[carla].ID, Kind: "priority", From: "normal", To: "high"},
		{Author: desk.ByAgent, AgentID: &f.agents[carla].ID, Kind: "note", Note: "Hay otro corte en la misma cuadra."},
	} {
		e.ID, e.TicketID, e.CreatedAt = desk.NewID(), t.ID, f.ago(time.Duration(60-10*i)*time.Minute)
		f.history[t.ID] = append(f.history[t.ID], e)
	}
	add(1, "Pagou e continua sem sinal", "reconnection", desk.TicketNew, desk.PriorityUrgent, desk.TeamBilling, nil, 11*time.Minute)
	add(6, "Technician did not come", "technician_visit", desk.TicketWaitingThird, desk.PriorityNormal, desk.TeamTechnical, &f.agents[bruno].ID, 70*time.Minute)
	add(3, "Ruido en el equipo", "equipment", desk.TicketWaitingCustomer, desk.PriorityLow, desk.TeamTechnical, nil, 22*time.Hour)
	done := add(9, "Router mal configurado", "wifi", desk.TicketResolved, desk.PriorityNormal, desk.TeamTechnical, &f.agents[ana].ID, 30*time.Hour)
	done.Outcome, done.ResolvedAt = "Se reconfiguró el router", ptr(f.ago(30*time.Hour))
	old := add(7, "Factura por correo", "invoice_copy", desk.TicketClosed, desk.PriorityNormal, desk.TeamBilling, nil, 20*24*time.Hour)
	old.ResolvedAt, old.ClosedAt = ptr(f.ago(21*24*time.Hour)), ptr(f.ago(20*24*time.Hour))
}

func (f *fake) failures() {
	f.alertRows = []desk.Alert{
		{ID: desk.NewID(), Kind: desk.AlertToken, Subject: "106540352242922", Severity: desk.SeverityError, Detail: "190 Access token has expired", Count: 14, FirstAt: f.ago(40 * time.Minute), LastAt: f.ago(time.Minute)},
		{ID: desk.NewID(), Kind: desk.AlertSendUnknown, Subject: "019cf1d2", Severity: desk.SeverityWarning, Detail: "connection reset while waiting for the answer", Count: 1, FirstAt: f.ago(75 * time.Minute), LastAt: f.ago(75 * time.Minute)},
		{ID: desk.NewID(), Kind: desk.AlertProviderDown, Severity: desk.SeverityWarning, Count: 3, FirstAt: f.ago(50 * time.Hour), LastAt: f.ago(49 * time.Hour), ResolvedAt: ptr(f.ago(48 * time.Hour)), ResolvedBy: &f.agents[diego].ID},
	}
	f.dead = []desk.DeadJob{
		{ID: 4821, Kind: "send", Subject: desk.NewID().String(), Error: "sending message: 401 OAuthException 190: Access token has expired", Attempts: 8, DiedAt: f.ago(9 * time.Minute)},
		{ID: 4790, Kind: "fetch", Subject: desk.NewID().String(), Error: "fetching media: 404 not found", Attempts: 1, DiedAt: f.ago(5 * time.Hour)},
	}
}

func (f *fake) library() {
	add := func(id, language, title, body string, version, uses int, status desk.ArticleStatus) {
		f.articles = append(f.articles, desk.Article{
			ID: id, Language: language, Version: version, Title: title, Body: body, Owner: desk.TeamTechnical, Status: status, Uses: uses, ThumbsDown: uses / 40,
			Questions: []string{"qué significa la luz roja LOS", "el equipo tiene una luz roja prendida", "se cortó el cable de fibra de la calle"},
			Keywords:  []string{"los", "luz roja", "fibra"}, CreatedAt: f.ago(2000 * time.Hour), UpdatedAt: f.ago(200 * time.Hour),
		})
	}
	los := "LOS en rojo significa que la señal no llega bien por la fibra: casi siempre es el cable o la red, no el wifi.\n\n" +
		"1. Mirar si el cable fino que entra al equipo está doblado, aplastado o flojo\n2. Si está flojo, empujarlo con suavidad hasta el tope\n3. Esperar 3 minutos\n\n" +
		"Si sigue rojo llame al {support_phone}.\n\nPor seguridad: no mirar la punta de la fibra y no presionar *reset*."
	add("los-red-light", "es", "Luz LOS en rojo", los, 3, 182, desk.ArticlePublished)
	add("los-red-light", "pt", "Luz LOS vermelha", "LOS vermelha significa que o sinal não chega bem pela fibra.", 3, 96, desk.ArticlePublished)
	add("los-red-light", "en", "Red LOS light", "A red LOS light means that no good signal arrives over the fibre.", 2, 12, desk.ArticlePublished)
	add("restart-equipment", "es", "Cómo reiniciar el equipo", "Desenchufar el equipo, esperar *30 segundos* y volver a enchufarlo.", 1, 411, desk.ArticlePublished)
	add("change-wifi-password", "es", "Cambiar la clave del wifi", "Abrir http://192.168.0.1 y entrar con los datos de la etiqueta.", 5, 230, desk.ArticlePublished)
	add("change-wifi-password", "pt", "Trocar a senha do Wi-Fi", "Abra http://192.168.0.1 e entre com os dados da etiqueta.", 5, 144, desk.ArticlePublished)
	add("payment-methods", "es", "Formas de pago", "Se puede pagar con tarjeta, transferencia o en efectivo.", 2, 77, desk.ArticleReview)
	add("tv-streaming", "es", "TV por internet", "La TV se ve en la aplicación.", 1, 0, desk.ArticleDraft)
}

// picture is a small photo-like image.
func picture(t testing.TB) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 320, 220))
	for y := range 220 {
		for x := range 320 {
			img.Set(x, y, color.RGBA{uint8(40 + x/4), uint8(46 + y/4), uint8(70 + (x+y)/8), 255})
			if dx, dy := x-210, y-110; dx*dx+dy*dy < 160 {
				img.Set(x, y, color.RGBA{240, 60, 50, 255})
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
