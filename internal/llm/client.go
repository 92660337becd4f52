package llm

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	openai "github.com/sashabaranov/go-openai"

	"antena/internal/desk"
)

// Defaults of Options.
const (
	DefaultBaseURL     = "https://api.openai.com/v1"
	DefaultDeadline    = 8 * time.Second
	DefaultConcurrency = 8
)

// Options say which models to ask, and how much. Each model that is empty is not
// asked: its kind of help fails with model_off.
type Options struct {
	BaseURL            string // with its version, without a final slash
	Key                string // empty for servers that ask for none
	ChatModel          string
	VisionModel        string // for prompts with pictures; may be the ChatModel
	EmbeddingModel     string
	TranscriptionModel string

	Deadline    time.Duration // of one Ask, queue and repair included
	Concurrency int           // calls at once of each kind, per process

	Prices     map[string]Price  // by model
	DayBudget  Budget            // of all conversations
	TalkBudget Budget            // of one conversation, a day
	Ledger     Ledger            // nil: nothing is counted, so there can be no budget
	Transport  http.RoundTripper // nil: an own pool of connections
	Now        func() time.Time  // nil: the machine's clock
	Log        *slog.Logger
}

// Client asks models. It is safe for concurrent use.
type Client struct {
	api      *openai.Client
	http     *http.Client
	deadline time.Duration
	prices   map[string]Price
	day      Budget
	talk     Budget
	ledger   Ledger
	now      func() time.Time
	log      *slog.Logger

	chat, vision, embedding, transcription *lane
}

// New checks the options. It calls nobody.
func New(o Options) (*Client, error) {
	base := strings.TrimRight(cmp.Or(o.BaseURL, DefaultBaseURL), "/")
	if u, err := url.Parse(base); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, errors.New("llm: the base URL must be http(s)://host")
	}
	if o.Log == nil {
		return nil, errors.New("llm: a log is needed")
	}
	o.Now = desk.Clock(o.Now)
	if err := o.checkMoney(); err != nil {
		return nil, err
	}
	c := &Client{
		deadline: cmp.Or(o.Deadline, DefaultDeadline), prices: o.Prices, day: o.DayBudget, talk: o.TalkBudget,
		ledger: o.Ledger, now: o.Now, log: o.Log,
	}
	c.http = &http.Client{Transport: newExchange(o.Transport), CheckRedirect: stay}
	config := openai.DefaultConfig(o.Key)
	config.BaseURL, config.HTTPClient = base, c.http
	c.api = openai.NewClientWithConfig(config)

	places := cmp.Or(o.Concurrency, DefaultConcurrency)
	own := base == DefaultBaseURL
	c.chat = newLane("chat", o.ChatModel, places, own, o.Now, o.Log)
	c.vision = c.chat
	if o.VisionModel != o.ChatModel {
		c.vision = newLane("vision", o.VisionModel, places, own, o.Now, o.Log)
	}
	c.embedding = newLane("embedding", o.EmbeddingModel, places, own, o.Now, o.Log)
	c.transcription = newLane("transcription", o.TranscriptionModel, places, own, o.Now, o.Log)
	return c, nil
}

// checkMoney refuses budgets that could not be kept.
func (o Options) checkMoney() error {
	limited := o.DayBudget != (Budget{}) || o.TalkBudget != (Budget{})
	if limited && o.Ledger == nil {
		return errors.New("llm: a budget needs a ledger")
	}
	if o.DayBudget.Micros == 0 && o.TalkBudget.Micros == 0 {
		return nil
	}
	for _, model := range []string{o.ChatModel, o.VisionModel, o.EmbeddingModel, o.TranscriptionModel} {
		if _, priced := o.Prices[model]; model != "" && !priced {
			return fmt.Errorf("llm: a budget of money cannot be kept, since the price of %s is not known", model)
		}
	}
	return nil
}

// EmbeddingModel names the model whose vectors Embed gives; "" when there is none.
// Vectors of different models cannot be compared.
func (c *Client) EmbeddingModel() string { return c.embedding.model }

// Asks reports whether prompts without pictures can be asked.
func (c *Client) Asks() bool { return c.chat.model != "" }

// Looks reports whether prompts with pictures can be asked.
func (c *Client) Looks() bool { return c.vision.model != "" }

// Embeds reports whether there is a model for vectors.
func (c *Client) Embeds() bool { return c.embedding.model != "" }

// Hears reports whether there is a model for voice notes.
func (c *Client) Hears() bool { return c.transcription.model != "" }

// Close drops idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }
