package archtest

import (
	"errors"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// noMutableState finds package-level variables that something writes to, or
// that hold nothing at the start and so must be written to. A table that is
// filled where it stands and only read is a constant that Go has no word for.
func noMutableState(h *house) (out []finding) {
	for _, files := range h.packages() {
		files = slices.DeleteFunc(slices.Clone(files), func(f *file) bool { return f.test() || f.generated })
		info := resolve(h, files)
		vars := map[types.Object]string{}
		for _, f := range files {
			for _, v := range packageVars(f) {
				vars[info.Defs[v.name]] = v.name.Name
				if v.empty {
					out = append(out, h.at(f, v.name.Pos(), "the package-level variable %s is declared to be filled later", v.name.Name))
				}
			}
		}
		delete(vars, nil)
		for _, f := range files {
			ast.Inspect(f.syntax, func(n ast.Node) bool {
				for _, target := range written(n) {
					if name := vars[info.Uses[root(target)]]; name != "" {
						out = append(out, h.at(f, n.Pos(), "the package-level variable %s is written to", name))
					}
				}
				return true
			})
		}
	}
	return out
}

type packageVar struct {
	name  *ast.Ident
	empty bool
}

// packageVars are the variables a file declares at package level, except _ and
// embedded files.
func packageVars(f *file) (out []packageVar) {
	for _, d := range f.syntax.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, s := range g.Specs {
			spec := s.(*ast.ValueSpec)
			for i, name := range spec.Names {
				if name.Name == "_" || embeds(g.Doc) || embeds(spec.Doc) {
					continue
				}
				out = append(out, packageVar{name, len(spec.Values) <= i || container(spec.Values[i])})
			}
		}
	}
	return out
}

func embeds(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool { return len(c.Text) > 10 && c.Text[:10] == "//go:embed" })
}

// container reports whether a value is only good for being written to: made by
// make or new, or of package sync.
func container(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.CallExpr:
		f, ok := e.Fun.(*ast.Ident)
		return ok && (f.Name == "make" || f.Name == "new")
	case *ast.UnaryExpr:
		return container(e.X)
	case *ast.CompositeLit:
		sel, ok := e.Type.(*ast.SelectorExpr)
		if !ok {
			return false
		}
		pkg, ok := sel.X.(*ast.Ident)
		return ok && (pkg.Name == "sync" || pkg.Name == "atomic")
	}
	return false
}

// written returns what a node writes to, or lets others write to.
func written(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			return n.Lhs
		}
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			return []ast.Expr{n.X}
		}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.Ident); ok && len(n.Args) > 0 && slices.Contains([]string{"delete", "clear", "copy"}, f.Name) {
			return n.Args[:1]
		}
	}
	return nil
}

// root is the variable at the begin of x.f[i].
func root(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		default:
			return nil
		}
	}
}

// resolve finds what each name of a package stands for. Imports are not
// followed: the package's own names are all that is asked about.
func resolve(h *house, files []*file) *types.Info {
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	syntax := make([]*ast.File, len(files))
	for i, f := range files {
		syntax[i] = f.syntax
	}
	c := types.Config{Error: func(error) {}, Importer: nowhere{}}
	_, _ = c.Check("x", h.fset, syntax, info) // errors about imports are expected
	return info
}

type nowhere struct{}

func (nowhere) Import(string) (*types.Package, error) {
	return nil, errors.New("imports are not followed")
}
