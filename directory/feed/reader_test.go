package feed

import (
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const whole = `source: hr
desk: LJMU
missing: close
columns: {key: ID, name: [FIRST, LAST], user_name: LOGIN, email: MAIL, manager: BOSS, employer: ORG, affiliation: KIND, until: END, state: ST}
values:
  employer: {"1": LJMU}
  affiliation: {S: staff, T: student}
  state: {A: active, L: closed}
`

const wholeHead = "ID,FIRST,LAST,LOGIN,MAIL,BOSS,ORG,KIND,END,ST\n"

func parse(t testing.TB, src string) *Map {
	t.Helper()
	m, problems := ParseMap("map.yaml", []byte(src))
	if m == nil {
		t.Fatal(problems)
	}
	return m
}

// readAll returns what a file holds, and what is wrong with it.
func readAll(t testing.TB, m *Map, file io.Reader) (recs []Record, dropped []string, problems []Problem) {
	t.Helper()
	rd, problems := NewReader(file, m)
	if rd == nil || len(problems) > 0 {
		return nil, nil, problems
	}
	for rec, ps := range rd.Rows() {
		if problems = append(problems, ps...); len(ps) == 0 {
			recs = append(recs, rec)
		}
	}
	return recs, rd.Dropped(), problems
}

func TestARowIsReadInTheWordsOfTheMap(t *testing.T) {
	t.Parallel()
	file := "\xef\xbb\xbfID,FIRST,LAST,LOGIN,MAIL,BOSS,ORG,KIND,END,ST,SECRET\n" +
		"7,  Zoë ,Ó  Súilleabháin,zos,z@x.example,7,1,S;T,2027-07-31,A,xyz\n" +
		"8,\"Anna\nMaria\",\"B, \"\"C\"\"\",,,7,1,,,L,\n"
	recs, dropped, problems := readAll(t, parse(t, whole), strings.NewReader(file))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := []Record{
		{Line: 2, Key: "7", Name: "Zoë Ó Súilleabháin", Items: []Item{{UserName, "zos"}, {Email, "z@x.example"}}, Employer: "LJMU", Affiliations: []string{"staff", "student"}, Until: "2027-07-31"},
		{Line: 3, Key: "8", Name: `Anna Maria B, "C"`, Manager: "7", Employer: "LJMU", Closed: true},
	}
	if diff := cmp.Diff(want, recs); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"SECRET"}, dropped); diff != "" {
		t.Error(diff)
	}
}

func TestEachFaultOfARowIsNamed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ row, want string }{
		"the key is empty":                  {",A,B,,,,1,S,,A", "is the key and is empty"},
		"the name is empty":                 {"1,,,,,,1,S,,A", "the name is empty"},
		"an address without a domain":       {"1,A,B,,a@,,1,S,,A", "holds no mail address"},
		"an address with words":             {"1,A,B,,A B <a@b>,,1,S,,A", "holds no mail address"},
		"a user name that is an address":    {"1,A,B,a@b,,,1,S,,A", "is the user name and holds an @"},
		"no employer":                       {"1,A,B,,,,,S,,A", "the employer decides who is responsible"},
		"an employer nobody translates":     {"1,A,B,,,,2,S,,A", `holds the code "2"`},
		"an affiliation nobody translates":  {"1,A,B,,,,1,S;X,,A", `holds "X"`},
		"a day in another order":            {"1,A,B,,,,1,S,31/07/2027,A", "holds no day"},
		"a day that does not exist":         {"1,A,B,,,,1,S,2027-02-30,A", "holds no day"},
		"a state nobody translates":         {"1,A,B,,,,1,S,,Z", "neither active nor closed"},
		"a state that is empty":             {"1,A,B,,,,1,S,,", "neither active nor closed"},
		"too few columns":                   {"1,A", "more or fewer columns"},
		"too many columns":                  {"1,A,B,,,,1,S,,A,more", "more or fewer columns"},
		"a stray quotation mark":            {`1,A"x,B,,,,1,S,,A`, "a quotation mark stands where none may stand"},
		"words behind a quotation":          {`1,"A"x,B,,,,1,S,,A`, "a quotation mark stands where none may stand"},
		"bytes that are no UTF-8":           {"1,\xe9,B,,,,1,S,,A", "is not UTF-8"},
		"a value that is a page":            {"1," + strings.Repeat("é", 201) + ",B,,,,1,S,,A", "more than 200 characters"},
		"two faults are both named, or one": {"1,A,B,,x,,2,S,,A", "holds no mail address"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			recs, _, problems := readAll(t, parse(t, whole), strings.NewReader(wholeHead+"0,Z,Z,,,,1,S,,A\n"+c.row+"\n9,Z,Z,,,,1,S,,A\n"))
			if len(recs) != 2 || len(problems) == 0 || problems[0].Line != 3 || !strings.Contains(problems[0].Text, c.want) {
				t.Errorf("%d good rows; %v", len(recs), problems)
			}
		})
	}
}

func TestTheHeadMustHaveTheColumnsOfTheMap(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, want string }{
		"an empty file":               {"", "the file is empty"},
		"a column is missing":         {strings.Replace(wholeHead, "MAIL", "POST", 1), `names a column "MAIL" that the file does not have`},
		"a column stands twice":       {strings.Replace(wholeHead, "BOSS", "ID", 1) + "", `two columns "ID"`},
		"another separator":           {strings.ReplaceAll(wholeHead, ",", ";"), "does not have"},
		"a head with a quotation":     {`ID,"FIRST`, "a quotation mark stands"},
		"more columns than anybody's": {wholeHead[:len(wholeHead)-1] + strings.Repeat(",x", 200) + "\n", "at most 200 are read"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, problems := readAll(t, parse(t, whole), strings.NewReader(c.file))
			if len(problems) == 0 || problems[0].Line != 1 || !strings.Contains(problems[0].Text, c.want) {
				t.Errorf("got %v, want %s", problems, c.want)
			}
		})
	}
}

func TestAQuotationMarkThatIsNeverClosedIsFoundSoon(t *testing.T) {
	t.Parallel()
	file := wholeHead + "1,\"A,B,,,,1,S,,A\n" + strings.Repeat("2,A,B,,,,1,S,,A\n", 20_000)
	source := &counting{r: strings.NewReader(file)}
	_, _, problems := readAll(t, parse(t, whole), source)
	if len(problems) != 1 || problems[0].Line != 2 || !strings.Contains(problems[0].Text, "never closed") {
		t.Errorf("got %v", problems)
	}
	if source.n > 3*maxRow {
		t.Errorf("%d bytes were read of a file that was broken from the start", source.n)
	}
}

type counting struct {
	r io.Reader
	n int
}

// Read implements io.Reader.
func (c *counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

func TestAFileThatBreaksOffIsReported(t *testing.T) {
	t.Parallel()
	broken := io.MultiReader(strings.NewReader(wholeHead+"1,A,B,,,,1,S,,A\n"), &failing{})
	recs, _, problems := readAll(t, parse(t, whole), broken)
	if len(recs) != 1 || len(problems) != 1 || !strings.Contains(problems[0].Text, "cannot be read any further") {
		t.Errorf("%d rows, %v", len(recs), problems)
	}
}

type failing struct{}

// Read implements io.Reader.
func (*failing) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

func TestDifferentRecordsHaveDifferentTexts(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[a-c ]{0,3}`)
	record := rapid.Custom(func(t *rapid.T) Record {
		r := Record{Name: word.Draw(t, "name"), Manager: word.Draw(t, "manager"), Employer: word.Draw(t, "employer"), Until: word.Draw(t, "until"), Closed: rapid.Bool().Draw(t, "closed")}
		for _, k := range []string{UserName, Email, Phone} {
			if v := word.Draw(t, k); v != "" {
				r.Items = append(r.Items, Item{k, v})
			}
		}
		if rapid.Bool().Draw(t, "staff") {
			r.Affiliations = []string{"staff"}
		}
		return r
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := record.Draw(t, "a"), record.Draw(t, "b")
		if same := cmp.Equal(a, b); same != (a.Canonical() == b.Canonical()) {
			t.Fatalf("the records are equal: %t; their texts are %q and %q", same, a.Canonical(), b.Canonical())
		}
	})
}

func FuzzRows(f *testing.F) {
	f.Add([]byte(wholeHead + "1,A,B,ab,a@b,2,1,S,2027-01-01,A\n"))
	f.Add([]byte("\xef\xbb\xbf" + wholeHead + "1,\"A\"\"\n,B,,,,1,S;T,,L\r\n"))
	f.Add([]byte(wholeHead + "\"\n"))
	m := parse(f, whole)
	f.Fuzz(func(t *testing.T, file []byte) {
		recs, _, _ := readAll(t, m, strings.NewReader(string(file)))
		for _, r := range recs {
			if r.Key == "" || r.Name == "" || r.Employer != "LJMU" || r.Line < 2 {
				t.Errorf("a record without what it needs: %+v", r)
			}
			for _, i := range r.Items {
				if i.Text == "" || !utf8.ValidString(i.Text) || strings.ContainsAny(i.Text, "\x1e\x1f\n") {
					t.Errorf("an item that was not cleaned: %q", i)
				}
			}
		}
	})
}
