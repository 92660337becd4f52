package console

import (
	"cmp"
	"net/url"
	"time"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// place is where in the inbox somebody is: what the address says, and what every
// link and form of the page carries on.
type place struct {
	desk.ConversationFilter
	Search       string    // what is looked for, instead of a list
	Saved        uuid.UUID // the saved view it came from
	Conversation uuid.UUID
	Before       uuid.UUID // older messages than this one are asked for
	Why          uuid.UUID // the turn to explain
	Again        bool      // and to decide again
	Pane         string
}

func readPlace(v *visit) (place, error) {
	at := place{Pane: v.gin.Query("pane")}
	at.read(v, v.gin.Request.URL.Query())
	if v.gin.Param("id") == "" {
		return at, nil
	}
	var err error
	if at.Conversation, err = v.id(); err != nil {
		return at, err
	}
	at.Before, _ = uuid.Parse(v.gin.Query("before"))
	at.Why, _ = uuid.Parse(v.gin.Query("why"))
	at.Again = v.gin.Query("again") != ""
	return at, nil
}

// read takes the list from the query of an address. What makes no sense there is
// as if it were not.
func (at *place) read(v *visit, q url.Values) {
	f := desk.ConversationFilter{
		View: desk.View(q.Get("view")), Agent: v.who.ID, Team: desk.Team(q.Get("team")), After: q.Get("after"),
		Language: q.Get("language"), Priority: desk.Priority(q.Get("priority")), Intent: q.Get("intent"), Unread: q.Get("unread") != "",
		Sort: desk.ConversationSort(q.Get("sort")),
	}
	f.Holder, _ = uuid.Parse(q.Get("holder"))
	f.From, _ = time.ParseInLocation(time.DateOnly, q.Get("from"), v.zone)
	if until, err := time.ParseInLocation(time.DateOnly, q.Get("until"), v.zone); err == nil {
		f.Until = until.AddDate(0, 0, 1) // the day itself is part of it
	}
	if f.Sort != "" && !knownSort(f.Sort) {
		f.Sort = ""
	}
	at.ConversationFilter, at.Search = f, q.Get("q")
	at.Saved, _ = uuid.Parse(q.Get("saved"))
}

func knownSort(s desk.ConversationSort) bool {
	for _, known := range desk.ConversationSorts {
		if s == known {
			return true
		}
	}
	return false
}

// values are the list as the query of an address.
func (at place) values() url.Values {
	q := url.Values{}
	q.Set("view", cmp.Or(string(at.View), string(desk.ViewAll)))
	set := func(key, value string) {
		if value != "" {
			q.Set(key, value)
		}
	}
	set("team", string(at.Team))
	set("holder", idOrEmpty(at.Holder))
	set("language", at.Language)
	set("priority", string(at.Priority))
	set("intent", at.Intent)
	if at.Unread {
		q.Set("unread", "1")
	}
	set("from", day(at.From))
	if !at.Until.IsZero() {
		q.Set("until", day(at.Until.AddDate(0, 0, -1)))
	}
	set("sort", string(at.Sort))
	set("q", at.Search)
	set("after", at.After)
	set("saved", idOrEmpty(at.Saved))
	return q
}

// day is a date as forms write it; the time is at its beginning, in the desk's zone.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// query is the part of the address that says which list is open.
func (at place) query() string { return at.values().Encode() }

// listURL is the address of the list alone.
func (at place) listURL() string { return "/?" + at.query() }

// url is the address of a conversation within the list.
func (at place) url(id uuid.UUID) string { return "/conversations/" + id.String() + "?" + at.query() }

// without is the address of the list's first page with one part of the query left out.
func (at place) without(keys ...string) string {
	q := at.values()
	for _, key := range append(keys, "after", "saved") {
		q.Del(key)
	}
	return "/?" + q.Encode()
}

// inZone shows a time in a zone; none stays none.
func inZone(t time.Time, zone *time.Location) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.In(zone)
}
