package datamap

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Problem is a place in a migration that the map cannot be read from.
type Problem struct {
	File string
	Line int
	Text string
}

// Error is file:line: what is wrong, and what would be right.
func (p Problem) Error() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text) }

// Read reads the migrations of a module, in order: fsys holds
// migrations/NNNN_name.sql, as kernel/store runs them. A pair of files for the
// two engines is read as the one for SQLite, since both make the same columns.
// The error joins all Problems.
func Read(module string, fsys fs.FS) ([]Table, error) {
	names, err := fs.Glob(fsys, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	r := reader{module: module}
	for _, name := range names {
		if strings.HasSuffix(name, ".postgres.sql") {
			continue
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		r.file(path.Join(module, name), string(text))
	}
	return r.tables, errors.Join(r.problems...)
}

// Parse reads one migration.
func Parse(module, file, text string) ([]Table, error) {
	r := reader{module: module}
	r.file(file, text)
	return r.tables, errors.Join(r.problems...)
}

// Owners joins the tables of several modules; a table made by two is an error.
func Owners(modules ...[]Table) (map[string]Table, error) {
	out := map[string]Table{}
	var errs []error
	for _, tables := range modules {
		for _, t := range tables {
			if other, ok := out[t.Name]; ok {
				errs = append(errs, fmt.Errorf("table %s is made by %s and by %s; a table has one owner, who alone reads and writes it", t.Name, other.Module, t.Module))
			}
			out[t.Name] = t
		}
	}
	return out, errors.Join(errs...)
}

// The statements of a migration that change columns, at the begin of a line.
var (
	createTable = regexp.MustCompile(`(?i)^CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([a-z_][a-z0-9_.]*)\s*\($`)
	dropTable   = regexp.MustCompile(`(?i)^DROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?([a-z_][a-z0-9_.]*)\s*;`)
	addColumn   = regexp.MustCompile(`(?i)^ALTER\s+TABLE\s+([a-z_][a-z0-9_.]*)\s+ADD\s+(?:COLUMN\s+)?([a-z_].*);$`)
	dropColumn  = regexp.MustCompile(`(?i)^ALTER\s+TABLE\s+([a-z_][a-z0-9_.]*)\s+DROP\s+(?:COLUMN\s+)?([a-z_][a-z0-9_]*)\s*;$`)
	touchesOne  = regexp.MustCompile(`(?i)\b(CREATE\s+TABLE|DROP\s+TABLE|ALTER\s+TABLE)\b`)
	constraint  = regexp.MustCompile(`(?i)^(CONSTRAINT|PRIMARY\s+KEY|UNIQUE|FOREIGN\s+KEY|CHECK)\b`)
	column      = regexp.MustCompile(`^([a-z_][a-z0-9_]*)\s+([A-Z][A-Z0-9]*)\b`)
	second      = regexp.MustCompile(`,\s*[a-z_][a-z0-9_]*\s+[A-Z]`)
)

// reader walks a migration line by line: one column, one line, one entry.
type reader struct {
	module   string
	tables   []Table
	problems []error

	name string // of the file
	line int
	open string // the table whose columns are being read
}

func (r *reader) file(name, text string) {
	r.name, r.open = name, ""
	n := 0
	for line := range strings.Lines(text) {
		n++
		r.line = n
		code, note, _ := strings.Cut(line, "--")
		if code = strings.TrimSpace(code); code == "" {
			continue
		}
		note = strings.TrimSpace(note)
		switch {
		case r.open == "":
			r.statement(code, note)
		case strings.HasPrefix(code, ")"):
			r.open = ""
		case !constraint.MatchString(code):
			r.column(r.open, code, note)
		}
	}
	if r.open != "" {
		r.problem("table %s is never closed; end it with ) and ; on a line of their own", r.open)
	}
}

// statement reads a line outside a table's columns.
func (r *reader) statement(code, note string) {
	if m := createTable.FindStringSubmatch(code); m != nil {
		r.open = m[1]
		r.tables = append(r.tables, Table{Module: r.module, Name: m[1]})
		return
	}
	if m := addColumn.FindStringSubmatch(code); m != nil {
		r.column(m[1], m[2], note)
		return
	}
	if m := dropColumn.FindStringSubmatch(code); m != nil {
		if t := r.table(m[1]); t != nil {
			t.Columns = slices.DeleteFunc(t.Columns, func(c Column) bool { return c.Name == m[2] })
		}
		return
	}
	if m := dropTable.FindStringSubmatch(code); m != nil {
		r.tables = slices.DeleteFunc(r.tables, func(t Table) bool { return t.Name == m[1] })
		return
	}
	if touchesOne.MatchString(code) {
		r.problem("the data map cannot follow %q; write CREATE TABLE name ( with each column on a line of its own, or ALTER TABLE name ADD or DROP COLUMN on one line", code)
	}
}

func (r *reader) column(table, code, note string) {
	m := column.FindStringSubmatch(code)
	if m == nil {
		r.problem("%q is no column; write its name in small letters, its type in capitals, one column a line", code)
		return
	}
	if second.MatchString(code) {
		r.problem("%q holds two columns; each stands on a line of its own, so that each has its entry", code)
		return
	}
	t := r.table(table)
	if t == nil {
		r.problem("table %s is not made in the migrations of %s; a column belongs to the module that made its table", table, r.module)
		return
	}
	if _, twice := t.Column(m[1]); twice {
		r.problem("column %s.%s stands twice", table, m[1])
		return
	}
	if !strings.HasPrefix(note, "@") {
		r.problem("column %s.%s is not on the data map; end its line with -- @none, or with whose data it is and what becomes of it", table, m[1])
		return
	}
	u, err := ParseUse(note)
	if err != nil {
		r.problem("column %s.%s: %v", table, m[1], err)
		return
	}
	t.Columns = append(t.Columns, Column{Name: m[1], Type: m[2], File: r.name, Line: r.line, Use: u})
}

func (r *reader) table(name string) *Table {
	for i := range r.tables {
		if r.tables[i].Name == name {
			return &r.tables[i]
		}
	}
	return nil
}

func (r *reader) problem(format string, args ...any) {
	r.problems = append(r.problems, Problem{File: r.name, Line: r.line, Text: fmt.Sprintf(format, args...)})
}
