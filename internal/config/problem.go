package config

import (
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing to mend, in words for whoever installs Antena.
type Problem struct {
	Setting string // its name, or the path of the .env file
	Text    string // goes on where the name ends
}

// Problems is every problem of one Load.
type Problems []Problem

func (p *Problems) add(setting string, err error) {
	*p = append(*p, Problem{Setting: setting, Text: err.Error()})
}

func (p Problems) about(setting string) bool {
	return slices.ContainsFunc(p, func(one Problem) bool { return one.Setting == setting })
}

// Error lists the problems, one a line.
func (p Problems) Error() string {
	var b strings.Builder
	if len(p) == 1 {
		b.WriteString("one setting needs attention:")
	} else {
		fmt.Fprintf(&b, "%d settings need attention:", len(p))
	}
	for _, one := range p {
		fmt.Fprintf(&b, "\n  %s %s", one.Setting, one.Text)
	}
	return b.String()
}
