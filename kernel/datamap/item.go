package datamap

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"
)

// Item is a row that a slice holds about somebody, as the copy of their data
// has it.
type Item struct {
	Table  string
	ID     int64
	Fields []Field
	Files  []File
}

// Field is the value of one column: a text, or an instant.
type Field struct {
	Column string
	Text   string
	At     time.Time // set instead of Text in columns that hold an instant
}

// File is what a column points to.
type File struct {
	Column string
	Name   string // as it was given to us; it may be anything
	Size   int64
	Copy   func(context.Context, io.Writer) error
}

// Text is the value of a column of the item, "" where it has none.
func (it Item) Text(column string) string {
	for _, f := range it.Fields {
		if f.Column == column {
			return f.Text
		}
	}
	return ""
}

// With adds a text to the item. An empty one is left out: that nothing is there
// is no data.
func (it Item) With(column, text string) Item {
	if text != "" {
		it.Fields = append(it.Fields, Field{Column: column, Text: text})
	}
	return it
}

// When adds an instant to the item; the zero time is left out.
func (it Item) When(column string, at time.Time) Item {
	if !at.IsZero() {
		it.Fields = append(it.Fields, Field{Column: column, At: at})
	}
	return it
}

// Map is the tables of the house by name; Owners makes one.
type Map map[string]Table

// Allow holds an item to the map before it goes into a person's copy: columns
// that the map sends there, and those that say nothing about anybody and make
// the rest readable. Anything else is an error of the slice that hands it over,
// and stops the copy: a secret that left cannot be called back.
func (m Map) Allow(it Item) error {
	t, ok := m[it.Table]
	if !ok {
		return fmt.Errorf("a copy of somebody's data names table %q, which is not on the data map", it.Table)
	}
	for _, f := range it.Fields {
		c, ok := t.Column(f.Column)
		if !ok || (c.Use.Personal() && c.Use.Export != ExportCopy) {
			return fmt.Errorf("a copy of somebody's data holds %s.%s, which the data map does not send there", it.Table, f.Column)
		}
	}
	for _, f := range it.Files {
		if c, ok := t.Column(f.Column); !ok || (c.Use.Export != ExportFile && c.Use.Export != ExportCopy) {
			return fmt.Errorf("a copy of somebody's data holds the file of %s.%s, which the data map does not send there", it.Table, f.Column)
		}
	}
	return nil
}

// Exported lists the columns that a person's copy of their data has, as
// "table.column", in order.
func (m Map) Exported() []string {
	return m.where(func(u Use) bool { return u.Personal() && u.Export != ExportNo })
}

// Personal lists every column that says something about a person.
func (m Map) Personal() []string { return m.where(Use.Personal) }

func (m Map) where(fits func(Use) bool) (out []string) {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		for _, c := range m[name].Columns {
			if fits(c.Use) {
				out = append(out, name+"."+c.Name)
			}
		}
	}
	return out
}
