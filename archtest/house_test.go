package archtest

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// house is a tree of files, parsed.
type house struct {
	fset  *token.FileSet
	files []*file
	texts map[string][]byte // every file, by path
}

// file is one Go file.
type file struct {
	path      string // with slashes, from the root
	syntax    *ast.File
	lines     int
	generated bool
	pkg       string // the import path behind "heed/": "kernel/store"
}

func (f *file) test() bool { return strings.HasSuffix(f.path, "_test.go") }

// finding is one place that breaks a rule.
type finding struct {
	path string
	line int
	what string
}

func (f finding) String() string { return fmt.Sprintf("%s:%d: %s", f.path, f.line, f.what) }

// rule is one habit that a machine can check.
type rule struct {
	name string
	why  string
	find func(*house) []finding
}

// rules is every rule, in the order of the doors they guard.
func rules() []rule {
	return slices.Concat(importRules(), sourceRules(), shapeRules(), tableRules(), textRules())
}

func TestHouse(t *testing.T) {
	t.Parallel()
	h := repository(t)
	for _, r := range rules() {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			for _, f := range r.find(h) {
				t.Errorf("%s\n\twhy: %s", f, r.why)
			}
		})
	}
}

// TestExamples holds each rule to its violations: a file in testdata/violations
// begins with "rule: NAME" and one "want: TEXT" for each thing that must be
// found, and nothing else may be.
func TestExamples(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/violations/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no violations: %v", err)
	}
	known := map[string]rule{}
	shown := map[string]bool{}
	for _, r := range rules() {
		if _, twice := known[r.name]; twice {
			t.Errorf("two rules are called %s", r.name)
		}
		known[r.name] = r
	}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		ruleName, wants := header(a.Comment)
		r, ok := known[ruleName]
		if !ok {
			t.Errorf("%s: no rule is called %q", name, ruleName)
			continue
		}
		shown[ruleName] = shown[ruleName] || len(wants) > 0
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			h := newHouse()
			for _, f := range a.Files {
				if err := h.add(f.Name, f.Data); err != nil {
					t.Fatal(err)
				}
			}
			compare(t, r.find(h), wants)
		})
	}
	for name := range known {
		if !shown[name] {
			t.Errorf("the rule %s has no violation in testdata/violations, so nothing shows that it catches anything", name)
		}
	}
}

func compare(t *testing.T, found []finding, wants []string) {
	t.Helper()
	for _, want := range wants {
		i := slices.IndexFunc(found, func(f finding) bool { return strings.Contains(f.String(), want) })
		if i < 0 {
			t.Errorf("not found: %s\n\tfound: %v", want, found)
			continue
		}
		found = slices.Delete(slices.Clone(found), i, i+1)
	}
	for _, f := range found {
		t.Errorf("found besides: %s", f)
	}
}

func header(comment []byte) (rule string, wants []string) {
	for line := range strings.Lines(string(comment)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "rule":
			rule = value
		case "want":
			wants = append(wants, value)
		}
	}
	return rule, wants
}

func newHouse() *house {
	return &house{fset: token.NewFileSet(), texts: map[string][]byte{}}
}

func (h *house) add(name string, text []byte) error {
	h.texts[name] = text
	if path.Ext(name) != ".go" || strings.Contains(name, "/testdata/") {
		return nil
	}
	syntax, err := parser.ParseFile(h.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	h.files = append(h.files, &file{
		path: name, syntax: syntax, lines: bytes.Count(text, []byte("\n")), generated: ast.IsGenerated(syntax), pkg: path.Dir(name),
	})
	return nil
}

func (h *house) at(f *file, pos token.Pos, format string, args ...any) finding {
	return finding{f.path, h.fset.Position(pos).Line, fmt.Sprintf(format, args...)}
}

// packages returns the files of each folder, test files included.
func (h *house) packages() map[string][]*file {
	out := map[string][]*file{}
	for _, f := range h.files {
		out[f.pkg] = append(out[f.pkg], f)
	}
	return out
}

// outside are the folders that hold nothing written by hand, and the violations.
func outside(p string) bool {
	switch path.Base(p) {
	case ".git", "node_modules", "dist":
		return true
	}
	return slices.Contains([]string{"bin", "data", "e2e/browser/out", "archtest/testdata/violations"}, p)
}

// repository is the tree this package stands in, read once; nobody changes it.
func repository(t *testing.T) *house {
	t.Helper()
	h, err := readRepository()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

var readRepository = sync.OnceValues(func() (*house, error) {
	h := newHouse()
	root, err := os.OpenRoot("..")
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }()
	err = fs.WalkDir(root.FS(), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && outside(p):
			return fs.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		text, err := fs.ReadFile(root.FS(), p)
		if err != nil {
			return err
		}
		return h.add(p, text)
	})
	slices.SortFunc(h.files, func(a, b *file) int { return cmp.Compare(a.path, b.path) })
	return h, err
})
