package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"heed/kernel/i18n"
	"heed/kernel/web/ui"
)

// loadWords reads the catalogues of all slices from the tree. missing is told
// about every sentence that a page asks for and does not find.
func loadWords(root string, missing func(lang, key string)) (*i18n.Bundle, error) {
	var all []i18n.Catalogue
	for _, pattern := range []string{"*/messages", "app/*/messages", "kernel/web/ui/messages"} {
		folders, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			return nil, err
		}
		for _, folder := range folders {
			slice := filepath.Dir(folder)
			all = append(all, i18n.Catalogue{Slice: filepath.Base(slice), Files: os.DirFS(slice)})
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no catalogue below %s: start the gallery in the root of the repository or give -root", root)
	}
	return i18n.NewBundle(missing, all...)
}

// frame fills what every exhibit has in common.
func frame(words *i18n.Bundle, r *http.Request) ui.Frame {
	lang, tag := "en", "en-GB"
	if r.FormValue("lang") == "fr" {
		lang, tag = "fr", "fr-CA"
	}
	theme := r.FormValue("theme")
	if cookie, err := r.Cookie("theme"); err == nil && theme == "" {
		theme = cookie.Value
	}
	return ui.Frame{
		T: words.Localizer(lang).T, Lang: tag, Theme: theme, ThemeAction: "/theme", Here: r.URL.RequestURI(),
		Brand:  ui.Brand{Name: "Northgate University", Sub: "IT help", Href: "/portal"},
		Notice: ui.Link{Text: "Privacy notice, version 7", Href: "/notice"},
		Foot:   []ui.Link{{Text: "Accessibility", Href: "/portal"}, {Text: "Phone 020 7946 0100, weekdays 08:30 to 18:00"}},
	}
}
