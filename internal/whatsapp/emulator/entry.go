package emulator

import "time"

// Ad is what a customer clicked on to write.
type Ad struct{ ID, URL, Headline, Body string }

// Times of the free entry point.
const (
	entryAnswer = 24 * time.Hour // in which the business has to answer
	entryTime   = 72 * time.Hour // in which everything is free then
)

// entry is the free entry point of a customer.
type entry struct{ clicked, ends time.Time }

// FromAd writes a text after a click on an ad.
func (p *Phone) FromAd(ad Ad, body string) string {
	referral := map[string]any{
		"source_url": ad.URL, "source_id": ad.ID, "source_type": "ad", "headline": ad.Headline, "body": ad.Body, "media_type": "image",
		"image_url": ad.URL + ".jpg", "ctwa_clid": "click-" + ad.ID, "welcome_message": map[string]string{"text": ad.Headline},
	}
	id := p.write(map[string]any{"type": "text", "text": map[string]string{"body": body}, "referral": referral},
		Message{Type: "text", Text: body, Header: ad.Headline})
	p.clicked()
	return id
}

// clicked notes a click on an ad.
func (p *Phone) clicked() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.entry = entry{clicked: p.em.Now()}
}

// answered notes that the business answered, which opens the free entry point. The caller holds the lock.
func (p *Phone) answered(now time.Time) {
	if !p.entry.clicked.IsZero() && p.entry.ends.IsZero() && now.Sub(p.entry.clicked) < entryAnswer {
		p.entry.ends = now.Add(entryTime)
	}
}

// EntryEnds returns when the free entry point ends; zero when there is none.
func (p *Phone) EntryEnds() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.entry.ends
}
