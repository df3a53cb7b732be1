package archtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/ast"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"heed/app"
)

// TestActorsAreMadeByAFew lists everybody who makes an actor. An actor is a
// right: whoever makes one beside sign-in, tokens and authenticated mail has
// opened a second door, and each "system" is work that nobody is asked about.
func TestActorsAreMadeByAFew(t *testing.T) {
	t.Parallel()
	var lines []string
	for _, f := range repository(t).files {
		if f.test() || f.pkg == "kernel/policy" {
			continue
		}
		for _, d := range f.syntax.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(fn, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				sel, ok := call.Fun.(*ast.SelectorExpr)
				if !ok || len(call.Args) != 1 || (sel.Sel.Name != "Person" && sel.Sel.Name != "System") {
					return true
				}
				if x, ok := sel.X.(*ast.Ident); !ok || x.Name != "policy" {
					return true
				}
				lines = append(lines, fmt.Sprintf("%-7s %-18s %-14s %s", sel.Sel.Name, f.pkg, fn.Name.Name, reason(call.Args[0])))
				return true
			})
		}
	}
	slices.Sort(lines)
	golden(t, "actors.golden", strings.Join(lines, "\n")+"\n")
}

// reason is the constant that a system actor is made with.
func reason(e ast.Expr) string {
	if lit, ok := e.(*ast.BasicLit); ok {
		if s, err := strconv.Unquote(lit.Value); err == nil {
			return s
		}
	}
	return ""
}

// TestRoutes lists every address of the house: what it does, for which purpose,
// and whether it opens without a session. A route without an action leaves no
// trace in the ledger, and one without a purpose cannot be weighed against the
// notice (CHI-22).
func TestRoutes(t *testing.T) {
	t.Parallel()
	site := open(t)
	routes, err := site.Routes()
	if err != nil {
		t.Fatal(err)
	}
	lines := make([]string, 0, len(routes))
	for _, r := range routes {
		if r.Action == "" || !r.Purpose.Known() {
			t.Errorf("%s names the action %q and the purpose %q; every route says what it does and what for", r.Pattern, r.Action, r.Purpose)
		}
		public := ""
		if r.Public {
			public = "  public"
		}
		method, path, _ := strings.Cut(r.Pattern, " ")
		lines = append(lines, fmt.Sprintf("%-4s %-44s %-22s %s%s", method, path, r.Action, r.Purpose, public))
	}
	byAddress := func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Fields(a)[1], strings.Fields(b)[1]), cmp.Compare(a, b))
	}
	slices.SortFunc(lines, byAddress)
	calls := operations(t, site)
	slices.SortFunc(calls, byAddress)
	golden(t, "routes.golden", strings.Join(lines, "\n")+"\n\nThe API; the purpose is the token's.\n"+strings.Join(calls, "\n")+"\n")
}

// operations lists the API's addresses and the scope each asks of a token.
func operations(t *testing.T, site *app.Site) (lines []string) {
	t.Helper()
	handler, err := site.Handler()
	if err != nil {
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/openapi.json", nil))
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string                `json:"operationId"`
			Security    []map[string][]string `json:"security"`
		} `json:"paths"`
	}
	if err := json.Unmarshal(answer.Body.Bytes(), &doc); err != nil {
		t.Fatalf("the description of the API: %d, %v", answer.Code, err)
	}
	for path, methods := range doc.Paths {
		for method, op := range methods {
			if op.OperationID == "" || len(op.Security) != 1 || len(op.Security[0]["token"]) != 1 {
				t.Errorf("%s %s names no operation or asks no scope of a token", method, path)
				continue
			}
			lines = append(lines, fmt.Sprintf("%-4s %-44s %-22s token with %s", strings.ToUpper(method), path, op.OperationID, op.Security[0]["token"][0]))
		}
	}
	return lines
}

// open is the whole house in an empty folder, as a demo: it has every page.
func open(t *testing.T) *app.Site {
	t.Helper()
	c, err := app.LoadConfig("", func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	c.Data = t.TempDir()
	h, err := app.Open(t.Context(), c, app.Options{Make: true, Unsafe: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	return &app.Site{House: h, Demo: &app.Demo{}}
}
