package archtest

import (
	"cmp"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"heed/app"
	"heed/kernel/ledger/journal"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
)

// large are the tables that grow with every ticket, mail, person or reading. A
// statement that reads one from end to end is fast in a test and slow for ever
// after.
func large() []string {
	return []string{"ticket", "entry", "person", "person_value", "ledger_record", "mail_in", "mail_out", "attachment"}
}

// scans are the statements that may read a large table from end to end, each
// with the reason.
func scans() map[string]string {
	return map[string]string{
		"ticket/ticketsByWay":  "what is read from end to end is the subquery of that name, which has a limit; {way} is always there and has an index",
		"ticket/ticketsByName": "{people} is always there and has an index; the signs before the id keep an engine from walking the tickets instead",
	}
}

// oneEngine are the statements said on one engine only, each with the reason.
func oneEngine() map[string]store.Dialect {
	return map[string]store.Dialect{
		"insertVector": store.Postgres, // the index holds tsvectors there, words on SQLite
		"insertWords":  store.SQLite,
		// words are found in another way on each engine
		"matchTexts": store.SQLite, "recentTexts": store.SQLite, "holdsWord": store.SQLite, "lateMatches": store.SQLite, "nextWord": store.SQLite,
		"matchWords": store.SQLite, "newestNames": store.Postgres, "rareNames": store.Postgres,
		"firstMatches": store.SQLite, "countMatches": store.SQLite,
		"newestTexts": store.Postgres, "gatheredTexts": store.Postgres, "rareTexts": store.Postgres, "textsWith": store.Postgres, "countTexts": store.Postgres, "statsOfTexts": store.Postgres, "lateEntries": store.Postgres,
	}
}

// fragments are texts that are conditions, not statements: each is tried inside
// a statement that has the names it uses.
func fragments() map[string]string {
	return map[string]string{
		"partySQL":    `SELECT t.id FROM ticket t WHERE t.id = $1 AND %s`,
		"partyWay":    `SELECT t.id FROM ticket t WHERE t.id < $1 AND %s`,
		"sharedSQL":   `SELECT p.id FROM person p WHERE p.id = $1 AND %s`,
		"concernsSQL": `SELECT p.id FROM person p WHERE p.id = $1 AND %s`,
		"headHolds":   `SELECT t.id FROM ticket t WHERE t.id = $1 AND %s`,
		"entryHolds":  `SELECT t.id FROM ticket t WHERE t.id = $1 AND %s`,
		"holdsWord":   `SELECT w.rowid FROM idx.ticket_words w WHERE w.rowid < $1 AND %s`,
	}
}

// TestStatements prepares every SQL text of every slice on both engines, and
// asks SQLite how it would find the rows. A misspelt column, a word that only
// one engine knows, and a list without an index are found here, not by a user.
func TestStatements(t *testing.T) {
	t.Parallel()
	h := repository(t)
	statements, columns := h.statements(), h.splices()
	if len(statements) < 100 {
		t.Fatalf("only %d statements were found; store*.go are read wrongly", len(statements))
	}
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			data := storetest.Open(t, d, app.Modules()).Raw(t)
			keys := storetest.Open(t, d, app.KeyModules()).Raw(t)
			lines := storetest.Open(t, d, []store.Module{journal.Module()}).Raw(t)
			keyOwners := []string{"kernel/seal", "privacy"}
			for _, s := range statements {
				if engine, one := oneEngine()[s.name]; s.part && fragments()[s.name] == "" || one && engine != d {
					continue
				}
				db := data
				if slices.Contains(keyOwners, s.pkg) {
					db = keys
				}
				if s.pkg == "kernel/ledger/journal" {
					db = lines
				}
				t.Run(s.pkg+"/"+s.name, func(t *testing.T) { try(t, db, d, s, columns) })
			}
		})
	}
}

func try(t *testing.T, db *sql.DB, d store.Dialect, s statement, columns map[[3]string]string) {
	q := filled(t, d, s, columns)
	stmt, err := db.PrepareContext(t.Context(), q)
	if err != nil {
		t.Fatalf("%s:%d: %s: %v\n%s", s.path, s.line, d, err, q)
	}
	if err := stmt.Close(); err != nil {
		t.Fatal(err)
	}
	if d != store.SQLite {
		return
	}
	found := fullScans(plan(t, db, q), q)
	reason := scans()[s.pkg+"/"+s.name]
	switch {
	case len(found) > 0 && reason == "":
		t.Errorf("%s:%d: %s reads all of %s\n\twhy: what takes a millisecond in a test takes a second in a university; give the condition an index, or list the statement in scans() with its reason\n%s",
			s.path, s.line, s.name, strings.Join(found, ", "), q)
	case len(found) == 0 && reason != "":
		t.Errorf("%s reads no large table from end to end any more; take it off scans()", s.name)
	}
}

var (
	mark        = regexp.MustCompile(`\{[a-z]+\}`)
	placeholder = regexp.MustCompile(`\$(\d+)`)
)

// filled is the statement as it would run: conditions that are spliced in hold
// always, except those that choose rows by number or by word.
func filled(t *testing.T, d store.Dialect, s statement, columns map[[3]string]string) string {
	t.Helper()
	q := s.text
	if frame, ok := fragments()[s.name]; ok {
		q = fmt.Sprintf(frame, q)
	} else if !beginsSQL.MatchString(q) {
		t.Fatalf("%s:%d: %s is no statement; list it in fragments() with a statement that it belongs in", s.path, s.line, s.name)
	}
	next := 0
	for _, m := range placeholder.FindAllStringSubmatch(q, -1) {
		n, _ := strconv.Atoi(m[1])
		next = max(next, n)
	}
	number := func() string { next++; return "$" + strconv.Itoa(next) }
	for strings.Contains(q, "?") {
		q = strings.Replace(q, "?", number(), 1)
	}
	return mark.ReplaceAllStringFunc(q, func(m string) string {
		name := m[1 : len(m)-1]
		if column := columns[[3]string{s.pkg, s.name, name}]; column != "" {
			return column + " IN (" + number() + ", " + number() + ")"
		}
		switch name {
		case "match":
			index := indexTable.FindStringSubmatch(q)
			if index == nil {
				t.Fatalf("%s: {match} needs an index table called w", s.name)
			}
			if d == store.Postgres {
				return d.Match("w", number())
			}
			return d.Match(index[1], number())
		case "words": // of a row at hand
			if d == store.Postgres {
				return d.Match("w", number())
			}
			return "instr(' ' || w.words || ' ', " + number() + ") > 0"
		case "column":
			return "p.id"
		case "rows":
			var row []string
			for range strings.Count(columnList.FindString(q), ",") + 1 {
				row = append(row, number())
			}
			return "(" + strings.Join(row, ", ") + ")"
		case "places":
			return "(CAST(" + number() + " AS BIGINT), CAST(" + number() + " AS BIGINT))"
		default:
			return "TRUE" // a scope or a filter: the worst it can be
		}
	})
}

var (
	fromTable  = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|UPDATE)\s+([a-z_.]+)(?:\s+(?:AS\s+)?([a-z]+))?`)
	columnList = regexp.MustCompile(`\([a-z_, ]+\)`)
	indexTable = regexp.MustCompile(`idx\.([a-z_]+) w\b`)
)

// plan asks SQLite how it would carry out q.
func plan(t *testing.T, db *sql.DB, q string) (steps []string) {
	t.Helper()
	highest := 0
	for _, m := range placeholder.FindAllStringSubmatch(q, -1) {
		n, _ := strconv.Atoi(m[1])
		highest = max(highest, n)
	}
	rows, err := db.QueryContext(t.Context(), store.SQLite.Explain()+q, make([]any, highest)...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, detail)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return steps
}

var scan = regexp.MustCompile(`^SCAN ([a-z_]+)`)

// fullScans names the large tables that a plan reads from end to end. A plan
// that walks an index in order and stops at LIMIT is also a scan: how far it
// walks depends on conditions that the planner does not know.
func fullScans(steps []string, q string) (out []string) {
	tables := map[string]string{}
	for _, m := range fromTable.FindAllStringSubmatch(q, -1) {
		tables[m[1]] = m[1]
		if m[2] != "" {
			tables[m[2]] = m[1]
		}
	}
	for _, step := range steps {
		if m := scan.FindStringSubmatch(step); m != nil && slices.Contains(large(), cmp.Or(tables[m[1]], m[1])) {
			out = append(out, cmp.Or(tables[m[1]], m[1])+" ("+step+")")
		}
	}
	return out
}

// TestFullScansAreFound shows that the test above would notice.
func TestFullScansAreFound(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite, app.Modules()).Raw(t)
	for q, want := range map[string]bool{
		`SELECT t.id FROM ticket t WHERE t.channel = $1`:                        true,
		`SELECT e.id FROM entry e WHERE e.body = $1`:                            true,
		`DELETE FROM mail_in WHERE done_at < $1`:                                true,
		`SELECT t.id FROM ticket t WHERE t.id < $1 ORDER BY t.id DESC LIMIT $2`: false,
		`SELECT code FROM controller ORDER BY id`:                               false,
	} {
		if got := len(fullScans(plan(t, db, q), q)) > 0; got != want {
			t.Errorf("full scan found: %v, want %v: %s", got, want, q)
		}
	}
}
