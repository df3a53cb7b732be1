package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"heed/kernel/web/ui"
)

// catalogues maps a language to its keys and sentences.
type catalogues map[string]map[string]string

// loadWords reads the catalogues of all slices, so that a change shows on reload
// of the gallery and a missing key is seen as itself.
func loadWords(root string) (catalogues, error) {
	out := catalogues{"en": {}, "fr": {}}
	for lang, words := range out {
		for _, pattern := range []string{"*/messages/" + lang + ".json", "kernel/web/ui/messages/" + lang + ".json"} {
			files, err := filepath.Glob(filepath.Join(root, pattern))
			if err != nil {
				return nil, err
			}
			for _, file := range files {
				raw, err := os.ReadFile(file)
				if err != nil {
					return nil, err
				}
				if err := json.Unmarshal(raw, &words); err != nil {
					return nil, fmt.Errorf("%s: %w", file, err)
				}
			}
		}
	}
	if len(out["en"]) == 0 {
		return nil, fmt.Errorf("no catalogue below %s: start the gallery in the root of the repository or give -root", root)
	}
	return out, nil
}

// say is the T of one language. English fills in for what has no French.
func (c catalogues) say(lang string) ui.T {
	return func(key string, args ...any) string {
		text, ok := c[lang][key]
		if !ok {
			text, ok = c["en"][key]
		}
		if !ok {
			return key
		}
		for i := 0; i+1 < len(args); i += 2 {
			text = strings.ReplaceAll(text, fmt.Sprintf("{%v}", args[i]), fmt.Sprint(args[i+1]))
		}
		return text
	}
}

// frame fills what every exhibit has in common.
func frame(words catalogues, r *http.Request) ui.Frame {
	lang, tag := "en", "en-GB"
	if r.FormValue("lang") == "fr" {
		lang, tag = "fr", "fr-CA"
	}
	theme := r.FormValue("theme")
	if cookie, err := r.Cookie("theme"); err == nil && theme == "" {
		theme = cookie.Value
	}
	return ui.Frame{
		T: words.say(lang), Lang: tag, Theme: theme, ThemeAction: "/theme", Here: r.URL.RequestURI(),
		Brand:  ui.Brand{Name: "Northgate University", Sub: "IT help", Href: "/portal"},
		Notice: ui.Link{Text: "Privacy notice, version 7", Href: "/notice"},
		Foot:   []ui.Link{{Text: "Accessibility", Href: "/portal"}, {Text: "Phone 020 7946 0100, weekdays 08:30 to 18:00"}},
	}
}
