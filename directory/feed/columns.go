package feed

import (
	"fmt"
	"slices"
	"strings"

	"heed/notice/strict"
)

// The values that a feed may bring, in the order of Record.Items. With the name
// and the manager they are the nine items of CHI-12.
const (
	UserName   = "user_name"
	Email      = "email"
	Phone      = "phone"
	Office     = "office"
	Department = "department"
	JobTitle   = "job_title"
	Number     = "number"
)

// Map says what the columns of a file mean, and what the file is for.
type Map struct {
	Source      string    `yaml:"source,required"`  // shown beside every value the feed brings: "central accounts"
	Desk        string    `yaml:"desk,required"`    // code of the controller whose desk serves these people
	Missing     Missing   `yaml:"missing,required"` // what becomes of people of this feed whom the file lacks
	CloseAtMost int       `yaml:"close_at_most"`    // per cent of the feed's people that one run may close; 0 means 20
	Separator   separator `yaml:"separator"`        // comma unless set
	Columns     Columns   `yaml:"columns,required"`
	Values      Values    `yaml:"values"`
}

// Columns names the columns. Only key and name must be there.
type Columns struct {
	Key         string   `yaml:"key,required"`  // tells people apart, and never changes
	Name        []string `yaml:"name,required"` // several are joined by a space
	UserName    string   `yaml:"user_name"`
	Email       string   `yaml:"email"`
	Phone       string   `yaml:"phone"`
	Office      string   `yaml:"office"`
	Department  string   `yaml:"department"`
	JobTitle    string   `yaml:"job_title"`
	Number      string   `yaml:"number"`      // student or staff number
	Manager     string   `yaml:"manager"`     // the key of the manager
	Employer    string   `yaml:"employer"`    // code of the organisation; it decides the controller (CAB-28)
	Affiliation string   `yaml:"affiliation"` // staff, student, partner; several with ; between
	Until       string   `yaml:"until"`       // last day of the affiliation, as 2027-07-31
	State       string   `yaml:"state"`       // active or closed
}

// Values translates codes of the file. Without a table the column holds the
// words themselves.
type Values struct {
	Employer    []code `yaml:"employer"`
	Affiliation []code `yaml:"affiliation"`
	State       []code `yaml:"state"`
}

// code is one line of a table: what the file writes, and what it means.
type code struct {
	File  string `yaml:",key"`
	Means string
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (c *code) UnmarshalText(text []byte) error {
	c.Means = strings.TrimSpace(string(text))
	return nil
}

// Missing is what becomes of people of a feed whom its file lacks.
type Missing string

// The two answers. There is no default: the difference is somebody's account.
const (
	MissingClose Missing = "close"
	MissingKeep  Missing = "keep"
)

// UnmarshalText implements encoding.TextUnmarshaler.
func (m *Missing) UnmarshalText(text []byte) error {
	switch *m = Missing(text); *m {
	case MissingClose, MissingKeep:
		return nil
	}
	return fmt.Errorf("%q is neither close nor keep", text)
}

type separator rune

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *separator) UnmarshalText(text []byte) error {
	known := map[string]separator{",": ',', "comma": ',', ";": ';', "semicolon": ';', "tab": '\t', "|": '|', "bar": '|'}
	v, ok := known[string(text)]
	if !ok {
		return fmt.Errorf("%q separates nothing; write comma, semicolon, tab or bar", text)
	}
	*s = v
	return nil
}

// The words that the translated columns may hold in the end.
func affiliations() []string { return []string{"staff", "student", "partner"} }
func states() []string       { return []string{"active", "closed"} }

// maxClose is what a run may close without being asked again, in per cent.
const maxClose = 20

// ParseMap reads a column map. A Map is returned only when nothing is wrong
// with the file; otherwise every fault is, with its place.
func ParseMap(file string, src []byte) (*Map, []strict.Problem) {
	doc, problems := strict.Parse(file, src)
	if doc == nil {
		return nil, problems
	}
	m := &Map{Separator: ',', CloseAtMost: maxClose}
	special := specialColumns(doc)
	problems = append(problems, special...)
	for _, p := range doc.Decode(m) {
		if !slices.ContainsFunc(special, func(s strict.Problem) bool { return s.Pos == p.Pos }) {
			problems = append(problems, p)
		}
	}
	problems = append(problems, m.check(doc)...)
	if len(problems) > 0 {
		return nil, strict.Sort(problems)
	}
	return m, nil
}

// check finds what is wrong although every key is known.
func (m *Map) check(doc *strict.Document) []strict.Problem {
	var out []strict.Problem
	add := func(path, format string, args ...any) {
		at := doc.Pos(path)
		if _, single := doc.Text(path); single {
			at = doc.ValuePos(path)
		}
		out = append(out, strict.Problem{File: doc.File(), Pos: at, Text: fmt.Sprintf(format, args...)})
	}
	if m.CloseAtMost < 1 || m.CloseAtMost > 100 {
		add("close_at_most", "close_at_most is %d; it should be a share in per cent, from 1 to 100", m.CloseAtMost)
	}
	if len(m.Source) > 40 {
		add("source", "source has more than 40 characters; give the feed a short name, since it stands beside every value")
	}
	if m.Columns.Until != "" && m.Columns.Affiliation == "" {
		add("columns.until", "columns.until is the last day of an affiliation, and no column holds the affiliation; add columns.affiliation")
	}
	for _, t := range []struct {
		path, column string
		table        []code
		words        []string
	}{
		{"values.employer", m.Columns.Employer, m.Values.Employer, nil},
		{"values.affiliation", m.Columns.Affiliation, m.Values.Affiliation, affiliations()},
		{"values.state", m.Columns.State, m.Values.State, states()},
	} {
		if len(t.table) > 0 && t.column == "" {
			add(t.path, "%s translates a column that columns does not name; add it there or leave the table out", t.path)
		}
		for _, c := range t.table {
			if t.words != nil && !slices.Contains(t.words, c.Means) {
				add(t.path+"."+c.File, "%q means %q in %s; it should be %s", c.File, c.Means, t.path, strings.Join(t.words, " or "))
			}
		}
	}
	return out
}

// translate returns what a code means; without a table it means itself.
func translate(table []code, v string) (string, bool) {
	if len(table) == 0 {
		return v, true
	}
	for _, c := range table {
		if c.File == v {
			return c.Means, true
		}
	}
	return "", false
}
