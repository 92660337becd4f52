package policy

import "antena/internal/desk"

// soonPhrases are those that promise a person, with the words for when nobody is there.
var soonPhrases = map[desk.Phrase]desk.Phrase{
	desk.PhraseHandoff:      desk.PhraseHandoffClosed,
	desk.PhraseTicketPerson: desk.PhraseTicketPersonClosed,
}

// route leads what is given to people to a team, by the rules of the roster, and
// promises a person by that team's hours. Without a rule the matter's own team has it.
func (p *pass) route(d *desk.Decision) {
	if o := d.Open; o != nil {
		o.Team, _ = p.team(d, o.Intent, o.Priority, o.Team)
	}
	h := d.Handoff
	if h == nil {
		return
	}
	h.Team, h.Skill = p.team(d, h.Intent, h.Priority, h.Team)
	calendar := p.scene.Roster.Calendar(h.Team, p.scene.Profile)
	for open, closed := range soonPhrases {
		if d.Phrase != open && d.Phrase != closed {
			continue
		}
		if d.Phrase = open; !calendar.Open(p.scene.Now) {
			d.Phrase = closed
			p.back(h, calendar)
		}
		return
	}
}

// team is who answers a matter, and with which skill.
func (p *pass) team(d *desk.Decision, intent string, priority desk.Priority, own desk.Team) (desk.Team, string) {
	roster := p.scene.Roster
	rule, ok := roster.Route(desk.Matter{Intent: intent, Zone: p.scene.Contact.Zone, Language: d.Language, Priority: priority})
	if ok {
		return rule.Team, rule.Skill
	}
	if t, known := roster.Team(own); known && !t.Active {
		return desk.TeamSupport, ""
	}
	return own, ""
}

// back notes when a team with hours of its own is there again: the provider's hours,
// which the words name, are not its.
func (p *pass) back(h *desk.Handoff, c desk.Calendar) {
	if t, ok := p.scene.Roster.Team(h.Team); !ok || !t.OwnHours {
		return
	}
	if at, ok := c.Next(p.scene.Now); ok {
		at = desk.Instant(at)
		h.Back = &at
	}
}
