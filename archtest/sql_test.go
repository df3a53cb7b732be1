package archtest

import (
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// statement is one constant SQL text of a slice.
type statement struct {
	pkg, path, name, text string
	line                  int
	part                  bool // only ever used inside another text
}

var (
	writes     = regexp.MustCompile(`(?i)^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+([a-z_][a-z0-9_.]*)`)
	beginsSQL  = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s`)
	anySQLWord = regexp.MustCompile(`\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b`)
)

// statements returns the constant SQL texts of every store*.go, put together
// where a constant is made of others.
func (h *house) statements() (out []statement) {
	for pkg, files := range h.packages() {
		consts := map[string]ast.Expr{}
		for _, f := range files {
			if !f.test() {
				eachConst(f, func(name *ast.Ident, value ast.Expr) { consts[name.Name] = value })
			}
		}
		used := map[string]bool{}
		for _, value := range consts {
			ast.Inspect(value, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					used[id.Name] = true
				}
				return true
			})
		}
		for _, f := range files {
			if f.test() || strings.HasPrefix(pkg, "kernel/store") || pkg == "bench" || !strings.HasPrefix(path.Base(f.path), "store") {
				continue
			}
			eachConst(f, func(name *ast.Ident, value ast.Expr) {
				if text, ok := constant(value, consts); ok && anySQLWord.MatchString(text) {
					out = append(out, statement{pkg, f.path, name.Name, text, h.fset.Position(name.Pos()).Line, used[name.Name]})
				}
			})
			out = append(out, h.listed(f)...)
		}
	}
	return out
}

// listed are the statements that a function returns, such as the list of
// deletions that go with a person.
func (h *house) listed(f *file) (out []statement) {
	for _, d := range f.syntax.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		ast.Inspect(fn, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok {
				if text, ok := constant(lit, nil); ok && beginsSQL.MatchString(text) {
					out = append(out, statement{f.pkg, f.path, fn.Name.Name + " " + strconv.Itoa(len(out)+1), text, h.fset.Position(lit.Pos()).Line, false})
				}
			}
			return true
		})
	}
	return out
}

// splices finds the columns by which statements choose rows from a list: in
// store.Splice(q, …, store.Part{Name: "ids", SQL: policy.In("t.id", …)}) it is
// t.id for the mark {ids} of q. The key is package, constant, mark.
func (h *house) splices() map[[3]string]string {
	out := map[[3]string]string{}
	for _, f := range h.files {
		if f.test() {
			continue
		}
		called(f, func(call *ast.CallExpr, pkg, name string) {
			if pkg != "store" || name != "Splice" || len(call.Args) < 3 {
				return
			}
			q, ok := call.Args[0].(*ast.Ident)
			if !ok {
				return
			}
			for _, arg := range call.Args[2:] {
				if mark, column := part(arg); column != "" {
					out[[3]string{f.pkg, q.Name, mark}] = column
				}
			}
		})
	}
	return out
}

// part reads store.Part{Name: "ids", SQL: policy.In("t.id", …)}.
func part(e ast.Expr) (mark, column string) {
	lit, ok := e.(*ast.CompositeLit)
	if !ok {
		return "", ""
	}
	for _, el := range lit.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if key, ok := kv.Key.(*ast.Ident); ok && key.Name == "Name" {
			mark, _ = constant(kv.Value, nil)
		}
		if call, ok := kv.Value.(*ast.CallExpr); ok && len(call.Args) == 2 {
			column, _ = constant(call.Args[0], nil)
		}
	}
	return mark, column
}

func eachConst(f *file, yield func(*ast.Ident, ast.Expr)) {
	for _, d := range f.syntax.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			spec := s.(*ast.ValueSpec)
			for i, name := range spec.Names {
				if i < len(spec.Values) {
					yield(name, spec.Values[i])
				}
			}
		}
	}
}

// constant is the value of a string constant made of literals and others.
func constant(e ast.Expr, consts map[string]ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.Ident:
		value, ok := consts[e.Name]
		if !ok {
			return "", false
		}
		return constant(value, consts)
	case *ast.ParenExpr:
		return constant(e.X, consts)
	case *ast.BinaryExpr:
		a, okA := constant(e.X, consts)
		b, okB := constant(e.Y, consts)
		return a + b, okA && okB && e.Op == token.ADD
	}
	return "", false
}
