package strict

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// File is the name the document was read under.
func (d *Document) File() string { return d.file }

// Has reports whether a value stands at path.
func (d *Document) Has(path string) bool {
	_, ok := d.at[path]
	return ok
}

// Paths returns the path of every value, sorted.
func (d *Document) Paths() []string { return slices.Sorted(maps.Keys(d.at)) }

// Pos is where the value at path stands: its key, where it has one. For a path
// that is not in the file it is the nearest value around it, so that a missing
// key is reported at the block that lacks it.
func (d *Document) Pos(path string) Pos {
	for {
		if n, ok := d.at[path]; ok {
			return n.at
		}
		cut := strings.LastIndexAny(path, ".[")
		if cut < 0 {
			return Pos{1, 1}
		}
		path = path[:cut]
	}
}

// ValuePos is where the value at path itself begins, behind its key.
func (d *Document) ValuePos(path string) Pos {
	if n, ok := d.at[path]; ok {
		return n.value
	}
	return d.Pos(path)
}

// Scalars calls yield for every single value of the document, in the order of
// the file, until it answers false.
func (d *Document) Scalars(yield func(path, text string) bool) {
	var walk func(n *node) bool
	walk = func(n *node) bool {
		for _, p := range n.keys {
			if !walk(p.value) {
				return false
			}
		}
		for _, item := range n.items {
			if !walk(item) {
				return false
			}
		}
		return n.kind != scalar || yield(n.path, n.text)
	}
	walk(d.root)
}

// Text is the single value at path.
func (d *Document) Text(path string) (string, bool) {
	n, ok := d.at[path]
	if !ok || n.kind != scalar {
		return "", false
	}
	return n.text, true
}

// Replace puts text in place of the single value at path; its position stays.
func (d *Document) Replace(path, text string) error {
	n, ok := d.at[path]
	switch {
	case !ok:
		return fmt.Errorf("there is no %q in %s; %s", path, d.file, Meant(path, d.Paths()))
	case n.kind != scalar:
		return fmt.Errorf("%q in %s is %s; only a single value can be replaced", path, d.file, n.kind)
	}
	n.text = text
	return nil
}
