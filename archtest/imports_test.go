package archtest

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// ranks are the floors of the house, lowest first; slices on one floor do not
// know each other.
func ranks() [][]string {
	return [][]string{
		{"kernel"},
		{"notices"},
		{"notice"},
		{"directory"},
		{"asset", "knowledge"},
		{"ticket"},
		{"mail", "telephony", "account", "survey"},
		{"report", "privacy"},
		{"app"},
		{"cmd", "e2e", "bench", "archtest"},
	}
}

func rankOf(slice string) int {
	return slices.IndexFunc(ranks(), func(floor []string) bool { return slices.Contains(floor, slice) })
}

func importRules() []rule {
	return []rule{
		{
			"imports-only-go-down",
			"a slice that knows the ones above it cannot be understood, tested or replaced alone; what has to go up goes as an event, or as a small interface that app fills",
			importsOnlyGoDown,
		},
		{
			"views-know-no-slice",
			"a view turns values into markup; one that reaches for data or policy would be a second place where permissions are decided",
			viewsKnowNoSlice,
		},
		{
			"engines-are-pure",
			"a package of bytes in and values out can be fuzzed and read alone; one that opens files or sockets cannot",
			enginesArePure,
		},
		{
			"drivers-in-store",
			"kernel/store is the only door to a database: who opens one beside it passes the gate, the ledger and the commit rules by",
			driversInStore,
		},
		{
			"http-at-the-edge",
			"a verb that knows it was called by HTTP is not the same verb for a mail or a command; only the edge speaks protocols",
			httpAtTheEdge,
		},
		{
			"dependencies-are-chosen",
			"every module we import is code we ship and answer for; it stands in dependencies() with the reason it is worth that",
			dependenciesAreChosen,
		},
	}
}

// imports calls yield with every import of the main module's files.
func (h *house) imports(yield func(f *file, line int, target string)) {
	for _, f := range h.files {
		if strings.HasPrefix(f.path, "tools/") {
			continue // modules of their own
		}
		for _, spec := range f.syntax.Imports {
			target, err := strconv.Unquote(spec.Path.Value)
			if err == nil {
				yield(f, h.fset.Position(spec.Pos()).Line, target)
			}
		}
	}
}

func slice(pkg string) string {
	s, _, _ := strings.Cut(pkg, "/")
	return s
}

func importsOnlyGoDown(h *house) (out []finding) {
	h.imports(func(f *file, line int, target string) {
		own, ours := strings.CutPrefix(target, "heed/")
		if !ours {
			return
		}
		from, to := slice(f.pkg), slice(own)
		switch a, b := rankOf(from), rankOf(to); {
		case a < 0 || b < 0:
			out = append(out, finding{f.path, line, "the slices " + from + " and " + to + " must both have a floor in ranks()"})
		case from != to && b >= a:
			out = append(out, finding{f.path, line, from + " imports " + own + ", which does not stand below it"})
		}
	})
	return out
}

func viewsKnowNoSlice(h *house) (out []finding) {
	views := []string{"kernel/web/ui", "kernel/text"}
	parts := append(views, "kernel/i18n", "kernel/web/assets") // its own sentences and files
	h.imports(func(f *file, line int, target string) {
		allowed := views
		switch {
		case f.test():
			return
		case strings.HasPrefix(f.pkg, "kernel/web/ui"):
			allowed = parts
		case path.Base(f.pkg) != "view":
			return
		}
		if own, ours := strings.CutPrefix(target, "heed/"); ours && !slices.Contains(allowed, own) {
			out = append(out, finding{f.path, line, "the view " + f.pkg + " imports " + own})
		}
	})
	return out
}

// engines are the packages of bytes in, values out.
func engines() []string {
	return []string{"mail/mime", "mail/proof", "mail/thread", "notice", "notice/civil", "notice/deadline", "notice/pack", "notice/promise", "notice/strict", "kernel/datamap", "kernel/fault", "kernel/policy", "kernel/text"}
}

func enginesArePure(h *house) (out []finding) {
	impure := []string{"os", "os/exec", "net", "net/http", "database/sql", "heed/kernel/store", "heed/kernel/web", "heed/kernel/blob"}
	h.imports(func(f *file, line int, target string) {
		if !f.test() && slices.Contains(engines(), f.pkg) && slices.Contains(impure, target) {
			out = append(out, finding{f.path, line, "the engine " + f.pkg + " imports " + target})
		}
	})
	return out
}

func driversInStore(h *house) (out []finding) {
	h.imports(func(f *file, line int, target string) {
		driver := target == "database/sql" || strings.HasPrefix(target, "database/sql/") ||
			strings.HasPrefix(target, "github.com/jackc/pgx/") || strings.HasPrefix(target, "modernc.org/sqlite")
		var outside bool
		switch slice(f.pkg) {
		case "e2e", "archtest": // look at the file as a stranger would
			outside = f.test()
		case "bench": // measures the engine without us
			outside = true
		}
		if driver && !outside && f.pkg != "kernel/store" && f.pkg != "kernel/store/storetest" {
			out = append(out, finding{f.path, line, f.pkg + " imports " + target})
		}
	})
	return out
}

var face = regexp.MustCompile(`^(?:pages(?:_[a-z]+)?|api)\.go$`)

func httpAtTheEdge(h *house) (out []finding) {
	h.imports(func(f *file, line int, target string) {
		if target != "net/http" || f.test() {
			return
		}
		switch top := slice(f.pkg); {
		case top == "app", top == "e2e", top == "bench":
		case strings.HasPrefix(f.pkg, "kernel/web"), strings.HasPrefix(f.pkg, "kernel/api"):
		case f.pkg == top && face.MatchString(path.Base(f.path)): // of a slice, to browsers and programs
		default:
			out = append(out, finding{f.path, line, f.pkg + " imports net/http"})
		}
	})
	return out
}

// dependencies are the modules we chose, each with what it is for.
func dependencies() map[string]string {
	return map[string]string{
		"filippo.io/age":                     "seals files as a stream; an attachment of any size in constant memory",
		"github.com/a-h/templ":               "pages as typed Go functions, escaped by context",
		"github.com/alecthomas/kong":         "the verbs of the binary as one struct, help included",
		"github.com/danielgtaylor/huma/v2":   "OpenAPI 3.1 made from the types that the API runs on",
		"github.com/emersion/go-msgauth":     "what the mail server in front found out about a sender, as RFC 8601 writes it",
		"github.com/emersion/go-sasl":        "sign-in to the mail relay",
		"github.com/emersion/go-smtp":        "LMTP in, SMTP out",
		"github.com/emersion/go-message":     "tests only: a second reader of the mail corpus",
		"github.com/go-webauthn/webauthn":    "passkeys: attestation and assertion as the W3C writes them",
		"github.com/goccy/go-yaml":           "notice files and configuration with line and column of every mistake",
		"github.com/google/go-cmp":           "tests only: readable differences",
		"github.com/google/pprof":            "the bench reads what the profiler saw",
		"github.com/jackc/pgx/v5":            "PostgreSQL",
		"github.com/jhillyerd/enmime/v2":     "tests only: a third reader of the mail corpus",
		"github.com/johannesboyne/gofakes3":  "tests only: an S3 service in the process",
		"github.com/microcosm-cc/bluemonday": "the list of elements and attributes that HTML of a mail may keep",
		"github.com/minio/minio-go/v7":       "files on S3",
		"github.com/pquerna/otp":             "one-time codes by RFC 6238",
		"github.com/rogpeppe/go-internal":    "tests only: acceptance scripts and their archives",
		"github.com/yuin/goldmark":           "Markdown to HTML, by CommonMark",
		"golang.org/x/crypto":                "argon2id, HKDF, XChaCha20-Poly1305",
		"golang.org/x/mod":                   "the Merkle log and its signed notes, as Go's checksum database runs them",
		"golang.org/x/net":                   "the HTML tokenizer, IDNA, which domains are of one organisation",
		"golang.org/x/text":                  "character sets of mails, Unicode folding, plural forms",
		"modernc.org/sqlite":                 "SQLite without C, so that the binary is static",
		"pgregory.net/rapid":                 "tests only: laws held on random cases",
	}
}

func dependenciesAreChosen(h *house) (out []finding) {
	chosen := slices.Sorted(maps.Keys(dependencies()))
	h.imports(func(f *file, line int, target string) {
		first, _, _ := strings.Cut(target, "/")
		if !strings.Contains(first, ".") {
			return // ours, or the standard library
		}
		i := slices.IndexFunc(chosen, func(m string) bool { return target == m || strings.HasPrefix(target, m+"/") })
		switch {
		case i < 0:
			out = append(out, finding{f.path, line, target + " is not on the list of dependencies"})
		case strings.HasPrefix(dependencies()[chosen[i]], "tests only") && !f.test() && path.Base(f.pkg) != "storetest":
			out = append(out, finding{f.path, line, target + " is for tests only"})
		}
	})
	return out
}
