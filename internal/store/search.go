package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"antena/internal/desk"
)

// searchTable is where a kind of thing is indexed. The tables of words exist on SQLite
// alone; on PostgreSQL they are a column.
type searchTable struct{ table, key, words, source, columns, only string }

var searchTables = map[desk.SearchKind]searchTable{
	desk.SearchContact: {"search_contacts", "contact_id", "search_contact_words", "contacts", "coalesce(name, '') as text, coalesce(username, '') as other, coalesce(phone, '') as number", ""},
	desk.SearchTicket:  {"search_tickets", "ticket_id", "search_ticket_words", "tickets", "coalesce(subject, '') as text, '' as other, coalesce(protocol, '') as number", ""},
	desk.SearchMessage: {"search_messages", "message_id", "search_message_words", "messages", "coalesce(text, '') as text, '' as other, '' as number", " and source.text <> '' and source.kind not in ('notice', 'reaction')"},
}

// matching is the query for the newest places of a kind that match, as a table
// "found" with n and the id, and its values.
func (s *Store) matching(kind desk.SearchKind, words desk.SearchWords, before int64, limit int) (sql string, values []any) {
	t := searchTables[kind]
	if s.sqlite() {
		return fmt.Sprintf(`(select d.n, d.%s as id from (select rowid as n from %s where %s match ? and rowid < ? order by rowid desc limit %d) as f
			join %s d on d.n = f.n)`, t.key, t.words, t.words, limit, t.table), []any{liteMatch(words), before}
	}
	return fmt.Sprintf("(select n, %s as id from %s where words @@ cast(? as tsquery) and n < ? order by n desc limit %d)", t.key, t.table, limit),
		[]any{pgMatch(words), before}
}

// liteMatch writes words in the language of FTS5. They hold letters and digits only,
// so quoting them leaves nothing to be read as an operator.
func liteMatch(words desk.SearchWords) string {
	return matchText(words, " AND ", " OR ", func(w string, prefix bool) string {
		if prefix {
			return `"` + strings.ReplaceAll(w, `"`, "") + `"*`
		}
		return `"` + strings.ReplaceAll(w, `"`, "") + `"`
	})
}

// pgMatch writes words as a tsquery.
func pgMatch(words desk.SearchWords) string {
	return matchText(words, " & ", " | ", func(w string, prefix bool) string {
		quoted := "'" + strings.NewReplacer("'", "", `\`, "").Replace(w) + "'"
		if prefix {
			return quoted + ":*"
		}
		return quoted
	})
}

// wholeBelow is the length below which a word must be there as a whole: nearly
// everything begins with a given letter.
const wholeBelow = 2

func matchText(words desk.SearchWords, and, or string, one func(w string, prefix bool) string) string {
	groups := make([]string, 0, len(words))
	for _, group := range words {
		any := make([]string, 0, len(group))
		for _, w := range group {
			any = append(any, one(w, len([]rune(w)) >= wholeBelow))
		}
		groups = append(groups, "("+strings.Join(any, or)+")")
	}
	return strings.Join(groups, and)
}

// maxPlace is beyond every place.
const maxPlace = 1<<62 - 1

// SearchMessages returns the newest messages that match, newest first, from before a
// place; zero: all.
func (s *Store) SearchMessages(ctx context.Context, words desk.SearchWords, before int64, limit int) ([]desk.FoundMessage, error) {
	if len(words) == 0 {
		return nil, nil
	}
	if before <= 0 {
		before = maxPlace
	}
	found, values := s.matching(desk.SearchMessage, words, before, pageLimit(limit, usualPage))
	var rows []struct {
		desk.Message
		ContactName string
		Phone       string
		Place       int64
	}
	err := s.reading(ctx).Raw(`select messages.*, contacts.name as contact_name, contacts.phone as phone, found.n as place from `+found+` as found
		join messages on messages.id = found.id join conversations on conversations.id = messages.conversation_id
		join contacts on contacts.id = conversations.contact_id order by found.n desc`, values...).Scan(&rows).Error
	if err != nil {
		return nil, wrap("searching messages", err)
	}
	all := make([]desk.FoundMessage, len(rows))
	for i := range rows {
		all[i] = desk.FoundMessage{Message: rows[i].Message, ContactName: rows[i].ContactName, Phone: rows[i].Phone, Place: rows[i].Place}
	}
	return all, nil
}

// SearchTickets returns the newest tickets that match, or whose protocol is exactly
// the given one, which is found at once.
func (s *Store) SearchTickets(ctx context.Context, words desk.SearchWords, protocol string, limit int) ([]desk.TicketCard, error) {
	found, err := s.foundOr(ctx, desk.SearchTicket, words, limit, "select id from tickets where protocol = ?", protocol)
	if err != nil || len(found) == 0 {
		return nil, wrap("searching tickets", err)
	}
	var rows []ticketCard
	err = s.reading(ctx).Table("tickets").Select("tickets.*, contacts.name as contact_name, coalesce(agents.name, '') as assignee_name").
		Joins("join contacts on contacts.id = tickets.contact_id").Joins("left join agents on agents.id = tickets.assignee_id").
		Where(among("tickets.id", s.sqlite(), found)).Order("tickets.updated_at desc, tickets.id desc").Find(&rows).Error
	if err != nil {
		return nil, wrap("searching tickets", err)
	}
	all := make([]desk.TicketCard, len(rows))
	for i := range rows {
		all[i] = desk.TicketCard{Ticket: rows[i].Ticket, ContactName: rows[i].ContactName, AssigneeName: rows[i].AssigneeName}
	}
	return all, nil
}

// SearchContacts returns the conversations of contacts that match, or who write from
// one of the phones, which are found at once; the newest first.
func (s *Store) SearchContacts(ctx context.Context, words desk.SearchWords, phones []string, limit int) ([]desk.ConversationCard, error) {
	known := make([]any, len(phones))
	for i, p := range phones {
		known[i] = p
	}
	exact := ""
	if len(known) > 0 {
		exact = "select contact_id from aliases where kind = 'phone' and value in (?" + strings.Repeat(", ?", len(known)-1) + ")"
	}
	contacts, err := s.foundOr(ctx, desk.SearchContact, words, limit, exact, known...)
	if err != nil || len(contacts) == 0 {
		return nil, wrap("searching contacts", err)
	}
	found, err := ids(s.reading(ctx).Table("conversations").Select("id").Where(among("contact_id", s.sqlite(), contacts)).
		Order("last_at desc, id desc").Limit(pageLimit(limit, usualPage)))
	if err != nil {
		return nil, wrap("searching contacts", err)
	}
	cards, err := s.cards(ctx, found)
	return cards, wrap("searching contacts", err)
}

// foundOr returns the ids of a kind that match, and those of another query.
func (s *Store) foundOr(ctx context.Context, kind desk.SearchKind, words desk.SearchWords, limit int, exact string, exactly ...any) (all []uuid.UUID, err error) {
	if exact != "" && len(exactly) > 0 && exactly[0] != "" {
		if all, err = ids(s.reading(ctx).Raw(exact, exactly...)); err != nil {
			return nil, err
		}
	}
	if len(words) == 0 {
		return all, nil
	}
	found, values := s.matching(kind, words, maxPlace, pageLimit(limit, usualPage))
	more, err := ids(s.reading(ctx).Raw("select id from "+found+" as found order by n desc", values...))
	return append(all, more...), err
}
