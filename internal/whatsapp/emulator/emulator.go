package emulator

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"log/slog"
	mrand "math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	defaultHistory = 500
	defaultDisplay = "15550783881"
	webhookTimeout = 10 * time.Second
)

// Emulator is one WhatsApp Business Account with one number, and its customers. Safe for concurrent use. Close it.
type Emulator struct {
	cfg    Config
	log    *slog.Logger
	ctx    context.Context // ends with Close: the life of everything started here
	cancel context.CancelFunc
	client *http.Client
	tally  tally
	rates  *rates
	tape   tape
	ahead  atomic.Int64 // nanoseconds that Advance moved the clock
	faults faultBox
	media  mediaStore
	batch  batcher

	mu        sync.Mutex
	work      sync.WaitGroup
	closed    bool
	url       string
	urlSet    chan struct{} // closed and replaced when url changes
	moved     chan struct{} // closed and replaced when the clock is moved
	pending   int           // updates waiting or on their way
	settled   chan struct{} // closed when pending falls to 0; nil when nobody waits
	customers map[string]*Phone
	former    map[string]*Phone // by numbers they had before
	order     []*Phone
	templates []Template
	lastID    int // of a template
	setup     Setup
	apps      bool // an app is subscribed to the account
	onApp     bool // the number is also on the Business app
}

// New returns an emulator that is ready to serve and to post webhooks.
func New(cfg Config) *Emulator {
	cfg.DisplayNumber = cmp.Or(cfg.DisplayNumber, defaultDisplay)
	cfg.VerifiedName = cmp.Or(cfg.VerifiedName, "Antena Demo")
	cfg.History = cmp.Or(cfg.History, defaultHistory)
	cfg.RetryDelay = cmp.Or(cfg.RetryDelay, 100*time.Millisecond)
	cfg.RetryMax = cmp.Or(cfg.RetryMax, 5*time.Second)
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	em := &Emulator{
		cfg:       cfg,
		log:       cfg.Log,
		client:    newWebhookClient(),
		faults:    faultBox{dice: mrand.New(mrand.NewPCG(cfg.Seed, 1))},
		url:       cfg.WebhookURL,
		urlSet:    make(chan struct{}),
		moved:     make(chan struct{}),
		onApp:     cfg.Coexistence,
		customers: map[string]*Phone{},
		former:    map[string]*Phone{},
		apps:      true,
	}
	em.rates = newRates(cfg.Limits, em.Now)
	if em.log == nil {
		em.log = slog.New(slog.DiscardHandler)
	}
	em.ctx, em.cancel = context.WithCancel(context.Background())
	return em
}

func newWebhookClient() *http.Client {
	return &http.Client{
		Timeout:       webhookTimeout,
		Transport:     &http.Transport{MaxIdleConns: 512, MaxIdleConnsPerHost: 512, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Close stops posting webhooks, releases hanging answers and waits for everything the emulator started. What was not yet
// delivered is dropped. The handler then refuses with 503.
func (em *Emulator) Close() {
	em.mu.Lock()
	em.closed = true
	em.mu.Unlock()
	em.cancel()
	em.work.Wait()
	em.client.CloseIdleConnections()
}

// spawn runs fn as one of the things Close waits for; after Close it does nothing.
func (em *Emulator) spawn(fn func()) {
	em.mu.Lock()
	defer em.mu.Unlock()
	if em.closed {
		return
	}
	em.work.Go(fn)
}

// wait pauses for d and reports whether the emulator still lives.
func (em *Emulator) wait(d time.Duration) bool {
	if d <= 0 {
		return em.ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-em.ctx.Done():
		return false
	}
}

// Settle waits until no update is waiting, delayed or on its way to the webhook. It returns ctx's error otherwise.
func (em *Emulator) Settle(ctx context.Context) error {
	for {
		em.mu.Lock()
		if em.pending == 0 {
			em.mu.Unlock()
			return nil
		}
		if em.settled == nil {
			em.settled = make(chan struct{})
		}
		settled := em.settled
		em.mu.Unlock()
		select {
		case <-settled:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// owe counts updates that are to be delivered; negative when they were.
func (em *Emulator) owe(n int) {
	em.mu.Lock()
	defer em.mu.Unlock()
	em.pending += n
	if em.pending == 0 && em.settled != nil {
		close(em.settled)
		em.settled = nil
	}
}

// SetWebhookURL says where to post; updates that waited for an address go out now.
func (em *Emulator) SetWebhookURL(url string) {
	em.mu.Lock()
	defer em.mu.Unlock()
	em.url = url
	close(em.urlSet)
	em.urlSet = make(chan struct{})
}

// webhookURL returns the address, waiting for one if need be; "" after Close.
func (em *Emulator) webhookURL() string {
	for {
		em.mu.Lock()
		url, set := em.url, em.urlSet
		em.mu.Unlock()
		if url != "" {
			return url
		}
		select {
		case <-set:
		case <-em.ctx.Done():
			return ""
		}
	}
}

// newID makes a wamid out of the customer it belongs to, as Meta's ids also hold the number, so that no index is needed
// to find the phone of a message.
func newID(customer string) string {
	random := make([]byte, 12)
	rand.Read(random) // never fails
	return "wamid." + base64.StdEncoding.EncodeToString(append([]byte(customer+"|"), random...))
}

// customerOf returns the customer in a wamid.
func customerOf(wamid string) string {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(wamid, "wamid."))
	if err != nil {
		return ""
	}
	customer, _, _ := strings.Cut(string(raw), "|")
	return customer
}
