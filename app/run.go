package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/alecthomas/kong"

	"heed/kernel/fault"
)

// Program is how the binary was started.
type Program struct {
	Version string
	Args    []string
	Env     Env
	In      io.Reader
	Out     io.Writer
	Err     io.Writer
}

// commands are the verbs of the binary.
type commands struct {
	Config  string           `help:"Configuration file; see heed.example.yaml." type:"path" placeholder:"FILE"`
	Verbose bool             `help:"Log every request." short:"v"`
	Version kong.VersionFlag `help:"Print the version and stop."`

	Demo    demoCmd    `cmd:"" help:"Make a demo with invented people, if there is none yet, and serve it."`
	Serve   serveCmd   `cmd:"" help:"Serve a real installation."`
	Mail    mailCmd    `cmd:"" help:"Deliver a mail by hand."`
	Token   tokenCmd   `cmd:"" help:"Make an API token."`
	Import  importCmd  `cmd:"" help:"Import people."`
	Notice  noticeCmd  `cmd:"" help:"Check, print and compare notice files."`
	Verify  verifyCmd  `cmd:"" help:"Rebuild the ledger's tree from its records and compare."`
	Erase   eraseCmd   `cmd:"" help:"Forget a ticket, or a person with their tickets."`
	Export  exportCmd  `cmd:"" help:"Write the copy of a person's data."`
	Backup  backupCmd  `cmd:"" help:"Copy data and files while the service runs."`
	Restore restoreCmd `cmd:"" help:"Bring a backup back, and forget again what was forgotten since."`
	Doctor  doctorCmd  `cmd:"" help:"Check an installation and say what to do."`
}

// env is what every command is given.
type env struct {
	ctx context.Context
	p   Program
	c   Config
	log *slog.Logger
}

// Run carries out one command and returns the exit code.
func Run(ctx context.Context, p Program) int {
	var cli commands
	answered := false // help or the version was asked for, and printed
	parser, err := kong.New(&cli, kong.Name("heed"), kong.Description("A service desk that keeps the promises of its privacy notice."),
		kong.Vars{"version": p.Version}, kong.Writers(p.Out, p.Err), kong.UsageOnError(), kong.Exit(func(int) { answered = true }))
	if err != nil {
		return p.fail(err)
	}
	if len(p.Args) == 0 {
		p.Args = []string{"--help"}
	}
	call, err := parser.Parse(p.Args)
	if answered {
		return 0
	}
	if err != nil {
		_, _ = fmt.Fprintln(p.Err, "heed:", err)
		return 64
	}
	c, err := LoadConfig(cli.Config, p.Env)
	if err != nil {
		return p.fail(err)
	}
	level := slog.LevelWarn
	if cli.Verbose {
		level = slog.LevelInfo
	}
	e := &env{ctx: ctx, p: p, c: c, log: slog.New(slog.NewTextHandler(p.Err, &slog.HandlerOptions{Level: level}))}
	return p.fail(call.Run(e))
}

// fail prints what a person can act on; the cause of our own errors goes with
// it, since whoever runs a command is the operator.
func (p Program) fail(err error) int {
	if err == nil {
		return 0
	}
	if errors.Is(err, context.Canceled) {
		return 0
	}
	_, _ = fmt.Fprintln(p.Err, "heed:", err)
	return fault.KindOf(err).Exit()
}

func (e *env) say(format string, args ...any) { _, _ = fmt.Fprintf(e.p.Out, format+"\n", args...) }

// in overrides the data folder of the configuration.
func (e *env) in(data string) Config {
	c := e.c
	if data != "" {
		c.Data = data
	}
	return c
}

// open opens an existing installation.
func (e *env) open(data string) (*House, error) {
	return Open(e.ctx, e.in(data), Options{Log: e.log})
}

// with runs fn on an open house and closes it.
func (e *env) with(data string, fn func(*House) error) error {
	h, err := e.open(data)
	if err != nil {
		return err
	}
	return errors.Join(fn(h), h.Close())
}

type demoCmd struct {
	Size      int    `help:"How many tickets to invent; from 100,000 on they are plain ones, for measuring." default:"2000" aliases:"tickets"`
	Fresh     bool   `help:"Throw an earlier demo away and begin anew."`
	TestClock string `help:"Serve a clock at this address that can be moved forward." placeholder:"ADDRESS"`
}

// Run makes and serves the demo.
func (d *demoCmd) Run(e *env) error {
	c := e.c
	mark := filepath.Join(c.Data, demoMark)
	if _, err := os.Stat(mark); err != nil || d.Fresh {
		if entries, _ := os.ReadDir(c.Data); len(entries) > 0 && err != nil {
			return fault.Invalid("demo.data", "the folder %s holds data that no demo made; set HEED_DATA to an empty one", c.Data)
		}
		if err := d.clear(c.Data); err != nil {
			return err
		}
		e.say("Making a demo in %s …", c.Data)
		if err := BuildDemo(e.ctx, c, Options{Log: e.log}, d.Size, false, func(what string) { e.say("  %s", what) }); err != nil {
			return err
		}
		if err := os.WriteFile(mark, []byte("Every person in this folder is invented.\n"), 0o600); err != nil {
			return err
		}
	}
	return e.serve(c, d.TestClock, &Demo{})
}

// clear throws an earlier demo away, unless it still runs.
func (d *demoCmd) clear(data string) error {
	if _, err := os.Stat(data); err != nil {
		return nil
	}
	l, err := alone(data)
	if err != nil {
		return err
	}
	return errors.Join(os.RemoveAll(data), l.release())
}

type serveCmd struct {
	TestClock string `help:"Serve a clock at this address that can be moved forward; demo and test data only." placeholder:"ADDRESS"`
}

// Run serves a real installation.
func (s *serveCmd) Run(e *env) error { return e.serve(e.c, s.TestClock, nil) }

func (e *env) serve(c Config, testClock string, demo *Demo) error {
	o := Options{Log: e.log, Make: true}
	stop, err := o.useTestClock(e, c, testClock)
	if err != nil {
		return err
	}
	defer stop()
	h, err := Open(e.ctx, c, o)
	if err != nil {
		return err
	}
	site := &Site{House: h, Demo: demo, Version: e.p.Version}
	err = site.Serve(e.ctx, func(web, lmtp string) {
		e.say("Heed answers on http://%s (mail by LMTP on %s)", web, lmtp)
	})
	return errors.Join(err, h.Close())
}
