package e2e

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"heed/notice/promise"
)

// claimed are the promises that the house claims to keep by a test. Each has one
// home: one test in the tree whose name carries the ID.
func claimed() []string {
	return strings.Fields(`
		TMU-01 TMU-03 TMU-06 TMU-12 TMU-13 TMU-15 TMU-28
		LJMUH-01 LJMUH-04 LJMUH-06 LJMUH-07 LJMUH-08 LJMUH-09 LJMUH-13 LJMUH-21 LJMUH-22 LJMUH-25 LJMUH-26
		CHI-02 CHI-03 CHI-04 CHI-05 CHI-07 CHI-12 CHI-14 CHI-19 CHI-21 CHI-22 CHI-26 CHI-27
		CAB-01 CAB-08 CAB-09 CAB-28 CAB-29`)
}

func TestEveryPromiseClaimedHasOneHome(t *testing.T) {
	t.Parallel()
	homes := homes(t)
	known := map[string]bool{}
	for _, c := range promise.All() {
		known[c.ID] = true
	}
	for _, id := range claimed() {
		if !known[id] {
			t.Errorf("%s is in no notice that was read", id)
		}
		if at := homes[id]; len(at) != 1 {
			t.Errorf("%s has %d homes %v; one test carries the ID in its name, as in TestTMU13…", id, len(at), at)
		}
	}
	for id, at := range homes {
		if !known[id] {
			t.Errorf("%v carries %s, which is in no notice that was read", at, id)
		}
	}
}

// homes are the tests of the tree by the promises in their names.
func homes(t *testing.T) map[string][]string {
	t.Helper()
	promised := regexp.MustCompile(`(TMU|LJMUH|LJMUT|CHI|CAB)(\d\d)`)
	out := map[string][]string{}
	files := 0
	err := filepath.WalkDir("..", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && slices.Contains([]string{"node_modules", "testdata", ".git"}, e.Name()) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		files++
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(fn.Name.Name, "Test") {
				for _, m := range promised.FindAllStringSubmatch(fn.Name.Name, -1) {
					out[m[1]+"-"+m[2]] = append(out[m[1]+"-"+m[2]], filepath.ToSlash(path)+": "+fn.Name.Name)
				}
			}
		}
		return nil
	})
	if err != nil || files < 20 {
		t.Fatalf("%d files of tests, %v", files, err)
	}
	return out
}
