package i18n

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heed/kernel/fault"
)

func catalogue(slice string, files map[string]string) Catalogue {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys["messages/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return Catalogue{Slice: slice, Files: fsys}
}

func sample() Catalogue {
	return catalogue("ticket", map[string]string{
		"en.json": `{"ticket.hello": "Hello {name}", "ticket.waiting.one": "One request of {team} waits",
			"ticket.waiting.other": "{n} requests of {team} wait", "ticket.desk": "Desk", "ticket.terms": "Read the {notice} first."}`,
		"fr.json": `{"ticket.hello": "Bonjour {name}", "ticket.waiting.one": "{n} demande de {team} attend",
			"ticket.waiting.other": "{n} demandes de {team} attendent", "ticket.terms": "Lisez d'abord l'{notice}.",
			"fault.ticket.subject.long": "Le sujet compte {0} caractères."}`,
	})
}

// recorder collects reports of missing sentences.
type recorder struct {
	mu   sync.Mutex
	seen []string
}

func (r *recorder) add(lang, key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = append(r.seen, lang+" "+key)
}

func bundle(t *testing.T, r *recorder, cs ...Catalogue) *Bundle {
	t.Helper()
	b, err := NewBundle(r.add, cs...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSentencesAreFilledInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	var missing recorder
	b := bundle(t, &missing, sample())
	for _, c := range []struct {
		lang, key string
		args      []any
		want      string
	}{
		{"en", "ticket.hello", []any{"name", "Ana"}, "Hello Ana"},
		{"fr", "ticket.hello", []any{"name", "Ana"}, "Bonjour Ana"},
		{"en", "ticket.waiting", []any{"n", 1, "team", "A"}, "One request of A waits"},
		{"en", "ticket.waiting", []any{"n", 0, "team", "A"}, "0 requests of A wait"},
		{"fr", "ticket.waiting", []any{"n", 0, "team", "A"}, "0 demande de A attend"},
		{"fr", "ticket.waiting", []any{"n", int64(1234567), "team", "A"}, "1\u00a0234\u00a0567 demandes de A attendent"},
		{"en", "ticket.waiting", []any{"n", uint8(200), "team", "A"}, "200 requests of A wait"},
		{"en", "ticket.hello", []any{"name", -1234}, "Hello -1,234"},
		{"en", "ticket.hello", []any{"name", 90 * time.Minute}, "Hello 1h30m0s"},
		{"pt", "ticket.desk", nil, "Desk"},
	} {
		if got := b.Localizer(c.lang).T(c.key, c.args...); got != c.want {
			t.Errorf("%s %s %v: got %q, want %q", c.lang, c.key, c.args, got, c.want)
		}
	}
	if len(missing.seen) != 0 {
		t.Errorf("reported as missing though present: %v", missing.seen)
	}
}

func TestWhatALanguageLacksIsSaidInEnglishAndReported(t *testing.T) {
	t.Parallel()
	var missing recorder
	fr := bundle(t, &missing, sample()).Localizer("fr")
	if got := fr.T("ticket.desk"); got != "Desk" {
		t.Errorf("a sentence without translation: %q", got)
	}
	if got := fr.T("ticket.none", "n", 3); got != "ticket.none" {
		t.Errorf("a sentence nobody wrote: %q", got)
	}
	if got := fr.T("ticket.hello", "nam", "Ana"); got != "Bonjour {name}" {
		t.Errorf("an argument not given: %q", got)
	}
	want := []string{"fr ticket.desk", "fr ticket.none", "fr ticket.hello{name}"}
	if diff := cmp.Diff(want, missing.seen); diff != "" {
		t.Errorf("reports (-want +got):\n%s", diff)
	}
	if got := (Localizer{}).T("ticket.hello"); got != "ticket.hello" {
		t.Errorf("the zero Localizer says %q", got)
	}
}

func TestASentenceIsCutWhereALinkGoes(t *testing.T) {
	t.Parallel()
	before, after := bundle(t, &recorder{}, sample()).Localizer("fr").Around("ticket.terms", "notice")
	if before != "Lisez d'abord l'" || after != "." {
		t.Errorf("cut into %q and %q", before, after)
	}
}

func TestErrorsAreToldWithoutTheirInsides(t *testing.T) {
	t.Parallel()
	var missing recorder
	b := bundle(t, &missing, sample())
	long := fault.Invalid("ticket.subject.long", "the subject has %d characters", 12000)
	other := fault.Invalid("ticket.other", "something of %s", "x")
	inside := errors.New("dial tcp 192.0.2.1: refused")
	for _, c := range []struct {
		lang string
		err  error
		want string
	}{
		{"en", long, "The subject has 12000 characters"},
		{"fr", long, "Le sujet compte 12\u00a0000 caractères."},
		{"fr", fmt.Errorf("ticket 3: %w", other), "Something of x"},
		{"en", inside, "Something went wrong on our side. Nothing was changed; please try again."},
		{"en", fault.Internal(inside), "Something went wrong on our side. Nothing was changed; please try again."},
	} {
		if got := b.Localizer(c.lang).Fault(c.err); got != c.want {
			t.Errorf("%s %v: got %q, want %q", c.lang, c.err, got, c.want)
		}
	}
	if diff := cmp.Diff([]string{"fr fault.ticket.other"}, missing.seen); diff != "" {
		t.Errorf("reports (-want +got):\n%s", diff)
	}
	if got := (Localizer{}).Fault(other); got != "Something of x" {
		t.Errorf("the zero Localizer says %q", got)
	}
}

func TestTheLanguageIsThePersonsThenTheBrowsersThenTheControllers(t *testing.T) {
	t.Parallel()
	b := bundle(t, &recorder{}, sample())
	for _, c := range []struct{ preference, accept, fallback, want string }{
		{"fr", "en", "en", "fr"},
		{"", "fr-CA,fr;q=0.9,en;q=0.5", "en", "fr"},
		{"", "de,en;q=0.5", "fr", "en"},
		{"", "de", "fr", "fr"},
		{"", "", "", "en"},
		{"xx-nonsense-!", "*;q=7,,,", "fr-CH", "fr"},
		{"", strings.Repeat("fr,", 1000), "en", "en"},
		{"zh", "ja", "ko", "en"},
	} {
		if got := b.Choose(c.preference, c.accept, c.fallback); got != c.want {
			t.Errorf("Choose(%q, %.20q, %q) = %q, want %q", c.preference, c.accept, c.fallback, got, c.want)
		}
	}
	if got := strings.Join(b.Languages(), " "); got != "en fr" {
		t.Errorf("Languages() = %s", got)
	}
}

func TestBrokenCataloguesNameFileAndLine(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, text, want string }{
		"twice":          {"en.json", "{\"ticket.a\": \"x\",\n\"ticket.a\": \"y\"}", "messages/en.json:2: the key \"ticket.a\" stands here twice"},
		"nested":         {"en.json", "{\"ticket.a\": {\"b\": \"x\"}}", "is not a string"},
		"capitals":       {"en.json", "{\"ticket.A\": \"x\"}", "joined by dots"},
		"one word":       {"en.json", "{\"ticket\": \"x\"}", "joined by dots"},
		"open brace":     {"en.json", "{\"ticket.a\": \"x {name\"}", "braces hold the name"},
		"stray brace":    {"en.json", "{\"ticket.a\": \"x} {name}\"}", "braces hold the name"},
		"empty brace":    {"en.json", "{\"ticket.a\": \"{}\"}", "braces hold the name"},
		"not JSON":       {"en.json", "ticket.a = x", "one object"},
		"cut":            {"en.json", "{\"ticket.a\": \"x\"", "messages/en.json:1"},
		"more":           {"en.json", "{} {}", "behind the object"},
		"not a language": {"english!.json", "{}", "not named after a language"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := NewBundle(nil, catalogue("ticket", map[string]string{c.file: c.text}))
			if fault.KindOf(err) != fault.KindInvalid || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an invalid fault with %q", err, c.want)
			}
		})
	}
	if _, err := NewBundle(nil, sample(), sample()); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("two catalogues with the same key: %v", err)
	}
}

func TestProblemsComparesLanguagesBothWays(t *testing.T) {
	t.Parallel()
	c := catalogue("ticket", map[string]string{
		"en.json": `{"ticket.a": "{x} {y}", "ticket.b": "b", "ticket.desk.c": "c", "ticket.n.one": "one {t}", "ticket.n.other": "{n} {t}", "ticket.m.one": "m", "ticket.m.other": "m"}`,
		"fr.json": `{"ticket.a": "{y} {z}", "ticket.d": "d", "ticket.n.one": "{n} {t}", "ticket.n.many": "{n} de {t}", "ticket.n.other": "{n}", "ticket.m.other": "m", "fault.x.y": "z"}`,
	})
	got, err := c.Problems("ticket.desk.")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"ticket: ticket.b is missing in fr",
		"ticket: ticket.a names [y z] in fr and [x y] in English",
		"ticket: ticket.d is in fr but not in English",
		"ticket: ticket.n.other names [] in fr and [t] in English",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func ExampleLocalizer_T() {
	b, err := NewBundle(nil, Catalogue{Slice: "desk", Files: fstest.MapFS{
		"messages/en.json": {Data: []byte(`{"desk.new.one": "{n} new reply", "desk.new.other": "{n} new replies"}`)},
		"messages/fr.json": {Data: []byte(`{"desk.new.one": "{n} nouvelle réponse", "desk.new.other": "{n} nouvelles réponses"}`)},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	lang := b.Choose("", "fr-CA, en;q=0.3", "en")
	fmt.Println(b.Localizer(lang).T("desk.new", "n", 3))
	// Output: 3 nouvelles réponses
}
