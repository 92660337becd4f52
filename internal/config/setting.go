package config

import (
	"log/slog"
	"slices"
	"time"
)

// Setting is one setting as a reader of the documentation sees it.
type Setting struct {
	Name    string
	Default string // empty: none
	About   string // one sentence
	Secret  bool   // may also be given as FileName
	Serving bool   // `antena serve` does not start without it
	field   field
}

// FileName is the name under which the path of a secret's file is given.
func (s Setting) FileName() string { return s.Name + "_FILE" }

// Settings lists every setting in the order of the documentation.
func Settings() []Setting {
	return slices.Concat(placeSettings(), whatsAppSettings(), openAISettings(), deskSettings())
}

// field ties a setting to its place in a Config.
type field struct {
	read func(*Config, string) error // of a value that is not empty
	show func(*Config) string        // fit for anybody's eyes
}

func of[T any](at func(*Config) *T, parse func(string) (T, error), show func(T) string) field {
	return field{
		read: func(c *Config, value string) error {
			v, err := parse(value)
			if err == nil {
				*at(c) = v
			}
			return err
		},
		show: func(c *Config) string { return show(*at(c)) },
	}
}

func placeSettings() []Setting {
	return []Setting{
		{
			Name: "DATABASE_URL", Secret: true,
			About: "PostgreSQL as postgres://user:password@host/name; empty: a SQLite file under DATA_DIR.",
			field: of(func(c *Config) *Secret { return &c.DatabaseURL }, parseDatabaseURL, showDatabaseURL),
		},
		{
			Name: "DATA_DIR", Default: "data",
			About: "Folder of the SQLite file and of the files people send.",
			field: of(func(c *Config) *string { return &c.DataDir }, parseText, showText),
		},
		{
			Name: "MEDIA_URL", Secret: true,
			About: "Bucket for the files people send, as s3://key:secret@host/bucket?region=name; empty: a folder under DATA_DIR.",
			field: of(func(c *Config) *Secret { return &c.MediaURL }, parseMediaURL, showMediaURL),
		},
		{
			Name: "LISTEN_ADDR", Default: ":8080",
			About: "Address and port to listen on.",
			field: of(func(c *Config) *string { return &c.ListenAddr }, parseListenAddr, showText),
		},
		{
			Name:  "PUBLIC_URL",
			About: "Where people and Meta reach Antena, such as https://desk.example.net; empty: this machine's port.",
			field: of(func(c *Config) *string { return &c.PublicURL }, parsePublicURL, showText),
		},
	}
}

func whatsAppSettings() []Setting {
	return []Setting{
		{
			Name: "WHATSAPP_APP_SECRET", Secret: true, Serving: true,
			About: "App secret of the Meta app, which signs webhooks; several with commas while one replaces another.",
			field: of(func(c *Config) *[]Secret { return &c.WhatsApp.AppSecrets }, parseAppSecrets, showSecrets),
		},
		{
			Name: "WHATSAPP_VERIFY_TOKEN", Secret: true, Serving: true,
			About: "Word of your choice that you also type into Meta's webhook form.",
			field: of(func(c *Config) *Secret { return &c.WhatsApp.VerifyToken }, parseSecret, Secret.String),
		},
		{
			Name: "WHATSAPP_ACCESS_TOKEN", Secret: true, Serving: true,
			About: "Permanent token of a system user with both WhatsApp permissions.",
			field: of(func(c *Config) *Secret { return &c.WhatsApp.AccessToken }, parseSecret, Secret.String),
		},
		{
			Name: "WHATSAPP_PHONE_NUMBER_ID", Serving: true,
			About: "Id of the business number (not the number itself); several with commas.",
			field: of(func(c *Config) *[]string { return &c.WhatsApp.PhoneNumberIDs }, parseMetaIDs, showList),
		},
		{
			Name:  "WHATSAPP_WABA_ID",
			About: "Id of the WhatsApp Business Account; needed for templates, and for the doctor to see whether webhooks come.",
			field: of(func(c *Config) *string { return &c.WhatsApp.WABAID }, parseMetaID, showText),
		},
		{
			Name: "WHATSAPP_API_BASE_URL", Default: "https://graph.facebook.com",
			About: "Where the Graph API is; changed only for tests and proxies.",
			field: of(func(c *Config) *string { return &c.WhatsApp.APIBaseURL }, parseURL, showText),
		},
		{
			Name: "WHATSAPP_API_VERSION", Default: "v25.0",
			About: "Version of the Graph API.",
			field: of(func(c *Config) *string { return &c.WhatsApp.APIVersion }, parseAPIVersion, showText),
		},
		{
			Name:  "WHATSAPP_MESSAGES_PER_SECOND",
			About: "How many messages each number sends in a second at most, all replicas together; empty: what Meta grants it.",
			field: of(func(c *Config) *int { return &c.WhatsApp.MessagesPerSecond }, parseRate, showNumber),
		},
		{
			Name:  "WHATSAPP_PRICES",
			About: "File of price lists in the form of the shipped one; empty: the shipped one, whose amounts are not confirmed.",
			field: of(func(c *Config) *string { return &c.WhatsApp.Prices }, parseText, showText),
		},
	}
}

func deskSettings() []Setting {
	return []Setting{
		{
			Name:  "ANTENA_COUNTRY",
			About: "Country of the desk, by its two letters, such as AR, BR or MX; read at a new desk's first start.",
			field: of(func(c *Config) *string { return &c.Country }, parseCountry, showText),
		},
		{
			Name: "ANTENA_LANGUAGES", Default: "es,pt,en",
			About: "Languages of the desk, of es, pt and en; the first is spoken while a contact's is not known. Read at a new desk's first start.",
			field: of(func(c *Config) *[]string { return &c.Languages }, parseLanguages, showList),
		},
		{
			Name: "ANTENA_TIMEZONE", Default: "UTC",
			About: "Time zone of hours, dates and protocol numbers, such as America/Sao_Paulo.",
			field: of(func(c *Config) *string { return &c.TimeZone }, parseTimeZone, showText),
		},
		{
			Name: "ANTENA_QUIET_TIME", Default: "2.5s",
			About: "How long a contact must be quiet before the assistant answers everything at once.",
			field: of(func(c *Config) *time.Duration { return &c.QuietTime }, parseWait, time.Duration.String),
		},
		{
			Name: "ANTENA_LONGEST_WAIT", Default: "8s",
			About: "How long an answer waits at most while a contact goes on writing.",
			field: of(func(c *Config) *time.Duration { return &c.LongestWait }, parseWait, time.Duration.String),
		},
		{
			Name: "ANTENA_LOG_LEVEL", Default: "info",
			About: "Least weight of what is logged: debug, info, warn or error.",
			field: of(func(c *Config) *slog.Level { return &c.LogLevel }, parseLogLevel, showLogLevel),
		},
		{
			Name: "ANTENA_LOG_FORMAT", Default: "text",
			About: "Form of the log: text for people or json for machines.",
			field: of(func(c *Config) *string { return &c.LogFormat }, parseLogFormat, showText),
		},
		{
			Name:  "ANTENA_TRUSTED_PROXIES",
			About: "Addresses or ranges of the proxies in front, whose word about a caller's address is taken.",
			field: of(func(c *Config) *[]string { return &c.TrustedProxies }, parseProxies, showList),
		},
		{
			Name: "ANTENA_PRIVATE_WEBHOOKS", Default: "no",
			About: "Whether webhooks may go to addresses of the own network, and without TLS: yes or no.",
			field: of(func(c *Config) *bool { return &c.PrivateWebhooks }, parseYes, showYes),
		},
		{
			Name: "ANTENA_SURVEYS", Default: "yes",
			About: "Whether customers are asked once, by three buttons, what they thought when a person resolved their matter: yes or no.",
			field: of(func(c *Config) *bool { return &c.Surveys }, parseYes, showYes),
		},
		{
			Name:  "ANTENA_SURVEY_TEMPLATE",
			About: "Name of the approved template that asks it when the reply window has closed, such as csat; empty: nothing does.",
			field: of(func(c *Config) *string { return &c.SurveyTemplate }, parseText, showText),
		},
	}
}
