// Command heed is the whole service desk in one binary: run it without
// arguments to see its verbs.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"heed/app"
)

// version is stamped by the build.
var version = "development"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(app.Run(ctx, app.Program{Version: version, Args: os.Args[1:], Env: os.Getenv, In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
