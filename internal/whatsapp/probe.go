package whatsapp

import (
	"context"
	"io"
	"net/http"
	"time"
)

// Probe is what an answer tells about the other side, whatever it says.
type Probe struct {
	Asked  string // the version of the client
	Served string // the version that answered: an older dead one is served by the oldest living one; "" when not told
	Status int    // HTTP status
	// Skew is how far our clock is ahead of Meta's, negative when it is behind; good to a second and half the round trip.
	// Meaningless unless Dated.
	Skew  time.Duration
	Dated bool
	Took  time.Duration
}

// Alive reports whether the version that we ask for still exists.
func (p Probe) Alive() bool { return p.Served == "" || p.Served == p.Asked }

// Probe makes one small call and reads its headers; it succeeds with every answer, a refusal too. now is our clock.
func (c *Client) Probe(ctx context.Context, now func() time.Time) (Probe, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	before := now()
	resp, err := c.do(ctx, "probe", http.MethodGet, c.path("me")+"?fields=id", c.header(""), nil)
	if err != nil {
		return Probe{}, err
	}
	defer resp.Body.Close()
	after := now()
	io.Copy(io.Discard, io.LimitReader(resp.Body, c.maxResponse)) // for the connection's sake: what it says does not matter
	p := Probe{Asked: c.version, Served: resp.Header.Get("Facebook-Api-Version"), Status: resp.StatusCode, Took: after.Sub(before)}
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		p.Dated = true
		p.Skew = before.Add(p.Took / 2).Sub(date.Add(time.Second / 2)) // the header is cut to the second
	}
	return p, nil
}

// VersionEnd returns the day on which a version of the Graph API dies, and whether Meta has named one. Known are the
// versions of the changelog as of November 2026.
func VersionEnd(version string) (time.Time, bool) {
	ends := map[string]time.Time{
		"v20.0": day(2026, time.September, 24),
		"v21.0": day(2027, time.January, 21),
		"v22.0": day(2027, time.May, 20),
		"v23.0": day(2027, time.October, 8),
		"v24.0": day(2028, time.February, 18),
		"v25.0": day(2028, time.July, 29),
	}
	end, ok := ends[version]
	return end, ok
}

func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}
