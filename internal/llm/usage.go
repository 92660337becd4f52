package llm

import (
	"github.com/google/uuid"

	"antena/internal/desk"
)

// Price is what a model costs, in millionths of a dollar for a million tokens
// (so 0.15 dollars are 150,000).
type Price struct {
	In     int64
	Cached int64 // tokens the server had read before; 0: as In
	Out    int64
	Minute int64 // of audio, in millionths of a dollar for a million minutes
}

const perMillion = 1_000_000

// Bounds of what is believed of a server's account of itself.
const (
	mostTokens  = 10_000_000
	mostSeconds = 24 * 60 * 60
)

// Estimates for servers that tell no usage. They err upwards.
const (
	bytesPerToken       = 3 // of text
	tokensPerImage      = 1500
	audioBytesPerSecond = 2000 // voice notes are Opus at about 16 kbit/s
	tokensPerSecond     = 10   // of audio
)

// consumption is what one exchange used.
type consumption struct {
	in, cached, out int
	seconds         float64 // of audio billed by time
}

// usage opens the account of one piece of help.
func (c *Client) usage(l *lane, purpose string, conversation uuid.UUID) *desk.ModelUsage {
	now := desk.Instant(c.now())
	return &desk.ModelUsage{Day: now.Format("2006-01-02"), ConversationID: conversation, Purpose: purpose, Model: l.model, At: now}
}

// add books one exchange.
func (c *Client) add(u *desk.ModelUsage, used consumption) {
	in, out := within(used.in, mostTokens), within(used.out, mostTokens)
	cached := within(used.cached, in)
	u.Calls++
	u.TokensIn += in
	u.TokensCached += cached
	u.TokensOut += out
	price, known := c.prices[u.Model]
	if !known {
		u.Unpriced++
		return
	}
	u.CostMicros += price.of(consumption{in, cached, out, max(0, min(used.seconds, mostSeconds))})
}

// of returns the price of an exchange in millionths of a dollar, rounded up.
func (p Price) of(used consumption) int64 {
	cached := p.Cached
	if cached == 0 {
		cached = p.In
	}
	sum := int64(used.in-used.cached)*p.In + int64(used.cached)*cached + int64(used.out)*p.Out +
		int64(used.seconds*float64(p.Minute)/60)
	return (sum + perMillion - 1) / perMillion
}

func within(n, most int) int { return max(0, min(n, most)) }
