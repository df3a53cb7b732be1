package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// bundle runs esbuild once for the stylesheet and once for the script.
//
// No browser targets are named: the sources are written for browsers that know
// light-dark(), layers and container queries, and lowering light-dark() would
// undo the one-value-per-colour rule of the tokens.
func bundle(in input) (map[string][]byte, error) {
	files := map[string][]byte{}
	entries := map[string]string{
		"app.css": filepath.Join(in.ui, "styles", "app.css"),
		"app.js":  filepath.Join(in.ui, "scripts", "app.ts"),
	}
	for name, entry := range entries {
		res := api.Build(api.BuildOptions{
			EntryPoints:       []string{entry},
			Bundle:            true,
			Format:            api.FormatIIFE,
			MinifyWhitespace:  true,
			MinifyIdentifiers: true,
			MinifySyntax:      true,
			LegalComments:     api.LegalCommentsNone,
			Charset:           api.CharsetUTF8,
			NodePaths:         []string{in.npm},
			Loader:            map[string]api.Loader{".svg": api.LoaderDataURL},
			Outfile:           name,
			Write:             false,
		})
		if err := firstErrors(res.Errors, res.Warnings); err != nil {
			return nil, err
		}
		files[name] = res.OutputFiles[0].Contents
	}
	return files, nil
}

// firstErrors turns esbuild's messages into one error; a warning counts, since
// a misspelt property is a broken page.
func firstErrors(lists ...[]api.Message) error {
	var all []error
	for _, list := range lists {
		for _, m := range list {
			where := "(no place)"
			if m.Location != nil {
				where = fmt.Sprintf("%s:%d:%d", m.Location.File, m.Location.Line, m.Location.Column)
			}
			all = append(all, fmt.Errorf("%s: %s", where, m.Text))
		}
	}
	return errors.Join(all...)
}
