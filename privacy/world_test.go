package privacy

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heed/directory"
	"heed/kernel/blob"
	"heed/kernel/datamap"
	"heed/kernel/event"
	"heed/kernel/i18n"
	"heed/kernel/id"
	"heed/kernel/job"
	"heed/kernel/ledger"
	"heed/kernel/policy"
	"heed/kernel/seal"
	"heed/kernel/store"
	"heed/kernel/store/storetest"
	"heed/kernel/web/ui"
	"heed/mail"
	"heed/notice/pack"
	"heed/ticket"
)

// world is two desks under the notices of the product: LJMU, where what people
// wrote has no minimum time, and TMU, where it is kept for a year at least.
type world struct {
	t       testing.TB
	data    *storetest.Env
	keys    *storetest.Env
	folder  string // of files
	vault   *seal.Vault
	people  *directory.Directory
	tickets *ticket.Service
	mails   *mail.Service
	queue   *job.Queue
	ledger  *ledger.Ledger
	forget  *Forget
	copier  *Copier
	pages   *Pages
	files   *sealedFiles
	bundle  *i18n.Bundle
	desks   map[string]directory.Controller
	team    map[string]directory.Team
}

func modules() []store.Module {
	return []store.Module{ledger.Module(), job.Module(), directory.Module(), ticket.Module(), mail.Module()}
}

func eachWorld(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	for _, d := range []store.Dialect{store.SQLite, store.Postgres} {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			fn(t, newWorld(t, d))
		})
	}
}

// sealedFiles are the files of tickets; fail, once set, makes the next deletion
// the last thing that a dying process does.
type sealedFiles struct {
	blob.Files
	fail error
}

func (f *sealedFiles) DeleteGroup(ctx context.Context, key int64) error {
	if f.fail != nil {
		return f.fail
	}
	return f.Files.DeleteGroup(ctx, key)
}

func newWorld(t testing.TB, d store.Dialect) *world {
	t.Helper()
	w := &world{
		t: t, data: storetest.Open(t, d, modules()), keys: storetest.Open(t, d, []store.Module{seal.Module(), KeyModule()}), folder: t.TempDir(),
		desks: map[string]directory.Controller{}, team: map[string]directory.Team{},
	}
	mint := id.NewMint(1)
	disk := must(blob.OpenDisk(filepath.Join(w.folder, "files")))(t)
	t.Cleanup(func() { _ = disk.Close() })
	w.vault = must(seal.Open(t.Context(), w.keys.DB, seal.NewMaster(), mint))(t)
	w.ledger = must(ledger.New(w.data.DB, mint, w.vault.Derive("ledger"), nil))(t)
	w.data.DB.SetRecorder(w.ledger)
	w.files = &sealedFiles{Files: blob.Files{Sealed: blob.NewSealed(disk, w.vault, w.vault.Derive("blob names"), w.folder)}}
	w.queue = &job.Queue{DB: w.data.DB, Mint: mint, Log: slog.New(slog.DiscardHandler)}
	bus := &event.Bus{Queue: w.queue}
	w.bundle = must(i18n.NewBundle(func(lang, key string) {
		if lang == i18n.English && !strings.Contains(key, "privacy.code.") && !strings.Contains(key, "privacy.role.") && !strings.HasPrefix(key, "looked.action.") && !strings.HasPrefix(key, "fault.") {
			t.Errorf("the sentence %s is missing", key)
		}
	}, ui.Catalogue(), directory.Catalogue(), ticket.Catalogue(), mail.Catalogue(), Catalogue()))(t)
	packs := must(pack.Builtin())(t)
	notices := &Notices{Files: os.DirFS("../notices"), Overlays: os.DirFS("../notices/demo"), Shelf: w.data.Shelf, Clock: w.data.Clock, Packs: packs, Log: slog.New(slog.DiscardHandler)}
	w.people = &directory.Directory{DB: w.data.DB, Vault: w.vault, Mint: mint, Log: slog.New(slog.DiscardHandler)}
	w.tickets = &ticket.Service{DB: w.data.DB, Vault: w.vault, Mint: mint, Bus: bus, People: w.people, Notices: notices, Files: w.files}
	w.people.Tickets = w.tickets
	w.people.Prepare()
	w.tickets.Prepare()
	w.mails = &mail.Service{
		DB: w.data.DB, Vault: w.vault, Mint: mint, Queue: w.queue, Bus: bus, Log: slog.New(slog.DiscardHandler), Tickets: w.tickets, People: w.people,
		Files: w.files, Bundle: w.bundle, Domain: "desk.example.org", BaseURL: "http://desk.test",
	}
	if err := w.mails.Prepare(); err != nil {
		t.Fatal(err)
	}
	w.forget = &Forget{
		DB: w.data.DB, Keys: w.keys.DB, Vault: w.vault, Mint: mint, People: w.people, Tickets: w.tickets, Files: w.files, Holders: []Holder{w.mails}, Notices: notices,
	}
	w.copier = &Copier{
		DB: w.data.DB, People: w.people, Notices: notices, Bundle: w.bundle, Map: must(ReadMap(modules()...))(t),
		Sources: []Source{w.people, w.tickets, w.mails, Readings{DB: w.data.DB}},
	}
	w.pages = &Pages{DB: w.data.DB, People: w.people, Tickets: w.tickets, Notices: notices, Packs: packs, Copy: w.copier}
	w.institutions()
	var cs []directory.Controller
	for _, c := range w.desks {
		cs = append(cs, c)
	}
	notices.Reload(cs)
	return w
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (w *world) institutions() {
	w.t.Helper()
	w.write(func(tx *store.Tx) error {
		for _, c := range []directory.Controller{
			{Code: "LJMU", Name: "Liverpool John Moores University", DeskName: "IT Helpdesk", Notice: "ljmu-helpdesk", Zone: "Europe/London", Lang: "en-GB", RefPrefix: "LJMU", MailLocal: "helpdesk"},
			{Code: "TMU", Name: "Toronto Metropolitan University", DeskName: "CCS Help Desk", Notice: "tmu-ccs-helpdesk", Zone: "America/Toronto", Lang: "en-CA", RefPrefix: "TMU", MailLocal: "ccs"},
		} {
			made, err := w.people.AddController(w.t.Context(), tx, c)
			if err != nil {
				return err
			}
			w.desks[c.Code] = made
			if w.team[c.Code], err = w.people.AddTeam(w.t.Context(), tx, directory.Team{Controller: made.ID, Code: "IT", Name: "IT Services", Desk: true}); err != nil {
				return err
			}
		}
		return nil
	})
}

func tester() policy.Actor { return policy.System("test") }

func (w *world) write(fn func(*store.Tx) error) {
	w.t.Helper()
	if err := w.data.DB.Write(w.t.Context(), tester(), policy.Operate, fn); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) read(fn func(*store.Tx) error) {
	w.t.Helper()
	if err := w.data.DB.Read(w.t.Context(), tester(), policy.Operate, fn); err != nil {
		w.t.Fatal(err)
	}
}

// person adds somebody with a user name, an address and a few more values.
func (w *world) person(desk, name, user string, more ...directory.Value) directory.Person {
	w.t.Helper()
	var p directory.Person
	w.write(func(tx *store.Tx) (err error) {
		p, err = w.people.AddPerson(w.t.Context(), tx, directory.NewPerson{
			Controller: w.desks[desk].ID, Name: name, Source: "directory", FeedKey: w.vault.Hash("feed", user), Affiliations: []string{"student"},
			Values: append([]directory.Value{
				{Kind: directory.UserName, Text: user, Source: "directory"}, {Kind: directory.Email, Text: user + "@people.example", Source: "directory"},
			}, more...),
		})
		return err
	})
	return p
}

// analyst adds somebody of a desk's team.
func (w *world) analyst(desk, name, user string) directory.Person {
	w.t.Helper()
	p := w.person(desk, name, user)
	w.write(func(tx *store.Tx) error { return w.people.Join(w.t.Context(), tx, p.ID, w.team[desk]) })
	return p
}

// officer adds the privacy officer of a desk.
func (w *world) officer(desk, name, user string) directory.Person {
	w.t.Helper()
	p := w.person(desk, name, user)
	w.write(func(tx *store.Tx) error {
		return w.people.GiveRole(w.t.Context(), tx, p.ID, w.desks[desk].ID, directory.RolePrivacyOfficer)
	})
	return p
}

func (w *world) actor(p directory.Person) policy.Actor {
	w.t.Helper()
	var who policy.Actor
	w.read(func(tx *store.Tx) (err error) {
		who, err = w.people.Actor(w.t.Context(), tx, p.ID, "session")
		return err
	})
	return who
}

// as runs a verb as a person and lets everything that follows happen.
func (w *world) as(p directory.Person, purpose policy.Purpose, fn func(*store.Tx) error) {
	w.t.Helper()
	if err := w.data.DB.Write(w.t.Context(), w.actor(p), purpose, fn); err != nil {
		w.t.Fatal(err)
	}
	w.settle()
}

func (w *world) settle() {
	w.t.Helper()
	for {
		n, err := w.queue.RunDue(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

// ask opens a request of a person, with one file.
func (w *world) ask(reporter, affected directory.Person, subject, body, fileName, file string) ticket.Ticket {
	w.t.Helper()
	var t ticket.Ticket
	key := must(w.tickets.NewKey(w.t.Context()))(w.t)
	var files []ticket.File
	if fileName != "" {
		name, size, err := w.files.Put(w.t.Context(), key, strings.NewReader(file))
		if err != nil {
			w.t.Fatal(err)
		}
		files = []ticket.File{{Name: fileName, MediaType: "text/plain", Size: size, Blob: name}}
	}
	w.as(reporter, policy.Own, func(tx *store.Tx) (err error) {
		t, err = w.tickets.Open(w.t.Context(), tx, ticket.NewTicket{
			Kind: ticket.Request, Channel: ticket.Portal, Reporter: reporter, Affected: affected, Subject: subject, Key: key, Text: ticket.Text{Body: body, Files: files},
		})
		return err
	})
	return t
}

// receive lets a mail arrive and be read.
func (w *world) receive(from, subject, body string, headers ...string) {
	w.t.Helper()
	raw := strings.Join(append([]string{"From: " + from, "To: helpdesk@desk.example.org", "Subject: " + subject, "Message-ID: <" + subject + "@people.example>"}, append(headers, "", body, "")...), "\r\n")
	if err := w.mails.Receive(w.t.Context(), "helpdesk@desk.example.org", []byte(raw)); err != nil {
		w.t.Fatal(err)
	}
	w.settle()
}

// count counts rows, as the condition behind FROM says.
func (w *world) count(from string, args ...any) (n int64) {
	w.t.Helper()
	w.read(func(tx *store.Tx) error {
		row, err := store.One[store.Value[int64]](w.t.Context(), tx, "SELECT count(*) FROM "+from, args...)
		n = row.V
		return err
	})
	return n
}

// everywhere lists which words lie readable, and where: in files, and on
// PostgreSQL in rows, of the data, of the keys and of the index.
func (w *world) everywhere(words ...string) (found []string) {
	w.t.Helper()
	look := func(where string, b []byte) {
		b = bytes.ToLower(b)
		for _, word := range words {
			if bytes.Contains(b, []byte(strings.ToLower(word))) || bytes.Contains(b, []byte(hex.EncodeToString([]byte(word)))) {
				found = append(found, word+" in "+where)
			}
		}
	}
	folders := []string{w.folder}
	for _, e := range []*storetest.Env{w.data, w.keys} {
		if path, ok := strings.CutPrefix(e.DSN, "sqlite:"); ok {
			folders = append(folders, filepath.Dir(path))
		} else {
			eachRow(w.t, e, look)
		}
	}
	for _, dir := range folders {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			look(filepath.Base(path), b)
			return err
		})
		if err != nil {
			w.t.Fatal(err)
		}
	}
	return found
}

// eachRow shows every row of every table as text; BYTEA columns are hexadecimal.
func eachRow(t testing.TB, e *storetest.Env, look func(where string, b []byte)) {
	t.Helper()
	db := e.Raw(t)
	strs := func(q string) (out []string) {
		rows, err := db.QueryContext(t.Context(), q)
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
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		return out
	}
	tables := strs(`SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_schema IN ('public', 'idx')`)
	if len(tables) == 0 {
		t.Fatal("no tables")
	}
	for _, name := range tables {
		for _, row := range strs(fmt.Sprintf(`SELECT x::text FROM %s x`, name)) {
			look(name, []byte(row))
		}
	}
}

// verified checks that the ledger verifies and returns how many records match.
func (w *world) verified(action, detail string) int64 {
	w.t.Helper()
	if _, err := w.ledger.Sequence(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	rep, err := ledger.Verify(w.t.Context(), w.data.DB, w.ledger.VerifierKey(), nil)
	if err != nil || !rep.OK() {
		w.t.Fatalf("the ledger: %v, %v", rep.Problems, err)
	}
	return w.count("ledger_record WHERE action = $1 AND detail LIKE $2", action, detail)
}

// source is a Source made of a function.
type source func(emit func(datamap.Item) error) error

func (s source) Export(_ context.Context, _ policy.Actor, emit func(datamap.Item) error) error {
	return s(emit)
}
