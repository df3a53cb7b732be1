package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"heed/app"
	"heed/app/demo"
)

// fill opens plain tickets until there are want of them.
func fill(ctx context.Context, c app.Config, have, want int) error {
	h, err := app.Open(ctx, c, app.Options{Unsafe: true})
	if err != nil {
		return err
	}
	defer func() { _ = h.Close() }()
	h.DB.SetRecorder(nil)
	f := demo.Filler{DB: h.DB, People: h.People, Tickets: h.Tickets}
	if err := f.Fill(ctx, have, want, func(int) {}); err != nil {
		return err
	}
	// what a server does by itself in the days in which as much comes in
	if err := h.DB.Scrub(ctx); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(c.Data, filledFile), []byte(strconv.Itoa(want)), 0o600)
}

// filledFile says, in the data folder, how many tickets a database was filled with.
const filledFile = "filled"

// filled is how many tickets a kept database has; 0 when there is none.
func filled(c app.Config) (int, error) {
	raw, err := os.ReadFile(filepath.Join(c.Data, filledFile))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(string(raw))
}
