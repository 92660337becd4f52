package store

import (
	"time"

	"gorm.io/gorm"

	"antena/internal/desk"
)

// never stands in an order for a time that is not set, which comes last.
var never = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// sortOf is the order a list is shown in: what is asked for, else the view's own.
func sortOf(f desk.ConversationFilter) desk.ConversationSort {
	switch {
	case f.Sort != "":
		return f.Sort
	case f.View == desk.ViewQueue:
		return sortQueue
	case f.View == desk.ViewRisk:
		return desk.SortDue
	}
	return desk.SortNewest
}

// sortQueue is the order in which people should take from the queue.
const sortQueue desk.ConversationSort = "queue"

// ordered puts a list in its order and goes on after the cursor.
func ordered(query *gorm.DB, f desk.ConversationFilter) (*gorm.DB, error) {
	var after cursor
	if f.After != "" {
		var err error
		if after, err = parseCursor(f.After); err != nil {
			return nil, err
		}
	}
	switch sortOf(f) {
	case sortQueue:
		return upward(query, f.After != "", after, rank, "conversations.queued_at"), nil
	case desk.SortPriority:
		return upward(query, f.After != "", after, rank, orNever("awaited_since")), nil
	case desk.SortWaiting:
		return upward(query, f.After != "", after, "0", orNever("awaited_since")), nil
	case desk.SortDue:
		return upward(query, f.After != "", after, "0", orNever("due_at")), nil
	case desk.SortNewest:
		if f.After != "" {
			query = query.Where("(conversations.last_at, conversations.id) < (?, ?)", after.at, after.id)
		}
		return query.Order("conversations.last_at desc, conversations.id desc"), nil
	}
	return nil, desk.ErrInvalid.For("sort")
}

// orNever is a constant text: the time is that of never, as both databases write it.
func orNever(column string) string {
	return "coalesce(conversations." + column + ", '9999-12-31 00:00:00+00:00')"
}

// upward orders by a rank and a time, the lowest first.
func upward(query *gorm.DB, goOn bool, after cursor, rank, at string) *gorm.DB {
	if rank == "0" {
		if goOn {
			query = query.Where("("+at+", conversations.id) > (?, ?)", after.at, after.id)
		}
		return query.Order(at + ", conversations.id")
	}
	if goOn {
		query = query.Where("("+rank+", "+at+", conversations.id) > (?, ?, ?)", after.rank, after.at, after.id)
	}
	return query.Order(rank + ", " + at + ", conversations.id")
}

// place is where a conversation stands in a list.
func place(f desk.ConversationFilter, c *desk.Conversation) cursor {
	at := cursor{id: c.ID}
	switch sortOf(f) {
	case sortQueue:
		at.rank, at.at = 3-c.Priority.Rank(), valueOr(c.QueuedAt, time.Time{})
	case desk.SortPriority:
		at.rank, at.at = 3-c.Priority.Rank(), valueOr(c.AwaitedSince, never)
	case desk.SortWaiting:
		at.at = valueOr(c.AwaitedSince, never)
	case desk.SortDue:
		at.at = valueOr(c.DueAt, never)
	default:
		at.at = c.LastAt
	}
	return at
}

func valueOr(at *time.Time, other time.Time) time.Time {
	if at == nil {
		return other
	}
	return *at
}
