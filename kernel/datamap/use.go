package datamap

// Category is the kind of personal data a column holds.
type Category string

// The closed list of categories.
const (
	Contact    Category = "contact"    // how to reach somebody, and their name
	Identifier Category = "identifier" // what tells one person from all others
	Narrative  Category = "narrative"  // what people wrote
	Special    Category = "special"    // what the law protects more
	Vetting    Category = "vetting"    // security clearance
	Secret     Category = "secret"     // what lets somebody in
	Opinion    Category = "opinion"    // what one person thinks of another
	Generated  Category = "generated"  // what using the desk leaves behind
	None       Category = "none"       // nothing about anybody
)

// Protection is how a value lies in the store.
type Protection string

// The closed list of protections.
const (
	Clear  Protection = ""       // readable by whoever reads the file
	Sealed Protection = "sealed" // encrypted under the key of the record group
	Hashed Protection = "hashed" // a keyed or slow hash; it answers "is it this?"
)

// Export is what a person's own copy of their data holds of the column.
type Export string

// The closed list of exports.
const (
	ExportCopy Export = "copy" // the value
	ExportFile Export = "file" // the file it points to
	ExportNo   Export = "no"   // nothing
)

// Rectify is how a wrong value is put right.
type Rectify string

// The closed list of ways.
const (
	RectifySource Rectify = "source" // where it came from
	RectifyVerb   Rectify = "verb"   // by a verb of the slice
	RectifySelf   Rectify = "self"   // by the person
	RectifyAppend Rectify = "append" // by a note beside it: what was said was said
	RectifyNo     Rectify = "no"     // it cannot be wrong
)

// Erase is how a value is forgotten.
type Erase string

// The closed list of ways.
const (
	EraseKey  Erase = "key"  // the key that seals it is destroyed
	EraseRow  Erase = "row"  // its row is deleted
	EraseKeep Erase = "keep" // it stays, and says nothing without what is gone
)

// Use is a column's entry on the map. Of a column of category None all other
// fields are empty.
type Use struct {
	Category   Category
	Of         string // whose data, as the table sees it
	In         string // the record group, empty when the value needs no key
	Protection Protection
	Export     Export
	Rectify    Rectify
	Erase      Erase
}

// Personal reports whether the column says anything about a person.
func (u Use) Personal() bool { return u.Category != None }

// Column is one column of a table.
type Column struct {
	Name string
	Type string // as the migration says it: TEXT, BIGINT, BOOLEAN, BYTEA …
	File string
	Line int
	Use  Use
}

// Table is a table as all migrations of its module leave it.
type Table struct {
	Module  string
	Name    string
	Columns []Column
}

// Column returns the column of that name.
func (t Table) Column(name string) (Column, bool) {
	for _, c := range t.Columns {
		if c.Name == name {
			return c, true
		}
	}
	return Column{}, false
}
