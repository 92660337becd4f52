package config_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"antena/internal/config"
)

func from(env map[string]string) config.Lookup {
	return func(name string) (string, bool) {
		v, ok := env[name]
		return v, ok
	}
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoad_Defaults(t *testing.T) {
	t.Parallel()
	c, err := config.Load(from(nil), filepath.Join(t.TempDir(), ".env"))
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range []struct{ name, got, want string }{
		{"DatabaseURL", c.DatabaseURL.Reveal(), ""},
		{"DataDir", c.DataDir, "data"},
		{"ListenAddr", c.ListenAddr, ":8080"},
		{"BaseURL", c.BaseURL(), "http://localhost:8080"},
		{"APIBaseURL", c.WhatsApp.APIBaseURL, "https://graph.facebook.com"},
		{"APIVersion", c.WhatsApp.APIVersion, "v25.0"},
		{"MessagesPerSecond", fmt.Sprint(c.WhatsApp.MessagesPerSecond), "0"},
		{"OpenAI", c.OpenAI.BaseURL, "https://api.openai.com/v1"},
		{"Share", string(c.OpenAI.Share), "redacted"},
		{"Deadline", c.OpenAI.Deadline.String(), "8s"},
		{"Concurrency", fmt.Sprint(c.OpenAI.Concurrency), "8"},
		{"DailyBudget", fmt.Sprint(c.OpenAI.DailyBudget), "{3000000 0}"},
		{"ConversationBudget", fmt.Sprint(c.OpenAI.ConversationBudget), "{100000 0}"},
		{"Languages", fmt.Sprint(c.Languages), "[es pt en]"},
		{"TimeZone", c.Location().String(), "UTC"},
		{"QuietTime", c.QuietTime.String(), "2.5s"},
		{"LongestWait", c.LongestWait.String(), "8s"},
		{"LogLevel", c.LogLevel.String(), "INFO"},
		{"LogFormat", c.LogFormat, "text"},
	} {
		if one.got != one.want {
			t.Errorf("%s = %q, want %q", one.name, one.got, one.want)
		}
	}
}

func TestLoad_EveryValue(t *testing.T) {
	t.Parallel()
	c, err := config.LoadToServe(from(map[string]string{
		"DATABASE_URL":                 "postgres://antena:pw@db/antena",
		"MEDIA_URL":                    "s3://key:pw@host/files",
		"DATA_DIR":                     "/data",
		"LISTEN_ADDR":                  "127.0.0.1:9000",
		"PUBLIC_URL":                   "https://desk.example.net/",
		"WHATSAPP_APP_SECRET":          "new0secret, old0secret",
		"WHATSAPP_VERIFY_TOKEN":        "word",
		"WHATSAPP_ACCESS_TOKEN":        "EAAtoken",
		"WHATSAPP_PHONE_NUMBER_ID":     "106540352242922,106540352242923,106540352242922",
		"WHATSAPP_WABA_ID":             "102290129340398",
		"WHATSAPP_API_BASE_URL":        "http://127.0.0.1:7000/",
		"WHATSAPP_API_VERSION":         "v26.0",
		"WHATSAPP_MESSAGES_PER_SECOND": "1000",
		"OPENAI_API_KEY":               "sk-1",
		"OPENAI_BASE_URL":              "http://ollama:11434/v1",
		"OPENAI_CHAT_MODEL":            "chat",
		"OPENAI_EMBEDDING_MODEL":       "embed",
		"OPENAI_TRANSCRIPTION_MODEL":   "hear",
		"OPENAI_VISION_MODEL":          "look",
		"OPENAI_SHARE":                 "Nothing",
		"OPENAI_DEADLINE":              "5s",
		"OPENAI_CONCURRENCY":           "32",
		"OPENAI_DAILY_BUDGET":          "12.50 USD",
		"OPENAI_CONVERSATION_BUDGET":   "none",
		"OPENAI_PRICES":                "chat=0.15/0.60, look=1.25/10/0.125, embed=0.02, hear=0.006/min",
		"ANTENA_COUNTRY":               "br",
		"ANTENA_LANGUAGES":             "PT, es",
		"ANTENA_TIMEZONE":              "America/Sao_Paulo",
		"ANTENA_QUIET_TIME":            "800ms",
		"ANTENA_LONGEST_WAIT":          "3s",
		"ANTENA_LOG_LEVEL":             "Debug",
		"ANTENA_LOG_FORMAT":            "json",
		"ANTENA_TRUSTED_PROXIES":       "10.0.0.0/8,::1",
		"ANTENA_PRIVATE_WEBHOOKS":      "yes",
		"ANTENA_SURVEYS":               "no",
		"ANTENA_SURVEY_TEMPLATE":       "csat",
	}), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range []struct {
		name      string
		got, want any
	}{
		{"DatabaseURL", c.DatabaseURL.Reveal(), "postgres://antena:pw@db/antena"},
		{"MediaURL", c.MediaURL.Reveal(), "s3://key:pw@host/files"},
		{"DataDir", c.DataDir, "/data"},
		{"ListenAddr", c.ListenAddr, "127.0.0.1:9000"},
		{"BaseURL", c.BaseURL(), "https://desk.example.net"},
		{"AppSecrets", []string{c.WhatsApp.AppSecrets[0].Reveal(), c.WhatsApp.AppSecrets[1].Reveal()}, []string{"new0secret", "old0secret"}},
		{"VerifyToken", c.WhatsApp.VerifyToken.Reveal(), "word"},
		{"AccessToken", c.WhatsApp.AccessToken.Reveal(), "EAAtoken"},
		{"PhoneNumberIDs", c.WhatsApp.PhoneNumberIDs, []string{"106540352242922", "106540352242923"}},
		{"WABAID", c.WhatsApp.WABAID, "102290129340398"},
		{"APIBaseURL", c.WhatsApp.APIBaseURL, "http://127.0.0.1:7000"},
		{"APIVersion", c.WhatsApp.APIVersion, "v26.0"},
		{"MessagesPerSecond", c.WhatsApp.MessagesPerSecond, 1000},
		{"APIKey", c.OpenAI.APIKey.Reveal(), "sk-1"},
		{"OpenAI.BaseURL", c.OpenAI.BaseURL, "http://ollama:11434/v1"},
		{"ChatModel", c.OpenAI.ChatModel, "chat"},
		{"EmbeddingModel", c.OpenAI.EmbeddingModel, "embed"},
		{"TranscriptionModel", c.OpenAI.TranscriptionModel, "hear"},
		{"VisionModel", c.OpenAI.VisionModel, "look"},
		{"Share", c.OpenAI.Share, config.ShareNothing},
		{"Deadline", c.OpenAI.Deadline, 5 * time.Second},
		{"Concurrency", c.OpenAI.Concurrency, 32},
		{"DailyBudget", c.OpenAI.DailyBudget, config.Budget{Micros: 12_500_000}},
		{"ConversationBudget", c.OpenAI.ConversationBudget, config.Budget{}},
		{"Prices", c.OpenAI.Prices, map[string]config.Price{
			"chat": {In: 150_000, Out: 600_000}, "look": {In: 1_250_000, Out: 10_000_000, Cached: 125_000},
			"embed": {In: 20_000}, "hear": {Minute: 6_000_000_000},
		}},
		{"Country", c.Country, "BR"},
		{"Languages", c.Languages, []string{"pt", "es"}},
		{"TimeZone", c.TimeZone, "America/Sao_Paulo"},
		{"QuietTime", c.QuietTime, 800 * time.Millisecond},
		{"LongestWait", c.LongestWait, 3 * time.Second},
		{"LogLevel", c.LogLevel, slog.LevelDebug},
		{"LogFormat", c.LogFormat, "json"},
		{"TrustedProxies", c.TrustedProxies, []string{"10.0.0.0/8", "::1"}},
		{"PrivateWebhooks", c.PrivateWebhooks, true},
		{"Surveys", c.Surveys, false},
		{"SurveyTemplate", c.SurveyTemplate, "csat"},
	} {
		if !reflect.DeepEqual(one.got, one.want) {
			t.Errorf("%s = %v, want %v", one.name, one.got, one.want)
		}
	}
}

func TestLoad_Refuses(t *testing.T) {
	t.Parallel()
	for _, one := range []struct{ name, value, says string }{
		{"DATABASE_URL", "mysql://root:hunter2@db/x", "must begin with postgres://"},
		{"DATABASE_URL", "host=db user=antena password=hunter2", "must begin with postgres://"},
		{"DATABASE_URL", "postgres://a:hunter2%@db/x", "percent form"},
		{"DATABASE_URL", "postgres:///x", "names no host"},
		{"DATABASE_URL", "postgres://a:hunter2@db", "names no database"},
		{"MEDIA_URL", "https://a:hunter2@host/files", "must begin with s3://"},
		{"MEDIA_URL", "s3://a:hunter2/@host/files", "percent form"},
		{"MEDIA_URL", "s3://a:hunter2@host/", "key, secret, host and bucket"},
		{"MEDIA_URL", "s3://a@host/files", "key, secret, host and bucket"},
		{"MEDIA_URL", "s3://a:hunter2@host/files?tls=maybe", "only region=name and tls=no"},
		{"LISTEN_ADDR", "8080", "write :8080"},
		{"LISTEN_ADDR", ":http", "65535"},
		{"LISTEN_ADDR", ":65536", "65535"},
		{"PUBLIC_URL", "desk.example.net", "no web address"},
		{"PUBLIC_URL", "https://example.net/desk", "has a path"},
		{"PUBLIC_URL", "https://a:hunter2@example.net", "without password"},
		{"WHATSAPP_APP_SECRET", "1234567890123456", "app id"},
		{"WHATSAPP_APP_SECRET", ",", "nothing but commas"},
		{"WHATSAPP_APP_SECRET", "hunter2 hunter2", "a space"},
		{"WHATSAPP_VERIFY_TOKEN", "hunter2 x", "a space"},
		{"WHATSAPP_ACCESS_TOKEN", "hunter2\nx", "a line break"},
		{"WHATSAPP_PHONE_NUMBER_ID", "+54 9 11 5555 0000", "no id of Meta's"},
		{"WHATSAPP_WABA_ID", "abc", "no id of Meta's"},
		{"WHATSAPP_API_BASE_URL", "graph.facebook.com", "no web address"},
		{"WHATSAPP_API_VERSION", "25", "v25.0"},
		{"WHATSAPP_MESSAGES_PER_SECOND", "0", "from 1 to 1000"},
		{"WHATSAPP_MESSAGES_PER_SECOND", "1001", "from 1 to 1000"},
		{"OPENAI_BASE_URL", "ollama:11434", "no web address"},
		{"OPENAI_CHAT_MODEL", "chat", "OPENAI_API_KEY is missing"},
		{"OPENAI_VISION_MODEL", "look", "OPENAI_API_KEY is missing"},
		{"OPENAI_SHARE", "everything", "neither redacted nor nothing"},
		{"OPENAI_DEADLINE", "500ms", "too short"},
		{"OPENAI_DEADLINE", "21s", "somebody waits"},
		{"OPENAI_DEADLINE", "8", "with its unit"},
		{"OPENAI_CONCURRENCY", "0", "from 1 to 256"},
		{"OPENAI_DAILY_BUDGET", "-5", "3000000"},
		{"OPENAI_DAILY_BUDGET", "5eur", "5usd"},
		{"OPENAI_DAILY_BUDGET", "1e9usd", "5usd"},
		{"OPENAI_CONVERSATION_BUDGET", "0", "none"},
		{"OPENAI_PRICES", "chat", "has no price"},
		{"OPENAI_PRICES", "chat=cheap", "no sum of dollars"},
		{"OPENAI_PRICES", "chat=1/2/3/4", "more than three"},
		{"OPENAI_PRICES", "chat=5000", "up to 1000"},
		{"OPENAI_PRICES", "chat=NaN", "no sum of dollars"},
		{"ANTENA_COUNTRY", "Brasil", "two letters"},
		{"ANTENA_COUNTRY", "ZZ", "two letters"},
		{"ANTENA_COUNTRY", "076", "two letters"},
		{"ANTENA_LANGUAGES", "es,fr", `"fr" is not among`},
		{"ANTENA_TIMEZONE", "Brasilia", "no time zone"},
		{"ANTENA_TIMEZONE", "Local", "no time zone"},
		{"ANTENA_QUIET_TIME", "2.5", "with its unit"},
		{"ANTENA_QUIET_TIME", "-1s", "from 0s to 1m0s"},
		{"ANTENA_QUIET_TIME", "9s", "shorter than ANTENA_QUIET_TIME"},
		{"ANTENA_LONGEST_WAIT", "61s", "from 0s to 1m0s"},
		{"ANTENA_LOG_LEVEL", "loud", "debug, info, warn"},
		{"ANTENA_LOG_FORMAT", "xml", "neither text nor json"},
		{"ANTENA_TRUSTED_PROXIES", "10.0.0.0/40", "no address or range"},
		{"ANTENA_PRIVATE_WEBHOOKS", "maybe", "neither yes nor no"},
	} {
		t.Run(one.name+"="+one.value, func(t *testing.T) {
			t.Parallel()
			_, err := config.Load(from(map[string]string{one.name: one.value}), "")
			if err == nil || !strings.Contains(err.Error(), one.says) || !strings.Contains(err.Error(), one.name) {
				t.Errorf("got %v, want it to name %s and say %q", err, one.name, one.says)
			}
			if err != nil && strings.Contains(err.Error(), "hunter2") {
				t.Errorf("the problem shows a secret: %v", err)
			}
		})
	}
}

// A budget in dollars needs the price of every model in use; one in tokens does not.
func TestLoad_BudgetNeedsPrices(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		budget, prices, says string
	}{
		{"5usd", "", "no price for chat"},
		{"5usd", "chat=1/2", "no price for embed"},
		{"5usd", "chat=1/2,embed=0.02", ""},
		{"100000", "", ""},
	} {
		c, err := config.Load(from(map[string]string{
			"OPENAI_API_KEY": "sk-1", "OPENAI_CHAT_MODEL": "chat", "OPENAI_EMBEDDING_MODEL": "embed",
			"OPENAI_CONVERSATION_BUDGET": one.budget, "OPENAI_PRICES": one.prices,
		}), "")
		if one.says == "" && err != nil || one.says != "" && (err == nil || !strings.Contains(err.Error(), one.says)) {
			t.Errorf("%s with %q: %v, want %q", one.budget, one.prices, err, one.says)
		}
		if err == nil && !strings.Contains(config.Redacted(c), one.budget) {
			t.Errorf("%s is not shown in\n%s", one.budget, config.Redacted(c))
		}
	}
}

func TestLoad_AllProblemsAtOnce(t *testing.T) {
	t.Parallel()
	_, err := config.LoadToServe(from(map[string]string{
		"LISTEN_ADDR":           "nowhere",
		"ANTENA_QUIET_TIME":     "soon",
		"WHATSAPP_VERIFY_TOKEN": "word",
	}), "")
	var problems config.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("got %v, want Problems", err)
	}
	var names []string
	for _, p := range problems {
		names = append(names, p.Setting)
	}
	want := "LISTEN_ADDR WHATSAPP_APP_SECRET WHATSAPP_ACCESS_TOKEN WHATSAPP_PHONE_NUMBER_ID ANTENA_QUIET_TIME"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("problems with %s, want %s", got, want)
	}
	if !strings.HasPrefix(err.Error(), "5 settings need attention:\n  LISTEN_ADDR ") {
		t.Errorf("reads badly: %v", err)
	}
}

func TestLoad_Precedence(t *testing.T) {
	t.Parallel()
	secret := write(t, "token", "from a file\r\n")
	for _, one := range []struct {
		name   string
		env    map[string]string
		dotenv string
		want   string
	}{
		{"environment over .env", map[string]string{"OPENAI_API_KEY": "env"}, "OPENAI_API_KEY=dot", "env"},
		{".env when the environment is silent", nil, "OPENAI_API_KEY=dot", "dot"},
		{".env with a byte order mark", nil, "\ufeffOPENAI_API_KEY=dot", "dot"},
		{"empty in the environment takes .env away", map[string]string{"OPENAI_API_KEY": ""}, "OPENAI_API_KEY=dot", ""},
		{"environment over a file of .env", map[string]string{"OPENAI_API_KEY": "env"}, "OPENAI_API_KEY_FILE=" + secret, "env"},
		{"dollar sign between single quotes", nil, "OPENAI_API_KEY='a$b'", "a$b"},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			c, err := config.Load(from(one.env), write(t, ".env", one.dotenv))
			if err != nil {
				t.Fatal(err)
			}
			if got := c.OpenAI.APIKey.Reveal(); got != one.want {
				t.Errorf("got %q, want %q", got, one.want)
			}
		})
	}
}

func TestLoad_SecretFiles(t *testing.T) {
	t.Parallel()
	for _, s := range config.Settings() {
		if !s.Secret {
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			value := "postgres://antena:hunter2@db/antena"
			if s.Name == "MEDIA_URL" {
				value = "s3://antena:hunter2@host/files"
			}
			path := write(t, "secret", value+"\r\n\n")
			c, err := config.Load(from(map[string]string{s.FileName(): path}), "")
			if err != nil {
				t.Fatal(err)
			}
			held := []string{
				c.DatabaseURL.Reveal(), c.MediaURL.Reveal(), c.WhatsApp.VerifyToken.Reveal(), c.WhatsApp.AccessToken.Reveal(), c.OpenAI.APIKey.Reveal(),
			}
			for _, one := range c.WhatsApp.AppSecrets {
				held = append(held, one.Reveal())
			}
			if got := strings.Join(held, ""); got != value {
				t.Errorf("read %q, want %q", got, value)
			}
		})
	}
}

func TestLoad_RefusesSecretFiles(t *testing.T) {
	t.Parallel()
	good := write(t, "good", "hunter2")
	for _, one := range []struct {
		name, says string
		env        map[string]string
	}{
		{"both given", "keep one of them", map[string]string{"OPENAI_API_KEY": "hunter2", "OPENAI_API_KEY_FILE": good}},
		{"absent", "there is no file", map[string]string{"OPENAI_API_KEY_FILE": good + "x"}},
		{"a folder", "there is no file", map[string]string{"OPENAI_API_KEY_FILE": filepath.Dir(good)}},
		{"empty", "is empty", map[string]string{"OPENAI_API_KEY_FILE": write(t, "empty", "\n")}},
		{"huge", "too large", map[string]string{"OPENAI_API_KEY_FILE": write(t, "huge", strings.Repeat("x", 1<<17))}},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			_, err := config.Load(from(one.env), "")
			if err == nil || !strings.Contains(err.Error(), one.says) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("got %v, want it to say %q without the secret", err, one.says)
			}
		})
	}
}

func TestLoad_Dotenv(t *testing.T) {
	t.Parallel()
	for _, one := range []struct{ name, content, says string }{
		{"misspelled", "WHATSAPP_APPSECRET=hunter2", "WHATSAPP_APPSECRET in "},
		{"file of what is no secret", "ANTENA_TIMEZONE_FILE=hunter2", "check its spelling"},
		{"unreadable", "what is this? hunter2", "not a list of NAME=value"},
		{"open quote", `OPENAI_API_KEY="hunter2`, "not a list of NAME=value"},
	} {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			_, err := config.Load(from(nil), write(t, ".env", one.content))
			if err == nil || !strings.Contains(err.Error(), one.says) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("got %v, want it to say %q without the secret", err, one.says)
			}
		})
	}
	if _, err := config.Load(from(nil), write(t, ".env", "POSTGRES_PASSWORD=x\nANTENA_TEST_REQUIRE_BROWSER=1\n")); err != nil {
		t.Errorf("the variables of others are refused: %v", err)
	}
}

func TestBaseURL(t *testing.T) {
	t.Parallel()
	for _, one := range []struct{ listen, public, want string }{
		{":8080", "", "http://localhost:8080"},
		{"0.0.0.0:80", "", "http://localhost:80"},
		{"[::]:80", "", "http://localhost:80"},
		{"127.0.0.1:81", "", "http://127.0.0.1:81"},
		{"[::1]:81", "", "http://[::1]:81"},
		{":8080", "https://desk.example.net", "https://desk.example.net"},
	} {
		if got := (config.Config{ListenAddr: one.listen, PublicURL: one.public}).BaseURL(); got != one.want {
			t.Errorf("BaseURL of %q, %q = %q, want %q", one.listen, one.public, got, one.want)
		}
	}
}

func TestSecretsAreNeverPrinted(t *testing.T) {
	t.Parallel()
	c, err := config.Load(from(map[string]string{
		"DATABASE_URL":          "postgres://antena:hunter2@db/antena?sslpassword=hunter2",
		"WHATSAPP_APP_SECRET":   "hunter2-one,hunter2-two",
		"WHATSAPP_VERIFY_TOKEN": "hunter2",
		"WHATSAPP_ACCESS_TOKEN": strings.Repeat("hunter2!", 4),
		"OPENAI_API_KEY":        "hunter2",
	}), "")
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "config", c, "whatsapp", c.WhatsApp, "key", c.OpenAI.APIKey)
	encoded, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	shown := fmt.Sprintf("%v %+v %#v %s %q %x", c, c.WhatsApp, c.OpenAI, c.DatabaseURL, c.OpenAI.APIKey, c.OpenAI.APIKey) +
		log.String() + string(encoded) + config.Redacted(c)
	if strings.Contains(shown, "hunter2") || strings.Contains(shown, fmt.Sprintf("%x", "hunter2")) {
		t.Errorf("a secret is shown:\n%s", shown)
	}
}

func TestRedacted(t *testing.T) {
	t.Parallel()
	path := write(t, "key", "0123456789")
	c, err := config.Load(from(map[string]string{
		"DATABASE_URL":          "postgres://antena:hunter2@db:5432/antena?sslmode=disable",
		"MEDIA_URL":             "s3://antena:hunter2@host/files?region=here",
		"WHATSAPP_ACCESS_TOKEN": strings.Repeat("ñ", 32),
		"WHATSAPP_APP_SECRET":   "abcd,abcdef",
		"OPENAI_API_KEY_FILE":   path,
	}), "")
	if err != nil {
		t.Fatal(err)
	}
	lines := make(map[string]config.Line)
	for _, line := range config.Describe(c) {
		lines[line.Name] = line
		if !strings.Contains(config.Redacted(c), line.Name+" ") {
			t.Errorf("%s is not printed", line.Name)
		}
	}
	for _, want := range []config.Line{
		{"DATABASE_URL", "postgres://antena:xxxxx@db:5432/antena?sslmode=disable", "environment"},
		{"MEDIA_URL", "s3://antena:xxxxx@host/files?region=here", "environment"},
		{"WHATSAPP_ACCESS_TOKEN", "set (32 characters)", "environment"},
		{"WHATSAPP_APP_SECRET", "set (4 characters), set (6 characters)", "environment"},
		{"WHATSAPP_VERIFY_TOKEN", "not set", "default"},
		{"OPENAI_API_KEY", "set (10 characters)", "file " + path},
		{"ANTENA_QUIET_TIME", "2.5s", "default"},
		{"ANTENA_LOG_LEVEL", "info", "default"},
	} {
		if lines[want.Name] != want {
			t.Errorf("got %v, want %v", lines[want.Name], want)
		}
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	seen := make(map[string]bool)
	for _, s := range config.Settings() {
		if seen[s.Name] || strings.ToUpper(s.Name) != s.Name || !strings.HasSuffix(s.About, ".") {
			t.Errorf("setting %q is there twice, not in capitals or without its sentence", s.Name)
		}
		seen[s.Name] = true
	}
}

// What needs models alone does not care about the rest.
func TestLoadModels(t *testing.T) {
	t.Parallel()
	env := func(all map[string]string) config.Lookup {
		return func(name string) (string, bool) { v, ok := all[name]; return v, ok }
	}
	got, err := config.LoadModels(env(map[string]string{"OPENAI_API_KEY": "sk-1", "OPENAI_CHAT_MODEL": "chat", "LISTEN_ADDR": "nonsense"}), "")
	if err != nil || got.ChatModel != "chat" || got.Deadline != 8*time.Second {
		t.Errorf("got %q %s, %v", got.ChatModel, got.Deadline, err)
	}
	if got, err := config.LoadModels(env(map[string]string{"OPENAI_CHAT_MODEL": "chat"}), ""); err == nil || got.ChatModel != "" {
		t.Errorf("a model without a key is taken: %q, %v", got.ChatModel, err)
	}
}
