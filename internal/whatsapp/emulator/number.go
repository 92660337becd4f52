package emulator

import (
	"errors"
	"math/rand/v2"
	"strconv"
	"strings"
)

// ErrTaken is returned when somebody else has the number.
var ErrTaken = errors.New("emulator: somebody else has that number")

// ChangeNumber moves the customer to another number, which also changes their BSUID, as it does at Meta. The business is told
// by a system message; the old number reaches nobody.
func (p *Phone) ChangeNumber(phone string) error {
	phone = digits(phone)
	em := p.em
	em.mu.Lock()
	if em.customers[phone] != nil || phone == "" {
		em.mu.Unlock()
		return ErrTaken
	}
	before := p.Profile()
	after := before
	after.Phone = phone
	if country, _, found := strings.Cut(before.BSUID, "."); found {
		after.BSUID = country + "." + strconv.FormatUint(1e13+rand.Uint64N(9e13), 10)
	}
	for _, id := range []string{before.Phone, before.BSUID} {
		if id != "" {
			delete(em.customers, id)
			em.former[id] = p
		}
	}
	for _, id := range []string{after.Phone, after.BSUID} {
		if id != "" {
			em.customers[id] = p
		}
	}
	p.profile.Store(&after)
	em.mu.Unlock()
	em.record(Step{Kind: StepNumber, Who: p.began, Phone: phone})
	system := map[string]any{"type": "user_changed_number", "wa_id": after.Phone, "body": "User " + after.Name + " changed from " + before.Phone + " to " + after.Phone}
	set2(system, "user_id", after.BSUID)
	set2(system, "previous_user_id", before.BSUID)
	fields := map[string]any{"type": "system", "system": system}
	if before.Phone != "" {
		fields["from"] = before.Phone
	} else {
		system["type"], system["body"] = "user_changed_user_id", "User "+after.Name+" changed from "+before.BSUID+" to "+after.BSUID
	}
	if before.BSUID != "" {
		fields["from_user_id"] = before.BSUID
	}
	p.write(fields, Message{Type: "system", Text: "+" + phone})
	return nil
}

// owner finds whose a message is, also by a number they had before.
func (em *Emulator) owner(wamid string) *Phone {
	id := customerOf(wamid)
	if p := em.phone(id); p != nil {
		return p
	}
	em.mu.Lock()
	defer em.mu.Unlock()
	return em.former[id]
}
