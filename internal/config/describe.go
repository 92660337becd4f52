package config

import (
	"cmp"
	"fmt"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"text/tabwriter"
)

// Line is one setting as `antena config` prints it; secrets are hidden.
type Line struct {
	Name   string
	Value  string
	Origin string // environment, the .env file, "file PATH" or default
}

// Describe returns every setting of a Config, fit to be shown.
func Describe(c Config) []Line {
	var lines []Line
	for _, s := range Settings() {
		lines = append(lines, Line{
			Name:   s.Name,
			Value:  cmp.Or(s.field.show(&c), "not set"),
			Origin: cmp.Or(c.origins[s.Name], "default"),
		})
	}
	return lines
}

// Redacted returns the lines of Describe as aligned text.
func Redacted(c Config) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, line := range Describe(c) {
		_, _ = fmt.Fprintf(w, "%s\t%s\t(%s)\n", line.Name, line.Value, line.Origin)
	}
	_ = w.Flush() // into memory, which does not fail
	return b.String()
}

func showText(s string) string { return s }

func showNumber(n int) string { return strconv.Itoa(n) }

func showList(items []string) string { return strings.Join(items, ", ") }

func showLogLevel(l slog.Level) string { return strings.ToLower(l.String()) }

func showSecrets(all []Secret) string {
	var shown []string
	for _, s := range all {
		shown = append(shown, s.String())
	}
	return strings.Join(shown, ", ")
}

// showDatabaseURL hides the password, wherever in the URL it stands.
func showDatabaseURL(s Secret) string {
	if s == "" {
		return "not set (SQLite under DATA_DIR)"
	}
	u, err := url.Parse(s.Reveal())
	if err != nil {
		return s.String()
	}
	query := u.Query()
	for _, name := range []string{"password", "sslpassword"} {
		if query.Has(name) {
			query.Set(name, "xxxxx")
		}
	}
	u.RawQuery = query.Encode()
	return u.Redacted()
}

// showMediaURL hides the secret.
func showMediaURL(s Secret) string {
	if s == "" {
		return "not set (a folder under DATA_DIR)"
	}
	u, err := url.Parse(s.Reveal())
	if err != nil {
		return s.String()
	}
	return u.Redacted()
}

func showYes(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}
