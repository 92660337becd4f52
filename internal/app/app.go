package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"time"

	"antena/faq"
	"antena/internal/account"
	"antena/internal/adapt"
	"antena/internal/agents"
	"antena/internal/channel"
	"antena/internal/compose"
	"antena/internal/config"
	"antena/internal/consult"
	"antena/internal/desk"
	"antena/internal/find"
	"antena/internal/inbox"
	"antena/internal/knowledge"
	"antena/internal/live"
	"antena/internal/media"
	"antena/internal/outbox"
	"antena/internal/pricing"
	"antena/internal/promises"
	"antena/internal/rota"
	"antena/internal/sla"
	"antena/internal/store"
	"antena/internal/templates"
	"antena/internal/turn"
	"antena/internal/understand"
	"antena/internal/understand/cues"
	"antena/internal/upkeep"
	"antena/internal/views"
	"antena/internal/web/console"
	"antena/internal/web/hook"
	"antena/internal/whatsapp"
	"antena/internal/work"
)

// Options are what a caller may set beside the settings.
type Options struct {
	Config  config.Config
	Log     *slog.Logger
	Now     func() time.Time // nil: the machine's clock
	Version string
	// Knowledge are the files a new desk starts with; nil: the shipped ones.
	Knowledge fs.FS
	// Profile is the first profile of a new desk; nil: an empty one from the settings.
	Profile *desk.Profile
	// Workers changes how many jobs of a queue run at once; nil: the defaults.
	Workers map[string]int
	// Brain may be shared by several desks with the same knowledge, which it then
	// learns once; nil: one of its own.
	Brain *understand.Brain
}

// App is Antena, built and not yet started.
type App struct {
	Options
	Accounts *account.Accounts
	Store    *store.Store

	library   *knowledge.Library
	brain     *understand.Brain
	models    models
	scribe    *consult.Scribe
	current   *knowledge.Current
	hub       *live.Hub
	company   *live.Company
	acceptor  *inbox.Acceptor
	runner    *work.Runner
	engine    *turn.Engine
	outbox    *outbox.Outbox
	prices    *pricing.Prices
	templates *templates.Shelf
	upkeep    *upkeep.Upkeep
	clocks    *sla.Current
	promises  *promises.Keeper
	rota      *rota.Rota
	client    *whatsapp.Client
	metrics   *metrics
	agents    *agents.Desk
	media     *media.Library
	views     *views.Views
	signals   *signals
	programs  programs
	learned   chan error // the outcome of learning the first book
	working   bool       // jobs run
	closing   chan struct{}
	closeOnce func()
}

// New builds Antena. Any problem, from the settings to the knowledge, is an
// error here and not later. Close what New returned, or Run it.
func New(ctx context.Context, o Options) (*App, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Knowledge == nil {
		o.Knowledge = faq.Files
	}
	a := &App{Options: o, hub: &live.Hub{}, clocks: sla.NewCurrent(&sla.Rules{}), metrics: newMetrics(), learned: make(chan error, 1), closing: make(chan struct{})}
	a.company = live.NewCompany(func(c desk.Change) { a.Store.Announce(c) }, o.Now)
	a.closeOnce = closeOnce(a.closing)
	if err := a.build(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *App) build(ctx context.Context) error {
	library, err := knowledge.Load(a.Knowledge)
	if err != nil {
		return fmt.Errorf("the knowledge has problems:\n%w", err)
	}
	a.library = library
	cfg := a.Config
	a.Store, err = store.Open(ctx, store.Options{URL: cfg.DatabaseURL.Reveal(), DataDir: cfg.DataDir, Log: a.Log, Now: a.Now, Publish: a.publish, Promises: a.clocks})
	if err != nil {
		return err
	}
	a.client, err = NewClient(cfg)
	if err != nil {
		return err
	}
	a.Accounts = account.New(account.Deps{Store: accountStore{a.Store}, Now: a.Now, Log: a.Log})
	if err := a.openModels(); err != nil {
		return err
	}
	if err := a.openRota(ctx); err != nil {
		return err
	}
	if err := a.learn(ctx); err != nil {
		return err
	}
	if err := a.openPromises(ctx); err != nil {
		return err
	}
	return a.wire()
}

// learn imports the knowledge a new desk starts with, and trains the brain.
func (a *App) learn(ctx context.Context) error {
	keep := knowledgeStore{a.Store}
	if _, err := knowledge.Import(ctx, keep, a.library, false, desk.Clock(a.Now)()); err != nil {
		return err
	}
	first := a.Profile
	if first == nil {
		first = knowledge.NewProfile("", a.Config.Country, a.Config.TimeZone, a.Config.Languages)
	}
	brain := a.Brain
	if brain == nil {
		brain = understand.New(a.Now)
	}
	a.brain = brain
	current, err := knowledge.NewCurrent(ctx, keep, a.library, first, a.teach(ctx, brain))
	if err != nil {
		return err
	}
	a.current = current
	a.engine = turn.New(turn.Deps{Scenes: a.Store, Store: adapt.Turn{Store: a.Store}, Understander: a.reader(brain), Wordsmith: a.writer(), Deadline: a.deadline(), Knowledge: current, Roster: a.rota.Roster, Queue: a.queue, Awaited: a.models.awaited(), Hurried: hurried, Summaries: a.models.asks(), Now: a.Now, Log: a.Log})
	return nil
}

// teach returns what hands a book to the brain. The first is learned beside the
// rest of the start; jobs wait for it, the webhook and the console do not.
func (a *App) teach(ctx context.Context, brain *understand.Brain) func(*desk.Book) error {
	ctx = context.WithoutCancel(ctx)
	started := false
	return func(b *desk.Book) error {
		a.learnVectors(ctx, b)
		if started {
			return brain.Learn(ctx, b)
		}
		started = true
		// Nobody waits for it to end: it touches memory alone, and a stop must not take as long.
		go func() { a.learned <- brain.Learn(ctx, b) }()
		return nil
	}
}

// wantsAnswer tells whether "typing…" would be the truth.
func wantsAnswer(text string) bool {
	found := cues.Read(text)
	return !found.Thanks && !found.OptOut
}

func hurried(text string) bool {
	found := cues.Read(text)
	return found.Person || found.OptOut
}

func stopsWriting(text string) bool {
	found := cues.Read(text)
	return found.OptOut
}

// wire connects the use cases with the jobs.
func (a *App) wire() error {
	var err error
	if a.prices, err = a.openPrices(); err != nil {
		return err
	}
	if a.templates, err = NewTemplates(a.Config, a.client, a.Store, a.Options); err != nil {
		return err
	}
	line := channel.New(a.client)
	a.signals = newSignals(line, a.Store)
	in := inbox.New(inbox.Deps{
		Store: adapt.Inbox{Store: a.Store}, Read: channel.Read, StopWriting: stopsWriting, Withdrawals: compose.Withdrawals, Heard: a.heard, Strange: a.metrics.Strange, Price: a.prices.Confirm, SurveyThanks: compose.SurveyThanks,
		Quiet: a.Config.QuietTime, Longest: a.Config.LongestWait, Now: a.Now, Log: a.Log,
	})
	a.acceptor = inbox.NewAcceptor(in, a.Now)
	shelf, err := a.shelf()
	if err != nil {
		return err
	}
	a.media = media.New(media.Deps{Shelf: shelf, Spool: a.spool(), Line: line, Store: mediaStore{a.Store}, Next: a.reading, Now: a.Now, Log: a.Log})
	a.scribe = a.newScribe()
	a.outbox = outbox.New(outbox.Deps{Store: adapt.Outbox{Store: a.Store}, Line: line, Files: a.media, PerSecond: a.Config.WhatsApp.MessagesPerSecond, Price: a.priced, Now: a.Now, Log: a.Log})
	a.agents = agents.New(agents.Deps{Store: adapt.Agents{Store: a.Store}, Held: a.held, PhoneQuestion: compose.AskPhone, Receipt: compose.Receipt, Profile: a.current.Profile, Turn: a.Store.Turn, Teams: a.takes, Surveys: a.Config.Surveys, Zone: a.zone, Now: a.Now})
	a.views = a.newViews()
	a.upkeep = upkeep.New(upkeep.Deps{Reader: a.Store, Store: upkeepStore{a.Store}, Meet: in.Meet, Now: a.Now, Log: a.Log})
	if err := a.openPrograms(); err != nil {
		return err
	}
	runner, err := work.New(a.Store.River, a.handlers(in), work.Options{Log: a.Log, Now: a.Now, Workers: a.Workers})
	if err != nil {
		return err
	}
	a.runner = runner
	return nil
}

// Close releases everything of an app that is not running.
func (a *App) Close() error {
	a.closeOnce()
	if a.acceptor != nil {
		a.acceptor.Close()
	}
	if a.signals != nil {
		a.signals.Close()
	}
	if a.outbox != nil {
		ctx, cancel := context.WithTimeout(context.Background(), paceMax)
		defer cancel()
		a.outbox.Close(ctx)
	}
	if a.client != nil {
		a.client.Close()
	}
	a.models.close()
	if a.Store != nil {
		return a.Store.Close()
	}
	return nil
}

// publish tells this process of a change, of its own or of another replica.
func (a *App) publish(c desk.Change) {
	a.company.Hear(c)
	a.hub.Publish(c)
}

// Current is the knowledge in force.
func (a *App) Current() *knowledge.Current { return a.current }

// Listen opens the listener of the settings.
func (a *App) Listen(ctx context.Context) (net.Listener, error) {
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", a.Config.ListenAddr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", a.Config.ListenAddr, err)
	}
	return ln, nil
}

func (a *App) console() (*console.Console, error) {
	return console.New(console.Deps{
		Writing: a.agents, Written: a.Store, Company: a.company, Profile: a.current.Profile,
		Scribe: a.scribe, Editor: a.editor(), Models: &a.models, Draft: a.drafter(),
		Rota: a.rota, Staffing: a.Store,
		Desk: a.agents, Tickets: a.agents, Ties: a.agents, Tied: a.Store, Account: staff{a.Accounts, a.agents}, Reader: a.Store, Lists: a.Store, Views: a.views, Finder: find.New(a.Store, func() string { return a.current.Profile().Country }, a.Now), Live: a.hub, Jobs: a.runner, Sessions: a.Store.Sessions(), Media: a.media, Tokens: a.programs.tokens, Webhooks: a.programs.hooks,
		Templates: a.templates, Prices: a.prices, Promises: a.promises, Country: func() string { return a.current.Profile().Country },
		Checkup: a.lastCheckup, Examine: a.examine,
		ResolveAlert: a.resolveAlert, Resume: a.resume,
		Replay: a.replay,
		Book:   a.current.Book,
		Zone:   a.zone,
		Now:    a.Now, Log: a.Log, PublicURL: a.Config.BaseURL(), Closing: a.closing,
	})
}

func (a *App) hook() *hook.Hook {
	secrets := make([]string, 0, len(a.Config.WhatsApp.AppSecrets))
	for _, s := range a.Config.WhatsApp.AppSecrets {
		secrets = append(secrets, s.Reveal())
	}
	return hook.New(hook.Deps{Accepter: a.acceptor, Secrets: secrets, VerifyToken: a.Config.WhatsApp.VerifyToken.Reveal(), Counter: a.metrics, Log: a.Log})
}
