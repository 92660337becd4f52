package imports

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"antena/internal/desk"
	"antena/internal/phone"
)

const (
	shortestPhone = 8 // digits
	longestPhone  = 15
	mostPhones    = 5
	shownDigits   = 3 // of a document
)

// rowOf reads one line, and says what is wrong with it.
func rowOf(kind desk.ImportKind, country string, columns []desk.ImportColumn, cells []string) (*desk.ImportRow, []desk.ImportProblem) {
	row, problems := &desk.ImportRow{}, []desk.ImportProblem(nil)
	report := func(code, field string, warned bool) {
		problems = append(problems, desk.ImportProblem{Code: code, Field: field, Warned: warned})
	}
	if len(cells) != len(columns) {
		report("cells", "", len(cells) < len(columns))
	}
	for i, column := range columns {
		if i >= len(cells) || column.Field == "" {
			continue
		}
		value := strings.Join(strings.Fields(cells[i]), " ")
		if desk.Units(value) > maxCell {
			report("long", column.Field, false)
			continue
		}
		if value != "" && !take(row, column.Field, value, country) {
			report("value", column.Field, true)
		}
	}
	if row.Document != "" {
		row.Document, row.DocumentHash = conceal(row.Code, row.Document)
	}
	switch {
	case kind == desk.ImportSubscribers && row.Code == "":
		report("missing", "code", false)
	case kind == desk.ImportContacts && len(row.Phones) == 0:
		report("missing", "phone", false)
	case len(row.Phones) == 0:
		report("missing", "phone", true)
	}
	return row, problems
}

// take puts a value where it belongs and reports whether it fits there.
func take(row *desk.ImportRow, field, value, country string) bool {
	switch field {
	case "code":
		row.Code = value
	case "name":
		row.Name = value
	case "document":
		row.Document = value
	case "plan":
		row.Plan = value
	case "zone":
		row.Zone = value
	case "address":
		row.Address = value
	case "state":
		state, ok := stateOf(value)
		row.State = state
		return ok
	case "due_day":
		day, ok := dueDay(value)
		row.DueDay = day
		return ok
	case "language":
		l := strings.ToLower(desk.Shorten(value, 2))
		if len(value) > 2 {
			l = strings.ToLower(value[:2])
		}
		if !desk.KnownLanguage(l) {
			return false
		}
		row.Language = l
	case "phone":
		return takePhones(row, value, country)
	}
	return true
}

// takePhones reads the numbers of a cell, of which there may be several.
func takePhones(row *desk.ImportRow, value, country string) bool {
	good := true
	for _, part := range strings.FieldsFunc(value, func(r rune) bool { return r == '/' || r == ';' || r == ',' || r == '|' }) {
		digits := phone.Digits(part)
		if digits == "" || strings.Trim(digits, "0") == "" {
			continue
		}
		if len(digits) < shortestPhone || len(digits) > longestPhone {
			good = false
			continue
		}
		full := phone.Local(part, country)[0]
		if !slices.Contains(row.Phones, full) && len(row.Phones) < mostPhones {
			row.Phones = append(row.Phones, full)
		}
	}
	return good
}

// dueDay reads a day of the month, or takes it from a date.
func dueDay(value string) (int, bool) {
	if day, err := strconv.Atoi(value); err == nil {
		return clamp(day)
	}
	for _, layout := range []string{time.DateOnly, "02/01/2006", "2/1/2006", "02-01-2006"} {
		if at, err := time.Parse(layout, value); err == nil {
			return at.Day(), true
		}
	}
	return 0, false
}

func clamp(day int) (int, bool) {
	if day < 1 || day > 31 {
		return 0, false
	}
	return day, true
}

// conceal keeps of a document what people need: the last digits to see, and a hash to
// compare what a customer says with. The hash is over the code too, so that equal
// documents do not show; it does not withstand somebody who has the database and tries
// every number there is.
func conceal(code, document string) (masked, hash string) {
	plain := fold(document)
	runes := []rune(plain)
	shown := min(shownDigits, len(runes)/2)
	sum := sha256.Sum256([]byte(code + "\x00" + plain))
	return strings.Repeat("•", len(runes)-shown) + string(runes[len(runes)-shown:]), hex.EncodeToString(sum[:])
}

// Matches reports whether a document is the one a subscriber was taken in with.
func Matches(s *desk.Subscriber, document string) bool {
	_, hash := conceal(s.Code, document)
	return s.DocumentHash != "" && s.DocumentHash == hash
}
