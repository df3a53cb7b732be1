package main

import (
	"context"

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
	return f.Fill(ctx, have, want, func(int) {})
}
