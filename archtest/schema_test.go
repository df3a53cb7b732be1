package archtest

import (
	"database/sql"
	"maps"
	"slices"
	"testing"

	"heed/app"
	"heed/kernel/datamap"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// TestDataMapIsTheSchema compares the data map with what the migrations made:
// a column that the map's reader overlooked would be on no list.
func TestDataMapIsTheSchema(t *testing.T) {
	t.Parallel()
	for _, modules := range [][]store.Module{app.Modules(), app.KeyModules()} {
		var tables [][]datamap.Table
		for _, m := range modules {
			ts, err := datamap.Read(m.Name, m.FS)
			if err != nil {
				t.Fatal(err)
			}
			tables = append(tables, ts)
		}
		mapped, err := datamap.Owners(tables...)
		if err != nil {
			t.Error(err)
		}
		db := storetest.Open(t, store.SQLite, modules).Raw(t)
		made := words(t, db, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_migration' ORDER BY name`)
		if want := slices.Sorted(maps.Keys(mapped)); !slices.Equal(made, want) {
			t.Errorf("the database has the tables %v, the map %v", made, want)
		}
		for _, name := range made {
			columns := words(t, db, `SELECT name FROM pragma_table_info($1) ORDER BY name`, name)
			var want []string
			for _, c := range mapped[name].Columns {
				want = append(want, c.Name)
			}
			slices.Sort(want)
			if !slices.Equal(columns, want) {
				t.Errorf("the table %s has the columns %v, the map %v", name, columns, want)
			}
		}
	}
}

func words(t *testing.T, db *sql.DB, q string, args ...any) (out []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), q, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}
