package assets

import (
	"embed"
	"encoding/json"
	"io/fs"
	"sync"
)

// Prefix is the path under which Handler expects to be mounted.
const Prefix = "/assets/"

// missing stands in the address of an asset that was not built, so that the
// request for it explains itself.
const missing = "missing/"

//go:embed all:dist
var dist embed.FS

// published reads the embedded manifest once. Its result never changes during
// the life of a process, since the files are part of the binary.
var published = sync.OnceValue(func() set { return load(dist) })

// Path returns the address of an asset by its plain name, such as "app.css".
// An unknown name, or a binary built without assets, gives an address whose
// answer says what to do, so that a template never has to handle an error.
func Path(name string) string { return published().path(name) }

// set is one built collection of assets.
type set struct {
	files fs.FS
	names map[string]string // plain name to public name
}

// load reads dist/manifest.json; without one the set is empty.
func load(files fs.FS) set {
	s := set{files: files, names: map[string]string{}}
	raw, err := fs.ReadFile(files, "dist/manifest.json")
	if err != nil {
		return s
	}
	if err := json.Unmarshal(raw, &s.names); err != nil {
		s.names = map[string]string{}
	}
	return s
}

func (s set) path(name string) string {
	public, ok := s.names[name]
	if !ok {
		return Prefix + missing + name
	}
	return Prefix + public
}
