// Command antena is the support desk an internet service provider puts behind
// its WhatsApp number.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"antena/internal/config"
)

// version is set when a release is built.
var version = "development"

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr, os.LookupEnv)) }

// commands is the whole command line.
type commands struct {
	Demo     demoCommand      `cmd:"" help:"Try Antena now: a demo provider, a phone page and the console. No account, no key."`
	Serve    serveCommand     `cmd:"" help:"Serve the webhook and the console."`
	Migrate  migrateCommand   `cmd:"" help:"Bring the database up to date, and end."`
	User     userCommands     `cmd:"" help:"People who may sign in to the console."`
	Token    tokenCommands    `cmd:"" help:"Tokens with which other programs use the API."`
	Contact  contactCommands  `cmd:"" help:"Subscribers and contacts: take them in from a file."`
	FAQ      faqCommands      `cmd:"" name:"faq" help:"Check, import and export articles."`
	Profile  profileCommands  `cmd:"" help:"What the provider sets: name, hours, thresholds and the words that articles leave open."`
	Eval     evalCommands     `cmd:"" help:"Measure the assistant on any data, compare results, tune its thresholds."`
	WhatsApp whatsAppCommands `cmd:"" name:"whatsapp" help:"Set up with Meta: doctor, subscription, templates."`
	Turn     turnCommands     `cmd:"" help:"What the assistant decided, and whether it would again."`
	Config   configCommand    `cmd:"" help:"Show the settings in force, without secrets."`
	Health   healthCommand    `cmd:"" help:"Ask a running server whether it is ready; for containers."`
	Version  versionCommand   `cmd:"" help:"Show the version."`
}

// world is what every command may use.
type world struct {
	out    io.Writer
	err    io.Writer
	lookup config.Lookup
}

func run(args []string, out, errOut io.Writer, lookup config.Lookup) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	var cli commands
	exit := -1
	parser, err := kong.New(&cli,
		kong.Name("antena"), kong.Description("The support desk behind an internet provider's WhatsApp number."),
		tuneDefaults(), kong.UsageOnError(), kong.Writers(out, errOut), kong.Exit(func(code int) { exit = code }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(&world{out: out, err: errOut, lookup: lookup}),
	)
	if err != nil {
		return fail(errOut, err)
	}
	command, err := parser.Parse(args)
	if exit >= 0 {
		return exit // help was shown
	}
	if err != nil {
		parser.FatalIfErrorf(err)
		return max(exit, 1)
	}
	if err := command.Run(); err != nil {
		return fail(errOut, err)
	}
	return 0
}

// errBelow ends a command whose figures miss the wanted minimum: it has said so.
var errBelow = errors.New("below the wanted minimum")

func fail(errOut io.Writer, err error) int {
	fmt.Fprintln(errOut, "antena:", err)
	if errors.Is(err, errBelow) {
		return 3
	}
	if errors.Is(err, errIll) {
		return 4
	}
	return 1
}
