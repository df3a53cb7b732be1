package text

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestQueriesForBothEngines(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, fts, ts string }{
		"one word":                         {"Printer", `"printer"`, `'printer'`},
		"all words":                        {"printer  paper", `"printer" AND "paper"`, `'printer' & 'paper'`},
		"a phrase":                         {`"Paper jam"`, `"paper jam"`, `('paper' <-> 'jam')`},
		"typographic quotes":               {`“paper jam”`, `"paper jam"`, `('paper' <-> 'jam')`},
		"an open quote ends with the text": {`a "paper jam`, `"a" AND "paper jam"`, `'a' & ('paper' <-> 'jam')`},
		"a beginning":                      {"print*", `"print" *`, `'print':*`},
		"a beginning in a phrase":          {`"paper ja"*`, `"paper ja" *`, `('paper' <-> 'ja':*)`},
		"one letter is no beginning":       {"p*", `"p"`, `'p'`},
		"without":                          {"printer -toner", `"printer" NOT ("toner")`, `'printer' & !('toner')`},
		"several without":                  {`a b -c -"d e"`, `("a" AND "b") NOT ("c" OR "d e")`, `('a' & 'b') & !('c' | ('d' <-> 'e'))`},
		"only without":                     {"-toner", "", ""},
		"either":                           {"wifi OR eduroam slow", `("wifi" OR "eduroam") AND "slow"`, `('wifi' | 'eduroam') & 'slow'`},
		"OR alone":                         {"OR", "", ""},
		"OR at the ends":                   {"OR a OR", `"a"`, `'a'`},
		"small or is a word":               {"a or b", `"a" AND "or" AND "b"`, `'a' & 'or' & 'b'`},
		"an address is a phrase":           {"ana.ruiz@example.org", `"ana ruiz example org"`, `('ana' <-> 'ruiz' <-> 'example' <-> 'org')`},
		"operators are words":              {`NEAR(a b) AND {c} ^d`, `"near a" AND "b" AND "and" AND "c" AND "d"`, `('near' <-> 'a') & 'b' & 'and' & 'c' & 'd'`},
		"quotes inside cannot get out":     {`a'b:*|!c`, `"a b c"`, `('a' <-> 'b' <-> 'c')`},
		"punctuation only":                 {`!!! "" - * : "...`, "", ""},
		"nothing":                          {"", "", ""},
		"accents":                          {"Zoë ŒUVRE", `"zoe" AND "oeuvre"`, `'zoe' & 'oeuvre'`},
		"an unknown filter is words":       {"colour:red", `"colour red"`, `('colour' <-> 'red')`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := ParseQuery(c.in, "ref", "from", "state")
			if got := q.FTS5(); got != c.fts {
				t.Errorf("FTS5 of %q\n got %s\nwant %s", c.in, got, c.fts)
			}
			if got := q.TSQuery(); got != c.ts {
				t.Errorf("TSQuery of %q\n got %s\nwant %s", c.in, got, c.ts)
			}
		})
	}
}

func TestWideSearchesForBothEngines(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, fts, ts string }{
		"a word goes on":                    {"wireles toner", `("wireles" * OR "wirele") AND "toner" *`, `('wireles':* | 'wirele') & 'toner':*`},
		"two letters do not":                {"ab", `"ab"`, `'ab'`},
		"two Han signs do":                  {"打印", `"打印" *`, `'打印':*`},
		"one Han sign does not":             {"打", `"打"`, `'打'`},
		"right to left":                     {"مدف", `"مدف" *`, `'مدف':*`},
		"a number does not":                 {"2417 lap001", `"2417" AND "lap001"`, `'2417' & 'lap001'`},
		"in quotes it stands":               {`"wireles" "paper ja"`, `"wireles" AND "paper ja"`, `'wireles' & ('paper' <-> 'ja')`},
		"with a star it is as before":       {"wi*", `"wi" *`, `'wi':*`},
		"what is left out stands":           {"fan -lamps", `"fan" * NOT ("lamps")`, `'fan':* & !('lamps')`},
		"the last word of a joined one":     {"wi-fis", `("wi fis" * OR "wi fi")`, `(('wi' <-> 'fis':*) | ('wi' <-> 'fi'))`},
		"a plural with es":                  {"mailboxes", `("mailboxes" * OR "mailbox" OR "mailboxe")`, `('mailboxes':* | 'mailbox' | 'mailboxe')`},
		"a plural with ies":                 {"policies", `("policies" * OR "policy" OR "policie")`, `('policies':* | 'policy' | 'policie')`},
		"a singular whose plural begins so": {"printer", `"printer" *`, `'printer':*`},
		"one whose plural does not":         {"policy", `("policy" * OR "policies")`, `('policy':* | 'policies')`},
		"French with x":                     {"réseaux", `("reseaux" * OR "reseau" OR "reseal")`, `('reseaux':* | 'reseau' | 'reseal')`},
		"French with aux":                   {"terminaux", `("terminaux" * OR "terminau" OR "terminal")`, `('terminaux':* | 'terminau' | 'terminal')`},
		"French in -al":                     {"journal", `("journal" * OR "journaux")`, `('journal':* | 'journaux')`},
		"ss is no plural":                   {"access", `"access" *`, `'access':*`},
		"x alone is no plural":              {"linux", `"linux" *`, `'linux':*`},
		"either":                            {"fans OR lamp", `("fans" * OR "fan" OR "lamp" *)`, `('fans':* | 'fan' | 'lamp':*)`},
	} {
		q := ParseQuery(c.in).Wide()
		if got := q.FTS5(); got != c.fts {
			t.Errorf("%s: FTS5 of %q\n got %s\nwant %s", name, c.in, got, c.fts)
		}
		if got := q.TSQuery(); got != c.ts {
			t.Errorf("%s: TSQuery of %q\n got %s\nwant %s", name, c.in, got, c.ts)
		}
	}
	for in, want := range map[string]string{
		"printer": `("printer" OR "printers")`, "mailboxes": `("mailboxes" OR "mailbox" OR "mailboxe" OR "mailboxess" OR "mailboxeses")`, "box": `("box" OR "boxs" OR "boxes")`, "réseau": `("reseau" OR "reseaus" OR "reseaux")`,
		"policy": `("policy" OR "policies" OR "policys")`, "ab": `"ab"`, "lap001": `"lap001"`, `"printer" -lamp`: `"printer" NOT ("lamp")`, "prin*": `"prin" *`,
	} {
		if q := ParseQuery(in).Near(); q.FTS5() != want {
			t.Errorf("near %q is %s, want %s", in, q.FTS5(), want)
		}
	}
	q := ParseQuery("fans")
	q.Near()
	if q.Wide(); q.FTS5() != `"fans"` {
		t.Errorf("widening a search changed it to %s", q.FTS5())
	}
}

func TestFiltersAreTyped(t *testing.T) {
	t.Parallel()
	q := ParseQuery(`Ref:ABC-12 from:"Ana  Ruiz" -state:closed printer from: ref:x"y`, "ref", "from", "state")
	want := []Filter{{"ref", "ABC-12", false}, {"from", "Ana Ruiz", false}, {"state", "closed", true}, {"ref", "x", false}}
	if diff := cmp.Diff(want, q.Filters); diff != "" {
		t.Errorf("filters (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Note{NoteEmptyFilter}, q.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	if got := q.Filter("ref"); len(got) != 2 || got[1].Value != "x" {
		t.Errorf("Filter(ref) = %v", got)
	}
	if got := ParseQuery("ref:abc"); len(got.Filters) != 0 || got.FTS5() != `"ref abc"` {
		t.Errorf("a name that the caller did not give became a filter: %+v", got)
	}
}

func TestCapsAreNoted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in   string
		want Note
	}{
		"too long":     {strings.Repeat("ab ", 500), NoteTooLong},
		"too many":     {strings.Repeat("w ", 40), NoteTooMany},
		"long phrase":  {`"` + strings.Repeat("w ", 40) + `"`, NoteTooMany},
		"many choices": {strings.Repeat("a OR ", 20) + "b", NoteTooMany},
		"many filters": {strings.Repeat("ref:a ", 20) + "b", NoteTooMany},
		"short prefix": {"a*", NoteShortPrefix},
		"only without": {"-a", NoteOnlyWithout},
	} {
		if got := ParseQuery(c.in, "ref").Notes; !strings.Contains(fmt.Sprint(got), string(c.want)) {
			t.Errorf("%s: notes %v, want %s", name, got, c.want)
		}
	}
}

// The whole of what the printers may write: quoted letters and digits, and our
// own operators.
var (
	onlyFTS5 = regexp.MustCompile(`^(?:"[\pL\pN\p{Co}]+(?: [\pL\pN\p{Co}]+)*"(?: \*)?|\(|\)| AND | OR | NOT )*$`)
	onlyTS   = regexp.MustCompile(`^(?:'[\pL\pN\p{Co}]+'(?::\*)?|\(|\)| & | \| | & !| <-> )*$`)
)

func checkQuery(t failer, s string) {
	t.Helper()
	q := ParseQuery(s, "ref", "from")
	if !onlyFTS5.MatchString(q.FTS5()) || !onlyTS.MatchString(q.TSQuery()) {
		t.Fatalf("%q prints more than quoted words: %s / %s", s, q.FTS5(), q.TSQuery())
	}
	if (q.FTS5() == "") != !q.HasText() || strings.Count(q.TSQuery(), "(") != strings.Count(q.TSQuery(), ")") {
		t.Fatalf("%q prints %q / %q", s, q.FTS5(), q.TSQuery())
	}
	if w := q.Wide(); !onlyFTS5.MatchString(w.FTS5()) || !onlyTS.MatchString(w.TSQuery()) {
		t.Fatalf("%q is widened to more than quoted words: %s / %s", s, w.FTS5(), w.TSQuery())
	}
	printed := q.String()
	if len([]rune(printed)) > maxQueryRunes {
		return // the printed form, with its quotes, would itself be cut
	}
	again := ParseQuery(printed, "ref", "from")
	q.Notes, again.Notes = nil, nil
	if diff := cmp.Diff(q, again); diff != "" {
		t.Fatalf("%q printed as %q reads back differently:\n%s", s, printed, diff)
	}
}

func TestAPrintedQueryReadsBackAsItself(t *testing.T) {
	t.Parallel()
	piece := rapid.SampledFrom([]string{"printer", `"paper jam"`, "pri*", "-", "OR", "ref:", "from:x", " ", "\"", "*", "é", "Straße", ":", "(", "'", "ﷺ", "a", "9"})
	rapid.Check(t, func(t *rapid.T) {
		checkQuery(t, strings.Join(rapid.SliceOfN(rapid.OneOf(piece, piece, rapid.String()), 0, 25).Draw(t, "pieces"), ""))
	})
}

func FuzzParseQuery(f *testing.F) {
	f.Add(`printer -"low toner" wifi OR eduroam print* ref:A-1 from:"Ana Ruiz"`)
	f.Add(`"*"' OR 1=1 --`)
	f.Add("a* OR b\" NEAR(wireles \x00 réseaux'':*|! 打印")
	f.Fuzz(func(t *testing.T, s string) { checkQuery(t, s) })
}

func TestTheIndexHoldsTheWordsThatSearchesAskFor(t *testing.T) {
	t.Parallel()
	if got, want := IndexText("Zoë's Straße: 2.5-inch <disk>"), "zoe s strasse 2 5 inch disk"; got != want {
		t.Errorf("IndexText = %q, want %q", got, want)
	}
	if got, want := TSVector("the disk, the DISK"), `'disk':2,4 'the':1,3`; got != want {
		t.Errorf("TSVector = %s, want %s", got, want)
	}
	if got := TSVector(strings.Repeat("a ", 20000) + strings.Repeat("b", 3000)); strings.Count(got, ",") != maxPositions-1 || strings.Contains(got, "b") {
		t.Errorf("TSVector keeps too many positions or an over-long word: %d bytes", len(got))
	}
}

func ExampleParseQuery() {
	q := ParseQuery(`print* -"low toner" from:ana`, "from")
	fmt.Println(q.FTS5())
	fmt.Println(q.Filters[0].Name, q.Filters[0].Value)
	// Output:
	// "print" * NOT ("low toner")
	// from ana
}
