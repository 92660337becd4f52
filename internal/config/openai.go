package config

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// OpenAI is a language model behind an API compatible with OpenAI's. Each model
// that is empty is not used.
type OpenAI struct {
	APIKey             Secret
	BaseURL            string
	ChatModel          string
	VisionModel        string
	EmbeddingModel     string
	TranscriptionModel string

	Share              Share
	Deadline           time.Duration
	Concurrency        int // per process
	DailyBudget        Budget
	ConversationBudget Budget
	Prices             map[string]Price // by model
}

// Share says what of people's words may leave for a model.
type Share string

// What may leave.
const (
	ShareRedacted Share = "redacted" // words with all that names a person taken out; recordings and pictures as they are
	ShareNothing  Share = "nothing"  // nothing that a person wrote, said or sent
)

// Budget is how much models may use on a day, in UTC. Zero in both: no limit.
type Budget struct {
	Tokens int64
	Micros int64 // millionths of a dollar
}

// Price is what a model costs, in millionths of a dollar for a million tokens, or
// for a million minutes of audio.
type Price struct {
	In     int64
	Cached int64 // tokens the server had read before; 0: as In
	Out    int64
	Minute int64
}

func openAISettings() []Setting {
	return slices.Concat(modelSettings(), modelLimits())
}

func modelSettings() []Setting {
	return []Setting{
		{
			Name: "OPENAI_API_KEY", Secret: true,
			About: "Key of OpenAI or of a compatible server.",
			field: of(func(c *Config) *Secret { return &c.OpenAI.APIKey }, parseSecret, Secret.String),
		},
		{
			Name: "OPENAI_BASE_URL", Default: defaultOpenAI,
			About: "Any compatible server, such as Ollama or vLLM.",
			field: of(func(c *Config) *string { return &c.OpenAI.BaseURL }, parseURL, showText),
		},
		{
			Name:  "OPENAI_CHAT_MODEL",
			About: "Model that helps to understand and to write; empty: the built-in understanding alone.",
			field: of(func(c *Config) *string { return &c.OpenAI.ChatModel }, parseText, showText),
		},
		{
			Name:  "OPENAI_VISION_MODEL",
			About: "Model that reads photos, often the chat model again; empty: photos are kept for agents.",
			field: of(func(c *Config) *string { return &c.OpenAI.VisionModel }, parseText, showText),
		},
		{
			Name:  "OPENAI_EMBEDDING_MODEL",
			About: "Model that helps to find articles; empty: the built-in search alone.",
			field: of(func(c *Config) *string { return &c.OpenAI.EmbeddingModel }, parseText, showText),
		},
		{
			Name:  "OPENAI_TRANSCRIPTION_MODEL",
			About: "Model that writes down voice notes; empty: the contact is asked to type.",
			field: of(func(c *Config) *string { return &c.OpenAI.TranscriptionModel }, parseText, showText),
		},
	}
}

func modelLimits() []Setting {
	return []Setting{
		{
			Name: "OPENAI_SHARE", Default: string(ShareRedacted),
			About: "What a model may be shown: redacted words of people with recordings and pictures as they are, or nothing that people write, say or send.",
			field: of(func(c *Config) *Share { return &c.OpenAI.Share }, parseShare, func(s Share) string { return string(s) }),
		},
		{
			Name: "OPENAI_DEADLINE", Default: "8s",
			About: "How long a turn waits for a model at most; then it goes on without.",
			field: of(func(c *Config) *time.Duration { return &c.OpenAI.Deadline }, parseDeadline, time.Duration.String),
		},
		{
			Name: "OPENAI_CONCURRENCY", Default: "8",
			About: "How many calls of each model run at once, per process.",
			field: of(func(c *Config) *int { return &c.OpenAI.Concurrency }, parseConcurrency, showNumber),
		},
		{
			Name: "OPENAI_DAILY_BUDGET", Default: "3000000",
			About: "What all calls of a day (UTC) may use: tokens, or dollars as 5usd, or none for no limit.",
			field: of(func(c *Config) *Budget { return &c.OpenAI.DailyBudget }, parseBudget, showBudget),
		},
		{
			Name: "OPENAI_CONVERSATION_BUDGET", Default: "100000",
			About: "What one conversation may use on a day, written in the same way.",
			field: of(func(c *Config) *Budget { return &c.OpenAI.ConversationBudget }, parseBudget, showBudget),
		},
		{
			Name:  "OPENAI_PRICES",
			About: "Dollars for a million tokens in and out, as model=0.15/0.60; a third figure for cached ones; model=0.006/min for audio. Commas between.",
			field: of(func(c *Config) *map[string]Price { return &c.OpenAI.Prices }, parsePrices, showPrices),
		},
	}
}

const (
	shortestDeadline = time.Second
	longestDeadline  = 20 * time.Second // a turn's job, its commit included, may take 25 s
	mostConcurrent   = 256
	million          = 1_000_000
	mostDollars      = 1_000_000 // of a budget
	mostPrice        = 1_000     // dollars; what is dearer is a mistake
)

func parseShare(s string) (Share, error) {
	share := Share(strings.ToLower(s))
	if share != ShareRedacted && share != ShareNothing {
		return "", fmt.Errorf("%q is neither redacted nor nothing", s)
	}
	return share, nil
}

func parseDeadline(s string) (time.Duration, error) {
	d, err := parseWait(s)
	if err == nil && d < shortestDeadline {
		err = fmt.Errorf("%s is shorter than %s, too short for any model", d, shortestDeadline)
	}
	if err == nil && d > longestDeadline {
		err = fmt.Errorf("%s is longer than %s, and somebody waits", d, longestDeadline)
	}
	return d, err
}

func parseConcurrency(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > mostConcurrent {
		return 0, fmt.Errorf("%q is no number from 1 to %d", s, mostConcurrent)
	}
	return n, nil
}

func parseBudget(s string) (Budget, error) {
	s = strings.ToLower(s)
	if s == "none" {
		return Budget{}, nil
	}
	if dollars, ok := strings.CutSuffix(s, "usd"); ok {
		micros, err := parseDollars(strings.TrimSpace(dollars), mostDollars)
		if err == nil && micros > 0 {
			return Budget{Micros: micros}, nil
		}
	} else if n, err := strconv.ParseInt(s, 10, 64); err == nil && n > 0 {
		return Budget{Tokens: n}, nil
	}
	return Budget{}, fmt.Errorf("%q is no budget; write tokens as 3000000, dollars as 5usd, or none", s)
}

func showBudget(b Budget) string {
	switch {
	case b.Micros > 0:
		return showDollars(b.Micros) + "usd"
	case b.Tokens > 0:
		return strconv.FormatInt(b.Tokens, 10)
	}
	return "none"
}

// parseDollars returns millionths of a dollar.
func parseDollars(s string, most float64) (int64, error) {
	dollars, err := strconv.ParseFloat(s, 64)
	if err != nil || strings.Trim(s, "0123456789.") != "" || dollars > most {
		return 0, fmt.Errorf("%q is no sum of dollars up to %g; write for example 0.15", s, most)
	}
	return int64(math.Round(dollars * million)), nil
}

func showDollars(micros int64) string {
	return strconv.FormatFloat(float64(micros)/million, 'f', -1, 64)
}

func parsePrices(s string) (map[string]Price, error) {
	prices := map[string]Price{}
	for _, item := range list(s) {
		at := strings.LastIndexByte(item, '=') // names may hold one
		if at < 1 {
			return nil, fmt.Errorf("%q has no price; write model=0.15/0.60", item)
		}
		price, err := parsePrice(strings.TrimSpace(item[at+1:]))
		if err != nil {
			return nil, err
		}
		prices[strings.TrimSpace(item[:at])] = price
	}
	if len(prices) == 0 {
		return nil, errEmptyList
	}
	return prices, nil
}

func parsePrice(s string) (p Price, err error) {
	if minute, ok := strings.CutSuffix(s, "/min"); ok {
		p.Minute, err = parseDollars(minute, mostPrice)
		p.Minute *= million
		return p, err
	}
	for i, part := range strings.Split(s, "/") {
		into := []*int64{&p.In, &p.Out, &p.Cached}
		if i >= len(into) {
			return p, fmt.Errorf("%q has more than three figures: in, out and cached", s)
		}
		if *into[i], err = parseDollars(part, mostPrice); err != nil {
			return p, err
		}
	}
	return p, nil
}

func showPrices(prices map[string]Price) string {
	var all []string
	for _, model := range slices.Sorted(maps.Keys(prices)) {
		p := prices[model]
		text := showDollars(p.In) + "/" + showDollars(p.Out)
		switch {
		case p.Minute > 0:
			text = showDollars(p.Minute/million) + "/min"
		case p.Cached > 0:
			text += "/" + showDollars(p.Cached)
		}
		all = append(all, model+"="+text)
	}
	return strings.Join(all, ", ")
}

// models returns every model that is set, by its setting.
func (o OpenAI) models() map[string]string {
	all := map[string]string{
		"OPENAI_CHAT_MODEL": o.ChatModel, "OPENAI_VISION_MODEL": o.VisionModel,
		"OPENAI_EMBEDDING_MODEL": o.EmbeddingModel, "OPENAI_TRANSCRIPTION_MODEL": o.TranscriptionModel,
	}
	maps.DeleteFunc(all, func(_, model string) bool { return model == "" })
	return all
}

// contradictions finds what is missing beside the models that are set.
func (o OpenAI) contradictions() (problems Problems) {
	models := o.models()
	names := slices.Sorted(maps.Keys(models))
	if len(names) == 0 {
		return nil
	}
	if o.APIKey == "" && o.BaseURL == defaultOpenAI {
		problems.add("OPENAI_API_KEY", fmt.Errorf("is missing, though %s is set; set it too, or OPENAI_BASE_URL of a server that needs no key", names[0]))
	}
	if o.DailyBudget.Micros == 0 && o.ConversationBudget.Micros == 0 {
		return problems
	}
	for _, name := range names {
		if _, priced := o.Prices[models[name]]; !priced {
			problems.add("OPENAI_PRICES", fmt.Errorf("has no price for %s, so a budget in dollars could not be kept; add it, or set the budget in tokens", models[name]))
			return problems
		}
	}
	return problems
}
