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
	var found []string
	err := filepath.WalkDir(c.Data, func(path string, e fs.DirEntry, err error) error {
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
	if err != nil {
		t.Fatal(err)
	}
	for _, dsn := range []string{c.Database, c.KeyDatabase} {
		if dsn != "" {
			found = append(found, everyRow(t, dsn, word, len(skip) > 0)...)
		}
	}
	return found
}

// everyRow searches every column of every table. Without the index, tables of
// the schema idx are left out.
func everyRow(t *testing.T, dsn, word string, withoutIndex bool) []string {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(t.Context(), `SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema IN ('public', 'idx')`)
	if err != nil {
		t.Fatal(err)
	}
	var tables [][2]string
	for rows.Next() {
		var s [2]string
		if err := rows.Scan(&s[0], &s[1]); err != nil {
			t.Fatal(err)
		}
		if s[0] != "idx" || !withoutIndex {
			tables = append(tables, s)
		}
	}
	if err := rows.Err(); err != nil || len(tables) < 2 {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	var found []string
	for _, s := range tables {
		var n int
		q := fmt.Sprintf(`SELECT count(*) FROM %s.%s x WHERE encode(convert_to(x::text, 'UTF8'), 'escape') ILIKE $1 OR x::text LIKE $2`, s[0], s[1])
		hexed := fmt.Sprintf("%%%x%%", word) // BYTEA columns print as hexadecimal
		if err := db.QueryRowContext(t.Context(), q, "%"+word+"%", hexed).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			found = append(found, s[0]+"."+s[1])
		}
	}
	return found
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
				if _, family, ok := strings.Cut(p.Name, " "); ok && len(family) > 4 {
					words = append(words, family)
				}
			}
		}
		words = append(words, "quokka", "stapler", "900123", "numbats", "projector", "block list", "020 7946")
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
