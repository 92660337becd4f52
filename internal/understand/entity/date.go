package entity

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var (
	isoForm   = regexp.MustCompile(`(?:^|[^0-9/-])((20[0-9]{2})-([0-9]{1,2})-([0-9]{1,2}))(?:$|[^0-9/-])`)
	slashForm = regexp.MustCompile(`(?:^|[^0-9/.-])(([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}|[0-9]{2}))?)(?:$|[^0-9/-])`)
	wordForm  = regexp.MustCompile(`(?:^|[^0-9])(([0-9]{1,2})(?:st|nd|rd|th|o)? ?(?:de |of )?(` + months + `)(?:(?: de| del|,)? ((?:20)[0-9]{2}))?)(?:$|[^0-9a-z])`)
	usForm    = regexp.MustCompile(`(?:^|[^0-9a-z])((january|february|march|april|may|june|july|august|september|october|november|december) ([0-9]{1,2})(?:st|nd|rd|th)?(?:,? (20[0-9]{2}))?)(?:$|[^0-9a-z])`)
)

// months are the names of months, folded, in the three languages.
const months = `enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|` +
	`janeiro|fevereiro|marco|maio|junho|julho|setembro|outubro|novembro|dezembro|` +
	`january|february|march|april|may|june|july|august|september|october|november|december`

// dates finds days written with digits, day first as in all our countries, or with the name of the month. "12.50" is no date: with dots
// or hyphens the year must be there.
func (s *search) dates() {
	s.each(isoForm, func(m []int) { s.addDate(m[2], m[3], s.part(m, 2), s.part(m, 3), s.part(m, 4)) })
	s.each(slashForm, func(m []int) {
		raw := s.text[m[2]:m[3]]
		if !strings.Contains(raw, "/") && m[8] < 0 {
			return
		}
		s.addDate(m[2], m[3], s.part(m, 4), s.part(m, 3), s.part(m, 2))
	})
	low := &search{text: s.low}
	low.each(wordForm, func(m []int) {
		s.addDate(m[2], m[3], low.part(m, 4), month(low.part(m, 3)), low.part(m, 2))
	})
	low.each(usForm, func(m []int) {
		s.addDate(m[2], m[3], low.part(m, 4), month(low.part(m, 2)), low.part(m, 3))
	})
}

// part is the text of group n, empty when it took no part.
func (s *search) part(m []int, n int) string {
	if m[2*n] < 0 {
		return ""
	}
	return s.text[m[2*n]:m[2*n+1]]
}

// addDate adds a day that exists in the calendar.
func (s *search) addDate(start, end int, year, month, day string) {
	d, errD := strconv.Atoi(day)
	m, errM := strconv.Atoi(month)
	if errD != nil || errM != nil || m < 1 || m > 12 || d < 1 || d > [...]int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m-1] {
		return
	}
	if len(year) == 2 {
		year = "20" + year
	}
	if y, err := strconv.Atoi(year); err == nil && m == 2 && d == 29 && (y%4 != 0 || y%100 == 0 && y%400 != 0) {
		return
	}
	if year == "" {
		year = "-"
	}
	s.add(Date, start, end, fmt.Sprintf("%s-%02d-%02d", year, m, d))
}

// month is the number of a month by the first letters of its name.
func month(name string) string {
	for i, stems := range [...]string{"ene jan", "feb fev", "mar", "abr apr", "may mai", "jun", "jul", "ago aug", "sep set", "oct out", "nov", "dic dez dec"} {
		if len(name) >= 3 && strings.Contains(stems, name[:3]) {
			return strconv.Itoa(i + 1)
		}
	}
	return ""
}
