package datamap_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"heed/kernel/datamap"
)

const people = `-- People.
CREATE TABLE person (
	id BIGINT PRIMARY KEY,      -- @none
	name BYTEA NOT NULL,        -- @contact of=self in=person sealed export=copy rectify=source erase=key
	user_name BYTEA,            -- @identifier of=self hashed export=no rectify=source erase=row
	manager_id BIGINT NOT NULL, -- @generated of=self export=copy rectify=source erase=row
	-- A line of its own between two columns.
	CONSTRAINT person_manager_id_key UNIQUE (manager_id)
);
CREATE INDEX person_user_name ON person (user_name);
`

func TestParseReadsEveryColumn(t *testing.T) {
	t.Parallel()
	got, err := datamap.Parse("directory", "one.sql", people)
	if err != nil {
		t.Fatal(err)
	}
	want := []datamap.Table{{Module: "directory", Name: "person", Columns: []datamap.Column{
		{Name: "id", Type: "BIGINT", File: "one.sql", Line: 3, Use: datamap.Use{Category: datamap.None}},
		{Name: "name", Type: "BYTEA", File: "one.sql", Line: 4, Use: datamap.Use{
			Category: datamap.Contact, Of: "self", In: "person", Protection: datamap.Sealed,
			Export: datamap.ExportCopy, Rectify: datamap.RectifySource, Erase: datamap.EraseKey,
		}},
		{Name: "user_name", Type: "BYTEA", File: "one.sql", Line: 5, Use: datamap.Use{
			Category: datamap.Identifier, Of: "self", Protection: datamap.Hashed,
			Export: datamap.ExportNo, Rectify: datamap.RectifySource, Erase: datamap.EraseRow,
		}},
		{Name: "manager_id", Type: "BIGINT", File: "one.sql", Line: 6, Use: datamap.Use{
			Category: datamap.Generated, Of: "self",
			Export: datamap.ExportCopy, Rectify: datamap.RectifySource, Erase: datamap.EraseRow,
		}},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the table was read differently (-want +got):\n%s", diff)
	}
}

func TestReadFollowsLaterMigrations(t *testing.T) {
	t.Parallel()
	got, err := datamap.Read("directory", fstest.MapFS{
		"migrations/0001_people.sql":           {Data: []byte(people)},
		"migrations/0002_phone.sql":            {Data: []byte("ALTER TABLE person ADD COLUMN phone BYTEA; -- @contact of=self in=person sealed export=copy rectify=source erase=key\nALTER TABLE person DROP COLUMN manager_id;\n")},
		"migrations/0003_gone.sqlite.sql":      {Data: []byte("CREATE TABLE gone (\n\tid BIGINT -- @none\n);\n")},
		"migrations/0003_gone.postgres.sql":    {Data: []byte("CREATE TABLE gone (\n\tid BIGINT -- @none\n);\n")},
		"migrations/0004_drop.sql":             {Data: []byte("DROP TABLE gone;\n")},
		"migrations/index/sqlite.sql":          {Data: []byte("CREATE VIRTUAL TABLE idx.words USING fts5 (words);\n")},
		"migrations/0005_words_and_values.sql": {Data: []byte("UPDATE person SET name = name;\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 {
		t.Fatalf("got %d tables, want person alone", len(got))
	}
	var names []string
	for _, c := range got[0].Columns {
		names = append(names, c.Name)
	}
	if diff := cmp.Diff([]string{"id", "name", "user_name", "phone"}, names); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
}

func TestProblemsSayWhereAndWhatWouldBeRight(t *testing.T) {
	t.Parallel()
	const sealed = " sealed export=copy rectify=no erase=key"
	for _, tt := range []struct{ name, line, want string }{
		{"a column without an entry", "a TEXT NOT NULL,", "m.sql:2: column t.a is not on the data map"},
		{"a comment that is no entry", "a TEXT, -- their name", "not on the data map"},
		{"an unknown category", "a TEXT, -- @private of=self", `"@private" is no category; the categories are contact,`},
		{"an unknown word", "a TEXT, -- @contact of=self in=person maybe" + sealed, `"maybe" means nothing here`},
		{"nobody's data", "a BYTEA, -- @contact in=person" + sealed, "of= is missing"},
		{"no fate", "a BYTEA, -- @contact of=self in=person sealed", "export=, rectify= and erase= are all needed"},
		{"a name in clear", "a TEXT, -- @contact of=self export=copy rectify=no erase=row", "@contact lies in clear"},
		{"sealed under no key", "a BYTEA, -- @contact of=self" + sealed, "in= is missing"},
		{"a key that seals nothing", "a BIGINT, -- @generated of=self in=person export=copy rectify=no erase=key", "erase=key needs sealed"},
		{"a hash that is copied", "a BYTEA, -- @identifier of=self hashed export=copy rectify=no erase=row", "of a hash gives nobody their data"},
		{"kept words", "a BYTEA, -- @narrative of=self in=person sealed export=no rectify=no erase=keep", "erase=keep is for generated numbers and hashes only"},
		{"an owner of nothing", "a TEXT, -- @none of=self", "@none stands alone"},
		{"a thing said twice", "a TEXT, -- @generated of=self of=author export=no rectify=no erase=row", "of= stands twice"},
		{"sealed and hashed", "a TEXT, -- @contact of=self sealed hashed", "sealed or hashed, not both"},
		{"an unknown fate", "a TEXT, -- @generated of=self export=no rectify=no erase=perhaps", "erase=perhaps is unknown; it is one of key, row, keep"},
		{"an owner that is no word", "a TEXT, -- @generated of=9", "of=9 is not a word"},
		{"two columns on a line", "a TEXT, b TEXT, -- @none", "two columns"},
		{"no column at all", "A text, -- @none", "is no column"},
		{"the same column twice", "a TEXT, -- @none\n\ta TEXT, -- @none", "t.a stands twice"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := datamap.Parse("m", "m.sql", "CREATE TABLE t (\n\t"+tt.line+"\n);\n")
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error that says %q", err, tt.want)
			}
		})
	}
}

func TestStatementsThatHideColumnsAreRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"a table on one line", "CREATE TABLE t (id BIGINT);", "cannot follow"},
		{"a table from a query", "CREATE TABLE t AS SELECT 1;", "cannot follow"},
		{"a renamed column", "ALTER TABLE t RENAME COLUMN a TO b;", "cannot follow"},
		{"somebody else's table", "ALTER TABLE t ADD COLUMN a TEXT; -- @none", "not made in the migrations of m"},
		{"a table without an end", "CREATE TABLE t (\n\ta TEXT -- @none\n", "never closed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := datamap.Parse("m", "m.sql", tt.text)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error that says %q", err, tt.want)
			}
		})
	}
}

func TestATableHasOneOwner(t *testing.T) {
	t.Parallel()
	mine := []datamap.Table{{Module: "ticket", Name: "entry"}, {Module: "ticket", Name: "ticket"}}
	if all, err := datamap.Owners(mine, []datamap.Table{{Module: "mail", Name: "mail_in"}}); err != nil || len(all) != 3 {
		t.Errorf("got %d tables and %v, want 3 and none", len(all), err)
	}
	if _, err := datamap.Owners(mine, []datamap.Table{{Module: "mail", Name: "entry"}}); err == nil || !strings.Contains(err.Error(), "table entry is made by ticket and by mail") {
		t.Errorf("got %v, want the two owners named", err)
	}
}

func TestAnEntryIsReadBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[a-z][a-z_]{0,8}`)
		u := datamap.Use{
			Category: rapid.SampledFrom([]datamap.Category{datamap.Contact, datamap.Secret, datamap.Generated, datamap.None}).Draw(t, "category"),
			Rectify:  rapid.SampledFrom([]datamap.Rectify{datamap.RectifySource, datamap.RectifyVerb, datamap.RectifySelf, datamap.RectifyAppend, datamap.RectifyNo}).Draw(t, "rectify"),
			Of:       name.Draw(t, "of"),
		}
		switch rapid.SampledFrom([]datamap.Protection{datamap.Sealed, datamap.Hashed}).Draw(t, "protection") {
		case datamap.Sealed:
			u.In, u.Protection, u.Export, u.Erase = name.Draw(t, "in"), datamap.Sealed, datamap.ExportFile, datamap.EraseKey
		default:
			u.Protection, u.Export, u.Erase = datamap.Hashed, datamap.ExportNo, datamap.EraseRow
		}
		if !u.Personal() {
			u = datamap.Use{Category: datamap.None}
		}
		got, err := datamap.ParseUse(u.String())
		if err != nil || got != u {
			t.Fatalf("%q was read as %+v, %v", u.String(), got, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(people)
	f.Add("ALTER TABLE person ADD phone BYTEA; -- @none")
	f.Fuzz(func(t *testing.T, text string) {
		tables, err := datamap.Parse("m", "m.sql", text)
		if err != nil {
			return
		}
		for _, table := range tables {
			for _, c := range table.Columns {
				if again, err := datamap.ParseUse(c.Use.String()); err != nil || again != c.Use {
					t.Fatalf("%s.%s: %q is read back as %+v, %v", table.Name, c.Name, c.Use, again, err)
				}
			}
		}
	})
}
