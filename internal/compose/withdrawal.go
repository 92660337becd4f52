package compose

import (
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// Withdrawals are the ledger's entries when a contact asks us to stop writing:
// everything we would begin ourselves ends, with the message as proof. The same
// message gives the same entries, whoever hears it first.
func Withdrawals(contact desk.Contact, said []desk.Message, now time.Time) []desk.Consent {
	var proof *uuid.UUID
	wording, at := "", now
	if n := len(said); n > 0 {
		id := said[n-1].ID
		proof, wording, at = &id, said[n-1].Text, said[n-1].Spoken()
	}
	var out []desk.Consent
	for _, p := range []desk.Purpose{desk.PurposeMarketing, desk.PurposeBilling, desk.PurposeOutage} {
		id := desk.NewID()
		if proof != nil {
			id = desk.IDAt(at, proof.String()+string(p))
		}
		out = append(out, desk.Consent{
			ID: id, ContactID: contact.ID, Purpose: p, Granted: false,
			Source: "whatsapp", Wording: wording, MessageID: proof, CreatedAt: now,
		})
	}
	return out
}
