// Command bench drives signed webhooks through the running binary and prints what
// it bears: acknowledgements and answers a second, how long both take, CPU time
// and memory. It builds the binary, starts it on a fresh database, plays Meta's
// side itself on loopback, and ends what it started.
//
// Two phases, on each database:
//
//	steady   so many messages a second, each from another customer, for so long;
//	         every one must be answered once
//	burst    as many signed posts as the connections bear, to see how fast
//	         acknowledgements come; what they carry is answered afterwards
//
// With -pages it fills a desk instead, tens of thousands of conversations large,
// reads every sort of page signed in, and counts how long open consoles take to hear
// of a change and to show it.
//
// The generator shares the machine with the server, so its own work is in the
// wall figures. It is no test: it fails only when an answer is missing or doubled.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"antena/internal/pgtmp"
)

type settings struct {
	databases string
	rate      int
	steady    time.Duration
	conns     int
	burst     time.Duration
	quiet     time.Duration
	receipts  bool
	binary    string

	pages         bool
	conversations int
	messages      int
	consoles      int
	repeat        int
	rounds        int
	deep          int
	seed          uint64
	index         time.Duration
}

func main() {
	var s settings
	flag.StringVar(&s.databases, "databases", "sqlite,postgres", "which to run on")
	flag.IntVar(&s.rate, "rate", 400, "messages a second in the steady phase")
	flag.DurationVar(&s.steady, "steady", 60*time.Second, "length of the steady phase")
	flag.IntVar(&s.conns, "conns", 64, "connections of the burst phase")
	flag.DurationVar(&s.burst, "burst", 5*time.Second, "length of the burst phase; 0: none")
	flag.DurationVar(&s.quiet, "quiet", 2500*time.Millisecond, "ANTENA_QUIET_TIME of the server, which is in every answer's time")
	flag.BoolVar(&s.receipts, "receipts", false, "send back sent, delivered and read for every answer, as Meta does")
	flag.StringVar(&s.binary, "binary", "", "a built antena; default: build one")
	flag.BoolVar(&s.pages, "pages", false, "instead, fill a desk and measure the console's pages and live updates")
	flag.IntVar(&s.conversations, "conversations", 50_000, "of the filled desk")
	flag.IntVar(&s.messages, "messages", 500_000, "of the filled desk")
	flag.IntVar(&s.consoles, "consoles", 50, "open at once for live updates")
	flag.IntVar(&s.repeat, "repeat", 60, "how often each page is read")
	flag.IntVar(&s.rounds, "rounds", 20, "changes that all consoles hear of")
	flag.IntVar(&s.deep, "deep", 100, "how many pages to go into a list before measuring")
	flag.Uint64Var(&s.seed, "seed", 1, "of what the desk is filled with")
	flag.DurationVar(&s.index, "index", 15*time.Minute, "how long to wait for the search to know everything")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, s settings) error {
	dir, err := os.MkdirTemp("", "antena-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if s.binary == "" {
		if s.binary, err = build(ctx, dir); err != nil {
			return err
		}
	}
	for _, name := range split(s.databases) {
		on := one
		if s.pages {
			on = pagesOn
		}
		if err := on(ctx, s, dir, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// one measures on one database.
func one(ctx context.Context, s settings, dir, name string) (err error) {
	url := ""
	if name == "postgres" {
		var stop func()
		if url, stop, err = pgtmp.Durable(); err != nil {
			return err
		}
		defer stop()
	}
	graph, err := newGraph(s.receipts)
	if err != nil {
		return err
	}
	defer graph.close()
	server, err := start(ctx, s, dir, name, url, graph.url)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	graph.hook = server.url + "/webhooks/whatsapp"
	fmt.Printf("\n%s\n  ready after %s, resident memory %s\n", name, server.ready.Round(time.Millisecond), megabytes(server.memory()))
	if err := warm(ctx, graph); err != nil {
		return err
	}
	if err := steady(ctx, s, server, graph); err != nil {
		return err
	}
	if s.burst <= 0 {
		return nil
	}
	return burst(ctx, s, server, graph)
}
