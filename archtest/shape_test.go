package archtest

import (
	"go/ast"
	"path"
	"slices"
	"strings"
)

// The longest file and function that one sitting takes in.
const (
	maxFile     = 400
	maxFunction = 60
)

func shapeRules() []rule {
	return []rule{
		{
			"one-package-comment",
			"the first thing a reader asks of a package is what it is for; the answer has one place, doc.go (main.go for a command)",
			onePackageComment,
		},
		{
			"packages-are-nouns",
			"a package called util or helpers is where things go that nobody found a place for; name the idea",
			packagesAreNouns,
		},
		{
			"files-fit-a-sitting",
			"a file over 400 lines holds more than one noun; split it by the second",
			filesFit,
		},
		{
			"functions-fit-a-screen",
			"a function over 60 lines works on more than one level of detail; give the lower one a name",
			functionsFit,
		},
		{
			"no-mutable-state",
			"a package-level variable that changes is shared by every test and every request at once; state lives in a value that app makes",
			noMutableState,
		},
	}
}

func onePackageComment(h *house) (out []finding) {
	for pkg, files := range h.packages() {
		var where []string
		code := false
		for _, f := range files {
			code = code || !f.test()
			if f.syntax.Doc != nil && !f.generated {
				where = append(where, path.Base(f.path))
			}
		}
		slices.Sort(where)
		main := slices.ContainsFunc(files, func(f *file) bool { return f.syntax.Name.Name == "main" })
		switch {
		case !code:
		case len(where) == 1 && (where[0] == "doc.go" || main && where[0] == "main.go"):
		default:
			out = append(out, finding{pkg, 1, "package comments in [" + strings.Join(where, " ") + "], want one, in doc.go"})
		}
	}
	return out
}

func packagesAreNouns(h *house) (out []finding) {
	vague := []string{"util", "utils", "helper", "helpers", "common", "types", "models", "misc", "shared", "base", "lib"}
	for pkg, files := range h.packages() {
		if slices.Contains(vague, path.Base(pkg)) {
			out = append(out, finding{files[0].path, 1, "a package called " + path.Base(pkg)})
		}
	}
	return out
}

func filesFit(h *house) (out []finding) {
	for _, f := range h.files {
		if !f.generated && !f.test() && f.lines > maxFile {
			out = append(out, finding{f.path, f.lines, "the file is longer than a sitting"})
		}
	}
	return out
}

func functionsFit(h *house) (out []finding) {
	for _, f := range h.files {
		if f.generated || f.test() {
			continue
		}
		for _, d := range f.syntax.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := h.fset.Position(fn.End()).Line - h.fset.Position(fn.Pos()).Line + 1; n > maxFunction {
				out = append(out, h.at(f, fn.Pos(), "%s has %d lines", fn.Name.Name, n))
			}
		}
	}
	return out
}
