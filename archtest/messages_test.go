package archtest

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"heed/app"
)

// Every refusal is a sentence somebody reads. Its English stands beside the code
// that raises it; whoever reads the portal in French reads it in French.

// englishOnly are the faults whose sentences only operators, programs or staff at
// a terminal meet, by the packages that raise them, and why.
func englishOnly() map[string]string {
	return map[string]string{
		"app":             "commands and settings, which speak English",
		"app/demo":        "commands",
		"app/operate":     "the operator's room, and heed doctor",
		"bench":           "commands",
		"directory/feed":  "a feed's file, read by the operator",
		"kernel/api":      "programs read the type and the status; the sentence is for those who write them",
		"kernel/blob":     "settings and disks",
		"kernel/clock":    "settings of a desk",
		"kernel/i18n":     "catalogues themselves",
		"kernel/job":      "the operator's list of jobs",
		"kernel/seal":     "keys, which the operator keeps",
		"notice":          "notice files, written by the privacy office with the command",
		"notice/deadline": "law packs and dates of the privacy office",
	}
}

// operators are single faults of that sort, in packages whose others are read by
// everybody: what commands, mail servers and the operator's rooms are told.
func operators() []string {
	return []string{
		"api.", "controller.unknown", "feed.", "forget.", "organisation.unknown", "passkey.address", "person.named", "person.several",
		"mail.", "operator.none", "smtp.", "store.copy", "store.dsn", "store.edited", "store.foreign", "store.newer", "store.notempty", "store.purpose", "store.transfer",
		"store.unique", "token.",
	}
}

// raised is a fault that some code builds.
type raised struct {
	key, english string
	args         int
	at           finding
	pkg          string
}

// faults returns every fault that the house raises, in the order of the files.
func (h *house) faults(t *testing.T) (out []raised) {
	t.Helper()
	kinds := []string{"Invalid", "Unauthenticated", "Denied", "Unknown", "Conflict", "Gone", "Busy", "TooLarge"}
	for _, f := range h.files {
		if f.test() || f.pkg == "kernel/fault" || slice(f.pkg) == "tools" {
			continue
		}
		called(f, func(call *ast.CallExpr, pkg, name string) {
			if pkg != "fault" || !slices.Contains(kinds, name) || len(call.Args) < 2 {
				return
			}
			key, ok := literal(call.Args[0])
			english, said := sentence(call.Args[1])
			if !ok || !said {
				t.Errorf("%s", h.at(f, call.Pos(), "the key or the sentence of a fault is not written where it is raised, so nobody can translate it"))
				return
			}
			out = append(out, raised{key, english, len(call.Args) - 2, h.at(f, call.Pos(), "%s", key), f.pkg})
		})
	}
	return out
}

// literal is the text of a string literal.
func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// sentence is the text of literals that are put together.
func sentence(e ast.Expr) (string, bool) {
	if sum, ok := e.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
		a, okA := sentence(sum.X)
		b, okB := sentence(sum.Y)
		return a + b, okA || okB
	}
	return literal(e)
}

func (r raised) forOperators() bool {
	return englishOnly()[r.pkg] != "" || slices.ContainsFunc(operators(), func(p string) bool {
		return r.key == p || strings.HasSuffix(p, ".") && strings.HasPrefix(r.key, p)
	})
}

// TestEveryFaultIsToldInBothLanguages fails for a fault without a French sentence,
// a French sentence of a fault that nobody raises, and one that names arguments the
// fault does not have.
func TestEveryFaultIsToldInBothLanguages(t *testing.T) {
	t.Parallel()
	told := map[string]bool{}
	missing := map[string]string{}
	french := sentences(t, "fr")
	for _, r := range repository(t).faults(t) {
		told[r.key] = true
		if r.english == "" {
			t.Errorf("%s: the fault has no English sentence", r.at)
		}
		text, ok := french["fault."+r.key]
		if !ok && !r.forOperators() {
			missing[r.key] = fmt.Sprintf("%s: %q is told in English only; put it into messages/fr.json of the slice as \"fault.%s\"", r.at, r.english, r.key)
		}
		for i := r.args; i < 10; i++ {
			if ok && strings.Contains(text, "{"+strconv.Itoa(i)+"}") {
				t.Errorf("%s: the French sentence names argument {%d}, and the fault has %d", r.at, i, r.args)
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(missing)) {
		t.Error(missing[key])
	}
	told["internal"] = true // what kernel/i18n says of errors of ours
	for _, key := range slices.Sorted(maps.Keys(french)) {
		if of, ok := strings.CutPrefix(key, "fault."); ok && !told[of] {
			t.Errorf("%s stands in a catalogue, and nobody raises that fault", key)
		}
	}
}

// sentences is everything the product says in a language, by key.
func sentences(t *testing.T, lang string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, c := range app.Catalogues() {
		raw, err := fs.ReadFile(c.Files, "messages/"+lang+".json")
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, &out); err != nil { // adds to what is there
			t.Fatalf("%s: %v", c.Slice, err)
		}
	}
	return out
}

// TestEverySentenceIsSaid fails for a sentence of a catalogue that no code asks
// for. A key that is put together from a part is asked for by the part that ends
// with a dot, or by two, the second of which begins with one.
func TestEverySentenceIsSaid(t *testing.T) {
	t.Parallel()
	asked, begun, ended := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, f := range repository(t).files {
		if f.test() {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok {
				if s, ok := literal(lit); ok && strings.Contains(s, ".") {
					asked[s] = true
					begun[s] = strings.HasSuffix(s, ".")
					ended[s] = strings.HasPrefix(s, ".")
				}
			}
			return true
		})
	}
	plurals := []string{"zero", "one", "two", "few", "many", "other"}
	for _, key := range slices.Sorted(maps.Keys(sentences(t, "en"))) {
		base := key
		if dot := strings.LastIndexByte(key, '.'); slices.Contains(plurals, key[dot+1:]) {
			base = key[:dot]
		}
		said := asked[key] || asked[base]
		for part := range asked {
			front, cut := strings.CutSuffix(base, part)
			said = said || begun[part] && strings.HasPrefix(key, part) || cut && ended[part] && asked[front]
		}
		if !said {
			t.Errorf("%s stands in a catalogue, and nothing says it; delete it with the code that did", key)
		}
	}
}
