// Package demo runs the whole of Antena for a visitor: the same server as serve,
// on an embedded database, talking over HTTP to an emulated WhatsApp with signed
// webhooks, and a phone page to be a customer on.
//
// It is not a mode of the server: nothing in the server knows of it.
//
// # How it fails
//
// A taken port, a folder another process uses or a database that does not answer
// ends it with that reason. Everything it made, but a folder it was told to keep,
// goes when it ends.
package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"golang.org/x/sync/errgroup"

	"antena/faq"
	"antena/internal/account"
	"antena/internal/app"
	"antena/internal/config"
	"antena/internal/demo/phone"
	"antena/internal/desk"
	"antena/internal/knowledge"
	"antena/internal/whatsapp/emulator"
)

// Options say where the demo listens and what it keeps.
type Options struct {
	ConsoleAddr string // host:port; port 0 takes any
	PhoneAddr   string
	DataDir     string        // kept when given
	DatabaseURL string        // PostgreSQL; empty: SQLite
	Empty       bool          // no first messages
	Models      config.OpenAI // zero: no language model is asked
	Knowledge   fs.FS         // nil: the shipped articles, intents and flows
	Version     string
	Faults      string    // a profile of faults to begin with, see emulator.FaultProfiles; empty: a good network
	Replay      string    // a recorded session that is played at the start, instead of the first messages
	Out         io.Writer // gets the addresses and links
	Log         *slog.Logger
	Ready       func(Addresses) // called once everything serves; may be nil
}

// Addresses are where a visitor goes.
type Addresses struct {
	Phone   string
	Console string
	Admin   string // one-time sign-in links
	Agent   string
}

// The emulated account. These are no secrets: everything stays on this machine.
const (
	demoSecret = "demo-app-secret"
	demoToken  = "demo-access-token"
	demoVerify = "demo-verify-token"
	demoNumber = "100000000000001"
	demoWABA   = "200000000000001"
)

// Run serves the demo until the context ends.
func Run(ctx context.Context, o Options) error {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Knowledge == nil {
		o.Knowledge = faq.Files
	}
	dir, cleanup, err := folder(o.DataDir)
	if err != nil {
		return err
	}
	defer cleanup()
	session, err := o.session()
	if err != nil {
		return err
	}
	em := emulator.New(emulator.Config{
		AppSecret: demoSecret, VerifyToken: demoVerify, AccessToken: demoToken, PhoneNumberID: demoNumber, WABAID: demoWABA,
		VerifiedName: "Río Fibra", StatusDelay: 250 * time.Millisecond, ReadDelay: 600 * time.Millisecond, ReviewDelay: 4 * time.Second, Coexistence: true, Log: o.Log,
	})
	defer em.Close()
	if o.Faults != "" {
		if _, err := em.InjectProfile(o.Faults); err != nil {
			return err
		}
	}
	if err := approve(em, o.Knowledge); err != nil {
		return err
	}
	graph, graphURL, err := listen(ctx, "127.0.0.1:0")
	if err != nil {
		return err
	}
	consoleLn, consoleURL, err := listen(ctx, o.ConsoleAddr)
	if err != nil {
		return errors.Join(err, graph.Close())
	}
	phoneLn, phoneURL, err := listen(ctx, o.PhoneAddr)
	if err != nil {
		return errors.Join(err, graph.Close(), consoleLn.Close())
	}
	a, err := build(ctx, o, dir, graphURL, consoleURL, em.Now)
	if err != nil {
		return errors.Join(err, graph.Close(), consoleLn.Close(), phoneLn.Close())
	}
	links, err := people(ctx, a)
	if err != nil {
		return errors.Join(err, a.Close(), graph.Close(), consoleLn.Close(), phoneLn.Close())
	}
	em.SetWebhookURL(consoleURL + "/webhooks/whatsapp")
	group, ctx := errgroup.WithContext(ctx)
	page := phone.New(phone.Deps{Emulator: em, Customers: cast(session), Log: o.Log, ConsoleURL: consoleURL, SignIn: newLink(a, consoleURL), Closing: ctx.Done()}).Handler()
	group.Go(func() error { return serve(ctx, graph, em.Handler()) })
	group.Go(func() error { return serve(ctx, phoneLn, page) })
	group.Go(func() error { return a.Run(ctx, consoleLn) })
	switch {
	case session != nil:
		group.Go(func() error { return replay(ctx, em, session, o.Log) })
	case !o.Empty:
		firstWords(em)
	}
	where := Addresses{Phone: phoneURL, Console: consoleURL, Admin: app.LinkURL(consoleURL, links.admin), Agent: app.LinkURL(consoleURL, links.agent)}
	welcome(o.Out, where)
	if o.Ready != nil {
		o.Ready(where)
	}
	return group.Wait()
}

// folder returns where the demo keeps its data, and what removes it afterwards.
func folder(keep string) (dir string, cleanup func(), err error) {
	if keep != "" {
		return keep, func() {}, os.MkdirAll(keep, 0o700)
	}
	dir, err = os.MkdirTemp("", "antena-demo-*")
	return dir, func() { _ = os.RemoveAll(dir) }, err
}

func listen(ctx context.Context, addr string) (net.Listener, string, error) {
	var lc net.ListenConfig
	ln, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, "", fmt.Errorf("the address %s cannot be used (choose another with --console or --phone): %w", addr, err)
	}
	host, port, err := net.SplitHostPort(ln.Addr().String())
	if err != nil {
		return nil, "", err
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() || ip.IsLoopback() {
		host = "localhost"
	}
	return ln, "http://" + net.JoinHostPort(host, port), nil
}

func build(ctx context.Context, o Options, dir, graphURL, consoleURL string, now func() time.Time) (*app.App, error) {
	lib, err := knowledge.Load(o.Knowledge)
	if err != nil {
		return nil, err
	}
	cfg := config.Config{
		DataDir: dir, DatabaseURL: config.Secret(o.DatabaseURL), PublicURL: consoleURL, Languages: desk.Languages, TimeZone: "UTC",
		QuietTime: 2500 * time.Millisecond, LongestWait: 8 * time.Second, OpenAI: o.Models, PrivateWebhooks: true, Surveys: true,
		WhatsApp: config.WhatsApp{
			AppSecrets: []config.Secret{demoSecret}, VerifyToken: demoVerify, AccessToken: demoToken, PhoneNumberIDs: []string{demoNumber},
			WABAID: demoWABA, APIBaseURL: graphURL, APIVersion: "v25.0", MessagesPerSecond: 80,
		},
	}
	return app.New(ctx, app.Options{Config: cfg, Log: o.Log, Now: now, Version: o.Version, Knowledge: o.Knowledge, Profile: knowledge.DemoProfile(lib)})
}

func serve(ctx context.Context, ln net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := server.Shutdown(grace); err != nil {
			err = server.Close()
			stopped <- err
			return
		}
		stopped <- nil
	}()
	if err := server.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

const agentEmail = "bruno@riofibra.example"

type signIn struct{ admin, agent string }

// people makes the demo's staff, or new links for those of a kept folder.
func people(ctx context.Context, a *app.App) (signIn, error) {
	admin, err := person(ctx, a, "Ana Torres", "ana@riofibra.example", desk.RoleAdmin, "es")
	if err != nil {
		return signIn{}, err
	}
	agent, err := person(ctx, a, "Bruno Lima", agentEmail, desk.RoleAgent, "pt")
	return signIn{admin: admin, agent: agent}, err
}

func person(ctx context.Context, a *app.App, name, email string, role desk.Role, language string) (token string, err error) {
	known, err := a.Store.AgentByEmail(ctx, email)
	if err == nil {
		return a.Accounts.NewLink(ctx, account.Operator(), known.ID)
	}
	if !errors.Is(err, desk.ErrNotFound) {
		return "", err
	}
	_, token, err = a.Accounts.CreateAgent(ctx, account.Operator(), account.NewAgent{Name: name, Email: email, Role: role, Language: language})
	return token, err
}

func welcome(out io.Writer, w Addresses) {
	fmt.Fprintf(out, `
  Antena is running with a fictional provider, Río Fibra. Nothing leaves this machine.

  Phone     %s
            be a customer: pick one, write, press buttons, send a photo

  Console   sign in with a one-time link:
            Ana (admin)    %s
            Bruno (agent)  %s

  Ctrl+C ends it.

`, w.Phone, w.Admin, w.Agent)
}
