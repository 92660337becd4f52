package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // a container without a zone database must read ANTENA_TIMEZONE too

	"golang.org/x/text/language"
)

const (
	defaultOpenAI  = "https://api.openai.com/v1"
	longestWait    = time.Minute // past this a contact thinks nobody is there
	mostPerSecond  = 1000        // Meta's highest throughput per number
	longestMetaID  = 20
	shortestMetaID = 5
)

func parseText(s string) (string, error) { return s, nil }

func parseSecret(s string) (Secret, error) {
	if strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' }) {
		return "", errors.New("has a space or a line break inside; copy it again, as one word")
	}
	return Secret(s), nil
}

func parseAppSecrets(s string) ([]Secret, error) {
	var all []Secret
	for _, item := range list(s) {
		if digits(item) {
			return nil, errors.New("holds only digits, like an app id; copy the app secret from App settings > Basic")
		}
		one, err := parseSecret(item)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	if len(all) == 0 {
		return nil, errEmptyList
	}
	return all, nil
}

// parseDatabaseURL never repeats what was given: it holds a password.
func parseDatabaseURL(s string) (Secret, error) {
	scheme, _, ok := strings.Cut(s, "://")
	if !ok || (scheme != "postgres" && scheme != "postgresql") {
		return "", errors.New("must begin with postgres://; leave it empty for SQLite under DATA_DIR")
	}
	u, err := url.Parse(s)
	if err != nil {
		return "", errors.New("is not a URL; write special characters of the password in percent form, such as %40 for @")
	}
	if u.Host == "" && u.Query().Get("host") == "" {
		return "", errors.New("names no host; write postgres://user:password@host/name")
	}
	if strings.Trim(u.Path, "/") == "" {
		return "", errors.New("names no database; write postgres://user:password@host/name")
	}
	return Secret(s), nil
}

// parseMediaURL never repeats what was given: it holds a secret.
func parseMediaURL(s string) (Secret, error) {
	if !strings.HasPrefix(s, "s3://") {
		return "", errors.New("must begin with s3://; leave it empty for a folder under DATA_DIR")
	}
	u, err := url.Parse(s)
	if err != nil {
		return "", errors.New("is not a URL; write special characters of the secret in percent form, such as %2F for /")
	}
	if _, secret := u.User.Password(); !secret || u.Host == "" || strings.Trim(u.Path, "/") == "" {
		return "", errors.New("must name key, secret, host and bucket; write s3://key:secret@host/bucket")
	}
	for name, values := range u.Query() {
		if name != "region" && (name != "tls" || values[0] != "no" && values[0] != "yes") {
			return "", fmt.Errorf("has %q behind the question mark, where only region=name and tls=no are known", name)
		}
	}
	return Secret(s), nil
}

func parseListenAddr(s string) (string, error) {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return "", fmt.Errorf("%q is no address with a port; write :8080 or 127.0.0.1:8080", s)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return "", fmt.Errorf("%q has no port from 0 to 65535; write for example :8080", s)
	}
	return s, nil
}

func parseURL(s string) (string, error) {
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", errors.New("is no web address; write https://host or http://host:port")
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", errors.New("must be an address without password, question mark or hash sign")
	}
	return strings.TrimRight(s, "/"), nil
}

func parsePublicURL(s string) (string, error) {
	s, err := parseURL(s)
	if err != nil {
		return "", err
	}
	if u, _ := url.Parse(s); u.Path != "" {
		return "", fmt.Errorf("%q has a path; Antena needs a host name of its own, such as https://desk.example.net", s)
	}
	return s, nil
}

func parseMetaID(s string) (string, error) {
	if !digits(s) || len(s) < shortestMetaID || len(s) > longestMetaID {
		return "", fmt.Errorf("%q is no id of Meta's, which is digits alone, without + or spaces", s)
	}
	return s, nil
}

func parseMetaIDs(s string) ([]string, error) { return parseEach(s, parseMetaID) }

func parseAPIVersion(s string) (string, error) {
	if !regexp.MustCompile(`^v[1-9][0-9]*\.[0-9]+$`).MatchString(s) {
		return "", fmt.Errorf("%q is no version of the Graph API; write for example v25.0", s)
	}
	return s, nil
}

func parseRate(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > mostPerSecond {
		return 0, fmt.Errorf("%q is no number from 1 to %d", s, mostPerSecond)
	}
	return n, nil
}

func parseCountry(s string) (string, error) {
	region, err := language.ParseRegion(s)
	if err != nil || !region.IsCountry() || len(s) != len("AR") {
		return "", fmt.Errorf("%q is no country; write its two letters, such as AR, BR or MX", s)
	}
	return strings.ToUpper(s), nil
}

func parseLanguages(s string) ([]string, error) {
	return parseEach(strings.ToLower(s), func(l string) (string, error) {
		if !slices.Contains([]string{"es", "pt", "en"}, l) {
			return "", fmt.Errorf("%q is not among es, pt and en", l)
		}
		return l, nil
	})
}

func parseTimeZone(s string) (string, error) {
	if _, err := time.LoadLocation(s); err != nil || s == time.Local.String() {
		return "", fmt.Errorf("%q is no time zone; write for example America/Argentina/Buenos_Aires", s)
	}
	return s, nil
}

func parseWait(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil {
		return 0, fmt.Errorf("%q is no time with its unit; write for example 2.5s or 800ms", s)
	}
	if d < 0 || d > longestWait {
		return 0, fmt.Errorf("%s is not from 0s to %s", d, longestWait)
	}
	return d, nil
}

func parseLogLevel(s string) (slog.Level, error) {
	levels := map[string]slog.Level{
		"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError,
	}
	level, ok := levels[strings.ToLower(s)]
	if !ok {
		return 0, fmt.Errorf("%q is not among debug, info, warn and error", s)
	}
	return level, nil
}

func parseLogFormat(s string) (string, error) {
	s = strings.ToLower(s)
	if s != "text" && s != "json" {
		return "", fmt.Errorf("%q is neither text nor json", s)
	}
	return s, nil
}

func parseYes(s string) (bool, error) {
	switch s {
	case "yes":
		return true, nil
	case "no":
		return false, nil
	}
	return false, errors.New("is neither yes nor no")
}

func parseProxies(s string) ([]string, error) {
	return parseEach(s, func(item string) (string, error) {
		if _, err := netip.ParsePrefix(item); err == nil {
			return item, nil
		}
		if _, err := netip.ParseAddr(item); err == nil {
			return item, nil
		}
		return "", fmt.Errorf("%q is no address or range; write for example 10.0.0.7 or 10.0.0.0/8", item)
	})
}

var errEmptyList = errors.New("holds nothing but commas")

// parseEach reads a list with commas; what stands in it twice counts once.
func parseEach(s string, parse func(string) (string, error)) ([]string, error) {
	var all []string
	for _, item := range list(s) {
		v, err := parse(item)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	if len(all) == 0 {
		return nil, errEmptyList
	}
	return all, nil
}

func list(s string) []string {
	var items []string
	for item := range strings.SplitSeq(s, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
