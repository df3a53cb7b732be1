package feed

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"heed/kernel/text"
)

// The limits of a row. A longer value is a damaged file, not a long name.
const (
	maxValue  = 200    // characters of one value
	maxColumn = 200    // columns of a file
	maxRow    = 64_000 // bytes of a row, so that a missing quotation mark does not read the file into memory
)

// Item is one value of a record.
type Item struct{ Kind, Text string }

// Record is one row, in the words of the map.
type Record struct {
	Line         int
	Key          string
	Name         string
	Items        []Item // in a fixed order; what the row leaves empty is not there
	Manager      string // the key of the manager
	Employer     string // code of the organisation; empty where the map names no column
	Affiliations []string
	Until        string // last day, as 2027-07-31; empty for none
	Closed       bool
}

// Item returns the value of a kind, "" when the row has none.
func (r Record) Item(kind string) string {
	for _, i := range r.Items {
		if i.Kind == kind {
			return i.Text
		}
	}
	return ""
}

// Canonical is the record as one text, the same for the same content. It is
// hashed to tell whether a row has changed. Cleaning has taken all control
// characters out of the values, so the marks between them are unambiguous.
func (r Record) Canonical() string {
	var b strings.Builder
	put := func(parts ...string) {
		for _, p := range parts {
			b.WriteString(p)
			b.WriteByte(0x1f)
		}
		b.WriteByte(0x1e)
	}
	put(r.Name, r.Manager, r.Employer, r.Until)
	put(r.Affiliations...)
	for _, i := range r.Items {
		put(i.Kind, i.Text)
	}
	if r.Closed {
		put("closed")
	}
	return b.String()
}

// Problem is a line of the file and what is wrong with it; line 1 is the head.
type Problem struct {
	Line int
	Text string
}

// String is the problem as a report prints it.
func (p Problem) String() string { return fmt.Sprintf("line %d: %s", p.Line, p.Text) }

// Reader reads the records of a file one after the other.
type Reader struct {
	m       *Map
	csv     *csv.Reader
	at      place
	dropped []string
}

// place is where the mapped columns stand; -1 for those the map does not name.
type place struct {
	key, manager, employer, affiliation, until, state int
	name                                              []int
	items                                             []column
}

// column is one that holds a value of a kind.
type column struct {
	kind, name string
	at         int
}

// NewReader reads the head of a file. The problems say which columns of the map
// it lacks.
func NewReader(r io.Reader, m *Map) (*Reader, []Problem) {
	in := bufio.NewReader(r)
	if b, err := in.Peek(3); err == nil && string(b) == "\xef\xbb\xbf" {
		_, _ = in.Discard(3)
	}
	c := csv.NewReader(&rows{in: in, comma: byte(m.Separator), mark: true})
	c.Comma, c.ReuseRecord = rune(m.Separator), true
	head, err := c.Read()
	if errors.Is(err, io.EOF) {
		return nil, []Problem{{1, "the file is empty; its first line should name the columns"}}
	}
	if err != nil {
		return nil, []Problem{{1, sentence(err)}}
	}
	if len(head) > maxColumn {
		return nil, []Problem{{1, fmt.Sprintf("the file has %d columns; at most %d are read", len(head), maxColumn)}}
	}
	rd := &Reader{m: m, csv: c}
	return rd, rd.find(slices.Clone(head))
}

// find looks the columns of the map up in the head.
func (r *Reader) find(head []string) []Problem {
	var problems []Problem
	used := make([]bool, len(head))
	for i := range head {
		head[i] = strings.TrimSpace(head[i])
	}
	look := func(column string) int {
		if column == "" {
			return -1
		}
		i := slices.Index(head, column)
		switch {
		case i < 0:
			problems = append(problems, Problem{1, fmt.Sprintf("the map names a column %q that the file does not have; its columns are %s", column, strings.Join(head, ", "))})
			return -1
		case slices.Contains(head[i+1:], column):
			problems = append(problems, Problem{1, fmt.Sprintf("the file has two columns %q; which is meant cannot be told", column)})
		}
		used[i] = true
		return i
	}
	c := r.m.Columns
	r.at = place{key: look(c.Key), manager: look(c.Manager), employer: look(c.Employer), affiliation: look(c.Affiliation), until: look(c.Until), state: look(c.State)}
	for _, n := range c.Name {
		r.at.name = append(r.at.name, look(n))
	}
	r.at.items = []column{{UserName, c.UserName, 0}, {Email, c.Email, 0}, {Phone, c.Phone, 0}, {Office, c.Office, 0}, {Department, c.Department, 0}, {JobTitle, c.JobTitle, 0}, {Number, c.Number, 0}}
	for i := range r.at.items {
		r.at.items[i].at = look(r.at.items[i].name)
	}
	for i, name := range head {
		if !used[i] {
			r.dropped = append(r.dropped, text.CleanLine(name, 60))
		}
	}
	return problems
}

// Dropped are the columns that the map does not name. Nothing of them is read.
func (r *Reader) Dropped() []string { return r.dropped }

// Rows yields the records in the order of the file, each with what is wrong
// with its row; a row with problems is not to be used.
func (r *Reader) Rows() iter.Seq2[Record, []Problem] {
	return func(yield func(Record, []Problem) bool) {
		for {
			fields, err := r.csv.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				at, more := lineOf(err)
				if !yield(Record{Line: at}, []Problem{{at, sentence(err)}}) || !more {
					return
				}
				continue
			}
			line, _ := r.csv.FieldPos(0)
			if !yield(r.record(line, fields)) {
				return
			}
		}
	}
}

// record reads one row in the words of the map.
func (r *Reader) record(line int, fields []string) (Record, []Problem) {
	c := cells{r: r, fields: fields, rec: Record{Line: line}}
	rec := &c.rec
	rec.Key = c.value(r.at.key, r.m.Columns.Key)
	if rec.Key == "" && len(c.problems) == 0 {
		c.problem("column %q is the key and is empty; without it nobody can tell whose row this is", r.m.Columns.Key)
	}
	for i, at := range r.at.name {
		if v := c.value(at, r.m.Columns.Name[i]); v != "" {
			rec.Name = strings.TrimSpace(rec.Name + " " + v)
		}
	}
	if rec.Name == "" && len(c.problems) == 0 {
		c.problem("the name is empty")
	}
	for _, it := range r.at.items {
		if v := c.value(it.at, it.name); v != "" {
			rec.Items = append(rec.Items, Item{it.kind, v})
		}
	}
	if v := rec.Item(Email); v != "" && !isAddress(v) {
		c.problem("column %q holds no mail address; one is written name@domain", r.m.Columns.Email)
	}
	if strings.Contains(rec.Item(UserName), "@") {
		c.problem("column %q is the user name and holds an @; that is how mail addresses are told from user names", r.m.Columns.UserName)
	}
	if rec.Manager = c.value(r.at.manager, r.m.Columns.Manager); rec.Manager == rec.Key {
		rec.Manager = "" // heads of organisations are often their own manager in exports
	}
	c.employment()
	if len(c.problems) > 0 {
		return Record{Line: line}, c.problems
	}
	return c.rec, nil
}

// cells is one row while it is read.
type cells struct {
	r        *Reader
	fields   []string
	rec      Record
	problems []Problem
}

func (c *cells) problem(format string, args ...any) {
	c.problems = append(c.problems, Problem{c.rec.Line, fmt.Sprintf(format, args...)})
}

// value is the cleaned content of a column.
func (c *cells) value(at int, column string) string {
	if at < 0 || at >= len(c.fields) {
		return ""
	}
	v := c.fields[at]
	if plain(v) {
		v = strings.TrimSpace(v)
	} else {
		if !utf8.ValidString(v) {
			c.problem("column %q is not UTF-8; export the file as UTF-8", column)
			return ""
		}
		v = text.CleanLine(v, 0)
	}
	if len(v) > maxValue && utf8.RuneCountInString(v) > maxValue {
		c.problem("column %q has more than %d characters; look for a quotation mark or a separator that is missing before it", column, maxValue)
		return ""
	}
	return v
}

// plain reports whether a value needs no cleaning but at its ends.
func plain(v string) bool {
	for i := range len(v) {
		if v[i] < 0x20 || v[i] > 0x7e || (v[i] == ' ' && i > 0 && v[i-1] == ' ') {
			return false
		}
	}
	return true
}

func isAddress(v string) bool {
	at := strings.LastIndexByte(v, '@')
	return at > 0 && at < len(v)-1 && !strings.ContainsAny(v, " \t<>,;\"")
}
