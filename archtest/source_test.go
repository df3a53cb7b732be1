package archtest

import (
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func sourceRules() []rule {
	return []rule{
		{
			"sql-in-store",
			"with all SQL of a slice in its store*.go, one file shows what it reads and writes, and the statements test can prepare all of it",
			sqlInStore,
		},
		{
			"time-from-clock",
			"deadlines and retention are promises about time; code that asks the system for the time cannot be tested at the last minute of a leap year. Take tx.Now() or a clock.Clock",
			timeFromClock,
		},
		{
			"goroutines-have-owners",
			"work in a bare goroutine is lost when the process ends and outlives whoever started it; background work is a job, and parallel work belongs to kernel/job, kernel/web or app",
			goroutinesHaveOwners,
		},
		{
			"no-init",
			"init runs before anybody asked and in an order nobody reads; what has to be registered stands in a list in app",
			noInit,
		},
		{
			"tests-run",
			"a skipped test is a green light for code that nobody ran; what a test needs is set up by make, and a missing part fails",
			testsRun,
		},
	}
}

var sqlText = regexp.MustCompile(`(?s)^\s*(SELECT\s.+\sFROM\s|INSERT\s+INTO\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s|WITH\s.+\sSELECT\s|EXISTS\s*\(\s*SELECT\s|(CREATE|DROP|ALTER)\s+(TABLE|INDEX|UNIQUE|VIRTUAL|UNLOGGED)\s|PRAGMA\s)`)

func sqlInStore(h *house) (out []finding) {
	for _, f := range h.files {
		if f.test() || f.pkg == "kernel/store" || strings.HasPrefix(path.Base(f.path), "store") || slice(f.pkg) == "tools" {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil && sqlText.MatchString(text) {
					out = append(out, h.at(f, lit.Pos(), "an SQL text outside store*.go"))
				}
			}
			return true
		})
	}
	return out
}

// called reports the selector calls X.Sel of a file, X being a package's name.
func called(f *file, yield func(call *ast.CallExpr, pkg, name string)) {
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
				if x, ok := sel.X.(*ast.Ident); ok {
					yield(call, x.Name, sel.Sel.Name)
				}
			}
		}
		return true
	})
}

// stopwatches are what measures or waits by the wall's clock, and why.
func stopwatches() map[string]string {
	return map[string]string{
		"mail/mime/mime_test.go":   "a mail made to be slow must be read within seconds",
		"kernel/blob/disk_test.go": "a neighbour process is killed after a random moment",
		"e2e":                      "the binary runs as a process of its own, by the system's clock",
		"bench":                    "it measures",
		"tools":                    "modules of their own, which serve nobody",
	}
}

func timeFromClock(h *house) (out []finding) {
	reads := []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick"}
	for _, f := range h.files {
		if f.pkg == "kernel/clock" || stopwatches()[slice(f.pkg)] != "" || stopwatches()[f.path] != "" {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(reads, sel.Sel.Name) {
					out = append(out, h.at(f, sel.Pos(), "time.%s outside kernel/clock", sel.Sel.Name))
				}
			}
			return true
		})
	}
	return out
}

func goroutinesHaveOwners(h *house) (out []finding) {
	for _, f := range h.files {
		top := slice(f.pkg)
		if f.test() || f.pkg == "kernel/job" || strings.HasPrefix(f.pkg, "kernel/web") || top == "app" || top == "bench" || top == "tools" {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				out = append(out, h.at(f, n.Pos(), "a go statement in %s", f.pkg))
			case *ast.CallExpr:
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Go" && len(n.Args) == 1 {
					out = append(out, h.at(f, n.Pos(), "a goroutine (.Go) in %s", f.pkg))
				}
			}
			return true
		})
	}
	return out
}

func noInit(h *house) (out []finding) {
	for _, f := range h.files {
		for _, d := range f.syntax.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				out = append(out, h.at(f, fn.Pos(), "func init"))
			}
		}
	}
	return out
}

func testsRun(h *house) (out []finding) {
	for _, f := range h.files {
		if !f.test() {
			continue
		}
		called(f, func(call *ast.CallExpr, _, name string) {
			if name == "Skip" || name == "Skipf" || name == "SkipNow" {
				out = append(out, h.at(f, call.Pos(), "a test that may be skipped (%s)", name))
			}
		})
	}
	return out
}
