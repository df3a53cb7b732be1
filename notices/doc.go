// Package notices carries the notice files that come with Heed: readings of
// five published privacy notices, and the choices the demonstration makes where
// those leave something open.
//
// The institutions have no part in Heed. Each file says what was read and of
// what date; the words are Heed's own. Files that an operator puts into the
// notice folder of an installation take their place.
//
// What lives elsewhere: what the files mean is package notice.
package notices

import (
	"embed"
	"io/fs"
)

//go:embed *.yaml demo/*.yaml
var files embed.FS

// Files returns the notice files, each with its decides.
func Files() fs.FS { return files }

// Demo returns the overlays of the demonstration, one for each notice, under
// the same file names.
func Demo() (fs.FS, error) { return fs.Sub(files, "demo") }
