package policy_test

import (
	"reflect"
	"testing"
	"time"

	"antena/internal/desk"
	"antena/internal/policy"
)

// TestDecide has a row for each rule and each of its borders.
func TestDecide(t *testing.T) {
	t.Parallel()
	day, live, resolved := 24*time.Hour, desk.TicketOpen, desk.TicketResolved
	for _, c := range []struct {
		name string
		give []change
		want string
	}{
		// Nothing to say, or nothing that may be said.
		{"nothing new", nil, "nothing_new silent all_settled"},
		{"the window has closed", []change{says("hola"), windowEnds(desk.WindowMargin), sure("pay")},
			"window_closed handoff window_closed intent=pay phrase=handoff to=support/normal"},
		{"the window closes in a moment", []change{says("hola"), windowEnds(desk.WindowMargin + 1), sure("wifi")},
			"sure_intent answer sure_intent intent=wifi article=wifi/es"},
		{"no window at all", []change{says("hola"), func(w *world) { w.scene.Conversation.WindowEndsAt = nil }},
			"window_closed handoff window_closed phrase=handoff to=support/normal"},

		// Certain things, before any model's word.
		{"stop writing", []change{says("STOP"), certain(desk.CertainOptOut), sure("pay")},
			"opt_out reply opt_out intent=opt_out phrase=opted_out opt_out"},
		{"stop writing though understanding failed", []change{says("STOP"), certain(desk.CertainOptOut), seen(func(u *desk.Understanding) { u.Problem = "x" })},
			"opt_out reply opt_out intent=opt_out phrase=opted_out opt_out"},
		{"a person", []change{says("persona"), certain(desk.CertainPerson), sure("pay")},
			"person handoff person_asked intent=human_agent phrase=handoff to=support/normal"},
		{"a person while people are away", []change{says("persona"), certain(desk.CertainPerson), peopleAway},
			"person handoff person_asked intent=human_agent phrase=handoff_closed to=support/normal"},
		{"a person in the middle of a flow", []change{says("persona"), certain(desk.CertainPerson), inFlow("fix", "lights", "broken", "reinició")},
			"person handoff person_asked intent=human_agent phrase=handoff to=technical/high[reinició]"},
		{"a person, by the button", []change{presses(desk.ButtonPerson, "Alguien"), sure("pay")},
			"person handoff person_asked intent=human_agent phrase=handoff to=support/normal"},
		{"a person, with a live ticket", []change{says("persona"), certain(desk.CertainPerson), ticket("cancel", live, day)},
			"person handoff person_asked intent=human_agent phrase=handoff to=retention/high"},
		{"a person, urgently", []change{says("persona"), certain(desk.CertainPerson), seen(urgent)},
			"person handoff person_asked intent=human_agent phrase=handoff to=support/urgent"},
		{"a person, angrily", []change{says("persona"), certain(desk.CertainPerson), seen(angry)},
			"person handoff person_asked intent=human_agent phrase=handoff to=support/high"},
		{"stop writing, and a matter", []change{says("STOP. Mi wifi no anda"), seen(optOutToo), sure("wifi")}, "sure_intent answer sure_intent intent=wifi article=wifi/es opt_out"},
		{"stop writing, and a person", []change{says("STOP. Una persona"), seen(optOutToo), certain(desk.CertainPerson)},
			"person handoff person_asked intent=human_agent phrase=handoff to=support/normal opt_out"},
		{"stop writing, and nothing to say", []change{says("STOP. Vendo autos"), seen(optOutToo), certain(desk.CertainThanks)}, "small_talk reply opt_out intent=opt_out phrase=opted_out opt_out"},
		{"a complaint", []change{says("un reclamo"), certain(desk.CertainComplaint), complaints, sure("pay")},
			"complaint handoff policy_handoff intent=complaint phrase=ticket_person open=complaint/retention/high to=retention/high"},
		{"a complaint that knowledge says nothing about", []change{says("un reclamo"), certain(desk.CertainComplaint), sure("pay")},
			"complaint handoff person_asked intent=pay phrase=handoff to=support/normal"},
		{"personal data", []change{says("mis datos"), certain(desk.CertainDataRequest)},
			"data_request handoff data_request intent=data_request phrase=ticket_person open=data_request/support/low to=support/low"},
		{"personal data while people are away", []change{says("mis datos"), certain(desk.CertainDataRequest), peopleAway},
			"data_request handoff data_request intent=data_request phrase=ticket_person_closed open=data_request/support/low to=support/low"},
		{"personal data in the middle of a flow", []change{says("mis datos"), certain(desk.CertainDataRequest), inFlow("fix", "lights", "broken")},
			"data_request handoff data_request intent=data_request phrase=ticket_person open=data_request/support/low to=support/low"},

		// Buttons.
		{"a matter is pressed", []change{presses("intent:wifi", "Wifi"), sure("pay")}, "pressed_button answer chosen intent=wifi article=wifi/es"},
		{"the last press counts", []change{presses("intent:wifi", "Wifi"), presses("intent:bill", "Cuenta")},
			"pressed_button ticket ticket_needed intent=bill phrase=ticket_opened open=bill/billing/normal"},
		{"a guided matter is pressed", []change{presses("intent:broken", "Roto")}, "pressed_button flow chosen intent=broken article=fix/es at=fix:restart"},
		{"a matter for people is pressed", []change{presses("intent:cancel", "Baja")},
			"pressed_button handoff policy_handoff intent=cancel phrase=ticket_person open=cancel/retention/high to=retention/high"},
		{"the matter of a ticket's state is pressed", []change{presses("intent:ticket_status", "Mi caso"), ticket("bill", live, day)},
			"pressed_button reply ticket_status intent=ticket_status phrase=ticket_status status=#0"},
		{"the matter of a ticket's state is pressed without a ticket", []change{presses("intent:ticket_status", "Mi caso"), at("pay", 0.4)},
			"pressed_button reply ticket_status intent=ticket_status phrase=no_ticket"},
		{"a matter that is gone is read as words", []change{presses("intent:gone", "Clave del wifi"), sure("wifi")}, "sure_intent answer sure_intent intent=wifi article=wifi/es"},
		{"somebody else's button is read as words", []change{presses("promo-7", "Clave del wifi"), sure("wifi")}, "sure_intent answer sure_intent intent=wifi article=wifi/es"},
		{"a step's button", []change{presses("flow:fix:restart:same", "Sigue igual"), inFlow("fix", "restart", "broken", "antes")},
			"pressed_button flow flow_step intent=broken at=fix:lights[antes;sigue igual]"},
		{"a step's button that solves", []change{presses("flow:fix:restart:works", "Ya"), inFlow("fix", "restart", "broken")},
			"pressed_button reply flow_solved intent=broken phrase=solved"},
		{"a step's button that solves a ticket's matter", []change{presses("flow:fix:restart:works", "Ya"), inFlow("fix", "restart", "broken"), ticket("broken", live, day)},
			"pressed_button reply flow_solved intent=broken phrase=solved_ticket resolve=#0 status=#0"},
		{"a step's button that opens a ticket", []change{presses("flow:fix:lights:dark", "Apagado"), inFlow("fix", "lights", "broken", "antes")},
			"pressed_button ticket flow_failed intent=broken phrase=ticket_opened open=broken/technical/high[antes;todo apagado]"},
		{"a step's button, long after", []change{presses("flow:fix:restart:same", "Sigue igual"), inFlow("fix", "lights", "slow", "olvidado"), askedLongAgo},
			"pressed_button flow flow_step intent=broken at=fix:lights[sigue igual]"},
		{"an earlier step's button", []change{presses("flow:fix:restart:same", "Sigue igual"), inFlow("fix", "lights", "broken", "adelante")},
			"pressed_button flow flow_step intent=broken at=fix:lights[sigue igual]"},
		{"a step's button to a step that is gone", []change{presses("flow:fix:lights:red", "Roja"), inFlow("fix", "lights", "broken")},
			"pressed_button ticket flow_failed intent=broken phrase=ticket_opened open=broken/technical/high"},
		{"a button that is gone is read as words", []change{presses("flow:fix:restart:gone", "no sé"), sure("wifi")}, "sure_intent answer sure_intent intent=wifi article=wifi/es"},
		{"a step that is gone", []change{presses("flow:fix:gone:same", "no sé"), sure("wifi")}, "sure_intent answer sure_intent intent=wifi article=wifi/es"},
		{"a flow that is gone", []change{presses("flow:gone:a:b", "no sé"), sure("wifi")}, "sure_intent answer sure_intent intent=wifi article=wifi/es"},
		{"an id cut short", []change{presses("flow:fix:restart", "no sé"), sure("wifi")}, "sure_intent answer sure_intent intent=wifi article=wifi/es"},

		// Answers in words to a question.
		{"its number", []change{says(" 2. "), asked("pay", "wifi"), sure("cancel")}, "answered_question answer chosen intent=wifi article=wifi/es"},
		{"its words", []change{says("BOTON pay"), asked("wifi", "pay")}, "answered_question answer chosen intent=pay article=pay-first/es"},
		{"a number that was not offered", []change{says("3"), asked("pay", "wifi")}, "other_words handoff still_unclear phrase=handoff to=support/normal"},
		{"an option that is gone", []change{says("1"), asked("gone", "wifi"), sure("pay")}, "sure_intent answer sure_intent intent=pay article=pay-first/es"},
		{"a question of yesterday", []change{says("2"), asked("pay", "wifi"), askedLongAgo, sure("pay")}, "sure_intent answer sure_intent intent=pay article=pay-first/es"},

		// Answers in words to a step.
		{"a step's label", []change{says("Sigue igual"), inFlow("fix", "restart", "broken")}, "flow_answer flow flow_step intent=broken at=fix:lights[sigue igual]"},
		{"a step's label in another language", []change{says("ya funciona!"), inFlow("fix", "restart", "broken"), sure("cancel")}, "flow_answer reply flow_solved intent=broken phrase=solved"},
		{"a step's number", []change{says("1"), inFlow("fix", "lights", "broken")}, "flow_answer ticket flow_failed intent=broken phrase=ticket_opened open=broken/technical/high[todo apagado]"},
		{"the label that leads to a person", []change{says("alguien"), inFlow("fix", "restart", "broken", "antes")},
			"flow_answer handoff person_asked intent=broken phrase=handoff to=technical/high[antes]"},
		{"it works", []change{says("ya volvió"), inFlow("fix", "lights", "broken"), seen(worksNow)}, "flow_answer reply flow_solved intent=broken phrase=solved"},
		{"it works, but not", []change{says("volvió y se fue"), inFlow("fix", "restart", "broken"), seen(worksNow), seen(stillBroken)},
			"flow_answer flow flow_step intent=broken at=fix:lights[volvió y se fue;sigue igual]"},
		{"still broken in own words", []change{says("nada, sigue"), inFlow("fix", "restart", "broken"), seen(stillBroken)},
			"flow_answer flow flow_step intent=broken at=fix:lights[nada, sigue;sigue igual]"},
		{"the step's matter again is no other matter", []change{says("no anda"), inFlow("fix", "restart", "broken"), sure("broken")},
			"flow_answer flow flow_step intent=broken at=fix:lights[no anda;sigue igual]"},
		{"another guided matter is the same to the contact", []change{says("va lento"), inFlow("fix", "restart", "broken"), sure("slow")},
			"flow_answer flow flow_step intent=broken at=fix:lights[va lento;sigue igual]"},
		{"new words settle the step", []change{says("ya reinicié"), inFlow("fix", "restart", "broken")},
			"flow_answer flow flow_step intent=broken at=fix:lights[reinició]"},
		{"what cannot be placed is asked once", []change{says("mmm"), inFlow("fix", "lights", "broken", "antes")},
			"flow_answer flow not_understood intent=broken phrase=choose at=fix:lights[antes] missed"},
		{"and then goes to people with the words", []change{says("mmm"), inFlow("fix", "lights", "broken", "antes"), misses(1)},
			"flow_answer ticket flow_failed intent=broken phrase=ticket_opened open=broken/technical/high[antes;mmm]"},
		{"another matter leaves the flow", []change{says("cómo pago"), inFlow("fix", "restart", "broken"), sure("pay")}, "sure_intent answer sure_intent intent=pay article=pay-first/es"},
		{"another matter, not sure enough, stays", []change{says("cómo pago"), inFlow("fix", "restart", "broken"), at("pay", 0.69)},
			"flow_answer flow flow_step intent=broken at=fix:lights[cómo pago;sigue igual]"},
		{"thanks leaves the flow", []change{says("gracias"), inFlow("fix", "restart", "broken"), certain(desk.CertainThanks)}, "small_talk silent thanks intent=thanks_closing"},
		{"a flow that is gone", []change{says("gracias"), inFlow("gone", "x", "broken"), sure("pay")}, "sure_intent answer sure_intent intent=pay article=pay-first/es"},

		{"a step that is gone, in words", []change{says("algo"), inFlow("fix", "gone", "broken"), sure("pay")}, "sure_intent answer sure_intent intent=pay article=pay-first/es"},

		// Messages without words.
		{"voice", []change{sends(desk.KindAudio)}, "media_only ask unreadable phrase=voice_as_text missed"},
		{"voice again", []change{sends(desk.KindAudio), misses(1)}, "media_only handoff media_to_person phrase=handoff to=support/normal"},
		{"photo", []change{sends(desk.KindImage)}, "media_only ask unreadable phrase=what_is_it options=payment_reported,broken missed"},
		{"photo in a flow", []change{sends(desk.KindImage), inFlow("circle", "a", "slow")}, "media_only ask unreadable phrase=what_is_it options=payment_reported,slow missed"},
		{"photo in a flow about payments", []change{sends(desk.KindImage), inFlow("circle", "a", desk.LabelPaymentProof)}, "media_only ask unreadable phrase=what_is_it options=payment_reported missed"},
		{"photo again", []change{sends(desk.KindImage), misses(1)}, "media_only handoff media_to_person phrase=handoff to=support/normal"},
		{"photo with a ticket", []change{sends(desk.KindImage), ticket("broken", live, day)}, "media_only ticket ticket_update intent=broken phrase=ticket_updated update=#0 status=#0"},
		{"photo with a resolved ticket", []change{sends(desk.KindImage), ticket("broken", resolved, day)}, "media_only ask unreadable phrase=what_is_it options=payment_reported,broken missed"},
		{"document", []change{sends(desk.KindDocument)}, "media_only ask unreadable phrase=what_is_it options=payment_reported,broken missed"},
		{"video", []change{sends(desk.KindVideo)}, "media_only ask unreadable phrase=what_is_it options=payment_reported,broken missed"},
		{"place", []change{sends(desk.KindLocation)}, "media_only ask unreadable phrase=what_is_it options=payment_reported,broken missed"},
		{"contacts", []change{sends(desk.KindContacts)}, "media_only ask unreadable phrase=what_is_it options=payment_reported,broken missed"},
		{"voice before photo", []change{sends(desk.KindImage), sends(desk.KindAudio)}, "media_only ask unreadable phrase=voice_as_text missed"},
		{"something unsupported", []change{sends(desk.KindUnsupported)}, "media_only ask unreadable phrase=send_as_text missed"},
		{"something else", []change{sends(desk.KindOther)}, "media_only ask unreadable phrase=send_as_text missed"},
		{"sticker", []change{sends(desk.KindSticker)}, "media_only silent reaction_only"},
		{"photo with words is words", []change{sends(desk.KindImage), says("mi clave"), sure("wifi")}, "sure_intent answer sure_intent intent=wifi article=wifi/es"},

		// Small talk and failure.
		{"greeting", []change{says("hola"), certain(desk.CertainGreeting)}, "small_talk reply greeting intent=greeting phrase=greeting"},
		{"thanks", []change{says("gracias"), certain(desk.CertainThanks)}, "small_talk silent thanks intent=thanks_closing"},
		{"thanks, it works, with a ticket", []change{says("gracias, volvió"), certain(desk.CertainThanks), seen(worksNow), ticket("broken", live, day)},
			"works_again reply flow_solved intent=broken phrase=solved_ticket resolve=#0 status=#0"},
		{"thanks, it works", []change{says("gracias, volvió"), certain(desk.CertainThanks), seen(worksNow)}, "works_again silent thanks intent=thanks_closing"},
		{"a word that several matters claim", []change{says("¡Baja!"), sure("cancel")}, "ambiguous ask unsure phrase=which options=bill,cancel,copy"},
		{"that word answers our question", []change{says("baja"), asked("pay"), sure("cancel")},
			"sure_intent handoff policy_handoff intent=cancel phrase=ticket_person open=cancel/retention/high to=retention/high"},
		{"a word that one matter claims", []change{says("solo"), sure("wifi")}, "sure_intent answer sure_intent intent=wifi article=wifi/es"},
		{"a bare answer to no question", []change{says("Sí."), sure("wifi")}, "bare_answer ask not_understood phrase=other_words missed"},
		{"a bare answer again", []change{says("não"), misses(1)}, "bare_answer handoff still_unclear phrase=handoff to=support/normal"},
		{"understanding failed", []change{says("hola"), seen(func(u *desk.Understanding) { u.Problem = "away" })},
			"not_working handoff system_failure phrase=handoff to=support/normal"},

		// Tickets.
		{"how is my ticket", []change{says("mi ticket?"), sure(desk.LabelTicketStatus), ticket("bill", resolved, day), ticket("broken", live, day)},
			"ticket_status reply ticket_status intent=ticket_status phrase=ticket_status status=#1"},
		{"how is my resolved ticket", []change{says("mi ticket?"), sure(desk.LabelTicketStatus), ticket("bill", resolved, day), ticket("broken", resolved, 2*day)},
			"ticket_status reply ticket_status intent=ticket_status phrase=ticket_status status=#0"},
		{"there is no ticket", []change{says("mi ticket?"), sure(desk.LabelTicketStatus)}, "ticket_status reply ticket_status intent=ticket_status phrase=no_ticket"},
		{"by its number", []change{says("202611220000001"), entity("protocol", "202611220000001"), ticket("bill", live, day), ticket("broken", resolved, day)},
			"ticket_status reply ticket_status intent=ticket_status phrase=ticket_status status=#1"},
		{"by a number that is not theirs", []change{says("ticket 9"), sure(desk.LabelTicketStatus), entity("protocol", "209912319999999"), ticket("bill", live, day)},
			"ticket_status reply ticket_status intent=ticket_status phrase=no_ticket"},
		{"it works again", []change{says("ya volvió"), seen(worksNow), ticket("broken", live, day)}, "works_again reply flow_solved intent=broken phrase=solved_ticket resolve=#0 status=#0"},
		{"it works, about what no flow guides", []change{says("ya me sale"), seen(worksNow), ticket("bill", live, day), sure("bill")},
			"same_matter ticket ticket_update intent=bill phrase=ticket_updated update=#0 status=#0"},
		{"it works and it does not", []change{says("volvió y se fue"), seen(worksNow), seen(stillBroken), ticket("broken", live, day)},
			"same_matter ticket ticket_update intent=broken phrase=ticket_updated update=#0 status=#0"},
		{"still broken", []change{says("sigue igual"), seen(stillBroken), ticket("broken", live, day)}, "same_matter ticket ticket_update intent=broken phrase=ticket_updated update=#0 status=#0"},
		{"still broken after it was resolved", []change{says("otra vez"), seen(stillBroken), ticket("broken", resolved, desk.ReopenWindow)},
			"same_matter ticket ticket_reopened intent=broken phrase=ticket_reopened reopen=#0 status=#0"},
		{"still broken, but too long after", []change{says("no anda"), seen(stillBroken), ticket("broken", resolved, desk.ReopenWindow+1), sure("broken")},
			"sure_intent flow sure_intent intent=broken article=fix/es at=fix:restart"},
		{"still broken, another one is live", []change{says("otra vez"), seen(stillBroken), ticket("broken", resolved, day), ticket("slow", live, 2*day)},
			"same_matter ticket ticket_update intent=slow phrase=ticket_updated update=#1 status=#1"},
		{"the same matter again", []change{says("mi cuenta"), sure("bill"), ticket("bill", live, desk.SameMatterWindow-1)},
			"same_matter ticket ticket_update intent=bill phrase=ticket_updated update=#0 status=#0"},
		{"the same matter after a month", []change{says("mi cuenta"), sure("bill"), ticket("bill", live, desk.SameMatterWindow)},
			"sure_intent ticket ticket_needed intent=bill phrase=ticket_opened open=bill/billing/normal"},
		{"what is guided is one matter", []change{says("va lento"), sure("slow"), ticket("broken", live, day)},
			"same_matter ticket ticket_update intent=broken phrase=ticket_updated update=#0 status=#0"},
		{"another matter", []change{says("va lento"), sure("slow"), ticket("bill", live, day)}, "sure_intent flow sure_intent intent=slow at=circle:a"},
		{"an answer does not go into the ticket", []change{says("cómo pago"), sure("pay"), ticket("broken", live, day)}, "sure_intent answer sure_intent intent=pay article=pay-first/es"},
		{"unclear words with a fresh ticket", []change{says("el martes"), at("pay", 0.2), ticket("bill", live, day)},
			"unclear_with_ticket ticket ticket_update intent=bill phrase=ticket_updated update=#0 status=#0"},
		{"unclear words with an old ticket", []change{says("el martes"), at("pay", 0.2), ticket("bill", live, day+1)},
			"other_words ask not_understood phrase=other_words missed"},
		{"strange words with a fresh ticket", []change{says("fútbol"), at("pay", 0.2), stranger(0.6), ticket("bill", live, day)},
			"other_words ask not_understood phrase=other_words missed"},

		// Patience.
		{"angry the first time is answered", []change{says("CÓMO PAGO"), sure("pay"), seen(angry)}, "sure_intent answer sure_intent intent=pay article=pay-first/es"},
		{"angry after we failed", []change{says("CÓMO PAGO"), sure("pay"), seen(angry), misses(1)}, "lost_patience handoff angry intent=pay phrase=handoff to=support/high"},

		// A sure intent does what its data says.
		{"answer, just sure", []change{says("algo"), at("wifi", 0.7)}, "sure_intent answer sure_intent intent=wifi article=wifi/es"},
		{"answer, just not", []change{says("algo"), at("wifi", 0.6999)}, "one_question ask unsure intent=wifi phrase=which options=wifi missed"},
		{"own threshold, just sure", []change{says("algo"), at("cancel", 0.9)},
			"sure_intent handoff policy_handoff intent=cancel phrase=ticket_person open=cancel/retention/high to=retention/high"},
		{"own threshold, just not", []change{says("algo"), at("cancel", 0.8999)}, "one_question ask unsure intent=cancel phrase=which options=cancel missed"},
		{"answer from what was found", []change{says("algo"), sure("pay"), found("wifi", 0.99), found("pay-second", 0.1)}, "sure_intent answer sure_intent intent=pay article=pay-second/es"},
		{"answer, nothing found", []change{says("algo"), sure("pay"), found("wifi", 0.99)}, "sure_intent answer sure_intent intent=pay article=pay-first/es"},
		{"answer with a hole", []change{says("algo"), sure("hole")}, "sure_intent handoff placeholder_unset intent=hole phrase=handoff to=support/normal"},
		{"a hole is not replaced by what fits less", []change{says("algo"), sure("hole"), found("hole", 0.9), found("wifi", 0.8)},
			"sure_intent handoff placeholder_unset intent=hole phrase=handoff to=support/normal"},
		{"answer that is no longer in force", []change{says("algo"), sure("past")}, "sure_intent handoff no_article intent=past phrase=handoff to=support/normal"},
		{"answer without articles", []change{says("algo"), sure("empty")}, "sure_intent handoff no_article intent=empty phrase=handoff to=support/normal"},
		{"flow", []change{says("no anda"), sure("broken")}, "sure_intent flow sure_intent intent=broken article=fix/es at=fix:restart"},
		{"flow, a step settled already", []change{says("Ya reinicié!"), sure("broken")}, "sure_intent flow sure_intent intent=broken at=fix:lights[reinició]"},
		{"flow, every step settled already", []change{says("ya reinicié y luz roja"), sure("broken")},
			"sure_intent ticket flow_failed intent=broken phrase=ticket_opened open=broken/technical/high[reinició]"},
		{"flow, settled for a person", []change{says("ya reinicié y huele a quemado"), sure("broken")},
			"sure_intent handoff person_asked intent=broken phrase=handoff to=technical/high[reinició;quemado]"},
		{"flow, words inside words settle nothing", []change{says("ya reiniciemos"), sure("broken")}, "sure_intent flow sure_intent intent=broken article=fix/es at=fix:restart"},
		{"flow that turns in circles", []change{says("vueltas"), sure("slow")}, "sure_intent flow sure_intent intent=slow at=circle:b"},
		{"flow that is gone", []change{says("algo"), sure("nowhere")}, "sure_intent ticket ticket_needed intent=nowhere phrase=ticket_opened open=nowhere/technical/high"},
		{"for a zone that is not known", []change{says("algo"), sure("local")}, "sure_intent handoff scope_unknown intent=local phrase=handoff to=support/normal"},
		{"for the zone", []change{says("algo"), sure("local"), livesIn("norte", "")}, "sure_intent answer sure_intent intent=local article=north/es"},
		{"for another zone, and a plan that is not known", []change{says("algo"), sure("local"), livesIn("Sur", "")},
			"sure_intent handoff scope_unknown intent=local phrase=handoff to=support/normal"},
		{"for another zone, and the plan", []change{says("algo"), sure("local"), livesIn("Sur", "Fibra 300")}, "sure_intent answer sure_intent intent=local article=fast/es"},
		{"for others alone", []change{says("algo"), sure("local"), livesIn("Sur", "Fibra 100")}, "sure_intent handoff no_article intent=local phrase=handoff to=support/normal"},
		{"an article found by words for another zone", []change{says("algo"), found("north", 0.99), livesIn("Sur", "")},
			"sure_article handoff no_article phrase=handoff to=support/normal"},
		{"flow whose article has a hole", []change{says("algo"), sure("unwritten")}, "sure_intent handoff placeholder_unset intent=unwritten phrase=handoff to=technical/high"},
		{"ticket", []change{says("algo"), sure("bill")}, "sure_intent ticket ticket_needed intent=bill phrase=ticket_opened open=bill/billing/normal"},
		{"ticket without a plan", []change{says("algo"), sure("bare")}, "sure_intent ticket ticket_needed intent=bare phrase=ticket_opened open=bare/support/normal"},
		{"ticket, urgent", []change{says("algo"), sure("bill"), seen(urgent)}, "sure_intent ticket ticket_needed intent=bill phrase=ticket_opened open=bill/billing/urgent"},
		{"ticket, angry", []change{says("algo"), sure("bill"), seen(angry)}, "sure_intent ticket ticket_needed intent=bill phrase=ticket_opened open=bill/billing/high"},
		{"to people, with a ticket already", []change{says("algo"), sure("cancel"), ticket("cancel", live, day)},
			"sure_intent handoff policy_handoff intent=cancel phrase=handoff update=#0 status=#0 to=retention/high"},
		{"a person, understood", []change{says("algo"), sure(desk.LabelHuman)}, "sure_intent handoff person_asked intent=human_agent phrase=handoff to=support/normal"},
		{"greeting, understood", []change{says("algo"), sure(desk.LabelGreeting)}, "sure_intent reply sure_intent intent=greeting phrase=greeting"},
		{"thanks, understood", []change{says("algo"), sure(desk.LabelThanks)}, "sure_intent silent sure_intent intent=thanks_closing"},
		{"spam", []change{says("algo"), sure("spam")}, "sure_intent silent spam intent=spam"},
		{"stop writing, understood", []change{says("algo"), sure(desk.LabelOptOut)}, "sure_intent reply opt_out intent=opt_out phrase=opted_out opt_out"},
		{"personal data, understood", []change{says("algo"), sure(desk.LabelDataRequest)},
			"sure_intent handoff data_request intent=data_request phrase=ticket_person open=data_request/support/low to=support/low"},
		{"not our subject, understood", []change{says("algo"), sure("weather"), stranger(0.5)}, "sure_intent reply off_topic intent=weather phrase=off_topic missed"},
		{"not our subject, the third time", []change{says("algo"), sure("weather"), misses(2)}, "sure_intent silent off_topic intent=weather missed"},
		{"personal data, with a ticket already", []change{says("mis datos"), certain(desk.CertainDataRequest), ticket(desk.LabelDataRequest, live, day)},
			"data_request handoff data_request intent=data_request phrase=handoff update=#0 status=#0 to=support/low"},
		{"to people by a press, with a ticket already", []change{presses("intent:cancel", "Baja"), ticket("cancel", live, day), seen(angry)},
			"pressed_button handoff policy_handoff intent=cancel phrase=handoff update=#0 status=#0 to=retention/high"},
		{"the article before the ticket, just", []change{says("algo"), sure("copy"), found("wifi", 0.75)},
			"sure_intent answer sure_intent intent=copy article=wifi/es options=copy"},
		{"the article before the ticket, just not", []change{says("algo"), sure("copy"), found("wifi", 0.7499)},
			"sure_intent ticket ticket_needed intent=copy phrase=ticket_opened open=copy/billing/normal"},
		{"no article before the ticket that has a hole", []change{says("algo"), sure("copy"), found("hole", 0.99)},
			"sure_intent ticket ticket_needed intent=copy phrase=ticket_opened open=copy/billing/normal"},
		{"no article before the ticket of another intent", []change{says("algo"), sure("copy"), found("fix", 0.99), found("wifi", 0.9)},
			"sure_intent ticket ticket_needed intent=copy phrase=ticket_opened open=copy/billing/normal"},
		{"the ticket when it is pressed for", []change{presses("intent:copy", "Ticket"), found("wifi", 0.99)},
			"pressed_button ticket ticket_needed intent=copy phrase=ticket_opened open=copy/billing/normal"},
		{"no article before a ticket that is there", []change{says("algo"), sure("copy"), found("wifi", 0.99), ticket("copy", live, day)},
			"same_matter ticket ticket_update intent=copy phrase=ticket_updated update=#0 status=#0"},
		{"an intent that is gone", []change{says("algo"), sure("gone")}, "other_words ask not_understood phrase=other_words missed"},

		// A sure article.
		{"article, just sure", []change{says("algo"), at("wifi", 0.2), found("wifi", 0.75)}, "sure_article answer sure_article intent=wifi article=wifi/es"},
		{"article, just not", []change{says("algo"), at("wifi", 0.2), found("wifi", 0.7499)}, "other_words ask not_understood phrase=other_words missed"},
		{"article of no likely intent", []change{says("algo"), found("fix", 0.9)}, "sure_article answer sure_article article=fix/es"},
		{"article, but a stranger", []change{says("algo"), found("wifi", 0.99), stranger(0.6)}, "other_words ask not_understood phrase=other_words missed"},
		{"article, hardly a stranger", []change{says("algo"), found("wifi", 0.99), stranger(0.5999)}, "sure_article answer sure_article article=wifi/es"},
		{"article with a hole", []change{says("algo"), found("hole", 0.99)}, "sure_article handoff placeholder_unset phrase=handoff to=support/normal"},
		{"article that is a draft", []change{says("algo"), found("draft", 0.99)}, "sure_article handoff no_article phrase=handoff to=support/normal"},

		// In between, and beyond.
		{"off topic", []change{says("algo"), stranger(0.93)}, "off_topic reply off_topic intent=none phrase=off_topic missed"},
		{"hardly off topic", []change{says("algo"), stranger(0.9299)}, "other_words ask not_understood phrase=other_words missed"},
		{"off topic, but perhaps ours", []change{says("algo"), stranger(0.95), at("pay", 0.3)}, "one_question ask unsure intent=pay phrase=which options=pay missed"},
		{"off topic and none of ours", []change{says("algo"), stranger(0.95), at(desk.LabelNone, 0.9)}, "off_topic reply off_topic intent=none phrase=off_topic missed"},
		{"off topic the second time", []change{says("algo"), stranger(0.95), misses(1)}, "off_topic reply off_topic intent=none phrase=off_topic missed"},
		{"off topic the third time", []change{says("algo"), stranger(0.95), misses(2)}, "off_topic silent off_topic intent=none missed"},
		{"one question, just", []change{says("algo"), at("pay", 0.3), at("wifi", 0.12)}, "one_question ask unsure intent=pay phrase=which options=pay,wifi missed"},
		{"one question, just not", []change{says("algo"), at("pay", 0.2999), at("wifi", 0.2)}, "other_words ask not_understood phrase=other_words missed"},
		{"one question, the second is not worth it", []change{says("algo"), at("pay", 0.3), at("wifi", 0.1199)}, "one_question ask unsure intent=pay phrase=which options=pay missed"},
		{"one question, two options at most", []change{says("algo"), at("pay", 0.3), at("wifi", 0.3), at("bill", 0.3)}, "one_question ask unsure intent=pay phrase=which options=pay,wifi missed"},
		{"one question, what is no option is passed over", []change{says("algo"), at(desk.LabelHuman, 0.4), at("spam", 0.3), at("bill", 0.2)},
			"one_question ask unsure intent=human_agent phrase=which options=bill missed"},
		{"one question without an option", []change{says("algo"), at(desk.LabelHuman, 0.4)}, "other_words ask not_understood phrase=other_words missed"},
		{"a ticket that names the other matter too", []change{says("algo"), at("bill", 0.95), second("wifi")}, "sure_intent ticket ticket_needed intent=bill phrase=ticket_opened open=bill/billing/normal[+ Botón wifi]"},
		{"one question about both matters", []change{says("algo"), at("pay", 0.3), at("bill", 0.3), at("wifi", 0.01), second("wifi")}, "one_question ask unsure intent=pay phrase=which options=pay,wifi missed"},
		{"one question, a second that is no button", []change{says("algo"), at("pay", 0.3), second("weather")}, "one_question ask unsure intent=pay phrase=which options=pay missed"},
		{"one question after a miss", []change{says("algo"), at("pay", 0.4), misses(1)}, "one_question ask unsure intent=pay phrase=which options=pay missed"},
		{"no question after two", []change{says("algo"), at("pay", 0.4), misses(2)}, "other_words handoff still_unclear phrase=handoff to=support/normal"},
		{"no second question", []change{says("algo"), at("pay", 0.4), asked("wifi")}, "other_words handoff still_unclear phrase=handoff to=support/normal"},
		{"other words", []change{says("algo")}, "other_words ask not_understood phrase=other_words missed"},
		{"no other words again", []change{says("algo"), misses(1)}, "other_words handoff still_unclear phrase=handoff to=support/normal"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := aWorld(c.give...)
			if got := brief(policy.Decide(w.scene, w.seen)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestDecide_IsPure decides every row's world twice on copies made apart.
func TestDecide_IsPure(t *testing.T) {
	t.Parallel()
	for name, give := range map[string][]change{
		"flow":     {says("ya reinicié"), inFlow("fix", "restart", "broken", "a", "b"), sure("broken"), entity("document", "1")},
		"press":    {presses("flow:fix:restart:same", "x"), inFlow("fix", "restart", "broken", "a")},
		"ticket":   {says("algo"), sure("bill"), ticket("broken", desk.TicketOpen, time.Hour), said(desk.ByAssistant, "antes")},
		"question": {says("algo"), at("pay", 0.4), at("wifi", 0.3)},
		"person":   {says("persona"), certain(desk.CertainPerson), inFlow("fix", "restart", "broken", "a"), said(desk.ByContact, "no anda")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := aWorld(give...)
			w.scene.Conversation.ID = ticketID(9)
			for i := range w.scene.New {
				w.scene.New[i].ID = ticketID(i)
			}
			for i := range w.scene.History {
				w.scene.History[i].ID = ticketID(i)
			}
			before := snapshot(t, w)
			if p := w.scene.Conversation.Pending; p != nil && p.Flow != nil {
				p.Flow.Notes = append(make([]string, 0, 16), p.Flow.Notes...) // room that an append in place would write into
			}
			first := policy.Decide(w.scene, w.seen)
			kept := snapshot(t, first)
			second := policy.Decide(w.scene, w.seen)
			if !reflect.DeepEqual(first, second) {
				t.Errorf("decided %s, then %s", brief(first), brief(second))
			}
			if snapshot(t, first) != kept {
				t.Error("the second decision changed the first")
			}
			if snapshot(t, w) != before {
				t.Error("deciding changed what it looked at")
			}
			if p := w.scene.Conversation.Pending; p != nil && p.Flow != nil {
				if extra := p.Flow.Notes[:cap(p.Flow.Notes)][len(p.Flow.Notes)]; extra != "" {
					t.Errorf("deciding wrote %q behind the notes of the scene", extra)
				}
			}
		})
	}
}
