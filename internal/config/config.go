package config

import (
	"fmt"
	"log/slog"
	"net"
	"time"
)

// Config is every setting, checked. The zero value is not usable; Load makes
// one, and tests may change its fields afterwards.
type Config struct {
	DatabaseURL Secret // postgres://…; empty: a SQLite file under DataDir
	DataDir     string
	MediaURL    Secret // s3://key:secret@host/bucket; empty: files are kept under DataDir
	ListenAddr  string // host:port; an empty host means every address
	PublicURL   string // scheme and host without a final slash; empty: see BaseURL

	WhatsApp WhatsApp
	OpenAI   OpenAI

	Country         string   // ISO 3166-1 alpha-2; empty: no country's habits
	Languages       []string // of es, pt, en; the first is the default
	TimeZone        string   // IANA name
	QuietTime       time.Duration
	LongestWait     time.Duration // at least QuietTime
	LogLevel        slog.Level
	LogFormat       string   // text or json
	TrustedProxies  []string // addresses or CIDR ranges
	PrivateWebhooks bool     // webhooks may go to the own network, and without TLS
	Surveys         bool     // contacts are asked what they thought of a person's help
	SurveyTemplate  string   // name of the template that asks outside the window; empty: nothing does

	origins map[string]string
}

// WhatsApp is how we reach the Cloud API and how it reaches us.
type WhatsApp struct {
	AppSecrets        []Secret // several while one is replaced by the next
	VerifyToken       Secret
	AccessToken       Secret
	PhoneNumberIDs    []string
	WABAID            string
	APIBaseURL        string // without version and final slash
	APIVersion        string // "v25.0"
	MessagesPerSecond int    // per number, all replicas together; 0: what Meta grants
	Prices            string // path of a price list; empty: the shipped one
}

// BaseURL returns where people reach the console: PublicURL, else this machine.
func (c Config) BaseURL() string {
	if c.PublicURL != "" {
		return c.PublicURL
	}
	host, port, err := net.SplitHostPort(c.ListenAddr)
	if err != nil {
		return "http://" + c.ListenAddr
	}
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// Location returns the time zone, UTC when a test set a name nobody knows.
func (c Config) Location() *time.Location {
	if loc, err := time.LoadLocation(c.TimeZone); err == nil {
		return loc
	}
	return time.UTC
}

// Format hides the fields, whatever the verb: settings are shown by Describe.
func (c Config) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("settings")) }

// LogValue hides the fields from logs.
func (c Config) LogValue() slog.Value { return slog.StringValue("settings") }
