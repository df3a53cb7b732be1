package e2e

import (
	"bytes"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"

	"heed/app"
	"heed/app/demo"
	"heed/kernel/ledger"
	"heed/kernel/store"
)

// everyByte searches all files of a folder and, on PostgreSQL, all rows of all
// tables, and returns where the word was found.
func everyByte(t *testing.T, c app.Config, word string, skip ...string) []string {
	t.Helper()
	found, err := inFiles(c.Data, word, skip...)
	for _, dsn := range []string{c.Database, c.KeyDatabase} {
		if dsn != "" && err == nil {
			var rows []string
			rows, err = inRows(dsn, word, len(skip) > 0)
			found = append(found, rows...)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// inFiles returns the files of a folder that hold a word.
func inFiles(dir, word string, skip ...string) (found []string, err error) {
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		for _, s := range skip {
			if strings.Contains(filepath.Base(path), s) {
				return nil
			}
		}
		b, err := os.ReadFile(path)
		if err == nil && bytes.Contains(bytes.ToLower(b), bytes.ToLower([]byte(word))) {
			found = append(found, filepath.Base(path))
		}
		return err
	})
	return found, err
}

// inRows searches every column of every table. Without the index, tables of
// the schema idx are left out.
func inRows(dsn, word string, withoutIndex bool) (found []string, err error) {
	rows, err := everyRow(dsn)
	word = strings.ToLower(word)
	hexed := fmt.Sprintf("%x", word) // BYTEA columns print as hexadecimal
	for table, text := range rows {
		if withoutIndex && strings.HasPrefix(table, "idx.") {
			continue
		}
		if strings.Contains(text, word) || strings.Contains(text, hexed) {
			found = append(found, table)
		}
	}
	return found, err
}

// everyRow prints all tables of a PostgreSQL database, in small letters.
func everyRow(dsn string) (map[string]string, error) {
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	tables, err := column(db, `SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_schema IN ('public', 'idx')`)
	if err != nil || len(tables) < 2 {
		return nil, fmt.Errorf("%d tables, %w", len(tables), err)
	}
	out := map[string]string{}
	for _, t := range tables {
		rows, err := column(db, "SELECT x::text FROM "+t+" x")
		if err != nil {
			return nil, err
		}
		out[t] = strings.ToLower(strings.Join(rows, "\n"))
	}
	return out, nil
}

// column is what a query with one column answers.
func column(db *sql.DB, q string) (out []string, err error) {
	rows, err := db.Query(q)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

func TestTheDataStoreHoldsNothingReadableOfAnybody(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 24)
		d.as("aruiz").ask("quokka stapler", "My stapler, mobile 07700 900123, staples numbats.")
		d.settle()
		var words []string
		for _, in := range demo.Institutions() {
			for _, p := range in.Cast {
				words = append(words, p.Name, p.User+"@"+in.Domain)
				// five letters turn up in megabytes of sealed bytes now and then
				if _, family, ok := strings.Cut(p.Name, " "); ok && len(family) > 5 {
					words = append(words, family)
				}
			}
		}
		words = append(words, "quokka", "stapler", "07700 900123", "numbats", "blank pages", "block list", "020 7946")
		for _, w := range words {
			if where := everyByte(t, d.Config, w, "-index"); len(where) > 0 {
				t.Errorf("%q lies in clear in %v", w, where)
			}
		}
		// the search itself must be able to find something
		if where := everyByte(t, d.Config, "ljmu-helpdesk", "-index"); len(where) == 0 {
			t.Error("the search finds nothing at all: it proves nothing")
		}
	})
}

func TestLJMUH18AForgottenTicketLeavesNoByteAndStaysForgotten(t *testing.T) {
	t.Parallel()
	engines(t, func(t *testing.T, e store.Dialect) {
		d := newDesk(t, e, 6)
		d.mail("helpdesk@desk.example.org", strings.Join([]string{
			"From: aruiz@ljmu.example", "To: helpdesk@desk.example.org", "Subject: zyzzyva hinge", "Message-ID: <z@ljmu.example>", "MIME-Version: 1.0",
			"Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: text/plain", "", "The xylograph is broken.", "--b",
			"Content-Type: text/plain; name=notes.txt", "Content-Disposition: attachment; filename=notes.txt", "", "quincunx in the file", "--b--", "",
		}, "\n"))
		agent := d.as("oachterberg")
		page := agent.must("/desk/search?q=zyzzyva")
		_, ref, ok := strings.Cut(page, "/desk/tickets/")
		if !ok {
			t.Fatal("the mail did not become a ticket")
		}
		ref, _, _ = strings.Cut(ref, "?")
		agent.post("/desk/tickets/"+ref, map[string][]string{"mode": {"note"}, "body": {"ask the vexillologist"}})
		agent.post("/drafts?place=/desk/tickets/"+ref, map[string][]string{"body": {"an unsent kerfuffle"}})
		d.settle()

		cert, err := d.Forget.Ticket(t.Context(), ref, "asked for by the person")
		if err != nil {
			t.Fatal(err)
		}
		if cert.Entries < 2 || cert.Files != 1 || cert.Keys < 2 {
			t.Errorf("the certificate says too little: %s", cert)
		}
		for _, w := range []string{"zyzzyva", "xylograph", "quincunx", "vexillologist", "kerfuffle"} {
			if where := everyByte(t, d.Config, w); len(where) > 0 {
				t.Errorf("%q is still in %v", w, where)
			}
		}
		if status, _ := agent.get("/desk/tickets/" + ref); status != 404 {
			t.Errorf("its page answers %d", status)
		}
		if strings.Contains(agent.must("/desk/search?q=zyzzyva"), ref) {
			t.Error("a search still finds it")
		}
		d.certified(cert)
		if n, err := d.Forget.Replay(t.Context(), true); err != nil || n != 1 {
			t.Errorf("forgetting again: %d, %v", n, err)
		}
	})
}

// certified checks that the certificate stands in a ledger that verifies.
func (d *desk) certified(cert interface{ String() string }) {
	d.t.Helper()
	if _, err := d.Ledger.Sequence(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	rep, err := ledger.Verify(d.t.Context(), d.DB, d.Ledger.VerifierKey(), nil)
	if err != nil || !rep.OK() {
		d.t.Fatalf("the ledger: %v, %v", rep.Problems, err)
	}
	number := strings.Fields(cert.String())[1]
	number = strings.TrimSuffix(number, ":")
	d.read(func(tx *store.Tx) error {
		n, err := store.One[store.Value[int64]](d.t.Context(), tx, "SELECT count(*) FROM ledger_record WHERE action = 'ticket.erase' AND detail LIKE $1", "certificate "+number+":%")
		if err == nil && n.V != 1 {
			d.t.Errorf("%d records hold the certificate, want 1", n.V)
		}
		return err
	})
}
