package proof

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Test is one test that carries a promise.
type Test struct {
	Promise string // "TMU-13"
	Package string // "heed/e2e", without the module's name
	Name    string // "TestTMU13…"
}

//go:embed tests.txt
var tests string

// All returns the tests of the tree that this program was built from, by promise.
func All() map[string][]Test {
	out := map[string][]Test{}
	for line := range strings.Lines(tests) {
		if f := strings.Fields(line); len(f) == 3 {
			out[f[0]] = append(out[f[0]], Test{Promise: f[0], Package: f[1], Name: f[2]})
		}
	}
	return out
}

// Sentence is what a test says, from its name: "A restricted ticket is only kept".
// A word in capitals stays one: "All of IT sees tickets".
func (t Test) Sentence() string {
	name := inName.ReplaceAllString(strings.TrimPrefix(t.Name, "Test"), "")
	name = begin.ReplaceAllString(inside.ReplaceAllString(name, "$1 $2"), "$1 $2")
	words := strings.Fields(name)
	for i, w := range words {
		if len(w) == 1 || w != strings.ToUpper(w) {
			words[i] = strings.ToLower(w)
		}
	}
	said := strings.Join(words, " ")
	if said == "" {
		return t.Name
	}
	return strings.ToUpper(said[:1]) + said[1:]
}

var (
	inName    = regexp.MustCompile(`(TMU|LJMUH|LJMUT|CHI|CAB)(\d\d)`)
	inside    = regexp.MustCompile(`([a-z0-9])([A-Z])`)    // a word begins
	begin     = regexp.MustCompile(`([A-Z]+)([A-Z][a-z])`) // one begins behind a word in capitals, or a single letter
	inComment = regexp.MustCompile(`\b(TMU|LJMUH|LJMUT|CHI|CAB)-(\d\d)\b`)
)

// Find reads the tests of a tree, in a stable order. Folders that hold nothing
// written by hand are left out.
func Find(tree fs.FS) ([]Test, error) {
	var out []Test
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains([]string{"node_modules", "testdata", ".git", "bin", "dist"}, d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, "_test.go") {
			return nil
		}
		src, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		found, err := in(path.Dir(name), src)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, found...)
		return nil
	})
	slices.SortFunc(out, func(a, b Test) int { return strings.Compare(a.line(), b.line()) })
	return slices.Compact(out), err
}

// in returns the tests of one file.
func in(pkg string, src []byte) (out []Test, err error) {
	f, err := parser.ParseFile(token.NewFileSet(), "", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Recv != nil || !strings.HasPrefix(fn.Name.Name, "Test") {
			continue
		}
		ids := inName.FindAllStringSubmatch(fn.Name.Name, -1)
		ids = append(ids, inComment.FindAllStringSubmatch(fn.Doc.Text(), -1)...)
		for _, m := range ids {
			out = append(out, Test{Promise: m[1] + "-" + m[2], Package: pkg, Name: fn.Name.Name})
		}
	}
	return out, nil
}

func (t Test) line() string { return t.Promise + " " + t.Package + " " + t.Name }

// Print is the list as it is kept.
func Print(list []Test) string {
	var b strings.Builder
	for _, t := range list {
		b.WriteString(t.line() + "\n")
	}
	return b.String()
}
