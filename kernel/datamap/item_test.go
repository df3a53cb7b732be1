package datamap

import (
	"slices"
	"strings"
	"testing"
	"time"
)

const toyTable = `CREATE TABLE letter (
	id BIGINT PRIMARY KEY,      -- @none
	at BIGINT NOT NULL,         -- @none
	body BYTEA NOT NULL,        -- @narrative of=author in=letter sealed export=copy rectify=append erase=key
	pin BYTEA NOT NULL,         -- @secret of=author in=letter sealed export=no rectify=self erase=key
	scan TEXT NOT NULL          -- @narrative of=author in=letter sealed export=file rectify=no erase=key
);`

func toyMap(t *testing.T) Map {
	t.Helper()
	tables, err := Parse("post", "0001_post.sql", toyTable)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Owners(tables)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestACopyHoldsWhatTheMapSendsThereAndNothingElse(t *testing.T) {
	t.Parallel()
	m := toyMap(t)
	letter := Item{Table: "letter", ID: 1}
	for name, c := range map[string]struct {
		item Item
		want string // in the error; empty where the item may go
	}{
		"a value that is exported":      {letter.With("body", "dear all"), ""},
		"what makes it readable":        {letter.When("at", time.Unix(1, 0)), ""},
		"a file":                        {Item{Table: "letter", Files: []File{{Column: "scan"}}}, ""},
		"a long text kept as a file":    {Item{Table: "letter", Files: []File{{Column: "body"}}}, ""},
		"a secret":                      {letter.With("pin", "1234"), "letter.pin"},
		"a secret as a file":            {Item{Table: "letter", Files: []File{{Column: "pin"}}}, "letter.pin"},
		"a column nobody declared":      {letter.With("mood", "low"), "letter.mood"},
		"a table nobody declared":       {Item{Table: "diary"}, `"diary"`},
		"a file where the map has none": {Item{Table: "letter", Files: []File{{Column: "at"}}}, "letter.at"},
	} {
		err := m.Allow(c.item)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEmptyValuesAreNoData(t *testing.T) {
	t.Parallel()
	if it := (Item{}).With("body", "").When("at", time.Time{}); len(it.Fields) != 0 {
		t.Errorf("got %v", it.Fields)
	}
	if got := (Item{}).With("body", "x").Text("body"); got != "x" {
		t.Errorf("got %q", got)
	}
}

func TestTheMapListsWhatIsPersonal(t *testing.T) {
	t.Parallel()
	m := toyMap(t)
	if got, want := m.Exported(), []string{"letter.body", "letter.scan"}; !slices.Equal(got, want) {
		t.Errorf("exported: %v, want %v", got, want)
	}
	if got, want := m.Personal(), []string{"letter.body", "letter.pin", "letter.scan"}; !slices.Equal(got, want) {
		t.Errorf("personal: %v, want %v", got, want)
	}
}
