package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"time"

	"heed/kernel/i18n"
	"heed/kernel/web/assets"
	"heed/kernel/web/ui"
)

// policy is the product's content policy: nothing but our own files, no inline
// style or script, no frames.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func main() {
	addr := flag.String("addr", "127.0.0.1:8099", "address to listen on")
	root := flag.String("root", ".", "root of the repository, where the catalogues are")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := serve(ctx, *addr, *root); err != nil {
		slog.Error("gallery stopped", "error", err)
		os.Exit(1)
	}
}

func serve(ctx context.Context, addr, root string) error {
	words, err := loadWords(root, func(lang, key string) { slog.Warn("a sentence is missing", "lang", lang, "key", key) })
	if err != nil {
		return err
	}
	server := &http.Server{Addr: addr, Handler: routes(words), ReadHeaderTimeout: 5 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	fmt.Println("gallery on http://" + addr)
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func routes(words *i18n.Bundle) http.Handler {
	mux := http.NewServeMux()
	all := exhibits()
	paths := make([]string, 0, len(all))
	for path, make := range all {
		paths = append(paths, path)
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			if err := make(frame(words, r)).Render(r.Context(), w); err != nil {
				slog.Error("exhibit", "path", r.URL.Path, "error", err)
			}
		})
	}
	slices.Sort(paths)
	mux.HandleFunc("GET /exhibits.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(paths); err != nil {
			slog.Error("list of exhibits", "error", err)
		}
	})
	mux.HandleFunc("GET /palette.json", palette)
	mux.HandleFunc("POST /draft", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("POST /theme", remember)
	mux.Handle("GET "+assets.Prefix, assets.Handler())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Referrer-Policy", "same-origin")
		mux.ServeHTTP(w, r)
	})
}

// remember keeps the theme as the product does: in a cookie, then back.
func remember(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: "theme", Value: r.FormValue("theme"), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

func palette(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	answer := ui.PaletteAnswer{Groups: []ui.PaletteGroup{
		{Heading: "People", Results: []ui.PaletteResult{{Text: "Ana Ruiz", Meta: "Chemistry", Href: "/desk/person", Icon: ui.IconUser}}},
		{Heading: "Tickets", Results: []ui.PaletteResult{{Text: "Cannot open the crystallography shared drive", Meta: "IT-204817", Href: "/desk/ticket", Icon: ui.IconInbox}}},
	}}
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		slog.Error("palette", "error", err)
	}
}
